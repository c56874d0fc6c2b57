"""A web channel to stand in for the assistant's: real storage, real inbox, and a desk that echoes."""

from __future__ import annotations

import asyncio
import contextlib
import socket
from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import httpx
import orjson
import pytest
import uvicorn
from starlette.applications import Starlette
from telegram import InputFile
from telegram.error import BadRequest
from telegram.request import RequestData
from telegram.request._requestparameter import RequestParameter
from websockets.asyncio.client import ClientConnection, connect

from bot.clock import SimulatedClock
from bot.delivery.calls import Call, calls_for
from bot.delivery.inbox import Inbox
from bot.delivery.incoming import Incoming, Update, read_update
from bot.delivery.telegram import TelegramApi
from bot.members.identify import Identify
from bot.network.content import Content
from bot.network.records import Organisation, Person
from bot.texts.reply import Button, Reply, Tap
from locales import Catalogues, Html, escape
from storage import accounts
from storage.database import Database, Transaction
from storage.network import ORGANISATIONS, PEOPLE
from web.channel import WebChannel
from web.request import WebRequest
from web.site import build_site

START = datetime(2027, 5, 18, 2, 30, tzinfo=UTC)
ZONE = "Asia/Phnom_Penh"
SECRET = "a secret of this test"
CATALOGUES = Catalogues.load()
Answer = Callable[[Incoming], Reply]


def echo(incoming: Incoming) -> Reply:
    """Say what came in, with a button that changes the bubble."""
    if incoming.tap is not None:
        return Reply(Html(f"tapped {incoming.tap.data}"), notice=Html("noted"))
    if incoming.command:
        return Reply(Html(f"<b>/{incoming.command}</b>"), keyboard=(("Yes", "No"), ("Perhaps",)))
    return Reply(Html(f"you said {escape(incoming.text)}"), ((Button("Again", Tap.to("again", 1)),),))


class EchoDesk:
    """Answers every update at once."""

    def __init__(self, answer: Answer = echo) -> None:
        self.reply = answer
        self.seen: list[Incoming] = []

    async def answer(self, tx: Transaction, channel: str, update: Update) -> tuple[Call, ...]:
        incoming = read_update(channel, update)
        assert incoming is not None
        self.seen.append(incoming)
        if incoming.text in ("fr", "km") and incoming.kind == "text":
            reader = await accounts.find(tx, channel, incoming.chat, ZONE)
            assert reader is not None
            await accounts.choose_language(tx, reader.account, "fr" if incoming.text == "fr" else "km")
        return calls_for(self.reply(incoming), incoming)

    async def apologise(
        self, tx: Transaction, channel: str, update: Update, error: Exception, reference: str
    ) -> tuple[Call, ...]:
        raise error


@dataclass
class Stand:
    """Everything behind the page."""

    database: Database
    folder: Path
    clock: SimulatedClock = field(default_factory=lambda: SimulatedClock(START))
    desk: EchoDesk = field(default_factory=EchoDesk)
    received: list[Mapping[str, Any]] = field(default_factory=list)
    advanced: int = 0

    def __post_init__(self) -> None:
        self.identify = Identify(ZONE, "en")
        self.channel = WebChannel(self.database, self.clock, self.identify, CATALOGUES, self.folder)
        self.request = WebRequest(self.channel)
        self.api = TelegramApi(self.request, "https://web.invalid", "0:web")
        self.inbox = Inbox(self.database, self.desk, self.clock, {"web": self.api})

    async def receive(self, channel: str, updates: Sequence[Mapping[str, Any]]) -> None:
        self.received.extend(updates)
        await self.inbox.receive(channel, updates)

    async def after_advance(self) -> None:
        self.advanced += 1

    def site(self, *, sample: bool = True) -> Starlette:
        clock = self.clock if sample else None
        return build_site(
            self.channel, self.receive, sample_clock=clock, after_advance=self.after_advance, secret=SECRET
        )

    async def chat(self, code: str, language: str | None = None) -> int:
        """Make the account of a person, as opening the page does; return its chat."""
        async with self.database.transaction() as tx:
            person = await PEOPLE.get(tx, code)
            assert person is not None
            reader = await self.identify(tx, "web", person.id, person.name, language, self.clock.now())
            await accounts.link(tx, reader.account, code)
        return person.id

    async def call(self, method: str, files: Mapping[str, tuple[str, bytes]] | None = None, **values: object) -> Any:
        """Make a call through the library's request layer, so that refusals are its exceptions."""
        data = [RequestParameter(name, value, None) for name, value in values.items()]
        for name, (file_name, content) in (files or {}).items():
            data.append(RequestParameter(name, None, [InputFile(content, filename=file_name)]))
        return await self.request.post(f"https://web.invalid/bot0:web/{method}", RequestData(data))

    async def refusal(self, method: str, **values: Any) -> str:
        """Make a call that must be refused; return why, as the library words it."""
        with pytest.raises(BadRequest) as refused:
            await self.call(method, **values)
        return refused.value.message

    async def bodies(self, chat: int) -> list[dict[str, Any]]:
        """What a page of that chat shows when it opens."""
        messages: list[dict[str, Any]] = (await self.channel.everything(chat))["messages"]
        return messages

    @contextlib.asynccontextmanager
    async def served(self, *, sample: bool = True, inbox: bool = True, port: int = 0) -> AsyncIterator[str]:
        """Serve the site on that port (0: a free one), with the inbox at work; gives the address without its scheme."""
        listening = socket.create_server(("127.0.0.1", port))
        config = uvicorn.Config(
            self.site(sample=sample), log_config=None, access_log=False, lifespan="off", timeout_graceful_shutdown=2
        )
        server = _Server(config)
        async with asyncio.TaskGroup() as group:
            working = group.create_task(self.inbox.run()) if inbox else None
            serving = group.create_task(server.serve([listening]))
            await server.ready.wait()
            try:
                yield f"127.0.0.1:{listening.getsockname()[1]}"
            finally:
                server.should_exit = True
                await serving
                if working:
                    working.cancel()


