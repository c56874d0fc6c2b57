"""How what is due is read: a reminder, its card, and everything that is expected of somebody."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal
from zoneinfo import ZoneInfo

from bot.answers.duties import DutiesPage, DutyCard
from bot.network.duties import Duty
from bot.network.records import Person
from bot.texts import dates
from bot.texts.form_button import opening_tap
from bot.texts.layout import in_rows, labelled, lines, numbered, page_line, pager, paragraphs
from bot.texts.reply import Button, Listing, Reply, Rows, Tap
from bot.texts.voice import Voice
from locales import Html

SCREEN = "duty"
"""A duty and what can be done about it."""
LIST = "mine"
About = Literal["before", "overdue", "hours", "after", "asked"]
_WIDTH = 6


@dataclass(frozen=True)
class Reminded:
    """A duty of which somebody is reminded."""

    duty: Duty
    about: About
    was: date | None = None
    """The day that the person was told before, if it is another one now."""


def reminder(voice: Voice, some: Sequence[Reminded], now: datetime, *, belated: bool) -> Reply:
    """Render the reminders of one day in one bubble; ``belated``: they ought to have gone out hours ago."""
    today = now.astimezone(voice.zone).date()
    excuse = voice.say("duties.belated") if belated else None
    if len(some) == 1:
        (one,) = some
        text = paragraphs(lines(_title(voice, one.duty), _reason(voice, one)), _facts(voice, one, today), excuse)
        return Reply(text, _buttons(voice, one.duty), place="new")
    rows = [
        lines(
            voice.say("duties.row", number=dates.number(voice, place), title=voice.text(one.duty.title)),
            _reason(voice, one),
            _short(voice, one.duty, today),
            _moved(voice, one),
        )
        for place, one in enumerate(some, 1)
    ]
    heading = voice.count("duties.several", len(some), number=dates.number(voice, len(some)))
    taps = (Tap.to(SCREEN, one.duty.reference, "new") for one in some)
    why = (Button(voice.label("duties.why"), Tap.to(SCREEN, some[0].duty.reference, "why")),)
    return Reply(
        paragraphs(heading, *rows, voice.say("duties.touch"), excuse),
        (*in_rows(numbered(voice, taps), _WIDTH), why),
        place="new",
    )


def duties_list(voice: Voice, page: DutiesPage) -> Reply:
    """Render a page of what is expected of the reader."""
    if not page.known:
        return Reply(voice.say("duties.unknown"))
    if not page.total:
        return Reply(paragraphs(voice.say("duties.mine"), voice.say("duties.none")))
    first = page.page * 8 + 1
    rows = [
        lines(
            voice.say("duties.row", number=dates.number(voice, place), title=voice.text(one.title)),
            _short(voice, one, page.today),
        )
        for place, one in enumerate(page.shown, first)
    ]
    taps = (Tap.to(SCREEN, one.reference, "open", page.page) for one in page.shown)
    turn = pager(voice, page.page, page.pages, lambda number: Tap.to(LIST, number))
    return Reply(
        paragraphs(voice.say("duties.mine"), *rows, page_line(voice, page.page, page.pages)),
        tuple(row for row in (*in_rows(numbered(voice, taps, first), 4), turn) if row),
        listing=Listing(Tap.to(LIST, page.page), tuple((one.kind, one.number) for one in page.shown), first),
    )


def duty_card(voice: Voice, card: DutyCard, back: int | None, *, passed_to: str | None = None) -> Reply:
    """Render a duty and what can be done about it; ``back`` is the page of the list that it was opened from."""
    duty, own = card.duty, card.own
    over = card.today > duty.day(voice.zone.key)
    about: About = "overdue" if over and duty.late else "before"
    head = lines(_title(voice, duty), _reason(voice, Reminded(duty, about)))
    state: Html | None = None
    if own is not None and own.stance == "asked" and own.day is not None:
        state = voice.say("duties.stand.asked", day=dates.day(voice, own.day))
    elif own is not None and own.stance == "passed":
        state = voice.say("duties.stand.passed", name=passed_to or "")
    elif own is not None:
        state = voice.say(f"duties.stand.{own.stance}")
    elif card.done:
        state = voice.say("duties.stand.answered")
    handed = voice.say("duties.handed") if card.handed and own is None else None
    buttons = _buttons(voice, duty, back) if own is None or own.stance == "asked" else ()
    if own is not None:
        buttons = ((Button(voice.label("duties.undo"), Tap.to(SCREEN, duty.reference, "undo", back)),), *buttons)
    return Reply(
        paragraphs(head, _facts(voice, Reminded(duty, about), card.today), handed, state),
        (*buttons, *_back(voice, back)),
    )


def who(voice: Voice, duty: Duty, colleagues: Sequence[Person], back: int | None) -> Reply:
    """Ask which colleague takes it."""
    text = voice.say("duties.who" if colleagues else "duties.nobody", title=voice.text(duty.title))
    rows = in_rows((Button(one.name, Tap.to(SCREEN, duty.reference, "to", back, one.id)) for one in colleagues), 1)
    away = Button(voice.label("common.back"), Tap.to(SCREEN, duty.reference, "open", back))
    return Reply(text, (*rows, (away,)))


def why(voice: Voice, duty: Duty, limit: int, back: int | None) -> Reply:
    """Say by which rule a reminder came, and what stops it."""
    whom = "event" if duty.kind == "event" else "city" if duty.of_city else "you"
    told = voice.listed([_offset(voice, one) for one in sorted(duty.offsets, reverse=True)])
    text = paragraphs(
        voice.say("duties.why_title", title=voice.text(duty.title)),
        voice.say(f"duties.why_{whom}"),
        voice.say("duties.why_when", days=told) if duty.kind != "event" else voice.say("duties.why_when_event"),
        voice.count("duties.why_limit", limit, number=dates.number(voice, limit)),
    )
    rows: Rows = (
        (_button(voice, duty, "later", back), _button(voice, duty, "not", back)),
        (Button(voice.label("duties.hours"), Tap.to("quiet")),),
        (Button(voice.label("common.back"), Tap.to(SCREEN, duty.reference, "open", back)),),
    )
    return Reply(text, rows[1:] if duty.kind == "event" else rows)


def _offset(voice: Voice, days: int) -> Html:
    return voice.say(f"duties.before_{days if days <= 1 else 'days'}", number=dates.number(voice, days))


def told_colleague(voice: Voice, duty: Duty, name: str, today: date, *, taken_back: bool) -> Reply:
    """Tell a colleague that something was passed on to them, or is no longer."""
    if taken_back:
        return Reply(voice.say("duties.taken_back", name=name, title=voice.text(duty.title)), place="new")
    text = paragraphs(
        voice.say("duties.given", name=name), _title(voice, duty), _facts(voice, Reminded(duty, "before"), today)
    )
    return Reply(text, _buttons(voice, duty), place="new")


def _title(voice: Voice, duty: Duty) -> Html:
    key = "duties.event" if duty.kind == "event" else "duties.title"
    return voice.say(key, title=voice.noted(duty.title))


def _reason(voice: Voice, one: Reminded) -> Html | None:
    if one.about == "before":
        return voice.say("duties.registration") if one.duty.kind == "registration" else None
    return voice.say(f"duties.about_{one.about}")


def _facts(voice: Voice, one: Reminded, today: date) -> Html:
    duty, zone = one.duty, ZoneInfo(one.duty.time_zone)
    day = duty.day(voice.zone.key)
    city = voice.say("duties.for_city") if duty.of_city else None
    if duty.kind == "event" and duty.event is not None:
        event = duty.event
        when = dates.when(voice, event.begins, event.ends, all_day=event.all_day, zone=zone)
        away = dates.distance(voice, day, today) if one.about != "hours" else None
        return lines(away, when, _where(voice, duty), _moved(voice, one))
    due = dates.until(voice, duty.due, all_day=duty.all_day, zone=zone)
    return lines(labelled(voice, "deadlines.due", due), dates.distance(voice, day, today), _moved(voice, one), city)


def _where(voice: Voice, duty: Duty) -> Html | None:
    assert duty.event is not None
    parts: list[object] = [voice.noted(duty.event.place)] if duty.event.place else []
    if duty.city is not None:
        parts.append(voice.text(duty.city))
    return labelled(voice, "meetings.where", voice.joined(parts)) if parts else None


def _moved(voice: Voice, one: Reminded) -> Html | None:
    if one.was is None:
        return None
    now = one.duty.day(voice.zone.key)
    return voice.say("duties.moved", old=dates.day(voice, one.was), new=dates.day(voice, now))


def _short(voice: Voice, duty: Duty, today: date) -> Html:
    day = duty.day(voice.zone.key)
    if duty.kind == "event" and duty.event is not None:
        day_told = dates.short_when(
            voice, duty.due, all_day=duty.all_day, zone=ZoneInfo(duty.time_zone), today=today
        )  # fmt: skip
    else:
        day_told = dates.short_day(voice, day, today)
    key = "duties.short_city" if duty.of_city else "duties.short"
    return voice.say(key, distance=dates.distance(voice, day, today), day=day_told)


def _buttons(voice: Voice, duty: Duty, back: int | None = None) -> Rows:
    """Return what can be done about it."""
    first: list[Button] = []
    if duty.kind == "event":
        assert duty.event is not None
        if duty.event.format != "in_person" and duty.link:
            first.append(Button(voice.label("meetings.join"), url=duty.link))
        first.append(Button(voice.label("announced.event"), Tap.to("e", duty.event.id)))
        decline = (_button(voice, duty, "not", back), _button(voice, duty, "why", back))
        return (tuple(first), decline)
    first.append(_button(voice, duty, "done", back))
    if duty.form_number is not None:
        label = voice.label("duties.register" if duty.registers else "duties.fill")
        first.append(Button(label, opening_tap(duty.form_number)))
    elif duty.link:
        first.append(Button(voice.label("duties.register" if duty.registers else "deadlines.link"), url=duty.link))
    return (
        tuple(first),
        (_button(voice, duty, "later", back), _button(voice, duty, "not", back)),
        (_button(voice, duty, "who", back),),
        (_button(voice, duty, "why", back),),
    )


def _button(voice: Voice, duty: Duty, action: str, back: int | None) -> Button:
    label = voice.label("duties.pass" if action == "who" else f"duties.{action}")
    return Button(label, Tap.to(SCREEN, duty.reference, action, back))


def _back(voice: Voice, back: int | None) -> Rows:
    return () if back is None else ((Button(voice.label("common.back"), Tap.to(LIST, back)),),)
