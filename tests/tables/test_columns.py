from __future__ import annotations

import re
from pathlib import Path

import pytest

from bot.network.languages import LANGUAGES
from bot.tables.columns import ALL_TABLES, COLUMNS, WORDS

PAGE = Path(__file__).parents[2] / "docs" / "tables.md"


def documented(table: str) -> tuple[str, ...]:
    """Return the columns that ``docs/tables.md`` names for a table; ``name_fr`` stands for every language."""
    section = re.search(rf"^## {table}\n(.*?)(?=^## |\Z)", PAGE.read_text(encoding="utf-8"), re.MULTILINE | re.DOTALL)
    assert section
    cells = [line.split("|")[1] for line in section[1].splitlines() if line.startswith("| `")]
    names = [name for cell in cells for name in re.findall(r"`([a-z_]+)`", cell) if not name.endswith("_en")]
    spread = (
        [f"{name.removesuffix('_fr')}_{language}" for language in LANGUAGES] if name.endswith("_fr") else [name]
        for name in names
    )
    return tuple(column for columns in spread for column in columns)


@pytest.mark.parametrize("table", [table.name for table in ALL_TABLES])
def test_columns_are_those_of_the_page_in_its_order(table: str) -> None:
    assert tuple(column.name for column in COLUMNS[table]) == (*documented(table), "source", "states")


def test_columns_of_words_are_those_of_the_page() -> None:
    assert tuple(column.name for column in COLUMNS[WORDS]) == documented(WORDS)


def test_columns_know_what_a_row_needs() -> None:
    assert [column.name for column in COLUMNS["events"] if column.required] == [
        "code", "title_fr", "title_vi", "title_km", "title_lo", "title_en", "kind", "start", "format",
    ]  # fmt: skip


def test_columns_know_their_choices_and_references() -> None:
    people = {column.name: column for column in COLUMNS["people"]}
    assert people["languages"].many
    assert people["languages"].choices == LANGUAGES
    assert people["organisation"].refers == "organisations"
    assert (people["themes"].refers, people["themes"].many) == ("themes", True)
