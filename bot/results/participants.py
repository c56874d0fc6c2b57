"""Who takes part: one line a person, the people of a delegation one by one; as rows and as PDF."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

from bot.forms.definition import Definition
from bot.forms.session import key_of
from bot.network.content import Content
from bot.results.shapes import AnonymousError, Results, StillSecretError
from bot.results.typeset import document
from bot.results.wording import Wording
from bot.texts import dates
from bot.texts.voice import Voice
from storage.submissions import State, Submission

COMING: tuple[State, ...] = ("confirmed", "pending")
"""The states in which somebody is expected; a place that is only offered is not taken yet."""


class Participant(NamedTuple):
    """One person who takes part."""

    submission: Submission
    number: int
    """Which person of the delegation, from 1; 0 where it is none."""
    name: str
    """The reference of the submission where nobody has said a name."""
    function: str
    place: str
    """The organisation's name in the reader's language, or as it was written."""
    country: str
    """Its name; empty where the organisation is not of the network."""
    arrived: int | None = None
    """Epoch second of the arrival at the door."""


def participants(results: Results, submissions: Iterable[Submission], voice: Voice) -> list[Participant]:
    """Return everybody who is expected, by organisation and name.

    What the form asked counts first (its questions with ``known``), then what the tables say of whoever sent it.
    Raises AnonymousError for an anonymous form and StillSecretError while its answers are secret.
    """
    form = results.definition.form
    if form.anonymous:
        raise AnonymousError(f"the answers to {form.code} carry no names")
    if results.secret:
        raise StillSecretError(f"the answers to {form.code} stay secret until it closes")
    words = Wording.of(results, voice)
    found = [one for sent in submissions if sent.state in COMING for one in _people(words, results, sent)]
    return sorted(found, key=lambda one: (one.place.casefold(), one.name.casefold(), one.submission.id, one.number))


def participant_rows(found: Iterable[Participant], results: Results, voice: Voice) -> list[tuple[str, ...]]:
    """Return the list as rows, the header first: number, name, function, organisation, arrival by the form's clock."""
    label = voice.label
    header = (
        label("results.column.number"), label("results.column.name"), label("results.column.function"),
        label("results.column.organisation"), label("results.column.arrived"),
    )  # fmt: skip
    zone = ZoneInfo(results.definition.form.time_zone)
    rows = (
        (dates.number(voice, at), one.name, one.function, one.place, _arrival(voice, one.arrived, zone))
        for at, one in enumerate(found, 1)
    )
    return [header, *rows]


def participants_pdf(
    results: Results, submissions: Iterable[Submission], voice: Voice, event: Content | None = None
) -> bytes:
    """Return the list as PDF; ``event`` is the title of the meeting, else the form's stands there."""
    return document("participants", voice, _data(results, submissions, voice, event))


def _data(results: Results, submissions: Iterable[Submission], voice: Voice, event: Content | None) -> dict[str, Any]:
    found = participants(results, submissions, voice)
    rows = participant_rows(found, results, voice)
    arrived = sum(one.arrived is not None for one in found)
    return {
        "title": Wording.of(results, voice).read(event or results.definition.form.title),
        "kicker": voice.label("results.participants"),
        "note": voice.label(
            "results.arrivals", arrived=dates.number(voice, arrived), people=dates.number(voice, len(found))
        ),
        "header": rows[0],
        "rows": rows[1:],
    }


def _people(words: Wording, results: Results, sent: Submission) -> Iterator[Participant]:
    definition = results.definition
    delegation = any(one.question.each_person for one in definition.fields)
    for number in range(1, sent.people + 1) if delegation else (0,):
        # only the first of a delegation can be whoever sent it
        sender = words.directory.people.get(sent.person or "") if number < 2 else None
        said = {each: _known(words, definition, sent, each, number) for each in ("name", "function", "organisation")}
        organisation = words.directory.organisations.get(sent.organisation or "")
        reference = f"{sent.reference} ({number})" if number else sent.reference
        yield Participant(
            submission=sent,
            number=number,
            name=said["name"] or (sender.name if sender else reference),
            function=said["function"] or (words.read(sender.function) if sender else ""),
            place=said["organisation"] or (words.read(organisation.name) if organisation else ""),
            country=words.voice.country(organisation.country) if organisation else "",
            arrived=results.arrivals.get((sent.id, number)),
        )


def _known(words: Wording, definition: Definition, sent: Submission, known: str, number: int) -> str:
    """Return what the form asked of that; empty if it did not, or nothing was answered."""
    for field in definition.fields:
        if field.question.known == known:
            key = key_of(field.name, number) if field.question.each_person else field.name
            if field.question.each_person or number < 2 or known == "organisation":
                return words.text(field, sent.answers.get(key))
    return ""


def _arrival(voice: Voice, seconds: int | None, zone: ZoneInfo) -> str:
    if seconds is None:
        return "–"
    moment = datetime.fromtimestamp(seconds, zone)
    day = dates.short_day(voice, moment.date(), moment.date())
    return voice.label("date.short_at", day=day, hour=dates.hour(voice, moment))
