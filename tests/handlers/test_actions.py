from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path

import pytest

from bot.clock import SimulatedClock
from tests.support.answering import sample_bot
from tests.support.bot import TestBot
from tests.support.people import CAMILLE, JOHN, LINH


@pytest.fixture
async def bot(tmp_path: Path, sample_file: Path) -> AsyncIterator[TestBot]:
    async with await sample_bot(tmp_path, sample_file) as started:
        yield started


async def test_plan_is_told_by_axis_with_states(bot: TestBot) -> None:
    (bubble,) = await bot.say("/actions", CAMILLE)
    heading, axis = bubble.text.split("\n\n")[:2]
    assert heading == "📋 Plan d’action"
    assert axis.splitlines()[:3] == [
        "Axe 1\u202f: animer le dialogue régional",
        "1. Garder le contact avec les membres et leurs points focaux",
        "En cours · échéance mar. 15 juin (dans 97 jours)",
    ]
    assert bubble.labels == [
        ["1", "2", "3", "4", "5", "6"],
        ["Suivantes ›"],
        ["Prévue (2)", "En cours (10)"],
        ["Réalisée (1)", "En retard (2)"],
        ["Pour ma collectivité"],
    ]


async def test_what_is_overdue_is_marked_and_found(bot: TestBot) -> None:
    await bot.say("/actions", CAMILLE)
    (late,) = await bot.tap("En retard", CAMILLE)
    assert late.text.splitlines()[0] == "📋 Plan d’action · En retard"
    assert late.html.count("<b>En retard</b> · échéance") == 2
    assert late.labels == [["7", "11"], ["✕ En retard"], ["Pour ma collectivité"]]


async def test_line_due_before_today_is_late_whatever_its_row_says(bot: TestBot) -> None:
    await bot.say("/actions", CAMILLE)
    assert isinstance(bot.clock, SimulatedClock)
    bot.clock.advance(timedelta(days=100))
    (bubble,) = await bot.say("/actions", CAMILLE)
    assert "En retard · échéance mar. 15 juin (il y a 3 jours)" in bubble.text


async def test_own_lines_are_those_of_the_reader_s_city(bot: TestBot) -> None:
    await bot.say("/actions", LINH)
    (own,) = await bot.tap("Của đơn vị tôi", LINH)
    assert own.text.splitlines()[0] == "📋 Kế hoạch hành động · Huế"
    assert own.labels[0] == ["6", "12"]


async def test_card_has_the_columns_of_the_plan_and_leads_back(bot: TestBot) -> None:
    await bot.say("/actions", CAMILLE)
    (late,) = await bot.tap("En retard", CAMILLE)
    (card,) = await bot.tap("7", CAMILLE)
    labels = [line.split("\u202f:")[0] for line in card.text.splitlines()[2:] if "\u202f:" in line]
    assert labels == [
        "État", "Échéance", "Qui est concerné", "Thèmes", "Réalisé", "Prévu", "Proposé", "Par qui",
    ]  # fmt: skip
    (back,) = await bot.tap("Retour", CAMILLE)
    assert back.html == late.html


async def test_stranger_is_told_for_whom_the_plan_is(bot: TestBot) -> None:
    (bubble,) = await bot.say("/actions", JOHN)
    assert bubble.text == "📋 Action plan\n\nThe action plan is shown to members of the network."
    assert bubble.labels == [["✋ Ask to join the network"]]
    (card,) = await bot.tap_data("ac1:1", JOHN)
    assert card.text == bubble.text
