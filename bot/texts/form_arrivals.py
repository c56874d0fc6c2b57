"""At the door: who has just arrived, and who of a delegation is still missing."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from zoneinfo import ZoneInfo

from bot.forms.definition import Definition
from bot.forms.identities import is_delegation, name_in, numbers_of
from bot.texts import dates
from bot.texts.layout import in_rows, lines, paragraphs
from bot.texts.reply import Button, Reply, Tap
from bot.texts.voice import Voice
from locales import Html
from storage.submissions import Submission

SCREEN = "dr"
NOTE, UNDO, EVERYBODY = "in", "no", "all"
"""What a tap asks for."""
_MOST_IN_A_ROW = 5
Came = Mapping[int, int]
"""Person → epoch second of the arrival."""


def noted(voice: Voice, definition: Definition, one: Submission, person: int, came: Came, *, name: str,
          before: bool) -> Reply:  # fmt: skip
    """Say that somebody has arrived, or had before; ``came``: who of the submission has."""
    key = "forms.arrived_before" if before else "forms.has_arrived"
    told = voice.say(key, name=name, title=voice.text(definition.form.title))
    undo = Button(voice.label("arrivals.undo"), Tap.to(SCREEN, one.id, person, UNDO))
    if not is_delegation(definition):
        return Reply(told, ((undo,),))
    return Reply(lines(told, _so_far(voice, definition, one, came)), ((undo,), (_everybody(voice, one),)))


def undone(voice: Voice, definition: Definition, one: Submission, name: str) -> Reply:
    """Say that an arrival is forgotten."""
    told = voice.say("arrivals.undone", name=name, title=voice.text(definition.form.title))
    return Reply(told, ((_everybody(voice, one),),) if is_delegation(definition) else ())


def _everybody(voice: Voice, one: Submission) -> Button:
    return Button(voice.label("arrivals.everybody"), Tap.to(SCREEN, one.id, 0, EVERYBODY))


def _so_far(voice: Voice, definition: Definition, one: Submission, came: Came) -> Html:
    people = numbers_of(definition, one.answers)
    arrived = sum(person in came for person in people)
    return voice.say("arrivals.so_far", arrived=dates.number(voice, arrived), people=dates.number(voice, len(people)))


def everybody(voice: Voice, definition: Definition, one: Submission, came: Came) -> Reply:
    """Render a delegation: who has arrived and when; a number notes an arrival."""
    rows, buttons = [], []
    for person in numbers_of(definition, one.answers):
        name = name_in(definition, one.answers, person) or f"{one.reference} ({person})"
        told = {"number": dates.number(voice, person), "name": name}
        if person in came:
            rows.append(voice.say("arrivals.row_in", **told, at=_at(voice, definition, came[person])))
        else:
            rows.append(voice.say("arrivals.row_out", **told))
            buttons.append(Button(dates.number(voice, person), Tap.to(SCREEN, one.id, person, NOTE)))
    heading = voice.say("arrivals.heading", title=voice.text(definition.form.title), reference=one.reference)
    hint = voice.say("arrivals.hint") if buttons else None
    so_far = _so_far(voice, definition, one, came)
    return Reply(paragraphs(lines(heading, so_far), lines(*rows), hint), in_rows(buttons, _MOST_IN_A_ROW))


def _at(voice: Voice, definition: Definition, seconds: int) -> Html:
    return dates.hour(voice, datetime.fromtimestamp(seconds, ZoneInfo(definition.form.time_zone)))
