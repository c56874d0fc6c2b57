from __future__ import annotations

import shutil
from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path

import pytest

from bot.clock import SimulatedClock
from storage.database import Database
from storage.network import ORGANISATIONS
from tests.support.answering import COORDINATOR
from tests.support.bot import TestBot
from tests.support.people import CAMILLE, JOHN, LINH
from tests.support.sample import NOW, linked
from tests.support.whole import whole


@pytest.fixture
async def bot(tmp_path: Path, sample_file: Path) -> AsyncIterator[TestBot]:
    shutil.copy(sample_file, tmp_path / "relais.db")

    async def link(database: Database) -> None:
        await linked(database, "tran-thi-mai", LINH)
        await linked(database, "camille-lefort", CAMILLE)
        await linked(database, "helene-marchand", COORDINATOR)

    async with await TestBot.start(tmp_path, whole(tmp_path), now=NOW, prepare=link) as started:
        yield started


async def kept(bot: TestBot) -> list[tuple[object, ...]]:
    async with bot.database.snapshot() as read:
        rows = await read.fetch_all("SELECT words, language, outcome, times FROM misses ORDER BY id")
    return [tuple(row) for row in rows]


async def test_what_is_not_understood_is_counted_without_who_asked(bot: TestBot) -> None:
    for text in ("quel temps fait-il pour Camille Lefort ?", "quel temps fait-il pour Hélène Marchand ?"):
        await bot.say(text, CAMILLE)
    assert await kept(bot) == [("quel temps fait-il pour … ?", "fr", "out_of_scope", 2)]


@pytest.mark.parametrize("text", ["réunions en mai", "merci", "Huế", "/reunions", "😀😀", "0612345678"])
async def test_what_is_understood_or_says_nothing_is_not_counted(bot: TestBot, text: str) -> None:
    await bot.say(text, CAMILLE)
    assert await kept(bot) == []


async def test_misses_are_grouped_by_likeness_most_frequent_first(bot: TestBot) -> None:
    for text in ("météo à Hué demain", "quel temps fait-il ?", "quel temps fait il", "quel temps fera-t-il ?"):
        await bot.say(text, CAMILLE)
    (bubble,) = await bot.say("/misses", COORDINATOR)
    rows = bubble.text.split("\n\n")[1].splitlines()
    assert [(row[:3], row.split(" · ")[1]) for row in rows] == [("1. ", "3 fois"), ("2. ", "1 fois")]
    (card,) = await bot.tap("1", COORDINATOR)
    assert card.text.split("\n\n")[1].count("fois") == 3
    (dropped,) = await bot.tap("Écarter", COORDINATOR)
    assert len(dropped.text.split("\n\n")[1].splitlines()) == 1


async def test_misses_are_forgotten_after_a_season(bot: TestBot) -> None:
    await bot.say("quel temps fait-il ?", CAMILLE)
    assert isinstance(bot.clock, SimulatedClock)
    bot.clock.advance(timedelta(days=91))
    await bot.say("combien coûte un iPhone", CAMILLE)
    assert [row[0] for row in await kept(bot)] == ["combien coûte un iPhone"]


async def test_misses_are_for_coordinators_only(bot: TestBot) -> None:
    (bubble,) = await bot.say("/misses", CAMILLE)
    assert bubble.text.startswith("Je ne connais pas la commande /misses.")
    (shown,) = await bot.tap_data("ms1:0", CAMILLE)
    assert "non comprises" not in shown.text


async def teach(bot: TestBot, word: str, *taps: str) -> str:
    """Have the coordinator teach a word, and return what is said to it."""
    await bot.say("/misses", COORDINATOR)
    await bot.tap("Apprendre un mot", COORDINATOR)
    await bot.say(word, COORDINATOR)
    for tap in taps:
        (shown,) = await bot.tap(tap, COORDINATOR)
    return shown.text


async def first_line(bot: TestBot, text: str) -> str:
    await bot.say(text, CAMILLE)
    return bot.phone(CAMILLE).last.text.splitlines()[0]


