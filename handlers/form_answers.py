"""A form's answers one by one, for coordinators; their files are fetched as errands."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from dataclasses import replace

from bot.clock import Clock
from bot.delivery.calls import Call
from bot.delivery.errands import Finish, Owed
from bot.delivery.fetching import Fetch, GoneError
from bot.delivery.made import Made
from bot.delivery.outbox import queue
from bot.delivery.outcome import Api
from bot.forms.attached import Attached, files_of
from bot.forms.definition import Definition
from bot.forms.filling import Filling
from bot.members.identify import Identify
from bot.network.audiences import Reader
from bot.results.responses import is_secret
from bot.texts import form_answers as texts
from bot.texts import form_results as results
from bot.texts.reply import Reply
from bot.texts.voice import Voice
from handlers.again import Again
from handlers.form_lists import to_answer
from handlers.form_twice import twice_of
from handlers.turn import Conversation, Turn
from locales import Html
from storage import arrivals, submissions, tallies
from storage.database import Database, Transaction
from storage.errands import Errand
from storage.submissions import Submission

FILE = "file"
"""The kind of these errands; their details: ``submission`` and ``at``, the file's place among its files."""
_PHOTO = "photo.jpg"
"""The name of what was sent as a photo (``bot.delivery.incoming``)."""


def form_answers(filling: Filling, owed: Owed) -> Conversation:
    """Return the conversation in which coordinators read answers one by one."""
    reading = _Reading(filling, owed)
    return Conversation(
        name="form answers",
        taps={(texts.SCREEN, 1): reading.tapped, (texts.FILE, 1): reading.file},
        stale=reading.tapped,
        roles=frozenset({"coordinator"}),
    )


