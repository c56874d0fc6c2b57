from __future__ import annotations

import shutil
from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path

import pytest

from bot.pushes.forecast import Forecasting
from storage import followed
from tests.handlers.announcing import AFTERNOON, HELENE, READERS, SECOND
from tests.support.bot import TestBot
from tests.support.people import LINH, SOKHA, Somebody
from tests.support.phone import Bubble
from tests.support.sample import ZONE, linked
from tests.support.whole import do_owed, schedule, whole

SERVED = ("telegram",)


class Room:
    """The assistant on the sample network with three readers and two coordinators."""

    def __init__(self, bot: TestBot, folder: Path) -> None:
        self.bot, self.folder, self.forecasts = bot, folder, schedule()

    async def ask(self, text: str = "/schedule", who: Somebody = HELENE) -> Bubble:
        """Write, have what is owed done, and return the last bubble."""
        await self.bot.say(text, who)
        await do_owed(self.bot, self.folder, self.forecasts)
        return self.bot.phone(who).last

    async def tap(self, button: str, who: Somebody = HELENE) -> Bubble:
        await self.bot.tap(button, who)
        await do_owed(self.bot, self.folder, self.forecasts)
        return self.bot.phone(who).last


@pytest.fixture
async def room(tmp_path: Path, sample_file: Path) -> AsyncIterator[Room]:
    shutil.copy(sample_file, tmp_path / "relais.db")
    forecasts = schedule()
    async with await TestBot.start(tmp_path, whole(tmp_path, forecasts), now=AFTERNOON) as bot:
        for who, code in (*READERS, (HELENE, "helene-marchand"), (SECOND, "chea-sokunthea")):
            await linked(bot.database, code, who)
            await bot.say("/start", who)
        room = Room(bot, tmp_path)
        room.forecasts = forecasts
        yield room


def plain(bubble: Bubble) -> str:
    return bubble.text.replace("\u202f", " ").replace("\xa0", " ")


async def test_coordinator_reads_day_by_day_what_goes_out_and_to_how_many(room: Room) -> None:
    (said,) = await room.bot.say("/schedule", HELENE)
    assert said.text.startswith("Je prépare la liste des 30 prochains jours.")
    await do_owed(room.bot, room.folder, room.forecasts)
    text = plain(room.bot.phone(HELENE).last)
    assert text.startswith("🗓 Envois automatiques des 30 prochains jours\nCalculé à 15 h.")
    assert "mercredi 10 mars 2027 · aujourd’hui\n1. ⏰ " in text
    assert "· rappel 1 jour avant\n2 personnes : français (1), khmer (1)\n\njeudi 11 mars 2027 · demain\n2. ⏰ " in text

    assert "3 personnes : français (1), vietnamien (1), khmer (1)" in text
    assert text.count(" mars 2027 · ") <= 7


async def test_every_line_of_every_page_is_there_and_the_last_page_ends(room: Room) -> None:
    bubble = await room.ask()
    forecast = await Forecasting(ZONE, "en", SERVED, 3).forecast(
        room.bot.database, AFTERNOON, AFTERNOON + timedelta(days=30)
    )
    numbers: list[str] = []
    while True:
        numbers += [label for row in bubble.labels for label in row if label.isdecimal()]
        if bubble.button("›") is None:
            break
        bubble = await room.tap("›")
    assert numbers == [str(number) for number in range(1, len(forecast.lines) + 1)]


async def test_a_line_opens_the_bubble_that_is_sent_in_each_language(room: Room) -> None:
    await room.ask()
    shown = await room.tap("1")
    assert "Le message en français, pour 1 personne :" in plain(shown)
    khmer = await room.tap("khmer")
    assert "Le message en khmer, pour 1 personne :" in plain(khmer)
    assert "⏰" in khmer.text
    assert any("ក" <= letter <= "៿" for letter in khmer.text.split("en khmer", 1)[1])
    assert (await room.tap("‹ La liste")).text.startswith("🗓 Envois automatiques")


