"""How an answer is read: in the reader's language, whatever language it was given in."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import date, datetime, time
from typing import Any
from zoneinfo import ZoneInfo

from bot.forms.around import Around
from bot.forms.definition import RATING, Definition, Field
from bot.forms.path import field_of
from bot.forms.session import MORE, name_of, person_of
from bot.network.schedule import last_day
from bot.texts import dates
from bot.texts.cut import shorten
from bot.texts.phones import grouped
from bot.texts.voice import Voice
from locales import Html, escape

_END = re.compile(r"[\s\u00a0\u202f]*[?？.។:៖]+$")
_LINE = 160
"""Letters of a text that a line of the review shows."""


def label(voice: Voice, definition: Definition, key: str) -> Html:
    """Return what a step is called: its question; for a delegation, with the person's number."""
    if name_of(key) == MORE:
        return voice.say("forms.more")
    field = field_of(definition, key)
    asked = voice.text(field.question.label) if field else escape(key)
    person = person_of(key)
    return voice.say("forms.of_person", number=dates.number(voice, person), label=asked) if person else asked


def heading_of(voice: Voice, definition: Definition, key: str) -> Html:
    """Return what a step is called before a colon: its question without the mark that ends it."""
    return Html(_END.sub("", label(voice, definition, key)))


def shown(voice: Voice, field: Field | None, value: Any, around: Around) -> Html:
    """Return an answer as one line; ``field`` is None for whether somebody else belongs to a delegation."""
    if value is None:
        return voice.say("forms.skipped")
    reader = _SHOWN.get(field.kind) if field is not None else None
    if field is None or reader is None:
        return _yes_no(voice, str(value)) if field is None else escape(value)
    return reader(voice, field, value, around)


def _text(_voice: Voice, _field: Field, value: Any, _around: Around) -> Html:
    return escape(shorten(" ".join(str(value).split()), _LINE))


def _figure(voice: Voice, field: Field, value: Any, _around: Around) -> Html:
    if field.kind == "rating":
        most = field.most if isinstance(field.most, int) else RATING
        return voice.say("forms.rating", value=dates.number(voice, value), most=dates.number(voice, most))
    return escape(dates.number(voice, _number(voice, value)))


def _choice(voice: Voice, field: Field, value: Any, _around: Around) -> Html:
    if field.kind in ("yes_no", "consent"):
        return _yes_no(voice, value)
    if field.kind == "one_choice":
        return escape(field.label_of(value, voice.language))
    chosen = [field.label_of(code, voice.language) for code in value]
    return voice.joined(chosen) if chosen else voice.say("forms.nothing_chosen")


def _files(voice: Voice, _field: Field, value: Any, _around: Around) -> Html:
    return voice.joined(one["name"] for one in value)


def _yes_no(voice: Voice, value: str) -> Html:
    return voice.say("forms.yes" if value == "yes" else "forms.no")


def _number(voice: Voice, value: float) -> str:
    whole = f"{value:.10g}" if isinstance(value, float) else str(value)
    return whole.replace(".", ",") if voice.language in ("fr", "vi", "lo", "km") else whole


def _moment(voice: Voice, field: Field, value: Any, _around: Around) -> Html:
    kind = field.kind
    if kind == "date":
        return dates.day(voice, date.fromisoformat(value))
    if kind == "date_range":
        return dates.days(voice, date.fromisoformat(value[0]), date.fromisoformat(value[1]))
    return dates.hour(voice, datetime.combine(date.min, time.fromisoformat(value)))


def _phone(_voice: Voice, _field: Field, value: Any, _around: Around) -> Html:
    return escape(grouped(str(value)))


def _named(voice: Voice, field: Field, value: Any, around: Around) -> Html:
    if isinstance(value, dict):
        return escape(value["written"])
    if field.kind == "city":
        place = next((one for one in around.organisations() if one.code == value), None)
        return voice.text(place.name) if place else escape(value)
    person = next((one for one in around.people() if one.code == value), None)
    return escape(person.name) if person else escape(value)


def opening(voice: Voice, at: datetime, zone: ZoneInfo) -> Html:
    """Return when something opens: the day if it is a midnight there, else day and hour, the reader's too."""
    there = at.astimezone(zone)
    return (
        dates.day(voice, there.date()) if there.time() == time(0) else dates.until(voice, at, all_day=False, zone=zone)
    )


def short_moment(voice: Voice, at: datetime, zone: ZoneInfo, today: date) -> Html:
    """Return a closing for a list: its last day if it is a midnight there, else its day and hour, the reader's too."""
    if _is_whole_day(voice, at, zone):
        return dates.short_day(voice, last_day(at, all_day=True, zone=zone), today)
    return dates.short_when(voice, at, all_day=False, zone=zone, today=today)


def moment(voice: Voice, at: datetime, zone: ZoneInfo) -> Html:
    """Return a closing: its last day if it is a midnight there, else its day and hour, the reader's too."""
    return dates.until(voice, at, all_day=_is_whole_day(voice, at, zone), zone=zone)


def _is_whole_day(voice: Voice, at: datetime, zone: ZoneInfo) -> bool:
    """Whether it ends with the day for whoever reads it too: elsewhere, midnight there is an hour to be told."""
    return (
        at.astimezone(zone).time() == time(0)
        and at.astimezone(zone).utcoffset() == at.astimezone(voice.zone).utcoffset()
    )


_SHOWN: Mapping[str, Callable[[Voice, Field, Any, Around], Html]] = {
    "short_text": _text, "long_text": _text, "whole_number": _figure, "decimal": _figure, "rating": _figure,
    "yes_no": _choice, "consent": _choice, "one_choice": _choice, "several_choices": _choice, "date": _moment,
    "time": _moment, "date_range": _moment, "city": _named, "person": _named, "file": _files, "phone": _phone,
}  # fmt: skip
"""Kind → how its answers are shown; what is missing is shown as it is kept."""
