"""What is told above the card of a meeting or a call: how one registers, what else is on, its money, its state."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta

from bot.answers.meetings import MeetingCard, MeetingsRequest, meetings
from bot.answers.registrations import standing_of
from bot.ask.aspects import Aspect
from bot.ask.normalise import normalise
from bot.ask.question import Understood
from bot.ask.turns import spans
from bot.network.audiences import MEMBER_ROLES
from bot.network.records import Deadline, Event
from bot.texts.ask import for_members, with_coordination, with_line
from bot.texts.layout import lines
from bot.texts.meetings import Fact, fact, meetings_list
from bot.texts.reply import Reply
from handlers.meant import OF_ONE_ROW, Answered, of_its_kind, to_choose_from
from handlers.subjects import papers_of
from handlers.turn import Turn
from locales import Html

FACTS: Mapping[Aspect, Fact] = {
    "when": "when",
    "length": "when",
    "where": "where",
    "until": "registration",
    "left": "when",
}
"""The line of a meeting's card that is the answer, and stands above it."""
_SUM = re.compile(r"\d[\d\s.,]*(?:[€$£₫៛₭%]|euro|usd|eur|đồng|triệu|riel|kip)")
"""An amount of money, or a share of it, in a description."""
_MOMENT = timedelta(seconds=1)


def to_register(turn: Turn, card: MeetingCard, shown: Reply) -> Reply:
    """Say how one comes to a meeting: by the button below its card, later, or through the coordination."""
    standing, told = standing_of(card.event, turn.now), fact(turn.voice, card, turn.now, "registration")
    if standing == "open" and (card.forms or card.event.registration_link):
        return with_line(lines(turn.voice.say("ask.register_here"), told), shown)
    if standing == "later":
        return with_line(lines(turn.voice.say("ask.register_later"), told), shown)
    key = "ask.register_closed" if standing == "closed" else "ask.register_none"
    return with_coordination(turn.voice, with_line(turn.voice.say(key), shown))


def of_the_list(turn: Turn, aspect: Aspect, shown: Reply) -> Reply:
    """Say above a list what is asked of all its rows; ask which of them is meant where that differs."""
    if aspect == "late":
        return with_coordination(turn.voice, with_line(turn.voice.say("ask.late"), shown))
    return shown if aspect == "dated" else with_line(turn.voice.say("ask.which_of"), shown)


def which_of_them(turn: Turn, found: Understood, answered: Answered) -> Answered:
    """Ask which deadline is meant, where something is asked that the list of them does not tell."""
    if answered.question.intent != "deadlines" or answered.question.about or not to_choose_from(answered.reply):
        return answered
    aspect = of_its_kind(found, turn.reader.language)
    late = not {"late", "too_late"}.isdisjoint(found.ranked.said) and found.question.stated.kind is not None
    if late and spans("supposing", normalise(found.text), found.language or turn.reader.language):
        return replace(answered, reply=of_the_list(turn, "late", answered.reply))
    return replace(answered, reply=of_the_list(turn, aspect, answered.reply)) if aspect in OF_ONE_ROW else answered


async def same_day(turn: Turn, event: Event, shown: Reply) -> Reply:
    """Say what else is on while a meeting is."""
    days = [one.astimezone(turn.voice.zone).date() for one in (event.begins, event.ends - _MOMENT)]
    page = await meetings(turn.tx, turn.reader, turn.now, MeetingsRequest(first=days[0], last=days[1]))
    if all(one.code == event.code for one in page.events):
        return with_line(turn.voice.say("ask.same_day_none"), shown)
    return with_line(turn.voice.say("ask.same_day"), meetings_list(turn.voice, page, turn.now))


def with_sum(turn: Turn, row: Deadline, shown: Reply) -> Reply:
    """Say what a call's description tells of its money, or that it tells nothing."""
    if row.description and _SUM.search(row.description.read(turn.voice.language).text.lower()):
        return with_line(turn.voice.noted(row.description), shown)
    return with_coordination(turn.voice, with_line(turn.voice.say("ask.sum_not_told"), shown))


def with_state(turn: Turn, card: MeetingCard, shown: Reply, told: Html | None) -> Reply:
    """Say whether a meeting goes ahead, is moved, or cancelled, with what is told of that."""
    state, when = card.event.status, fact(turn.voice, card, turn.now, "when")
    if state == "confirmed" and card.past and when:
        return with_line(when, shown)
    if state == "confirmed" and turn.reader.role in MEMBER_ROLES:
        return with_line(turn.voice.say("ask.as_planned"), shown)
    if state == "confirmed":  # another may be meant, that this reader does not see
        return for_members(turn.voice, turn.reader, with_line(turn.voice.say("ask.no_change_seen"), shown))
    return with_line(lines(turn.voice.say(f"meetings.status.{state}"), when, told), shown)


def with_fact(turn: Turn, card: MeetingCard, aspect: Aspect, shown: Reply) -> Reply:
    """Put the line of a meeting's card that is asked for above it."""
    told = fact(turn.voice, card, turn.now, FACTS[aspect])
    return with_line(told, shown) if told else shown


def its_papers(turn: Turn, card: MeetingCard, aspect: Aspect, shown: Reply) -> Reply:
    """Answer with the meeting's papers; what it is about is on its card too."""
    kind = {"template": "form", "programme": "agenda"}.get(aspect)
    if aspect == "programme" and card.event.description and all(one.kind != kind for one in card.documents):
        return shown if card.event.programme else with_line(turn.voice.say("ask.programme_not_yet"), shown)
    return papers_of(turn, card, kind, shown)
