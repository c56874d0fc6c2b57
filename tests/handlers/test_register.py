from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path

import pytest

from storage.network import EVENTS, FORMS, ORGANISATIONS
from tests.support.answering import sample_bot
from tests.support.bot import TestBot
from tests.support.people import CAMILLE, JOHN
from tests.support.phone import Bubble
from tests.support.sample import NOW


@pytest.fixture
async def bot(tmp_path: Path, sample_file: Path) -> AsyncIterator[TestBot]:
    async with await sample_bot(tmp_path, sample_file) as started:
        async with started.database.transaction() as write:
            for code in ("webinar", "registration"):
                held = await FORMS.get(write, code)
                assert held is not None
                await FORMS.put(write, held.model_copy(update={"event": None}))
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


async def test_registration_by_a_form_is_a_button_of_its_row_and_of_the_card(bot: TestBot) -> None:
    async with bot.database.transaction() as write:
        held = await FORMS.get(write, "webinar")
        assert held is not None
        await FORMS.put(write, held.model_copy(update={"event": "webinar-open-data"}))
    (bubble,) = await bot.say("/register", JOHN)
    assert bubble.html.split("\n\n")[1].splitlines()[-1] == "until Thu 11 March (tomorrow)"
    opening = bubble.button("1 · ✍️")
    assert opening is not None
    assert opening.data == f"fm1:{held.id}:0:o"
    (card,) = await bot.tap("1", JOHN, bubble)
    assert card.labels[0][0].startswith("✍️ ")


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


async def _move(bot: TestBot, code: str, **changes: object) -> None:
    async with bot.database.transaction() as write:
        event = await EVENTS.get(write, code)
        assert event is not None
        await EVENTS.put(write, event.model_copy(update=changes))


async def _of_kampot(bot: TestBot) -> Bubble:
    """What is shown of the registrations for Kampot."""
    async with bot.database.snapshot() as read:
        kampot = await ORGANISATIONS.get(read, "kampot")
    assert kampot is not None
    await bot.say("/register", CAMILLE)
    (bubble,) = await bot.tap_data(f"rg1:0:::{kampot.id}", CAMILLE)
    return bubble


async def test_what_is_not_open_yet_says_when_it_opens(bot: TestBot) -> None:
    bubble = await _of_kampot(bot)
    heading, why, row = bubble.text.split("\n\n")
    assert (heading, why) == ("✍️ Inscriptions à venir · Kampot", "Les inscriptions ne sont pas encore ouvertes.")
    assert row.splitlines()[-1] == "Inscriptions à partir du ven. 2 avril (dans 23 jours)"
    assert bubble.labels == [["1"], ["✕ Kampot"]]
    bot.clock.advance(timedelta(days=23))
    assert (await _of_kampot(bot)).text.splitlines()[0] == "✍️ Inscriptions ouvertes · Kampot"


async def test_what_has_closed_says_so_and_leads_to_the_coordination(bot: TestBot) -> None:
    await _move(bot, "kampot-youth", registration_opens=NOW - timedelta(days=9), registration_closes=NOW)
    bubble = await _of_kampot(bot)
    assert bubble.text.splitlines()[0] == "✍️ Inscriptions closes · Kampot"
    assert bubble.text.splitlines()[-1] == (
        "Inscriptions closes le mer. 10 mars à 3\u00a0h = 9\u00a0h (heure du Cambodge) (aujourd’hui)"
    )
    assert bubble.labels == [["1"], ["✕ Kampot"], ["Coordination du réseau"]]
    (asked,) = await bot.tap("Coordination du réseau", CAMILLE)
    assert asked.text.splitlines()[0] == "👤 Coordination du réseau"
