"""The text of one cell: cleaned when it is read, and guarded when it is written.

A spreadsheet runs a cell that starts with ``=``, ``+``, ``-`` or ``@``; such a text is written with an apostrophe
before it, and a text that starts with an apostrophe of its own gets a second one (``docs/tables.md``).
"""

from __future__ import annotations

import re
import unicodedata

from bot.tables.problems import CellError

LONGEST = 16_000
"""Characters; a cell of a workbook ends at 32,767 UTF-16 units, so that no text is ever cut."""

SEPARATOR = ";"
"""Between the items of a list."""

_RUNS = ("=", "+", "-", "@")
_INVISIBLE = re.compile("[\u200b\ufeff]")
_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
"""What XML, and so a workbook, cannot hold."""
_SPREADSHEET_ERRORS = frozenset({"#NULL!", "#DIV/0!", "#VALUE!", "#REF!", "#NAME?", "#NUM!", "#N/A"})
_ESCAPE = re.compile("_x([0-9A-Fa-f]{4})_")
_LOOKS_ESCAPED = re.compile("_(?=x[0-9A-Fa-f]{4}_)")


def clean(text: str) -> str:
    """Return a text as it is kept: NFC, LF at line ends, without zero width spaces and space around it.

    Raises CellError for a control character, for a formula's error and for a text over ``LONGEST`` characters.
    """
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    forbidden = _FORBIDDEN.search(text)
    if forbidden:
        name = f"U+{ord(forbidden[0]):04X}"
        raise CellError(
            f"holds the control character {name}, which no spreadsheet can keep; expected a text without it"
        )
    text = unicodedata.normalize("NFC", _INVISIBLE.sub("", text)).strip()
    if len(text) > LONGEST:
        raise CellError(f"is {len(text)} characters long; expected at most {LONGEST}")
    if text in _SPREADSHEET_ERRORS:
        raise CellError(f"holds {text}, the error of a formula; expected a text")
    return text


def guarded(text: str) -> str:
    """Return the text with an apostrophe before it, if a spreadsheet would run it or take its apostrophe for ours."""
    return f"'{text}" if text.startswith((*_RUNS, "'")) else text


def unguarded(text: str) -> str:
    """Undo ``guarded``; an apostrophe that a person wrote before a letter stays."""
    return text[1:] if text.startswith("'") and text[1:].startswith((*_RUNS, "'")) else text


def split(text: str) -> tuple[str, ...]:
    """Return the items of a list, each once."""
    return tuple(dict.fromkeys(item.strip() for item in text.split(SEPARATOR) if item.strip()))


def joined(items: tuple[str, ...]) -> str:
    """Write a list."""
    return f"{SEPARATOR} ".join(items)


def escaped(text: str) -> str:
    """Return the text so that a workbook does not take ``_x0041_`` in it for the letter A (ECMA-376, ST_Xstring)."""
    return _LOOKS_ESCAPED.sub("_x005F_", text)


def unescaped(text: str) -> str:
    """Undo ``escaped``, and what Excel itself writes so, such as ``_x000D_``."""
    return _ESCAPE.sub(lambda found: chr(int(found[1], 16)), text)
