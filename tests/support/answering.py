"""The answers, at work on the sample network."""

from __future__ import annotations

import shutil
from pathlib import Path

from handlers.actions import ACTIONS
from handlers.contacts import CONTACTS
from handlers.deadlines import DEADLINES
from handlers.documents import documents
from handlers.dues import DUES
from handlers.meetings import MEETINGS
from handlers.news import NEWS
from handlers.register import REGISTER
from storage.database import Database
from tests.support.bot import TestBot
from tests.support.people import CAMILLE, LINH, Somebody
from tests.support.sample import NOW, TABLES, linked

COORDINATOR = Somebody(100_010, "Hélène", "fr")


async def sample_bot(folder: Path, sample_file: Path) -> TestBot:
    """Start a bot on a copy of the sample; Linh is the focal point of Huế, Camille a member of Le Havre."""
    shutil.copy(sample_file, folder / "relais.db")

    async def link(database: Database) -> None:
        await linked(database, "tran-thi-mai", LINH)
        await linked(database, "camille-lefort", CAMILLE)
        await linked(database, "helene-marchand", COORDINATOR)

    conversations = (MEETINGS, DEADLINES, CONTACTS, documents(TABLES), NEWS, ACTIONS, DUES, REGISTER)
    return await TestBot.start(folder, conversations, now=NOW, prepare=link)
