"""In a large network, who gets an issue is found out aside; the chat is answered at once."""

from __future__ import annotations

import shutil
from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path

import pytest

from bot.delivery.errands import MOST_ATTEMPTS
from bot.watch.composing import Composing
from bot.watch.sharing import Sharing
from handlers.issue_desk import Issues
from storage import followed
from storage.database import Transaction
from tests.handlers.announcing import AFTERNOON, HELENE, READERS
from tests.support.bot import TestBot
from tests.support.people import LINH
from tests.support.sample import ZONE, linked
from tests.support.whole import do_owed, whole


class Counted(Sharing):
    """Counts how often people are read in the transaction of an update."""

    read = 0

    async def shares(self, read: Transaction, *more: object, **named: object) -> object:  # type: ignore[override]
        self.read += 1
        return await super().shares(read, *more, **named)  # type: ignore[arg-type]


class Room:
    """The assistant on the sample network, taken for a large one."""

    def __init__(self, bot: TestBot, folder: Path, issues: Issues, sharing: Counted) -> None:
        self.bot, self.folder, self.issues, self.sharing = bot, folder, issues, sharing

    async def found_out(self) -> str:
        """What the coordinator reads once what is owed was done."""
        await do_owed(self.bot, self.folder, issues=self.issues)
        return self.read

    @property
    def read(self) -> str:
        return self.bot.phone(HELENE).last.text.replace("\u202f", " ").replace("\xa0", " ")


@pytest.fixture
async def room(tmp_path: Path, sample_file: Path) -> AsyncIterator[Room]:
    shutil.copy(sample_file, tmp_path / "relais.db")
    sharing = Counted(ZONE, "en", ("telegram",))
    issues = Issues(Composing(ZONE, "en"), sharing, lambda month, language: None, small=10)
    async with await TestBot.start(tmp_path, whole(tmp_path, issues=issues), now=AFTERNOON) as bot:
        for who, code in (*READERS, (HELENE, "helene-marchand")):
            await linked(bot.database, code, who)
            await bot.say("/start", who)
        yield Room(bot, tmp_path, issues, sharing)


async def test_the_issue_comes_when_its_readers_were_found_out_and_then_at_once(room: Room) -> None:
    await room.bot.say("/issue", HELENE)
    assert room.read == "Je cherche qui recevra cette veille. La réponse arrive ici dans un instant."
    glance = await room.found_out()
    assert "La recevront : 4 personnes" in glance
    await room.bot.tap("Qui la recevra", HELENE)
    assert "La recevront : 4 personnes" in room.read
    await room.bot.say("/issue", HELENE)
    assert room.read == glance
    assert room.sharing.read == 0


async def test_what_somebody_has_chosen_meanwhile_is_found_out_anew(room: Room) -> None:
    await room.bot.say("/issue", HELENE)
    await room.found_out()
    async with room.bot.database.transaction() as tx:
        await followed.choose(tx, "tran-thi-mai", "none", None, None)
    await room.bot.say("/issue", HELENE)
    assert "Je cherche" in room.read
    assert "La recevront : 3 personnes" in await room.found_out()
    room.bot.clock.advance(timedelta(minutes=11))
    await room.bot.say("/issue", HELENE)
    assert "Je cherche" in room.read


async def test_pages_without_figures_are_shown_at_once(room: Room) -> None:
    await room.bot.say("/issue", HELENE)
    await room.found_out()
    room.bot.clock.advance(timedelta(minutes=11))
    await room.bot.tap("Contenu", HELENE)
    assert "Je cherche" not in room.read
    assert room.sharing.read == 0


async def test_what_cannot_be_found_out_is_said(room: Room, monkeypatch: pytest.MonkeyPatch) -> None:
    async def fails(*_: object) -> None:
        raise OSError

    monkeypatch.setattr(room.issues, "look_up", fails)
    await room.bot.say("/issue", HELENE)
    for _ in range(MOST_ATTEMPTS):
        await room.found_out()
        room.bot.clock.advance(timedelta(minutes=1))
    assert room.read.startswith("Il n’a pas été possible d’établir qui recevra cette veille")
    assert room.bot.phone(LINH).last.text != room.read
