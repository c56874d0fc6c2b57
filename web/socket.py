"""The line between an open page and the server: JSON texts over a WebSocket at ``/socket``.

The page says (``client`` is a name of 8 to 40 letters that it makes for each action, and repeats until it is taken):
    {"do": "text", "client", "text"}            {"do": "tap", "client", "message", "data"}
    {"do": "contact", "client", "phone"}        {"do": "ping"}           {"do": "advance", "days": 1 | 7 | 30}
The server says:
    {"type": "hello", …}        all that the page shows: words, bubbles, keyboard, menu; again when the language changes
    {"type": "message", "message", "days"}      a new bubble, or a known one (same ``id``) that has changed
    {"type": "gone", "id"}      a bubble was taken away          {"type": "typing"}      the assistant is at work
    {"type": "keyboard", "keyboard", "placeholder"}              {"type": "commands", "commands"}
    {"type": "answer", "client", "text", "alert"}                the answer to a tap
    {"type": "ack", "client"}   taken for good                   {"type": "refused", "client"}   will never be taken
    {"type": "failed", "client", "reference"}   not taken this time; under the same name it can be said again
    {"type": "pong"}            {"type": "clock", "label", "short"}      the simulated day and hour
Files go by ``POST /files``.  Closing code 4403: the key does not open the page any more.
"""

from __future__ import annotations

import asyncio
import contextlib
import secrets
from typing import Annotated, Literal

import structlog
from pydantic import BaseModel, ConfigDict, Field, TypeAdapter, ValidationError
from starlette.websockets import WebSocket, WebSocketDisconnect

from web.actions import Actions
from web.channel import WebChannel
from web.demonstration import Demonstration
from web.door import Door
from web.errors import ApiError
from web.hub import Line
from web.origin import Origins, language_of

_log = structlog.get_logger()
_LOCKED = 4403

Client = Annotated[str, Field(pattern=r"^[A-Za-z0-9_-]{8,40}$")]


class _Said(BaseModel):
    model_config = ConfigDict(frozen=True, extra="ignore", hide_input_in_errors=True)


class Text(_Said):
    """A message."""

    do: Literal["text"]
    client: Client
    text: str


class Tap(_Said):
    """A tap on a button under a bubble."""

    do: Literal["tap"]
    client: Client
    message: int
    data: str


class Contact(_Said):
    """A phone number that the assistant asked for."""

    do: Literal["contact"]
    client: Client
    phone: str


class Ping(_Said):
    """A sign that the page is still there."""

    do: Literal["ping"]


class Advance(_Said):
    """A move of the demonstration's clock."""

    do: Literal["advance"]
    days: Literal[1, 7, 30]


Said = Text | Tap | Contact | Ping | Advance
_SAID: TypeAdapter[Said] = TypeAdapter(Annotated[Said, Field(discriminator="do")])


class ChatSocket:
    """Answers every open page."""

    def __init__(
        self, channel: WebChannel, door: Door, actions: Actions, demonstration: Demonstration | None, origins: Origins
    ) -> None:
        self._channel, self._door, self._actions = channel, door, actions
        self._demonstration, self._origins = demonstration, origins

    async def answer(self, websocket: WebSocket) -> None:
        """Let the page in, or refuse it (HTTP 403), and stay until it closes."""
        visitor = await self._door.who(websocket.query_params)
        if visitor is None or not self._origins.allow(websocket):
            await websocket.close()
            return
        reader = await self._door.enter(visitor, language_of(websocket))
        await websocket.accept()
        line = Line(reader.language)
        with self._channel.hub.open(reader.address, line):
            await self._channel.refresh(reader.address, line)
            await self._tell_clock(reader.address, line)
            await self._resume(reader.address)
            await self._talk(websocket, reader.address, line)

    async def _talk(self, websocket: WebSocket, chat: int, line: Line) -> None:
        async with asyncio.TaskGroup() as group:
            telling = group.create_task(_tell(websocket, line))
            with contextlib.suppress(WebSocketDisconnect):
                while True:
                    await self._hear(websocket, chat, line, await websocket.receive_text())
            telling.cancel()

    async def _resume(self, chat: int) -> None:
        try:
            await self._actions.resume(chat)
        except Exception as error:  # the page shows the conversation in any case; the next opening tries again
            _log.error("what a stop left could not be received", error=type(error).__name__)

    async def _hear(self, websocket: WebSocket, chat: int, line: Line, text: str) -> None:
        try:
            said = _SAID.validate_json(text)
        except ValidationError:
            line.tell({"type": "refused", "client": None})
            return
        if isinstance(said, Ping):
            await self._pong(websocket, chat, line)
        elif isinstance(said, Advance):
            await self._advance(said.days)
        else:
            await self._take(websocket, chat, line, said)

    async def _take(self, websocket: WebSocket, chat: int, line: Line, said: Text | Tap | Contact) -> None:
        language = language_of(websocket)
        try:
            match said:
                case Text():
                    await self._actions.text(chat, said.client, said.text, language)
                case Tap():
                    await self._actions.tap(chat, said.client, said.message, said.data, language)
                case Contact():
                    await self._actions.contact(chat, said.client, said.phone, language)
        except ApiError:
            line.tell({"type": "refused", "client": said.client})
        except Exception as error:  # the page says it again; what was written stays out of the log
            reference = secrets.token_hex(3)
            _log.error("an action of the page failed", reference=reference, action=said.do, error=type(error).__name__)
            line.tell({"type": "failed", "client": said.client, "reference": reference})
        else:
            line.tell({"type": "ack", "client": said.client})

    async def _pong(self, websocket: WebSocket, chat: int, line: Line) -> None:
        if await self._door.who(websocket.query_params) is None:
            await websocket.close(_LOCKED)
            return
        line.tell({"type": "pong"})
        await self._tell_clock(chat, line)

    async def _tell_clock(self, chat: int, line: Line) -> None:
        if self._demonstration is not None:
            line.tell({"type": "clock", **await self._channel.clock_of(chat)})

    async def _advance(self, days: int) -> None:
        if self._demonstration is not None:
            await self._demonstration.advance(days)


async def _tell(websocket: WebSocket, line: Line) -> None:
    with contextlib.suppress(WebSocketDisconnect, RuntimeError):
        while (event := await line.next()) is not None:
            await websocket.send_json(event)
        await websocket.close()
