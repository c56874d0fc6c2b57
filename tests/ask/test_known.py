from __future__ import annotations

from datetime import date

from bot.ask.intents import shipped_reader
from bot.ask.known import Known
from storage.database import Database
from storage.network import EVENTS, ORGANISATIONS, THEMES
from storage.taught import forget, teach
from tests.storage.rows import HUE, MEETING, WATER

TODAY = date(2027, 3, 10)


async def city_of(known: Known, database: Database, text: str) -> str | None:
    async with database.snapshot() as read:
        return (await known.understanding(read)).understand(text, "fr", TODAY).question.stated.city


async def test_network_is_read_again_only_when_it_has_changed(database: Database) -> None:
    known = Known(shipped_reader())
    async with database.transaction() as write:
        await ORGANISATIONS.put(write, HUE)
        await THEMES.put(write, WATER)
    async with database.snapshot() as read:
        first = await known.understanding(read)
        assert await known.understanding(read) is first
    async with database.transaction() as write:
        await ORGANISATIONS.put(write, HUE.model_copy(update={"spellings": ("Capitale impériale",)}))
    async with database.snapshot() as read:
        assert await known.understanding(read) is not first


async def test_new_spelling_is_understood_at_once(database: Database) -> None:
    known, text = Known(shipped_reader()), "les réunions à Zorgville"
    async with database.transaction() as write:
        await ORGANISATIONS.put(write, HUE)
    assert await city_of(known, database, text) is None
    async with database.transaction() as write:
        await ORGANISATIONS.put(write, HUE.model_copy(update={"spellings": ("Zorgville",)}))
    assert await city_of(known, database, text) == "hue"


async def test_titles_are_built_again_only_when_one_has_changed(database: Database) -> None:
    known = Known(shipped_reader())
    async with database.transaction() as write:
        await ORGANISATIONS.put(write, HUE)
    async with database.snapshot() as read:
        first = await known.titles(read)
        assert await known.titles(read) is first
    async with database.snapshot() as read:
        assert await known.titles(read) is first
    async with database.transaction() as write:
        await EVENTS.put(write, MEETING)
    async with database.snapshot() as read:
        again = await known.titles(read)
    assert again is not first
    assert again.of("event", MEETING.code) is not None


async def test_what_changes_no_name_and_no_title_builds_nothing_again(database: Database) -> None:
    known = Known(shipped_reader())
    async with database.transaction() as write:
        await ORGANISATIONS.put(write, HUE)
        await EVENTS.put(write, MEETING)
        understanding, titles = await known.understanding(write), await known.titles(write)
        await EVENTS.put(write, MEETING.model_copy(update={"link": "https://example.org/room"}))
        await ORGANISATIONS.put(write, HUE.model_copy(update={"dues_paid_until": TODAY}))
        assert await known.understanding(write) is understanding
        assert await known.titles(write) is titles


async def test_word_that_is_taught_or_forgotten_counts_in_the_same_transaction(database: Database) -> None:
    known, text = Known(shipped_reader()), "les réunions à Zorgville"
    async with database.transaction() as write:
        await ORGANISATIONS.put(write, HUE)
        before = await known.understanding(write)
        word = await teach(write, "fr", "Zorgville", "city", HUE.code)
        taught = await known.understanding(write)
        await forget(write, word.id)
        after = await known.understanding(write)
    found = [one.understand(text, "fr", TODAY).question.stated.city for one in (before, taught, after)]
    assert found == [None, "hue", None]
