"""People of the sample network who ask, and the first lines that they are answered with, for tests."""

from __future__ import annotations

import shutil
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from storage.database import Database
from tests.support.bot import TestBot
from tests.support.people import CAMILLE, LINH, SOKHA, Somebody
from tests.support.sample import NOW, linked
from tests.support.whole import whole

HELENE = Somebody(100_021, "Hélène", "fr")
AGATHE = Somebody(100_022, "Agathe", "fr")


@asynccontextmanager
async def asked_bot(tmp_path: Path, sample_file: Path) -> AsyncIterator[TestBot]:
    """The whole assistant on the sample network, in which these people are known."""
    shutil.copy(sample_file, tmp_path / "relais.db")

    async def link(database: Database) -> None:
        await linked(database, "camille-lefort", CAMILLE)
        await linked(database, "tran-thi-mai", LINH)
        await linked(database, "sok-dara", SOKHA)
        await linked(database, "helene-marchand", HELENE)
        await linked(database, "agathe-brisson", AGATHE)

    async with await TestBot.start(tmp_path, whole(tmp_path), now=NOW, prepare=link) as started:
        yield started


async def lines(bot: TestBot, who: Somebody, *texts: str) -> list[str]:
    """The first line of the answer to each of these, one after the other."""
    found = []
    for text in texts:
        await bot.say(text, who)
        found.append(bot.phone(who).last.text.splitlines()[0].replace("\u202f", " ").replace("\xa0", " "))
    return found
