"""What coordinators see of a form's answers, and take along: pictures, a workbook, a report, slides, badges."""

from __future__ import annotations

import asyncio
import tempfile
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import replace
from pathlib import Path

from bot.delivery.made import Made
from bot.forms.definition import Definition
from bot.forms.filling import Filling
from bot.network.audiences import MEMBER_ROLES
from bot.network.content import Content
from bot.network.forms import is_for
from bot.results.badges import badges
from bot.results.charts import charts
from bot.results.deck import deck
from bot.results.figures import figures
from bot.results.participants import participants_pdf
from bot.results.report import report
from bot.results.shapes import Results
from bot.results.workbook import write_workbook
from bot.texts import form_decisions as decisions
from bot.texts import form_results as texts
from bot.texts.form_button import RESULTS
from bot.texts.reply import File, Reply
from handlers.form_lists import to_answer
from handlers.turn import Conversation, Turn
from storage import submissions
from storage.network import EVENTS, ORGANISATIONS, PEOPLE
from storage.submissions import Submission

ArrivalLink = Callable[[Submission], Awaitable[str]]
"""Gives what a badge's code opens."""


_MOST_CHARTS = 10
"""Pictures that are sent at once; the report has all."""


def form_results(filling: Filling, made: Made, link: ArrivalLink) -> Conversation:
    """Return the conversation in which coordinators, and members where the form says so, read what forms brought."""
    reading = _Reading(filling, made, link)
    return Conversation(name="form results", taps={(RESULTS, 1): reading.tapped}, stale=reading.tapped)


class _Reading:
    def __init__(self, filling: Filling, made: Made, link: ArrivalLink) -> None:
        self._filling, self._made, self._link = filling, made, link

    async def tapped(self, turn: Turn) -> Reply:
        number = turn.tap.number(0)
        definition = await self._filling.library.numbered(turn.tx, number) if number else None
        if definition is None or not _may_read(definition, turn):
            return await (self._every(turn) if turn.reader.is_coordinator else to_answer(turn, self._filling))
        action = turn.tap.text(1)
        if not turn.reader.is_coordinator and action not in texts.OPEN_TO_MEMBERS:
            action = None
        if action == "decide":
            return await self._next(turn, definition)
        sent = await submissions.of_form(turn.tx, definition.form.code)
        results = await self._results(turn, definition, sent)
        if action not in texts.PRODUCTS:
            return texts.brought_card(turn.voice, _brought(results, sent), coordinates=turn.reader.is_coordinator)
        if results.secret:
            return texts.secret(turn.voice, definition)
        if not results.answers:
            return texts.nothing_yet(turn.voice, definition)
        making: Mapping[str, Callable[[], Awaitable[tuple[File, ...]]]] = {
            "charts": lambda: self._charts(turn, results),
            "badges": lambda: self._badges(turn, results, sent),
        }
        files = await making.get(action, lambda: self._document(turn, results, sent, action))()
        return Reply(texts.made(turn.voice, definition, action), files=files, place="new")

    async def _every(self, turn: Turn) -> Reply:
        counts = await submissions.counts(turn.tx)
        every = await self._filling.library.every(turn.tx)
        return texts.every_form(turn.voice, [(one, counts.get(one.form.code, 0)) for one in every])

    async def _next(self, turn: Turn, definition: Definition) -> Reply:
        """Show the oldest answer that waits for a decision."""
        sent = await submissions.of_form(turn.tx, definition.form.code)
        waiting = [one for one in sent if one.state == "pending" or one.proposed is not None]
        if not waiting:
            brought = _brought(await self._results(turn, definition, sent), sent)
            return texts.brought_card(turn.voice, brought, coordinates=True)
        standing = await self._filling.stand(turn.tx, turn.reader, definition, turn.now)
        return replace(decisions.to_decide(turn.voice, definition, waiting[0], standing.around), place="new")

    async def _results(self, turn: Turn, definition: Definition, sent: list[Submission]) -> Results:
        places, people = await ORGANISATIONS.all(turn.tx), await PEOPLE.all(turn.tx)
        answered: list[str] = []
        if definition.form.anonymous:
            homes = {one.code: one.organisation for one in people}
            owners = await submissions.who_answered(turn.tx, definition.form.code)
            answered = [homes[owner[2:]] for owner in owners if owner[:2] == "p:" and owner[2:] in homes]
        return await asyncio.to_thread(figures, definition, sent, places, turn.now, people, answered)

    async def _charts(self, turn: Turn, results: Results) -> tuple[File, ...]:
        pictures = await asyncio.to_thread(charts, results, turn.voice)
        code = results.definition.form.code
        return tuple(self._made.file(f"{code}-{one.name}.png", one.png, photo=True) for one in pictures[:_MOST_CHARTS])

    async def _document(self, turn: Turn, results: Results, sent: list[Submission], kind: str) -> tuple[File, ...]:
        code, voice = results.definition.form.code, turn.voice
        event = await self._title(turn, results.definition)
        if kind == "xlsx":
            return (self._made.file(f"{code}.xlsx", await asyncio.to_thread(_workbook, results, sent, turn)),)
        if kind == "pptx":
            return (self._made.file(f"{code}.pptx", await asyncio.to_thread(deck, results, voice, turn.now)),)
        if kind == "list":
            content = await asyncio.to_thread(participants_pdf, results, sent, voice, event)
            return (self._made.file(f"{code}-participants.pdf", content),)
        return (self._made.file(f"{code}.pdf", await asyncio.to_thread(report, results, voice, turn.now)),)

    async def _badges(self, turn: Turn, results: Results, sent: list[Submission]) -> tuple[File, ...]:
        links = {one.id: await self._link(one) for one in sent}
        event = await self._title(turn, results.definition)
        content = await asyncio.to_thread(
            badges, results, sent, turn.voice, lambda one, _person: links[one.id], 8, event
        )
        return (self._made.file(f"{results.definition.form.code}-badges.pdf", content),)

    async def _title(self, turn: Turn, definition: Definition) -> Content | None:
        event = await EVENTS.get(turn.tx, definition.form.event) if definition.form.event else None
        return event.title if event else None


def _may_read(definition: Definition, turn: Turn) -> bool:
    """Whether the reader may see the results: a coordinator, or a member where members see them."""
    form, reader = definition.form, turn.reader
    open_to = form.seen_by == "members" and reader.role in MEMBER_ROLES and is_for(form, reader, turn.now)
    return reader.is_coordinator or open_to


def _workbook(results: Results, sent: list[Submission], turn: Turn) -> bytes:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "answers.xlsx"
        write_workbook(path, results, sent, turn.voice)
        return path.read_bytes()


def _brought(results: Results, sent: list[Submission]) -> texts.Brought:
    asked = [one for one in results.cities if one.asked]
    quorum = results.quorum
    return texts.Brought(
        definition=results.definition,
        answers=results.answers,
        waiting=results.waiting,
        to_decide=sum(one.state == "pending" or one.proposed is not None for one in sent),
        arrived=sum(one.arrived is not None for one in sent),
        asked=results.asked,
        responded=tuple(one.organisation for one in asked if one.answers),
        missing=tuple(one.organisation for one in asked if not one.answers),
        known=bool(asked) and not results.secret,
        quorum=(quorum.needed, round(quorum.share * 100), quorum.reached) if quorum else None,
    )
