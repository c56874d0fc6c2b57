from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from storage.network import EVENTS
from tests.support.answering import sample_bot
from tests.support.bot import TestBot
from tests.support.people import CAMILLE, JOHN


@pytest.fixture
async def bot(tmp_path: Path, sample_file: Path) -> AsyncIterator[TestBot]:
    async with await sample_bot(tmp_path, sample_file) as started:
        yield started


async def test_open_registrations_come_with_their_closing_and_link_soonest_first(bot: TestBot) -> None:
    (bubble,) = await bot.say("/register", JOHN)
    heading, first = bubble.html.split("\n\n")[:2]
    assert heading == "✍️ <b>Open for registration</b>"
    assert first == (
        "<b>1.</b> Webinar: opening up city data\nFri 12 March, 15:00 · by video\n"
        '<a href="https://inscriptions.example.org/webinar-open-data">Register</a>, until Thu 11 March (tomorrow)'
    )
    (card,) = await bot.tap("1", JOHN)
    assert card.text.splitlines()[0] == "📅 Webinar: opening up city data"


async def test_registrations_are_narrowed_as_meetings_are(bot: TestBot) -> None:
    await bot.say("/register", JOHN)
    (narrowed,) = await bot.tap_data("rg1:0:4:::VN:20270301:20270430", JOHN)
    heading, *rows = narrowed.text.split("\n\n")
    assert heading.startswith("✍️ Open for registration · Workshop · Vietnam · Monday 1 March")
    assert [row.splitlines()[0] for row in rows] == [
        "1. Workshop: preventing landslides", "2. Workshop: sorting waste at source",
    ]  # fmt: skip
    assert narrowed.labels[-1] == ["✕ Workshop", "✕ Vietnam", "✕ 1/3–30/4"]


@pytest.mark.parametrize(
    "changes",
    [{"status": "cancelled"}, {"audience": "coordinators"}, {"registration_link": None, "registration_closes": None}],
)
async def test_what_one_cannot_register_for_is_not_there(bot: TestBot, changes: dict[str, object]) -> None:
    async with bot.database.transaction() as write:
        event = await EVENTS.get(write, "webinar-open-data")
        assert event is not None
        await EVENTS.put(write, event.model_copy(update={"registration_opens": None, **changes}))
    (bubble,) = await bot.say("/register", CAMILLE)
    assert "ouvrir les données" not in bubble.text


async def test_registration_without_a_link_is_with_the_coordination(bot: TestBot) -> None:
    async with bot.database.transaction() as write:
        event = await EVENTS.get(write, "webinar-open-data")
        assert event is not None
        await EVENTS.put(write, event.model_copy(update={"registration_link": None}))
    (bubble,) = await bot.say("/register", CAMILLE)
    assert "Auprès de la coordination, jusqu’au jeu. 11 mars (demain)" in bubble.text


async def test_nothing_open_is_said(bot: TestBot) -> None:
    await bot.say("/register", JOHN)
    (bubble,) = await bot.tap_data("rg1:0::::::20200101", JOHN)
    assert bubble.text.split("\n\n")[1] == "No open registration matches."