async def test_the_buttons_of_a_bubble_that_is_looked_at_do_nothing(room: Room) -> None:
    await room.ask()
    shown = await room.tap("1")
    done = shown.button("✓ C’est fait")
    assert done is not None
    assert done.data == "no1"


async def test_the_month_s_watch_says_that_it_waits_for_approval(room: Room) -> None:
    await room.ask()
    while "La veille du réseau" not in room.bot.phone(HELENE).last.text:
        await room.tap("›")
    assert "Pas encore approuvée" in room.bot.phone(HELENE).last.text


async def test_one_person_s_list_is_told_by_their_clock(room: Room) -> None:
    await room.ask()
    assert (await room.tap("Une personne")).text == "Pour qui ? Écrivez un nom.".replace(" ?", "\u202f?")
    listed = plain(await room.ask("tran thi mai"))
    assert listed.startswith("🗓 Trần Thị Mai\nvietnamien · à l’heure de : Viêt Nam\n\n1. ")
    assert " à 9 h\n⏰ " in listed
    bubble = plain(await room.tap("1"))
    assert bubble.startswith("Ce que reçoit Trần Thị Mai :\n\n")
    assert any(letter in bubble for letter in "ạảấầậđ")
    assert plain(await room.tap("‹ Retour")).startswith("🗓 Trần Thị Mai")


async def test_a_name_that_nobody_has_is_asked_again_and_a_shared_one_is_chosen(room: Room) -> None:
    await room.ask()
    await room.tap("Une personne")
    assert plain(await room.ask("Zzyzx Qwrt")).startswith("Personne ne porte ce nom dans le réseau : « Zzyzx Qwrt ».")
    which = await room.ask("thi")
    assert plain(which) == "De qui s’agit-il ?"
    assert all("Thị" in label for row in which.labels[:-1] for label in row)


async def test_why_there_is_nothing_is_said(room: Room) -> None:
    async with room.bot.database.transaction() as write:
        await followed.choose(write, "sok-dara", "none", None, None)
    await room.ask()
    await room.tap("Une personne")
    assert "Pas de veille : c’est le choix de cette personne." in plain(await room.ask("Sok Dara"))
    await room.tap("Une personne")
    assert "Pas de rappel : la coordination n’en reçoit pas." in plain(await room.ask("Hélène Marchand"))
    await room.tap("Une personne")
    nobody = plain(await room.ask("Yann Delaunoy"))
    assert "Rien ne part pour cette personne dans les 30 jours." in nobody
    assert "Aucun canal ne mène à cette personne" in nobody


async def test_it_is_computed_again_once_the_tables_have_changed(room: Room) -> None:
    await room.ask()
    (again,) = await room.bot.say("/schedule", SECOND)
    assert again.text.startswith("🗓")
    async with room.bot.database.transaction() as write:
        await write.execute("UPDATE facts SET value = 'other' WHERE name = 'tables'")
    (again,) = await room.bot.say("/schedule", SECOND)
    assert again.text.startswith("កំពុងគណនា")


async def test_in_khmer_it_reads_to_the_end(room: Room) -> None:
    text = (await room.ask(who=SECOND)).text
    assert text.startswith("🗓 អ្វីដែលនឹងផ្ញើដោយស្វ័យប្រវត្តិក្នុង 30 ថ្ងៃ")
    assert "ការរំលឹកមុន" in text


@pytest.mark.parametrize("who", [LINH, SOKHA])
async def test_to_others_it_is_unknown(room: Room, who: Somebody) -> None:
    await room.ask(who=who)
    await room.bot.tap_data("sx1", who)
    assert not [bubble for bubble in room.bot.phone(who).bubbles if bubble.text.startswith("🗓")]


async def test_a_network_without_days_has_nothing(room: Room) -> None:
    async with room.bot.database.transaction() as write:
        for table in ("deadlines", "actions", "questions", "forms", "news", "documents", "events"):
            await write.execute(f"DELETE FROM {table}")
    assert "Aucun envoi automatique dans les 30 prochains jours." in plain(await room.ask())
