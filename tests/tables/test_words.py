"""The words taught for requests: with the tables there and back, and left alone by tables that leave them out."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from openpyxl import load_workbook

from bot.ask import teaching
from bot.tables.changes import Changes
from bot.tables.exporting import export_tables
from bot.tables.importing import import_tables
from bot.tables.words import Word, stored_words
from storage import taught
from storage.database import Database
from storage.network import ORGANISATIONS, THEMES
from tests.tables.samples import FIRST_START, ZONE, opened, problems_of, read, sample, write

ZORGADE = Word("fr", "zorgade", "news")
KHMER = Word("km", "ជួបជុំ", "meetings")


@pytest.fixture
async def first(tmp_path: Path) -> AsyncIterator[Database]:
    opening = await opened(tmp_path / "first.db")
    yield opening
    await opening.close()


@pytest.fixture
async def second(tmp_path: Path) -> AsyncIterator[Database]:
    opening = await opened(tmp_path / "second.db")
    yield opening
    await opening.close()


def older() -> dict[str, list[dict[str, str]]]:
    """The tables as they were before words belonged to them."""
    return {table: rows for table, rows in sample().items() if table != "words"}


async def imported(database: Database, path: Path) -> Changes:
    return await import_tables(
        database, path, files=path.parent / "home", today=FIRST_START, network_zone=ZONE, confirm=lambda changes: True
    )


async def words_of(database: Database) -> tuple[Word, ...]:
    async with database.snapshot() as read:
        return await stored_words(read)


def test_words_are_read_as_they_are_taught(tmp_path: Path) -> None:
    rows = [{"language": "km", "word": "ជួប\u200bជុំ", "meaning": "meetings"}, *sample()["words"]]
    assert read(tmp_path, sample() | {"words": rows}).words == (KHMER, ZORGADE)


def test_tables_without_words_are_whole(tmp_path: Path) -> None:
    assert problems_of(tmp_path, older()) == ()
    assert read(tmp_path).words is None
    assert read(tmp_path, {"words": []}).words == ()


INTENTS = f"expected {', '.join(teaching.TEACHABLE[:-1])} or {teaching.TEACHABLE[-1]}"
TAUGHT = "cannot be taught; expected two letters at least and 60 characters at most"


@pytest.mark.parametrize(
    ("cells", "problem"),
    [
        (
            {"language": "fra"},
            'column language: "fra" is not known; expected fr, vi, km, lo or en; did you mean "fr"?',
        ),
        ({"meaning": "meeting"}, f'column meaning: "meeting" is not known; {INTENTS}; did you mean "meetings"?'),
        ({"meaning": ""}, f"column meaning: is empty; {INTENTS}"),
        ({"word": "…"}, f'column word: "…" {TAUGHT}'),
        ({"word": "w" * 61}, f'column word: "{"w" * 60}…" {TAUGHT}'),
        ({"word": ""}, "column word: is empty; expected a word as people write it"),
    ],
)
def test_wrong_word_is_named(tmp_path: Path, cells: dict[str, str], problem: str) -> None:
    rows = [*sample()["words"], {"language": "fr", "word": "zorgotri", "meaning": "help"} | cells]
    assert problems_of(tmp_path, sample() | {"words": rows}) == (f"words.csv, row 3, {problem}",)


def test_word_stands_once_in_a_language(tmp_path: Path) -> None:
    word = sample()["words"][0]
    rows = [word, word | {"language": "lo"}, word | {"word": "zorgade\u200b", "meaning": "help"}]
    assert problems_of(tmp_path, sample() | {"words": rows}) == (
        'words.csv, row 4, column word: "zorgade" stands in row 2 too, in the same language; expected it once',
    )


def test_words_have_no_other_columns_and_are_no_document(tmp_path: Path) -> None:
    tables = sample() | {"words": [sample()["words"][0] | {"wrod": "x"}]}
    tables["documents"][0]["file"] = "words.csv"
    assert problems_of(tmp_path, tables) == (
        'words.csv, row 1: "wrod" is no column of this table; did you mean "word"?',
        'documents.csv, row 2, column file: "words.csv" is one of the tables; expected a document',
    )


async def test_tables_without_words_leave_them_alone(database: Database, tmp_path: Path) -> None:
    async with database.transaction() as tx:
        await taught.teach(tx, "fr", "zorgade", "intent", "news")
    await imported(database, write(tmp_path / "tables", older()))
    assert await words_of(database) == (ZORGADE,)


async def test_changes_of_words_are_told_and_made(database: Database, tmp_path: Path) -> None:
    async with database.transaction() as tx:
        await taught.teach(tx, "fr", "zorgade", "intent", "news")
        await taught.teach(tx, "fr", "zorgotri", "intent", "help")
    rows = [
        {"language": "fr", "word": "zorgade", "meaning": "meetings"},
        {"language": "km", "word": "ជួបជុំ", "meaning": "meetings"},
    ]
    path = write(tmp_path / "tables", sample() | {"words": rows})
    changes = await imported(database, path)
    assert [line for line in changes.lines() if line.startswith("words")] == [
        "words: remove fr zorgotri (help)",
        "words: change fr zorgade (meetings): meaning",
        "words: add km ជួបជុំ (meetings)",
    ]
    assert await words_of(database) == (Word("fr", "zorgade", "meetings"), KHMER)
    assert (await imported(database, path)).empty


async def test_words_of_cities_and_themes_stay_with_their_spellings(database: Database, tmp_path: Path) -> None:
    await imported(database, write(tmp_path / "tables", sample()))
    async with database.transaction() as tx:
        await teaching.teach(tx, "fr", "Zorgville", "city", "hue")
        await teaching.teach(tx, "fr", "zorgotri", "theme", "water")
    assert await export_tables(database, tmp_path / "out", tmp_path / "home") == ()
    assert (tmp_path / "out" / "words.csv").read_text(encoding="utf-8-sig") == (
        "language,word,meaning\nfr,zorgade,news\n"
    )
    assert (await imported(database, tmp_path / "out")).empty
    async with database.snapshot() as tx:
        assert [(one.word, one.meaning) for one in await taught.all_taught(tx)] == [
            ("zorgotri", "theme"), ("Zorgville", "city"), ("zorgade", "intent"),
        ]  # fmt: skip
        hue, water = await ORGANISATIONS.get(tx, "hue"), await THEMES.get(tx, "water")
    assert hue is not None
    assert water is not None
    assert (hue.spellings[-1], water.spellings[-1]) == ("Zorgville", "zorgotri")


@pytest.mark.parametrize("name", ["out", "out.xlsx"])
@pytest.mark.parametrize("typed", ["ជួប\u200bជុំ", "re\u0301union; x", "=la zorgade", "'t zorg", "deux  mots\u00a0ou"])
async def test_word_taught_in_the_chat_comes_back_as_it_was(
    first: Database, second: Database, tmp_path: Path, typed: str, name: str
) -> None:
    await imported(first, write(tmp_path / "tables", sample()))
    word = teaching.teachable(typed)
    assert word is not None
    async with first.transaction() as tx:
        await teaching.teach(tx, "km", word, "intent", "meetings")
        await teaching.teach(tx, "km", f"{word} a", "city", "hue")
    await export_tables(first, tmp_path / name, tmp_path / "home")
    assert (await imported(first, tmp_path / name)).empty
    await imported(second, tmp_path / name)
    assert await words_of(second) == await words_of(first) == (ZORGADE, Word("km", word, "meetings"))


async def test_forgotten_words_are_forgotten_elsewhere_too(first: Database, second: Database, tmp_path: Path) -> None:
    """The table is written without rows too, so that an older one does not stay in its place."""
    for database in (first, second):
        await imported(database, write(tmp_path / "tables", sample()))
    await export_tables(first, tmp_path / "out", tmp_path / "home")
    async with first.transaction() as tx:
        (one,) = await taught.all_taught(tx)
        await teaching.undo(tx, one.id)
    await export_tables(first, tmp_path / "out", tmp_path / "home", overwrite=True)
    assert (await imported(second, tmp_path / "out")).lines() == ("words: remove fr zorgade (news)",)
    assert await words_of(second) == ()


async def test_workbook_offers_the_meanings(database: Database, tmp_path: Path) -> None:
    await imported(database, write(tmp_path / "tables", sample()))
    await export_tables(database, tmp_path / "out.xlsx", tmp_path / "home")
    sheet = load_workbook(tmp_path / "out.xlsx")["words"]
    assert [cell.value for cell in sheet[2]] == ["fr", "zorgade", "news"]
    assert [(str(one.sqref), one.formula1) for one in sheet.data_validations.dataValidation] == [
        ("A2:A2000", '"fr,vi,km,lo,en"'),
        ("C2:C2000", f'"{",".join(teaching.TEACHABLE)}"'),
    ]
