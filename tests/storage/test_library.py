from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from storage import library
from storage.database import Database
from storage.library import LibraryFilter
from storage.network import DOCUMENTS, EVENTS, NEWS, ORGANISATIONS
from tests.storage.rows import AGENDA, BREST, HUE, MEETING
from tests.storage.rows import NEWS as OPENED

EVERYONE, MEMBERS = ("everyone",), ("everyone", "members")


@pytest.fixture
async def shelf(database: Database) -> Database:
    """Documents and news of Huế and Brest, and of an event in Huế that members see."""
    papers: tuple[tuple[str, dict[str, Any]], ...] = (
        ("agenda", {"organisation": "brest", "event": "meeting", "dated": date(2027, 5, 1)}),
        ("minutes", {"organisation": "brest", "event": None, "dated": date(2027, 5, 2), "kind": "minutes"}),
        ("guide", {"organisation": "hue", "event": None, "dated": date(2027, 4, 1), "themes": ("a_b",)}),
        ("secret", {"organisation": "hue", "event": None, "dated": date(2027, 6, 1), "audience": "coordinators"}),
    )
    async with database.transaction() as write:
        for place in (HUE, BREST):
            await ORGANISATIONS.put(write, place)
        await EVENTS.put(write, MEETING.model_copy(update={"audience": "members"}))
        for code, changes in papers:
            await DOCUMENTS.put(write, AGENDA.model_copy(update={"code": code, **changes}))
        for code, place, day in (("one", "hue", 1), ("two", "brest", 2), ("three", None, 2)):
            changes = {"code": code, "organisation": place, "published": date(2027, 1, day)}
            await NEWS.put(write, OPENED.model_copy(update=changes))
    return database


@pytest.mark.parametrize(
    ("audiences", "wanted", "codes"),
    [
        (None, {}, ["secret", "minutes", "agenda", "guide"]),
        (EVERYONE, {}, ["minutes", "agenda", "guide"]),
        ((), {}, []),
        (None, {"kind": "minutes"}, ["minutes"]),
        (None, {"theme": "a_b"}, ["guide"]),
        (None, {"theme": "a-b"}, []),
        (None, {"first": date(2027, 5, 1), "last": date(2027, 5, 1)}, ["agenda"]),
        (MEMBERS, {"city": "hue"}, ["agenda", "guide"]),
        (EVERYONE, {"city": "hue"}, ["guide"]),  # the event in Huế is not for everyone to know
        (MEMBERS, {"country": "VN"}, ["agenda", "guide"]),
        (EVERYONE, {"country": "FR"}, ["minutes", "agenda"]),
        (None, {"country": "FR", "city": "hue"}, ["agenda"]),
        ((), {"city": "hue"}, []),
    ],
)
async def test_documents_are_those_asked_for_newest_first(
    shelf: Database, audiences: tuple[str, ...] | None, wanted: dict[str, Any], codes: list[str]
) -> None:
    async with shelf.snapshot() as read:
        found = await library.documents(read, audiences, LibraryFilter(**wanted), limit=9)
        assert [one.code for one in found] == codes
        assert await library.count_documents(read, audiences, LibraryFilter(**wanted)) == len(codes)
        assert await library.documents(read, audiences, LibraryFilter(**wanted), limit=9, offset=1) == found[1:]


@pytest.mark.parametrize(
    ("wanted", "codes"),
    [
        ({}, ["three", "two", "one"]),
        ({"city": "hue"}, ["one"]),
        ({"country": "FR"}, ["two"]),
        ({"last": date(2027, 1, 1)}, ["one"]),
    ],
)
async def test_news_is_what_is_asked_for_newest_first(
    shelf: Database, wanted: dict[str, Any], codes: list[str]
) -> None:
    async with shelf.snapshot() as read:
        found = await library.news(read, EVERYONE, LibraryFilter(**wanted), limit=9)
        assert [one.code for one in found] == codes
        assert await library.count_news(read, EVERYONE, LibraryFilter(**wanted)) == len(codes)
        seen = [await library.news_item(read, audiences, found[0].id) for audiences in (None, EVERYONE, ())]
    assert seen == [found[0], found[0], None]
