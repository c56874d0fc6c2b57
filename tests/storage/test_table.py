from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.network.content import Content
from bot.network.records import Record
from storage.database import Database
from storage.network import EVENTS, FORMS, ORGANISATIONS, TABLES, THEMES
from storage.table import Conditions, Table
from tests.storage.rows import EVERY_RECORD, HUE, MEETING, VISIT, WATER, records


@pytest.mark.parametrize("table", TABLES, ids=lambda table: str(table.name))
@given(data=st.data())
@settings(max_examples=20)
async def test_row_gives_back_the_record_that_was_put(
    database: Database, table: Table[Any], data: st.DataObject
) -> None:
    record: Record = data.draw(records(table.record))
    async with database.transaction() as write:
        for known, needed in ((ORGANISATIONS, HUE), (EVENTS, MEETING), (FORMS, VISIT)):
            await _as_table(known).put(write, needed)
        await table.remove(write, record.code)
        await table.put(write, record)
        found = await table.get(write, record.code)
        assert found is not None
        assert (found.says_the_same(record), found.id > 0) == (True, True), found
        assert await table.numbered(write, found.id) == found
        await table.remove(write, record.code)


@pytest.mark.parametrize(("table", "record"), list(zip(TABLES, EVERY_RECORD, strict=True)), ids=lambda one: "")
async def test_optional_fields_come_back_empty(database: Database, table: Table[Any], record: Record) -> None:
    async with database.transaction() as write:
        for known, one in zip(TABLES, EVERY_RECORD, strict=True):
            await _as_table(known).put(write, one)
        assert [found.model_copy(update={"id": 0}) for found in await table.all(write)] == [record]


async def test_putting_a_code_again_changes_the_row_and_keeps_its_number(database: Database) -> None:
    changed = WATER.model_copy(update={"name": Content.of("fr", fr="Eau et assainissement")})
    async with database.transaction() as write:
        await THEMES.put(write, WATER)
        before = await THEMES.get(write, "water")
        await THEMES.put(write, changed)
        assert before is not None
        assert await THEMES.all(write) == [changed.model_copy(update={"id": before.id})]


async def test_removing_what_is_not_there_changes_nothing(database: Database) -> None:
    async with database.transaction() as write:
        await THEMES.put(write, WATER)
        await THEMES.remove(write, "wind")
        assert [theme.code for theme in await THEMES.all(write)] == ["water"]
        assert (await THEMES.get(write, "wind"), await THEMES.numbered(write, 10**14)) == (None, None)


def test_conditions_number_their_placeholders_in_order() -> None:
    conditions = Conditions()
    conditions.add("a = ? OR b = ?", 1, 2)
    conditions.among("c", ("x", "y"))
    conditions.listed("d", "urban_planning")
    assert (conditions.where, conditions.values) == (
        " WHERE (a = $1 OR b = $2) AND (c IN ($3, $4)) AND (d LIKE $5 ESCAPE '!')",
        [1, 2, "x", "y", '%"urban!_planning"%'],
    )


def test_conditions_without_any_are_no_clause() -> None:
    conditions = Conditions()
    conditions.among("audience", None)
    assert (conditions.where, conditions.values) == ("", [])


async def test_among_nothing_finds_nothing(database: Database) -> None:
    async with database.transaction() as write:
        await THEMES.put(write, WATER)
        conditions = Conditions()
        conditions.among("code", ())
        assert await write.fetch_all(f"{THEMES.select}{conditions.where}", *conditions.values) == []


async def test_listed_finds_the_whole_code_only(database: Database) -> None:
    places = {"one": ("urban_planning",), "two": ("urban-planning",), "three": ("planning", "urban"), "four": ()}
    async with database.transaction() as write:
        for code, groups in places.items():
            await ORGANISATIONS.put(write, HUE.model_copy(update={"code": code, "groups": groups}))
        found = {}
        for code in ("urban_planning", "urban-planning", "planning", "plan"):
            conditions = Conditions()
            conditions.listed("groups", code)
            rows = await write.fetch_all(f"SELECT code FROM organisations{conditions.where}", *conditions.values)
            found[code] = [row["code"] for row in rows]
    assert found == {
        "urban_planning": ["one"], "urban-planning": ["two"], "planning": ["three"], "plan": [],
    }  # fmt: skip


def _as_table(table: object) -> Table[Any]:
    """Each record stands beside its table: no type says so."""
    assert isinstance(table, Table)
    return table
