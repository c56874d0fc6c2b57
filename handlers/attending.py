"""Answers about going to a meeting: its link, its programme, for whom it is, what is to be known on the spot."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date

from bot.answers.meetings import MeetingCard, MeetingsRequest, meeting
from bot.ask.matters import Matter
from bot.ask.titles import Entry
from bot.texts.ask import with_coordination, with_line
from bot.texts.form_button import RESULTS
from bot.texts.layout import lines
from bot.texts.meetings import fact, meeting_card
from bot.texts.reply import Button, Reply, Tap
from handlers.contacts import CONTACTS
from handlers.meetings import show as meetings_list
from handlers.subjects import papers_of
from handlers.turn import Turn


@dataclass(frozen=True)
class About:
    """What a matter is about, as far as it is said."""

    event: Entry | None
    form: Entry | None
    city: str | None = None
    country: str | None = None
    theme: str | None = None
    row: Entry | None = None
    """What was shown before, of whatever noun."""
    until: date | None = None
    """The day on which what is to be paused goes on."""
    dues: bool = False
    """Whether the dues were spoken of."""


Answer = Callable[[Turn, About], Awaitable[Reply | None]]


async def coordination(turn: Turn) -> Reply:
    """Answer with whom to reach at the coordination."""
    return await CONTACTS.taps["cs", 1](turn)


async def _video(turn: Turn, about: About) -> Reply | None:
    """Answer with the meeting that has the link, or will have it."""
    card = await _card(turn, about)
    if card is None:
        return with_line(turn.voice.say("ask.video_which"), await meetings_list(turn, MeetingsRequest(only="video")))
    shown = _shown(turn, card)
    if card.past or card.event.status == "cancelled":
        return shown
    if card.event.format == "in_person":
        return with_line(turn.voice.say("ask.video_none"), shown)
    if card.event.link:
        return with_line(turn.voice.say("ask.video_here"), shown)
    return with_coordination(turn.voice, with_line(turn.voice.say("ask.video_not_yet"), shown))


async def _attendance(turn: Turn, about: About) -> Reply | None:
    card = await _card(turn, about)
    if card is None:
        return with_line(turn.voice.say("ask.attendance"), await coordination(turn))
    if card.past and not (turn.reader.is_coordinator and card.forms):
        return with_coordination(turn.voice, with_line(turn.voice.say("ask.attended"), _shown(turn, card)))
    who = fact(turn.voice, card, turn.now, "who")
    if turn.reader.is_coordinator and card.forms:
        shown = _shown(turn, card) if who is None else with_line(who, _shown(turn, card))
        results = Button(turn.voice.label("forms.results"), Tap.to(RESULTS, card.forms[0].id))
        return replace(shown, buttons=((results,), *shown.buttons))
    told = lines(who, turn.voice.say("ask.attendance_of"))
    return with_coordination(turn.voice, with_line(told, _shown(turn, card)))


async def _practical(turn: Turn, about: About) -> Reply | None:
    card = await _card(turn, about)
    if card is None:
        return with_line(turn.voice.say("ask.practical"), await coordination(turn))
    return with_coordination(turn.voice, with_line(turn.voice.say("ask.practical_of"), _shown(turn, card)))


async def _programme(turn: Turn, about: About) -> Reply | None:
    """Answer with the meeting's papers that say it, or the card that has it; None where no meeting is meant."""
    card = await _card(turn, about)
    if card is None:
        return None
    return papers_of(turn, card, "agenda", _shown(turn, card))


async def _card(turn: Turn, about: About) -> MeetingCard | None:
    return await meeting(turn.tx, turn.reader, turn.now, about.event.number) if about.event else None


def _shown(turn: Turn, card: MeetingCard) -> Reply:
    return meeting_card(turn.voice, card, turn.now, MeetingsRequest())


ATTENDING: Mapping[Matter, Answer] = {
    "video": _video, "attendance": _attendance, "practical": _practical, "programme": _programme,
    "who_goes": _attendance,
}  # fmt: skip
