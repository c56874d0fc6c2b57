"""How coordinators see what a form brought: how many, from where, who is missing, and what can be made of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from bot.forms.definition import Definition
from bot.network.records import Organisation
from bot.texts import dates
from bot.texts.announcement_chase import chase_button
from bot.texts.form_button import RESULTS
from bot.texts.layout import in_rows, lines, numbered, paragraphs
from bot.texts.reply import Button, Reply, Tap
from bot.texts.voice import Voice
from locales import Html

_BAR = 10
"""Blocks of a full bar."""
_MOST = 20
"""Cities that are named one by one."""
PRODUCTS = ("charts", "xlsx", "pdf", "pptx", "list", "badges")
"""What can be made of a form's answers, in the order of the buttons."""
OPEN_TO_MEMBERS = ("charts", "pdf")
"""What members may take along, where they see the results."""
NAMED = ("list", "badges")
"""Those that name people."""


@dataclass(frozen=True)
class Brought:
    """What a form has brought so far."""

    definition: Definition
    answers: int
    waiting: int
    """On the waiting list."""
    to_decide: int
    """Answers and changes that wait for a coordinator."""
    arrived: int
    asked: int
    """Organisations."""
    responded: tuple[Organisation, ...] = ()
    missing: tuple[Organisation, ...] = ()
    """Of those asked; empty where nobody may know."""
    known: bool = True
    """Whether it may be told who has answered."""
    open_one_by_one: bool = False
    """Whether coordinators may open the answers one by one: not where they are anonymous, or secret still."""
    takes_answers: bool = False
    """Whether it is open."""
    quorum: tuple[int, int, bool] | None = None
    """Per cent needed, per cent reached, whether it is enough."""


def every_form(voice: Voice, found: Sequence[tuple[Definition, int]]) -> Reply:
    """Render every form with its count."""
    rows = [
        voice.say(
            "forms.results_row",
            number=dates.number(voice, place),
            title=voice.text(definition.form.title),
            count=voice.count("forms.answers", count, number=dates.number(voice, count)),
        )
        for place, (definition, count) in enumerate(found, 1)
    ]
    taps = numbered(voice, (Tap.to(RESULTS, definition.form.id) for definition, _ in found))
    return Reply(paragraphs(voice.say("forms.results_list"), lines(*rows)), in_rows(taps, 6))


def brought_card(voice: Voice, brought: Brought, *, coordinates: bool) -> Reply:
    """Render what one form has brought, and what can be made of it."""
    form = brought.definition.form
    told = [
        voice.count("forms.answers", brought.answers, number=dates.number(voice, brought.answers)),
        _more(voice, "forms.waiting_count", brought.waiting),
        _more(voice, "forms.to_decide", brought.to_decide if coordinates else 0),
        _more(voice, "forms.arrived", brought.arrived),
    ]
    text = paragraphs(
        voice.say("forms.results_of", title=voice.text(form.title)),
        lines(*told),
        _cities(voice, brought) if brought.known else voice.say("forms.cities_secret"),
        _quorum(voice, brought),
    )
    people = form.kind in ("registration", "delegation") and not form.anonymous
    names = [one for one in PRODUCTS if people or one not in NAMED]
    names = names if coordinates else list(OPEN_TO_MEMBERS)
    products = [Button(voice.label(f"forms.make.{name}"), Tap.to(RESULTS, form.id, name)) for name in names]
    decide = Button(voice.label("forms.decide.next"), Tap.to(RESULTS, form.id, "decide"))
    each = Button(voice.label("answers.one_by_one"), Tap.to("fa", form.id, 0))
    rows = ((decide,),) if brought.to_decide and coordinates else ()
    if coordinates and brought.open_one_by_one:
        rows = (*rows, (each,))
    if coordinates and brought.missing and brought.takes_answers:
        rows = (*rows, (chase_button(voice, form),))
    back = Button(voice.label("common.back"), Tap.to(RESULTS if coordinates else "fl"))
    return Reply(text, (*rows, *in_rows(products, 2), (back,)))


def _more(voice: Voice, key: str, number: int) -> Html | None:
    return voice.say(key, number=dates.number(voice, number)) if number else None


def _cities(voice: Voice, brought: Brought) -> Html:
    done = len(brought.responded)
    full = round(_BAR * done / brought.asked) if brought.asked else 0
    bar = "▓" * full + "░" * (_BAR - full)
    head = voice.say("forms.cities", bar=bar, done=dates.number(voice, done), asked=dates.number(voice, brought.asked))
    if not brought.missing:
        return head
    names = [voice.text(one.name) for one in brought.missing[:_MOST]]
    rest = len(brought.missing) - len(names)
    told = voice.joined(names)
    if rest:
        told = voice.say("forms.and_more", names=told, number=dates.number(voice, rest))
    return lines(head, voice.say("forms.missing", names=told))


def _quorum(voice: Voice, brought: Brought) -> Html | None:
    if brought.quorum is None:
        return None
    needed, share, reached = brought.quorum
    key = "forms.quorum_reached" if reached else "forms.quorum_missing"
    return voice.say(key, needed=dates.number(voice, needed), share=dates.number(voice, share))


def made(voice: Voice, definition: Definition, name: str) -> Html:
    """Return the line that comes with a file."""
    return voice.say(f"forms.made.{name}", title=voice.text(definition.form.title))


def under_way(voice: Voice, definition: Definition, name: str, *, before: bool) -> Reply:
    """Say at once that something is being made; ``before``: that it was being made already."""
    key = "owed.still" if before else "owed.making"
    what = voice.say(f"forms.make.{name}")
    return Reply(voice.say(key, what=what, title=voice.text(definition.form.title)), place="new")


def not_made(voice: Voice, definition: Definition, name: str) -> Reply:
    """Say that something could not be made, and offer to try again."""
    again = Button(voice.label("owed.again"), Tap.to(RESULTS, definition.form.id, name))
    coordination = Button(voice.label("forms.coordination"), Tap.to("cs"))
    what = voice.say(f"forms.make.{name}")
    told = voice.say("owed.failed", what=what, title=voice.text(definition.form.title))
    return Reply(told, ((again,), (coordination,)))


def nothing_yet(voice: Voice, definition: Definition) -> Reply:
    """Say that there is nothing to show yet."""
    return _plain(voice, "forms.nothing_yet", definition)


def secret(voice: Voice, definition: Definition) -> Reply:
    """Say that the answers stay secret until the form closes."""
    return _plain(voice, "forms.secret", definition)


def _plain(voice: Voice, key: str, definition: Definition) -> Reply:
    back = Button(voice.label("common.back"), Tap.to(RESULTS, definition.form.id))
    return Reply(voice.say(key, title=voice.text(definition.form.title)), ((back,),))
