"""Pictures, workbooks, reports, slides, lists and badges of what a form brought: made outside any transaction."""

from __future__ import annotations

import asyncio
import tempfile
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from bot.clock import Clock
from bot.delivery.errands import Finish
from bot.delivery.made import Made
from bot.delivery.outbox import queue
from bot.forms.definition import Definition
from bot.forms.filling import Filling
from bot.members.identify import Identify
from bot.network.audiences import MEMBER_ROLES, Reader
from bot.network.content import Content
from bot.network.forms import Form, is_for
from bot.network.records import Organisation, Person
from bot.results.badges import Link, badges
from bot.results.charts import charts
from bot.results.deck import deck
from bot.results.figures import figures
from bot.results.participants import participants_pdf
from bot.results.report import report
from bot.results.shapes import Results
from bot.results.workbook import write_workbook
from bot.texts import form_results as texts
from bot.texts.reply import File, Reply
from bot.texts.voice import Voice
from handlers.again import Again
from storage import arrivals, submissions
from storage.arrivals import Arrivals
from storage.database import Database, Transaction
from storage.errands import Errand
from storage.network import EVENTS, ORGANISATIONS, PEOPLE
from storage.submissions import Submission

PRODUCT = "product"
"""The kind of these errands; their details: ``form`` (number) and ``name`` (one of ``texts.PRODUCTS``)."""
ArrivalLink = Callable[[], Awaitable[Link]]
"""Gives what the codes of badges open."""
_MOST_CHARTS = 10
"""Pictures that are sent at once; the report has all."""
_PAGE = 2000
"""Answers that are read at once: others use the database in between."""


def may_read(definition: Definition, reader: Reader, now: datetime) -> bool:
    """Whether the reader may see the results: a coordinator, or a member where members see them."""
    form = definition.form
    open_to = form.seen_by == "members" and reader.role in MEMBER_ROLES and is_for(form, reader, now)
    return reader.is_coordinator or open_to


async def answered_organisations(read: Transaction, form: Form) -> list[str]:
    """Return the organisations that are noted to have answered an anonymous form, once for each of their people."""
    if not form.anonymous:
        return []
    homes = {one.code: one.organisation for one in await PEOPLE.all(read)}
    owners = await submissions.who_answered(read, form.code)
    return [homes[owner[2:]] for owner in owners if owner[:2] == "p:" and owner[2:] in homes]


async def answers_of(database: Database, form: str) -> list[Submission]:
    """Return everything that was sent to a form, in the order of arrival; others use the database meanwhile."""
    found: list[Submission] = []
    after, full = 0, True
    while full:
        async with database.snapshot() as read:
            page = await submissions.page_of_form(read, form, after, _PAGE)
        found += page
        full = len(page) == _PAGE
        after = page[-1].id if page else after
    return sorted(found, key=lambda one: (one.place, one.id))


@dataclass(frozen=True)
class _Wanted:
    """What is to be made, for whom, and all that it is made of but the answers."""

    name: str
    reader: Reader
    voice: Voice
    definition: Definition
    places: tuple[Organisation, ...]
    people: tuple[Person, ...]
    answered: list[str]
    arrivals: Arrivals
    event: Content | None
    now: datetime

    @property
    def code(self) -> str:
        return self.definition.form.code


class Products:
    """Makes what was asked for, and queues it."""

    def __init__(
        self,
        database: Database,
        clock: Clock,
        filling: Filling,
        identify: Identify,
        again: Again,
        made: Made,
        link: ArrivalLink,
    ) -> None:
        self._database, self._clock, self._filling = database, clock, filling
        self._identify, self._again, self._made, self._link = identify, again, made, link

    async def do(self, errand: Errand) -> Finish:
        """Read the answers, a page at a time, and make the file in a thread."""
        wanted = await self._wanted(errand)
        if wanted is None:
            return _nothing
        sent = await answers_of(self._database, wanted.code)
        link = await self._link()
        files = await asyncio.to_thread(self._made_of, wanted, sent, link)
        reply = Reply(texts.made(wanted.voice, wanted.definition, wanted.name), files=files)
        return lambda tx: _queued(tx, errand, wanted.reader, reply, self._clock.now())

    async def give_up(self, errand: Errand, tx: Transaction) -> None:
        """Say that it could not be made."""
        reader = await self._identify.again(tx, errand.account)
        definition = await self._filling.library.numbered(tx, errand.details["form"])
        if definition is not None:
            reply = texts.not_made(self._again.voice(reader), definition, errand.details["name"])
            await _queued(tx, errand, reader, reply, self._clock.now())

    async def _wanted(self, errand: Errand) -> _Wanted | None:
        """Return what is to be made; None if the reader may not have it any more."""
        now = self._clock.now()
        async with self._database.snapshot() as read:
            reader = await self._identify.again(read, errand.account)
            definition = await self._filling.library.numbered(read, errand.details["form"])
            if definition is None or not may_read(definition, reader, now):
                return None
            event = await EVENTS.get(read, definition.form.event) if definition.form.event else None
            return _Wanted(
                name=errand.details["name"],
                reader=reader,
                voice=self._again.voice(reader),
                definition=definition,
                places=tuple(await ORGANISATIONS.all(read)),
                people=tuple(await PEOPLE.all(read)),
                answered=await answered_organisations(read, definition.form),
                arrivals=await arrivals.of_form(read, definition.form.code),
                event=event.title if event else None,
                now=now,
            )

    def _made_of(self, wanted: _Wanted, sent: list[Submission], link: Link) -> tuple[File, ...]:
        results = figures(
            wanted.definition, sent, wanted.places, wanted.now, wanted.people, wanted.answered, wanted.arrivals
        )
        code, voice = wanted.code, wanted.voice
        match wanted.name:
            case "charts":
                drawn = charts(results, voice)[:_MOST_CHARTS]
                return tuple(self._made.file(f"{code}-{one.name}.png", one.png, photo=True) for one in drawn)
            case "xlsx":
                return (self._made.file(f"{code}.xlsx", _workbook(results, sent, voice)),)
            case "pptx":
                return (self._made.file(f"{code}.pptx", deck(results, voice, wanted.now)),)
            case "list":
                content = participants_pdf(results, sent, voice, wanted.event)
                return (self._made.file(f"{code}-participants.pdf", content),)
            case "badges":
                return (self._made.file(f"{code}-badges.pdf", badges(results, sent, voice, link, 8, wanted.event)),)
        return (self._made.file(f"{code}.pdf", report(results, voice, wanted.now)),)


def _workbook(results: Results, sent: list[Submission], voice: Voice) -> bytes:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "answers.xlsx"
        write_workbook(path, results, sent, voice)
        return path.read_bytes()


async def _queued(tx: Transaction, errand: Errand, reader: Reader, reply: Reply, now: datetime) -> None:
    await queue(tx, f"errand:{errand.id}", reader.channel, reader.address, reply, now)


async def _nothing(_tx: Transaction) -> None:
    """There is nothing to send."""
