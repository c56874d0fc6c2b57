from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from storage.network import NEWS
from tests.support.answering import sample_bot
from tests.support.bot import TestBot
from tests.support.people import CAMILLE, JOHN


@pytest.fixture
async def bot(tmp_path: Path, sample_file: Path) -> AsyncIterator[TestBot]:
    async with await sample_bot(tmp_path, sample_file) as started:
        yield started


async def test_news_is_newest_first_five_a_page(bot: TestBot) -> None:
    (bubble,) = await bot.say("/news", CAMILLE)
    blocks = bubble.text.split("\n\n")
    assert (blocks[0], blocks[1], blocks[-1]) == (
        "📰 Actualités",
        "1. La veille mensuelle est parue\nmar. 9 mars · Secrétariat du réseau",
        "Page 1 sur 5",
    )
    assert bubble.labels == [["1", "2", "3", "4", "5"], ["Suivantes ›"]]


async def test_card_has_the_body_and_leads_back_to_its_page(bot: TestBot) -> None:
    (first,) = await bot.say("/news", CAMILLE)
    (second,) = await bot.tap("Suivantes", CAMILLE)
    (card,) = await bot.tap("6", CAMILLE)
    assert card.text.splitlines()[0].startswith("📰 ")
    assert len(card.text.split("\n\n")) >= 2
    (back,) = await bot.tap("Retour", CAMILLE)
    assert (back.html, back.labels, first.html == back.html) == (second.html, second.labels, False)


async def test_card_opens_the_link(bot: TestBot) -> None:
    await bot.say("/news", CAMILLE)
    (card,) = await bot.tap("5", CAMILLE)
    button = card.button("Lire la suite")
    assert button is not None
    assert button.url == "https://appels.example.org/climat"


@pytest.mark.parametrize("data", ["nw1:{members}", "nw1:99999", "nw1", "n7:1"])
async def test_news_that_is_not_for_the_reader_is_not_shown(bot: TestBot, data: str) -> None:
    async with bot.database.snapshot() as read:
        members = next(one for one in await NEWS.all(read) if one.audience == "members")
    (before,) = await bot.say("/news", JOHN)
    (shown,) = await bot.tap_data(data.format(members=members.id), JOHN)
    assert (shown.text, shown.edits) == (before.text, 1)


async def test_city_without_news_says_so_and_offers_to_take_it_away(bot: TestBot) -> None:
    (before,) = await bot.say("/news", JOHN)
    (shown,) = await bot.tap_data("n1:0:::VN:20300101:20301231", JOHN)
    assert shown.text == "📰 News · Vietnam · 2030\n\nNo news matches."
    assert shown.labels == [["✕ Vietnam", "✕ 2030"]]
    await bot.tap("✕ 2030", JOHN)
    (everything,) = await bot.tap("✕ Vietnam", JOHN)
    assert everything.text == before.text