class _Reading:
    def __init__(self, filling: Filling, owed: Owed) -> None:
        self._filling, self._owed = filling, owed

    async def tapped(self, turn: Turn) -> Reply:
        number = turn.tap.number(0)
        definition = await self._filling.library.numbered(turn.tx, number) if number else None
        if definition is None:
            return await to_answer(turn, self._filling)
        if not _is_open(definition, turn):
            return results.secret(turn.voice, definition)
        one = await submissions.numbered(turn.tx, turn.tap.number(2) or 0)
        page = turn.tap.number(1) or 0
        if one is not None and one.form == definition.form.code:
            return await self._one(turn, definition, one, page)
        return await self._page(turn, definition, page)

    async def _page(self, turn: Turn, definition: Definition, page: int) -> Reply:
        code = definition.form.code
        total = sum(one.answers for one in await tallies.of_form(turn.tx, code) if one.state != "withdrawn")
        page = min(page, max(0, (total - 1) // texts.PAGE))
        found = await submissions.listed(turn.tx, code, texts.PAGE, page * texts.PAGE)
        standing = await self._filling.stand(turn.tx, turn.reader, definition, turn.now)
        rows = await self._rows(turn, found)
        return texts.listed(
            turn.voice, definition, rows, page, total, await self._filling.knowing(turn.tx, standing.around)
        )

    async def _one(self, turn: Turn, definition: Definition, one: Submission, page: int) -> Reply:
        standing = await self._filling.stand(turn.tx, turn.reader, definition, turn.now)
        (row,) = await self._rows(turn, [one])
        return texts.opened(turn.voice, definition, row, page, await self._filling.knowing(turn.tx, standing.around))

    async def _rows(self, turn: Turn, found: list[Submission]) -> list[texts.Row]:
        twice = await twice_of(turn.tx, [one.id for one in found])
        return [
            texts.Row(one, twice.get(one.id, {}), len(await arrivals.of_submission(turn.tx, one.id))) for one in found
        ]

    async def file(self, turn: Turn) -> Reply:
        """Owe a file of an answer."""
        one = await submissions.numbered(turn.tx, turn.tap.number(0) or 0)
        definition = await self._filling.library.get(turn.tx, one.form) if one else None
        if one is None or definition is None:
            return await to_answer(turn, self._filling)
        if not _is_open(definition, turn):
            return results.secret(turn.voice, definition)
        at, files = turn.tap.number(1) or 0, files_of(definition, one)
        if at >= len(files):
            return replace(await self._page(turn, definition, 0), notice=turn.voice.say("common.refreshed"))
        await self._owed.owe(turn.tx, FILE, turn.reader.account, {"submission": one.id, "at": at}, turn.now)
        return texts.file_under_way(turn.voice, files[at].name)


def _is_open(definition: Definition, turn: Turn) -> bool:
    return not definition.form.anonymous and not is_secret(definition.form, turn.now)


class Files:
    """Brings the files of answers to coordinators."""

    def __init__(
        self, database: Database, clock: Clock, filling: Filling, identify: Identify, again: Again, made: Made,
        fetch: Fetch, apis: Mapping[str, Api],
    ) -> None:  # fmt: skip
        self._database, self._clock, self._filling = database, clock, filling
        self._identify, self._again, self._made = identify, again, made
        self._fetch, self._apis = fetch, apis

    async def do(self, errand: Errand) -> Finish:
        """Send the file by its channel's own handle, or fetch it and send it anew."""
        async with self._database.snapshot() as read:
            reader, found = await self._found(read, errand)
            if found is None or not reader.is_coordinator:
                return _nothing
            definition, one, file = found
            standing = await self._filling.stand(read, reader, definition, self._clock.now())
            around = await self._filling.knowing(read, standing.around)
        voice = self._again.voice(reader)
        caption = texts.file_caption(voice, definition, one, around)
        if file.channel == reader.channel and await self._sent_by_handle(reader, file, caption):
            return _nothing
        try:
            content = await self._fetch(file.channel, file.handle)
        except GoneError:
            return lambda tx: self._gone(tx, errand, reader, voice, definition, one, file)
        sent = await asyncio.to_thread(self._made.file, file.name or _PHOTO, content)
        reply = Reply(caption, files=(sent,))
        now = self._clock.now()
        return lambda tx: queue(tx, f"errand:{errand.id}", reader.channel, reader.address, reply, now)

    async def give_up(self, errand: Errand, tx: Transaction) -> None:
        """Say that it cannot be had."""
        reader, found = await self._found(tx, errand)
        if found is not None and reader.is_coordinator:
            await self._gone(tx, errand, reader, self._again.voice(reader), *found)

    async def _found(
        self, read: Transaction, errand: Errand
    ) -> tuple[Reader, tuple[Definition, Submission, Attached] | None]:
        reader = await self._identify.again(read, errand.account)
        one = await submissions.numbered(read, errand.details["submission"])
        definition = await self._filling.library.get(read, one.form) if one else None
        if one is None or definition is None:
            return reader, None
        files = files_of(definition, one)
        return reader, (definition, one, files[errand.details["at"]]) if errand.details["at"] < len(files) else None

    async def _sent_by_handle(self, reader: Reader, file: Attached, caption: Html) -> bool:
        api = self._apis.get(reader.channel)
        if api is None:
            return False
        method, field = ("sendPhoto", "photo") if file.name == _PHOTO else ("sendDocument", "document")
        parameters = {"chat_id": reader.address, field: file.handle, "caption": caption, "parse_mode": "HTML"}
        return (await api.make(Call(method=method, parameters=parameters))).kind == "sent"

    async def _gone(
        self, tx: Transaction, errand: Errand, reader: Reader, voice: Voice, definition: Definition, one: Submission,
        file: Attached,
    ) -> None:  # fmt: skip
        reply = texts.file_gone(voice, definition, one, file.name)
        await queue(tx, f"errand:{errand.id}", reader.channel, reader.address, reply, self._clock.now())


async def _nothing(_tx: Transaction) -> None:
    """There is nothing more to send."""