async def test_word_for_a_city_counts_at_once_and_is_undone(bot: TestBot) -> None:
    before = await first_line(bot, "réunions à Zorgville")
    said = await teach(bot, "Zorgville", "Une ville", "Kampot")
    assert said == "C’est retenu\u202f: «\u202fZorgville\u202f» désigne désormais Kampot."
    assert await first_line(bot, "réunions à Zorgville") == "📅 Prochaines réunions · Kampot"
    async with bot.database.snapshot() as read:
        kampot = await ORGANISATIONS.get(read, "kampot")
    assert kampot is not None
    assert kampot.spellings[-1] == "Zorgville"  # so it is exported with the tables
    await bot.tap("Annuler", COORDINATOR)
    assert await first_line(bot, "réunions à Zorgville") == before != "📅 Prochaines réunions · Kampot"
    async with bot.database.snapshot() as read:
        after = await ORGANISATIONS.get(read, "kampot")
    assert after is not None
    assert "Zorgville" not in after.spellings


async def test_word_survives_an_import_of_older_tables(bot: TestBot) -> None:
    await teach(bot, "Zorgville", "Une ville", "Kampot")
    async with bot.database.transaction() as write:
        kampot = await ORGANISATIONS.get(write, "kampot")
        assert kampot is not None
        await ORGANISATIONS.put(write, kampot.model_copy(update={"spellings": ()}))
    assert await first_line(bot, "réunions à Zorgville") == "📅 Prochaines réunions · Kampot"


async def test_word_for_a_request_is_taught_from_a_miss(bot: TestBot) -> None:
    await bot.say("la zorgade de la zorgue", CAMILLE)
    await bot.say("/misses", COORDINATOR)
    await bot.tap("1", COORDINATOR)
    await bot.tap("Apprendre un mot", COORDINATOR)
    await bot.say("zorgade", COORDINATOR)
    await bot.tap("Une demande", COORDINATOR)
    await bot.tap("📰 Actualités", COORDINATOR)
    assert (await kept(bot), await first_line(bot, "la zorgade")) == ([], "📰 Actualités")
    await bot.say("/misses", COORDINATOR)
    (words,) = await bot.tap("Mots appris", COORDINATOR)
    assert words.text.split("\n\n")[1] == "1. «\u202fzorgade\u202f» → 📰 Actualités (français)"
    (none,) = await bot.tap("1", COORDINATOR)
    assert none.text.split("\n\n")[1] == "Aucun mot pour le moment."


async def test_theme_is_taught_and_what_is_known_is_said(bot: TestBot) -> None:
    await teach(bot, "zorgotri", "Un thème", "Déchets")
    assert (await first_line(bot, "réunions sur zorgotri")).startswith("📅 Prochaines réunions · Déchets")
    assert (await teach(bot, "Kâmpôt", "Une ville", "Kampot")).endswith("désigne déjà Kampot.")


@pytest.mark.parametrize("word", ["x", "…", "w" * 61, "12"])
async def test_what_cannot_be_taught_is_asked_again(bot: TestBot, word: str) -> None:
    await bot.say("/misses", COORDINATOR)
    await bot.tap("Apprendre un mot", COORDINATOR)
    (asked,) = await bot.say(word, COORDINATOR)
    assert asked.text.startswith("Deux lettres au moins")
    (asked,) = await bot.say("mot juste", COORDINATOR)
    assert asked.labels == [["Une demande", "Une ville", "Un thème"], ["‹ Retour"]]


async def test_question_is_a_question_again_once_teaching_is_long_ago(bot: TestBot) -> None:
    await bot.say("/misses", COORDINATOR)
    await bot.tap("Apprendre un mot", COORDINATOR)
    assert isinstance(bot.clock, SimulatedClock)
    bot.clock.advance(timedelta(minutes=16))
    await bot.say("réunions en mai", COORDINATOR)
    assert bot.phone(COORDINATOR).last.text.startswith("📅 Prochaines réunions · mai")


FORGED = [
    "tw1:999999",
    "tk1:city:99",
    "tt1:intent:out_of_scope",
    "tt1:city:999",
    "tu1:999",
    "tl1:99",
    "mi1:9",
    "mx1:9",
    "tk9",
]


@pytest.mark.parametrize("data", FORGED)
async def test_forged_buttons_change_nothing(bot: TestBot, data: str) -> None:
    await bot.say("/misses", COORDINATOR)
    (shown,) = await bot.tap_data(data, COORDINATOR)
    assert (shown.edits, bool(shown.text)) == (1, True)
    await bot.say("/start", JOHN)
    (strangers,) = await bot.tap_data(data, JOHN, bot.phone(JOHN).bubbles[0])
    assert "🔎" not in strangers.text
