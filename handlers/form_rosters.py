"""A delegation's list in a spreadsheet: the sheet is sent, and comes back filled; reading it is an errand."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from typing import Any

from bot.clock import Clock
from bot.delivery.errands import Finish, Owed
from bot.delivery.fetching import Fetch, GoneError
from bot.delivery.made import Made
from bot.delivery.outbox import queue
from bot.errors import TablesError
from bot.forms.around import Problem
from bot.forms.definition import Field
from bot.forms.filling import Filling, Step
from bot.forms.path import field_of
from bot.forms.rosters import Rows, can_be_listed, left_out, listed, most_people, read_roster
from bot.forms.rosters import take as taken
from bot.forms.standing import Standing
from bot.members.identify import Identify
from bot.network.audiences import Reader
from bot.texts import form_cards as cards
from bot.texts import form_rosters as texts
from bot.texts.form_steps import asked
from bot.texts.layout import paragraphs
from bot.texts.reply import Reply
from bot.texts.voice import Voice
from handlers.again import Again
from handlers.form_twice import with_notice
from handlers.turn import Turn
from storage import accounts
from storage.database import Database, Transaction
from storage.errands import Errand

ROSTER = "roster"
"""The kind of these errands; their details: ``form`` (number), ``channel``, ``handle``, ``name``, ``mode``."""
_TOPIC = "roster"
_SHEETS = ("xlsx", "xlsm", "xls", "ods", "csv", "tsv", "numbers")
_READ = ("xlsx", "xlsm")
LARGEST = 5 * 1024 * 1024
"""Bytes of a sheet; a list of twenty people has some thousands."""


class Rosters:
    """Sends the sheet, and takes it back."""

    def __init__(self, filling: Filling, made: Made, owed: Owed) -> None:
        self._filling, self._made, self._owed = filling, made, owed

    async def sheet(self, turn: Turn, standing: Standing) -> Reply:
        """Send the sheet, with whoever was answered for already."""
        voice, definition = turn.voice, standing.definition
        answers = standing.session.answers if standing.session else {}
        rows = [texts.cells(voice, definition, one, standing.around) for one in listed(definition, answers)]
        content = await asyncio.to_thread(_written, voice, standing, rows)
        return texts.sent(voice, standing, self._made.file(f"{standing.form.code}.xlsx", content))

    async def came(self, turn: Turn, standing: Standing) -> Reply | None:
        """Take a file that can only be the list: a sheet, while no file is asked for; None for anything else."""
        file = turn.incoming.attachment
        if file is None or standing.session is None or not can_be_listed(standing.definition):
            return None
        open_field = field_of(standing.definition, standing.session.step)
        ending = file.name.rpartition(".")[2].lower()
        if ending not in _SHEETS or _is_answer(open_field, ending):
            return None
        if ending not in _READ:
            return texts.unreadable(turn.voice, standing, Problem("not_a_workbook"), file.name, standing.around)
        if file.size > LARGEST:
            problem = Problem("file_too_big", most_mb=LARGEST // (1024 * 1024))
            return texts.unreadable(turn.voice, standing, problem, file.name, standing.around)
        return await self._owe(turn, standing, turn.incoming.channel, file.handle, file.name, None)

    async def keeping(self, turn: Turn, standing: Standing) -> Reply | None:
        """Read the sheet once more: who was in the delegation before stays."""
        return await self._once_more(turn, standing, "add")

    async def replacing(self, turn: Turn, standing: Standing) -> Reply | None:
        """Read the sheet once more: who was in the delegation before, and is not in it, goes."""
        return await self._once_more(turn, standing, "replace")

    async def _once_more(self, turn: Turn, standing: Standing, mode: str) -> Reply | None:
        kept = await accounts.awaited(turn.tx, turn.reader.account, _TOPIC)
        if kept is None or kept["form"] != standing.form.id:
            return None
        await accounts.set_awaited(turn.tx, turn.reader.account, _TOPIC, None)
        return await self._owe(turn, standing, kept["channel"], kept["handle"], kept["name"], mode)

    async def _owe(
        self, turn: Turn, standing: Standing, channel: str, handle: str, name: str, mode: str | None
    ) -> Reply:
        details = {"form": standing.form.id, "channel": channel, "handle": handle, "name": name, "mode": mode}
        await self._owed.owe(turn.tx, ROSTER, turn.reader.account, details, turn.now)
        return texts.received(turn.voice, name)


class RosterReading:
    """Fetches the sheet and reads it into the draft; where anything is wrong, the draft stays as it is."""

    def __init__(
        self, database: Database, clock: Clock, filling: Filling, identify: Identify, again: Again, fetch: Fetch
    ) -> None:
        self._database, self._clock, self._filling = database, clock, filling
        self._identify, self._again, self._fetch = identify, again, fetch

    async def do(self, errand: Errand) -> Finish:
        """Fetch and unpack the sheet."""
        rows: Rows | Problem
        try:
            content = await self._fetch(errand.details["channel"], errand.details["handle"])
            rows = await asyncio.to_thread(_rows, content)
        except GoneError:
            rows = Problem("not_fetched")
        except TablesError:
            rows = Problem("not_a_workbook")
        return lambda tx: self._answer(tx, errand, rows)

    async def give_up(self, errand: Errand, tx: Transaction) -> None:
        """Say that it could not be fetched."""
        await self._answer(tx, errand, Problem("not_fetched"))

    async def _answer(self, tx: Transaction, errand: Errand, rows: Rows | Problem) -> None:
        now, details = self._clock.now(), errand.details
        reader = await self._identify.again(tx, errand.account)
        standing = await self._filling.find(tx, reader, details["form"], now)
        if standing is None or standing.session is None:
            return  # the form, or the draft, was taken away meanwhile
        voice = self._again.voice(reader)
        if standing.opening != "open" and not standing.is_sent:
            reply = cards.not_open(voice, standing)
        else:
            try:
                reply = await self._read(tx, reader, voice, standing, details, rows)
            except Problem as problem:
                reply = texts.unreadable(voice, standing, problem, details["name"], standing.around)
        await queue(tx, f"errand:{errand.id}", reader.channel, reader.address, replace(reply, place="new"), now)

    async def _read(
        self, tx: Transaction, reader: Reader, voice: Voice, standing: Standing, details: Any, rows: Rows | Problem
    ) -> Reply:
        """Return the reply to the sheet; raises Problem if it cannot be taken as a whole."""
        if isinstance(rows, Problem):
            raise rows
        assert standing.session is not None
        definition, answers, name = standing.definition, standing.session.answers, details["name"]
        roster = read_roster(definition, {key: one for key, one in answers.items() if "@" not in key}, rows,
                             standing.around)  # fmt: skip
        if roster.faults:
            return texts.faulty(voice, standing, roster, name, standing.around)
        left = left_out(definition, listed(definition, answers), roster)
        if left and details["mode"] is None:
            await accounts.set_awaited(tx, reader.account, _TOPIC, {**details})
            return texts.which(voice, standing, left, name)
        now = self._clock.now()
        came = taken(definition, standing.session, roster, details["mode"] or "replace", now)
        step = await self._filling.take(tx, reader, standing, came, now)
        told = asked(voice, Step(step.standing))
        text = paragraphs(texts.read_well(voice, len(roster.people), name), told.text)
        offered = texts.with_offer(voice, step.standing, replace(told, text=text))
        return await with_notice(tx, reader, voice, step.standing, offered)


def _is_answer(field: Field | None, ending: str) -> bool:
    """Whether a file of that ending may answer the open question."""
    return (
        field is not None and field.kind == "file" and (not field.question.accepts or ending in field.question.accepts)
    )


def _written(voice: Voice, standing: Standing, rows: list[list[str]]) -> bytes:
    from bot.tables.rosters import Column, write_roster  # noqa: PLC0415  openpyxl takes long to load

    name, title = texts.sheet_texts(voice, standing.definition)
    columns = [Column(*one) for one in texts.headings(voice, standing.definition)]
    return write_roster(name, title, columns, rows, most_people(standing.definition))


def _rows(content: bytes) -> Rows:
    from bot.tables.rosters import read_rows  # noqa: PLC0415  as above

    return read_rows(content)
