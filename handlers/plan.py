"""Answers with lines of the action plan: by number, by words, by axis, or the one that was spoken of before."""

from __future__ import annotations

from dataclasses import replace

from bot.answers.actions import ActionsRequest
from bot.answers.subjects import documents_named, seen_by
from bot.ask.known import Known
from bot.ask.matters import Matter
from bot.ask.normalise import normalise
from bot.ask.numbered import LINE, axis_number, line_number, without_plan
from bot.ask.question import Question, Stated, Understood
from bot.ask.titles import Entry, Noun, Titles
from bot.ask.turns import begins_with_and
from bot.texts.ask import with_coordination, with_line
from handlers import actions
from handlers.meant import Answered
from handlers.subjects import those
from handlers.turn import Turn

_SHORT = 48
"""Characters of a question about a line, after the plan was shown."""
_OF_A_LINE = frozenset({"in_charge", "who"})
"""The concepts of a question about somebody, who after the plan is whoever sees to a line of it."""
_ELSEWHERE: tuple[Matter, ...] = ("funding", "funder", "vacant")
"""The matters that no line of the plan tells, though words of its title are said."""
_LINES: tuple[Noun, ...] = ("line",)


class Plan:
    """Answers with lines of the action plan."""

    def __init__(self, known: Known) -> None:
        self._known = known

    async def of_plan(self, turn: Turn, found: Understood) -> Understood:
        """Return a short message after the plan as one about the line of it that is named: "qui porte la formation"."""
        said, stated = found.ranked.said, found.question.stated
        goes_on = begins_with_and(normalise(found.text), found.language or turn.reader.language)
        open_ = goes_on or found.aspect or not found.sure or not said.isdisjoint(_OF_A_LINE)
        open_ = open_ and found.matter not in _ELSEWHERE
        if not open_ or len(found.text) > _SHORT or stated.names_place or not await self._lines(turn, found):
            return found
        question = Question("action_plan")
        return replace(found, question=question, aspect=None, matter=None, sure=True, carried=frozenset({"intent"}))

    async def answer(self, turn: Turn, found: Understood, titles: Titles) -> Answered | None:
        """Answer with the line or the axis that is named, the lines that may be meant, or the line shown before."""
        if found.matter == "plan_file":
            return await self._as_file(turn, found, titles)
        if found.question.intent != "action_plan":
            return None
        noun, _, carried = (found.question.about or "").partition(":")
        message, language = normalise(found.text), found.language or turn.reader.language
        number, stated = line_number(message, language), found.question.stated
        axis = axis_number(message, language)
        if axis is not None and stated == Stated(first=stated.first, last=stated.last):
            return Answered(await actions.axis(turn, axis), Question("action_plan"))
        whole = number is not None or stated != Stated(kind=stated.kind) or "not_yet" in found.ranked.said
        named = [] if whole else await self._lines(turn, found)
        if len(named) > 1:
            shown = await actions.some(turn, [int(one.code) for one in named])
            return Answered(with_line(turn.voice.say("ask.which_of"), shown), Question("action_plan"))
        if number is None and (named or noun == LINE):
            number = int(named[0].code if named else carried)
        return await self.line(turn, number) if number is not None else None

    async def _as_file(self, turn: Turn, found: Understood, titles: Titles) -> Answered:
        """Answer with the document that is called like the plan; where there is none, say so, with the plan."""
        near = documents_named(titles, found.text, Question("documents"), turn.reader, turn.now)
        reply = await those(turn, near) if near else None
        if reply is not None:
            return Answered(reply, Question("documents"))
        shown = await actions.show(turn, ActionsRequest())
        told = with_coordination(turn.voice, with_line(turn.voice.say("ask.plan_file"), shown))
        return Answered(told if shown.listing else shown, Question("action_plan"))

    async def line(self, turn: Turn, number: int) -> Answered | None:
        """Answer with the line of the action plan that has this number."""
        reply = await actions.line(turn, number)
        return Answered(reply, Question("action_plan", about=f"{LINE}:{number}")) if reply else None

    async def _lines(self, turn: Turn, found: Understood) -> list[Entry]:
        """Return the lines whose words a message has: "l'action sur les études"."""
        plan, language = await self._known.plan(turn.tx), found.language or turn.reader.language
        message = without_plan(normalise(found.text), language)
        near = plan.find(message, _LINES, seen_by(turn.reader, turn.now))[:1]
        near = near or plan.search(message, _LINES, seen_by(turn.reader, turn.now))
        return [one.entry for one in near]
