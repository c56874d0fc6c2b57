"""The three answers and the documents, at work on the sample network."""

from __future__ import annotations

import shutil
from pathlib import Path

from handlers.contacts import CONTACTS
from handlers.deadlines import DEADLINES
from handlers.documents import documents
from handlers.meetings import MEETINGS
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

    conversations = (MEETINGS, DEADLINES, CONTACTS, documents(TABLES))
    return await TestBot.start(folder, conversations, now=NOW, prepare=link)
