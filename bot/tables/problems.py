"""What is wrong in the tables: collected, so that a coordinator sees everything at once."""

from __future__ import annotations

from collections.abc import Iterable

from rapidfuzz import fuzz, process

from bot.errors import RelaisError, TablesError

_SHOWN = 60
"""Characters of a value that a problem repeats."""
_NEAR = 60
"""The likeness, of 100, from which on a name is suggested."""


class CellError(RelaisError):
    """A cell does not hold what its column asks for; the message goes on after the value: ``is not a day; …``."""


class Problems:
    """Collects problems, each with the file, the row as the spreadsheet shows it, the column and the value."""

    def __init__(self) -> None:
        self._found: list[tuple[str, int, str]] = []

    def table(self, label: str, text: str) -> None:
        """Add a problem of a whole file or sheet."""
        self._found.append((label, 0, f"{label} {text}"))

    def row(self, label: str, number: int, text: str) -> None:
        """Add a problem of a whole row; the header is row 1."""
        self._found.append((label, number, f"{label}, row {number}: {text}"))

    def cell(self, label: str, number: int, column: str, value: str, text: str) -> None:
        """Add a problem of one cell."""
        shown = f'"{_shortened(value)}" ' if value else ""
        self._found.append((label, number, f"{label}, row {number}, column {column}: {shown}{text}"))

    def raise_any(self) -> None:
        """Raise TablesError with everything found, table after table and row after row; return if there is nothing."""
        if not self._found:
            return
        labels = list(dict.fromkeys(label for label, _, _ in self._found))
        ordered = sorted(self._found, key=lambda problem: (labels.index(problem[0]), problem[1]))
        raise TablesError(tuple(dict.fromkeys(text for _, _, text in ordered)))


def suggestion(value: str, names: Iterable[str]) -> str:
    """Return ``; did you mean "…"?`` with the nearest of ``names``, or nothing if none is near."""
    nearest = process.extractOne(value, list(names), scorer=fuzz.ratio, score_cutoff=_NEAR)
    return f'; did you mean "{nearest[0]}"?' if nearest else ""


def _shortened(value: str) -> str:
    line = " ".join(value.split())
    return line if len(line) <= _SHOWN else f"{line[:_SHOWN]}…"