class _Server(uvicorn.Server):
    """Says when it listens, and leaves the test's signal handlers alone."""

    def __init__(self, config: uvicorn.Config) -> None:
        super().__init__(config)
        self.ready = asyncio.Event()

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        self.ready.set()

    @contextlib.contextmanager
    def capture_signals(self) -> Any:
        yield


class Page:
    """What chat.js does, without a browser."""

    def __init__(self, line: ClientConnection) -> None:
        self._line = line
        self.events: list[dict[str, Any]] = []

    async def say(self, **action: object) -> None:
        await self._line.send(orjson.dumps(action).decode())

    async def hear(self, kind: str) -> dict[str, Any]:
        """Return the next event of that kind; those before it are kept in ``events``."""
        while True:
            event: dict[str, Any] = orjson.loads(await asyncio.wait_for(self._line.recv(), 5))
            self.events.append(event)
            if event["type"] == kind:
                return event

    async def hear_text(self, text: str) -> dict[str, Any]:
        """Return the next bubble that says exactly that."""
        while True:
            bubble: dict[str, Any] = (await self.hear("message"))["message"]
            if bubble["text"] == text:
                return bubble

    async def drop(self) -> None:
        """Break the line without a word."""
        self._line.transport.abort()
        await self._line.wait_closed()


@contextlib.asynccontextmanager
async def page(host: str, query: str, *, origin: str | None = None, language: str = "en-GB") -> AsyncIterator[Page]:
    """Open the line of a page, and hear its first word."""
    headers = {"Accept-Language": language}
    address = f"ws://{host}/socket?{query}"
    async with connect(address, origin=origin or f"http://{host}", additional_headers=headers, proxy=None) as line:  # type: ignore[arg-type]
        yield Page(line)


def browser(site: Starlette) -> httpx.AsyncClient:
    """A client of the site without a socket."""
    return httpx.AsyncClient(transport=httpx.ASGITransport(app=site), base_url="http://relais.test")


async def sample(database: Database) -> None:
    """Store a few people of the sample network, each of another language."""
    cities = {
        "hue": ("VN", "Asia/Ho_Chi_Minh", Content.of("fr", fr="Hué", vi="Huế", en="Huế")),
        "phnom-penh": ("KH", ZONE, Content.of("fr", fr="Phnom Penh", km="ភ្នំពេញ")),
        "vientiane": ("LA", "Asia/Vientiane", Content.of("fr", fr="Vientiane", lo="ວຽງຈັນ")),
        "le-havre": ("FR", "Europe/Paris", Content.of("fr", fr="Le Havre")),
    }
    people = {
        "tran-thi-mai": ("Trần Thị Mai", "hue", "focal_point", "vi", "Trưởng phòng Hợp tác quốc tế"),
        "sok-dara": ("សុខ ដារ៉ា", "phnom-penh", "focal_point", "km", "ប្រធានការិយាល័យទំនាក់ទំនងអន្តរជាតិ"),
        "khamla-souvanna": ("ຄຳຫຼ້າ ສຸວັນນາ", "vientiane", "focal_point", "lo", "ຫົວໜ້າຂະແໜງການຕ່າງປະເທດ"),
        "camille-lefort": ("Camille Lefort", "le-havre", "member", "fr", "Chargée de coopération décentralisée"),
        "helene-marchand": ("Hélène Marchand", "phnom-penh", "coordinator", "fr", "Coordinatrice du réseau"),
    }
    async with database.transaction() as tx:
        for code, (country, zone, name) in cities.items():
            organisation = Organisation(
                code=code, name=name, kind="city", country=country, time_zone=zone, membership="member"
            )
            await ORGANISATIONS.put(tx, organisation)
        for code, (shown, city, role, language, function) in people.items():
            text = Content.of(language, **{language: function})  # type: ignore[arg-type]
            values = {"code": code, "name": shown, "organisation": city, "role": role, "function": text}
            await PEOPLE.put(tx, Person.model_validate({**values, "languages": [language]}))
