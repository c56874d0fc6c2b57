"""Somebody named in two submissions: told before sending, and read for the coordinators."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from dataclasses import replace
from datetime import datetime

from bot.forms.definition import Definition
from bot.forms.filling import Filling
from bot.forms.named import named_before
from bot.forms.session import REVIEW
from bot.forms.standing import Standing
from bot.network.audiences import Reader
from bot.texts import form_answers as texts
from bot.texts import form_decisions as decisions
from bot.texts.layout import paragraphs
from bot.texts.reply import Reply
from bot.texts.voice import Voice
from storage import named, submissions
from storage.database import Transaction
from storage.submissions import Submission


async def with_notice(tx: Transaction, reader: Reader, voice: Voice, standing: Standing, reply: Reply) -> Reply:
    """Add to a review whom of it another submission names already."""
    session = standing.session
    if session is None or session.step != REVIEW:
        return reply
    people = await named_before(tx, reader, standing)
    if not people:
        return reply
    told = texts.before_sending(voice, standing.definition, session.answers, people)
    return replace(reply, text=paragraphs(reply.text, told))


async def to_decide(
    tx: Transaction, filling: Filling, reader: Reader, voice: Voice, definition: Definition, one: Submission,
    now: datetime,
) -> Reply:  # fmt: skip
    """Return an answer that waits for a decision, with its files and who of it is named in others."""
    standing = await filling.stand(tx, reader, definition, now)
    around = await filling.knowing(tx, standing.around)
    twice = (await twice_of(tx, [one.id])).get(one.id, {})
    told, files = texts.named_twice(voice, definition, one, twice), texts.file_buttons(voice, definition, one)
    return decisions.to_decide(voice, definition, one, around, twice=told, files=files)


async def twice_of(tx: Transaction, numbers: Collection[int]) -> dict[int, texts.Twice]:
    """Return for each of these submissions who is named in others, and in which."""
    found = await named.twice(tx, numbers)
    others = {one: await submissions.numbered(tx, one) for one in {each.other for each in found}}
    told: defaultdict[int, defaultdict[int, list[str]]] = defaultdict(lambda: defaultdict(list))
    for each in found:
        other = others[each.other]
        if other is not None:
            told[each.submission][each.person].append(other.reference)
    return {number: dict(people) for number, people in told.items()}
