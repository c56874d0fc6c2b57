"""What a spreadsheet would take for something else than the text that it is.

A spreadsheet runs a cell that starts with ``=``, ``+``, ``-`` or ``@``; such a text is written with an apostrophe
before it, and a text that starts with an apostrophe of its own gets a second one (``docs/tables.md``).
"""

from __future__ import annotations

import re

_RUNS = ("=", "+", "-", "@")
_ESCAPE = re.compile("_x([0-9A-Fa-f]{4})_")
_LOOKS_ESCAPED = re.compile("_(?=x[0-9A-Fa-f]{4}_)")


def guarded(text: str) -> str:
    """Return the text with an apostrophe before it, if a spreadsheet would run it or take its apostrophe for ours."""
    return f"'{text}" if text.startswith((*_RUNS, "'")) else text


def unguarded(text: str) -> str:
    """Undo ``guarded``; an apostrophe that a person wrote before a letter stays."""
    return text[1:] if text.startswith("'") and text[1:].startswith((*_RUNS, "'")) else text


def escaped(text: str) -> str:
    """Return the text so that a workbook does not take ``_x0041_`` in it for the letter A (ECMA-376, ST_Xstring)."""
    return _LOOKS_ESCAPED.sub("_x005F_", text)


def unescaped(text: str) -> str:
    """Undo ``escaped``, and what Excel itself writes so, such as ``_x000D_``."""
    return _ESCAPE.sub(lambda found: chr(int(found[1], 16)), text)
