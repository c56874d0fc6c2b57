"""The review of a delegation: a line a person, and each person's answers on a page of their own."""

from __future__ import annotations

from collections.abc import Iterator

from bot.forms.definition import MOST_PEOPLE, Field
from bot.forms.path import people_of, steps
from bot.forms.session import MORE, key_of, person_of
from bot.forms.standing import Standing
from bot.texts import dates
from bot.texts.form_tap import tap
from bot.texts.form_values import heading_of, shown
from bot.texts.layout import in_rows, lines, paragraphs
from bot.texts.reply import Button, Reply
from bot.texts.voice import Voice
from locales import Html

PERSON = "pp"
"""The action of the button that opens a person."""
_FEW = 2
"""So many people are still reviewed answer by answer: Telegram takes a hundred buttons at most."""


def is_many(standing: Standing) -> bool:
    """Whether the people are told a line each."""
    return standing.session is not None and people_of(standing.session.answers) > _FEW


def summary(voice: Voice, standing: Standing) -> tuple[list[Html], list[Button]]:
    """Return the lines of the review with a button each: the shared answers and, in their place, the people."""
    assert standing.session is not None
    answers = standing.session.answers
    told: list[Html] = []
    buttons: list[Button] = []
    for at, key, field in _answered(standing):
        number, person = dates.number(voice, len(told) + 1), person_of(key)
        if not person:
            value = shown(voice, field, answers[key], standing.around)
            label = heading_of(voice, standing.definition, key)
            told.append(voice.say("forms.line", number=number, label=label, value=value))
            buttons.append(Button(number, tap(standing, "g", at)))
        elif key == _first(standing, person):
            told.append(voice.say("rosters.person", number=number, values=_values(voice, standing, person)))
            buttons.append(Button(number, tap(standing, PERSON, person)))
    return told, buttons


def one_more(voice: Voice, standing: Standing) -> Button | None:
    """Return the button by which somebody else is added; None if the delegation is as large as it can be."""
    assert standing.session is not None
    last = people_of(standing.session.answers)
    places = {key: at for at, (key, _) in enumerate(steps(standing.definition, standing.session.answers))}
    at = places.get(key_of(MORE, last))
    return Button(voice.label("rosters.one_more"), tap(standing, "g", at)) if at and last < MOST_PEOPLE else None


def person(voice: Voice, standing: Standing, number: int) -> Reply:
    """Render one person's answers, with a button each to change them."""
    assert standing.session is not None
    told: list[Html] = []
    buttons: list[Button] = []
    for at, key, field in _answered(standing):
        if person_of(key) == number:
            written = dates.number(voice, len(told) + 1)
            value = shown(voice, field, standing.session.answers[key], standing.around)
            label = voice.text(field.question.label)
            told.append(voice.say("forms.line", number=written, label=label, value=value))
            buttons.append(Button(written, tap(standing, "g", at)))
    title = voice.text(standing.form.title)
    heading = voice.say("rosters.one_person", title=title, number=dates.number(voice, number))
    back = Button(voice.label("rosters.whole"), tap(standing, "go"))
    return Reply(paragraphs(heading, lines(*told), voice.say("forms.review_hint")), (*in_rows(buttons, 6), (back,)))


def _answered(standing: Standing) -> Iterator[tuple[int, str, Field]]:
    """Give place, key and question of every answer; not whether somebody else belongs to the delegation."""
    assert standing.session is not None
    for at, (key, field) in enumerate(steps(standing.definition, standing.session.answers)):
        if key in standing.session.answers and field is not None and field.is_asked:
            yield at, key, field


def _first(standing: Standing, number: int) -> str:
    return next(key for _, key, _ in _answered(standing) if person_of(key) == number)


def _values(voice: Voice, standing: Standing, number: int) -> Html:
    assert standing.session is not None
    answers = standing.session.answers
    values = [
        shown(voice, field, answers[key], standing.around)
        for _, key, field in _answered(standing)
        if person_of(key) == number and answers[key] is not None
    ]
    return Html(" · ".join([*(f"<b>{one}</b>" for one in values[:1]), *values[1:]]))
