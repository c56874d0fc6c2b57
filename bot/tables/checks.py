"""What is wrong only when rows are seen together."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping

from bot.ask.teaching import teachable
from bot.network.languages import LANGUAGES
from bot.tables.cells import split
from bot.tables.columns import WORDS
from bot.tables.problems import Problems
from bot.tables.sheets import Row, Sheet


def check_together(sheets: Iterable[Sheet], problems: Problems) -> None:
    """Add what is wrong between the rows of each sheet."""
    for sheet in sheets:
        _check_unique(sheet, "code", problems)
        for check in _CHECKS.get(sheet.table, ()):
            check(sheet, problems)


def _check_unique(sheet: Sheet, column: str, problems: Problems) -> None:
    first: dict[str, int] = {}
    for row in sheet.rows:
        value = row.cells.get(column)
        if value is None:
            continue
        if value in first:
            problems.cell(sheet.label, row.number, column, value, f"stands in row {first[value]} too; expected it once")
        first.setdefault(value, row.number)


def _check_accounts(sheet: Sheet, problems: Problems) -> None:
    _check_unique(sheet, "telegram_id", problems)


def _check_loops(sheet: Sheet, problems: Problems) -> None:
    """Find events that are part of themselves; each loop is told once, at its first row."""
    parents = {row.cells["code"]: row.cells.get("part_of", "") for row in sheet.rows if "code" in row.cells}
    told: set[str] = set()
    for row in sheet.rows:
        loop = _loop(row.cells.get("code", ""), parents)
        if loop and not told & set(loop):
            told.update(loop)
            way = " → ".join((*loop, loop[0]))
            problems.cell(
                sheet.label,
                row.number,
                "part_of",
                row.cells["part_of"],
                f"goes round in a circle: {way}; expected none",
            )


def _loop(code: str, parents: Mapping[str, str]) -> tuple[str, ...]:
    """Return the events that lead from ``code`` back to it, if they do."""
    way = [code]
    while (parent := parents.get(way[-1], "")) and parent not in way:
        way.append(parent)
    return tuple(way) if parent and parent == code else ()


def _check_spellings(sheet: Sheet, problems: Problems) -> None:
    """Find spellings that stand for two organisations, as a spelling of both or as the name of one."""
    owners: defaultdict[str, dict[str, None]] = defaultdict(dict)
    for row in sheet.rows:
        for word in (*_spellings(row), *_names(row)):
            owners[word.casefold()].setdefault(_who(row), None)
    for row in sheet.rows:
        for word in _spellings(row):
            others = [who for who in owners[word.casefold()] if who != _who(row)]
            if others:
                both = " and ".join((_who(row), *others))
                text = f'means {both} at once ("{word}"); expected each spelling to mean one organisation'
                problems.cell(sheet.label, row.number, "spellings", row.cells["spellings"], text)


def _check_words(sheet: Sheet, problems: Problems) -> None:
    """Find words that stand twice in the same language."""
    first: dict[tuple[str, str], int] = {}
    for row in sheet.rows:
        language, word = row.cells.get("language"), row.cells.get("word")
        if not (language and word):
            continue
        before = first.setdefault((language, teachable(word) or word), row.number)
        if before != row.number:
            text = f"stands in row {before} too, in the same language; expected it once"
            problems.cell(sheet.label, row.number, "word", word, text)


def _spellings(row: Row) -> tuple[str, ...]:
    return split(row.cells.get("spellings", ""))


def _names(row: Row) -> list[str]:
    return [row.cells[f"name_{language}"] for language in LANGUAGES if f"name_{language}" in row.cells]


def _who(row: Row) -> str:
    return row.cells.get("code", f"row {row.number}")


_CHECKS: dict[str, tuple[Callable[[Sheet, Problems], None], ...]] = {
    "organisations": (_check_spellings,),
    "people": (_check_accounts,),
    "events": (_check_loops,),
    WORDS: (_check_words,),
}
