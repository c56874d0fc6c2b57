"""A form's answers one by one, for coordinators: the list, one answer with its files, who is named twice."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from bot.forms.around import Around
from bot.forms.attached import files_of
from bot.forms.definition import Definition
from bot.forms.identities import is_delegation, name_in, numbers_of
from bot.texts import dates
from bot.texts import form_decisions as decisions
from bot.texts.cut import shorten
from bot.texts.form_arrivals import EVERYBODY
from bot.texts.form_arrivals import SCREEN as DOOR
from bot.texts.form_button import RESULTS
from bot.texts.layout import in_rows, lines, page_line, pager, paragraphs
from bot.texts.reply import Button, Reply, Rows, Tap
from bot.texts.voice import Voice
from locales import Html
from storage.submissions import Submission

SCREEN, FILE = "fa", "ff"
"""The answers one by one; a file of one."""
PAGE = 8
"""Answers on a page."""
Twice = Mapping[int, Sequence[str]]
"""Person of a submission → the references of the others that name that person too."""


@dataclass(frozen=True)
class Row:
    """An answer in the list."""

    submission: Submission
    twice: Twice
    came: int = 0
    """How many of its people have arrived."""


def listed(voice: Voice, definition: Definition, rows: Sequence[Row], page: int, total: int, around: Around) -> Reply:
    """Render a page of the list; a number opens an answer."""
    form, pages = definition.form, max(1, -(-total // PAGE))
    told, buttons = [], []
    for at, row in enumerate(rows, page * PAGE + 1):
        one = row.submission
        told.append(
            voice.say(
                "answers.row",
                number=dates.number(voice, at),
                who=decisions.who(voice, definition, one, around),
                state=voice.say(f"forms.state.{one.state}"),
                marks=_marks(voice, definition, row),
            )
        )
        buttons.append(Button(dates.number(voice, at), Tap.to(SCREEN, form.id, page, one.id)))
    heading = voice.say("answers.heading", title=voice.text(form.title))
    turn = pager(voice, page, pages, lambda to: Tap.to(SCREEN, form.id, to))
    back = Button(voice.label("common.back"), Tap.to(RESULTS, form.id))
    text = paragraphs(lines(heading, page_line(voice, page, pages)), *told)
    return Reply(text, (*in_rows(buttons, 4), *((turn,) if turn else ()), (back,)))


def _marks(voice: Voice, definition: Definition, row: Row) -> Html:
    one = row.submission
    people = len(numbers_of(definition, one.answers))
    files = len(files_of(definition, one))
    marks = [
        voice.count("answers.people", people, number=dates.number(voice, people)) if people > 1 else None,
        voice.say("answers.files", number=dates.number(voice, files)) if files else None,
        voice.say("forms.arrived", number=dates.number(voice, row.came)) if row.came else None,
        voice.say("answers.twice") if row.twice else None,
    ]
    return Html("".join(f" · {mark}" for mark in marks if mark))


def opened(voice: Voice, definition: Definition, row: Row, page: int, around: Around) -> Reply:
    """Render one answer, with its files."""
    one, form = row.submission, definition.form
    heading = voice.say(
        "answers.one",
        title=voice.text(form.title),
        who=decisions.who(voice, definition, one, around),
        reference=one.reference,
        state=voice.say(f"forms.state.{one.state}"),
    )
    waits = one.state == "pending" or one.proposed is not None
    decide = Button(voice.label("answers.decide"), Tap.to(decisions.SCREEN, one.id, one.version, "show"))
    door = Button(voice.label("arrivals.everybody"), Tap.to(DOOR, one.id, 0, EVERYBODY))
    back = Button(voice.label("answers.back"), Tap.to(SCREEN, form.id, page))
    text = paragraphs(
        heading,
        named_twice(voice, definition, one, row.twice),
        decisions.answers(voice, definition, one._replace(proposed=None), around),
        voice.say("answers.change_waits") if one.proposed is not None else None,
    )
    ways: list[tuple[Button, ...]] = [*file_buttons(voice, definition, one)]
    if waits:
        ways.append((decide,))
    if is_delegation(definition) and one.state in ("confirmed", "pending"):
        ways.append((door,))
    return Reply(text, (*ways, (back,)))


def file_buttons(voice: Voice, definition: Definition, one: Submission) -> Rows:
    """Return a button for each file of an answer."""
    return tuple(
        (Button(shorten(voice.label("answers.file", name=file.name or str(at + 1)), 60), Tap.to(FILE, one.id, at)),)
        for at, file in enumerate(files_of(definition, one))
    )


def named_twice(voice: Voice, definition: Definition, one: Submission, twice: Twice) -> Html | None:
    """Say who of an answer is named in others too; None if nobody."""
    if not twice:
        return None
    rows = [
        voice.say(
            "answers.twice_row",
            name=name_in(definition, one.answers, person) or one.reference,
            others=voice.joined(others),
        )
        for person, others in sorted(twice.items())
    ]
    return lines(voice.say("answers.twice_heading"), *rows)


def before_sending(voice: Voice, definition: Definition, answers: Mapping[str, object], people: Sequence[int]) -> Html:
    """Tell whoever is about to send that somebody is named in a registration already."""
    names = [name for person in people if (name := name_in(definition, answers, person))]
    if not names:
        return voice.say("answers.before_one")
    return voice.say("answers.before", names=voice.joined(names))


def file_under_way(voice: Voice, name: str) -> Reply:
    """Say at once that a file is fetched."""
    return Reply(voice.say("answers.file_coming", name=shorten(name, 60)), place="new")


def file_caption(voice: Voice, definition: Definition, one: Submission, around: Around) -> Html:
    """Return what stands under a file."""
    who = decisions.who(voice, definition, one, around)
    return voice.say("answers.caption", who=who, reference=one.reference)


def file_gone(voice: Voice, definition: Definition, one: Submission, name: str) -> Reply:
    """Say that a file cannot be had any more."""
    told = voice.say("answers.file_gone", name=shorten(name, 60), reference=one.reference)
    return Reply(told, ((Button(voice.label("answers.back"), Tap.to(SCREEN, definition.form.id, 0)),),), place="new")
