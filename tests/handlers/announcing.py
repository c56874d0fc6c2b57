"""An assistant on the sample network that announces, for tests: a coordinator, readers in three languages."""

from __future__ import annotations

import contextlib
import shutil
from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path

from bot.delivery.broadcast import Broadcast
from bot.delivery.dispatcher import Dispatcher
from bot.delivery.made import Made
from bot.delivery.telegram import TelegramApi
from bot.members.identify import Identify
from bot.pushes.announcing import Announcing
from bot.pushes.progress import Progress
from storage.database import Database
from tests.members.network import CATALOGUES
from tests.support.bot import TestBot
from tests.support.people import CAMILLE, LINH, SOKHA, Somebody
from tests.support.sample import NOW, TABLES, ZONE, linked
from tests.support.whole import COMPOSING, whole

HELENE = Somebody(300_001, "Hélène", "fr")
SECOND = Somebody(300_002, "Sokunthea", "km")
READERS = ((CAMILLE, "camille-lefort"), (LINH, "tran-thi-mai"), (SOKHA, "sok-dara"))
TEXT = "Assises 2027 : programme\nLe programme est en ligne."
VIETNAMESE = "Đại hội 2027: chương trình\nChương trình đã có."
KHMER = "សន្និបាត ២០២៧៖ កម្មវិធី\nកម្មវិធីមានហើយ។"


AFTERNOON = NOW + timedelta(hours=6)
"""15:00 in Phnom Penh and 09:00 in Le Havre: nobody sleeps."""


class Newsroom:
    """The assistant with what sends announcements off; nothing goes out until ``send`` is called."""

    def __init__(self, bot: TestBot, folder: Path) -> None:
        self.bot = bot
        self.api = TelegramApi(bot.request, "https://api.telegram.org", "1:token")
        apis = {"telegram": self.api}
        made = Made(folder / "made")
        broadcast = Broadcast(bot.database, COMPOSING.served)
        self.announcing = Announcing(
            bot.database, bot.clock, COMPOSING, broadcast, CATALOGUES, made, TABLES, self._fetch
        )
        self.dispatcher = Dispatcher(bot.database, apis, bot.clock)
        self.progress = Progress(bot.database, bot.clock, apis, Identify(ZONE, "en"), CATALOGUES)

    async def send(self) -> None:
        """Send off what is due, and all that this queues."""
        for _ in range(4):
            await self.announcing.go()
            await self.dispatcher.once()
        await self.progress.go()

    async def begin(self, text: str = TEXT) -> None:
        """Write the text of a new announcement, as the coordinator."""
        await self.bot.say("/announce", HELENE)
        await self.bot.say(text, HELENE)

    async def to_check(self) -> None:
        """Three readers in three languages, each text written; up to the last question."""
        await self.begin()
        await self.only("Un rôle", "points focaux", "membres")
        await self.bot.tap("Suite", HELENE)
        for language, text in (("vietnamien", VIETNAMESE), ("khmer", KHMER)):
            await self.bot.tap(f"✍️ {language}", HELENE)
            await self.bot.say(text, HELENE)
        await self.bot.tap("L’annonce", HELENE)
        await self.bot.tap("Envoyer…", HELENE)

    async def announce(self, *answers: str) -> None:
        """Announce, with buttons for readers, and send it out."""
        await self.to_check()
        if answers:
            for label in ("L’annonce", "Réponses", *answers, "L’annonce", "Envoyer…"):
                await self.bot.tap(label, HELENE)
        await self.bot.tap("Envoyer à", HELENE)
        await self.send()

    async def only(self, kind: str, *labels: str) -> None:
        """Narrow the audience, from its screen."""
        for label in ("Seulement", kind, *labels, "Suite"):
            await self.bot.tap(label, HELENE)

    def read(self, who: Somebody) -> str:
        """The last bubble of somebody."""
        return self.bot.phone(who).last.text.replace("\u202f", " ").replace("\xa0", " ")

    def received(self, who: Somebody) -> list[str]:
        """The first lines of the announcements that somebody has."""
        return [bubble.text.splitlines()[0] for bubble in self.bot.phone(who).bubbles if bubble.text.startswith("📣")]

    async def states(self) -> list[tuple[str, str, str]]:
        """Person, channel and state of every message of campaigns."""
        async with self.bot.database.snapshot() as read:
            rows = await read.fetch_all(
                "SELECT person, channel, state FROM outbox WHERE campaign > 0 ORDER BY person, channel"
            )
        return [tuple(row) for row in rows]

    async def _fetch(self, channel: str, handle: str) -> bytes:
        return f"{channel}:{handle}".encode()


async def _linked(database: Database) -> None:
    for who, code in (*READERS, (HELENE, "helene-marchand"), (SECOND, "chea-sokunthea")):
        await linked(database, code, who)


@contextlib.asynccontextmanager
async def newsroom(tmp_path: Path, sample_file: Path) -> AsyncIterator[Newsroom]:
    """The assistant, known to its readers."""
    shutil.copy(sample_file, tmp_path / "relais.db")
    async with await TestBot.start(tmp_path, whole(tmp_path), now=AFTERNOON) as bot:
        await _linked(bot.database)
        for who, _ in (*READERS, (HELENE, ""), (SECOND, "")):
            await bot.say("/start", who)
        yield Newsroom(bot, tmp_path)
