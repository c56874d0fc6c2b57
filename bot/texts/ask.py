"""How a question in somebody's own words is answered where a list alone would not do."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import get_args

from bot.answers.asked import Asked
from bot.answers.narrowed import Named
from bot.network.audiences import MEMBER_ROLES, Reader
from bot.network.content import Content
from bot.network.records import DeadlineKind, DocumentKind, EventKind
from bot.texts.cut import shorten
from bot.texts.layout import lines, paragraphs
from bot.texts.members import command_button
from bot.texts.narrowed import ARGUMENTS, arguments, parts_of, read_arguments
from bot.texts.reply import Button, Reply, Tap
from bot.texts.voice import Voice
from locales import Html

KINDS: tuple[str, ...] = tuple(dict.fromkeys((*get_args(EventKind), *get_args(DocumentKind), *get_args(DeadlineKind))))
_LABEL = 40
"""Letters of a button that stands alone in its row."""
_ABOUT_THE_NETWORK = ("help", "language", "contact_coordinator", "greeting")
"""The intents that nothing narrows."""
_EXAMPLES = ("meetings", "deadlines", "contacts")


def is_it_one_of(voice: Voice, offered: Sequence[tuple[Asked, Named]]) -> Reply:
    """Render what a question may mean, likeliest first; each button answers."""
    rows = tuple((Button(_label(voice, asked, named), asked_tap(asked)),) for asked, named in offered)
    return Reply(voice.say("ask.unsure"), rows)


def out_of_scope(voice: Voice) -> Reply:
    """Render that this is not known here, with examples of what is, and the way to the coordination."""
    examples = [voice.say("ask.example", example=voice.say(f"help.example_{name}")) for name in _EXAMPLES]
    return Reply(lines(voice.say("ask.out_of_scope"), *examples), (_coordination(voice),))


def greeted(voice: Voice, reader: Reader, manner: str) -> Reply:
    """Render the answer to a greeting (``hello``), to thanks (``thanks``) or to a farewell (``bye``)."""
    if manner != "hello":
        return Reply(voice.say(f"ask.{manner}"))
    rows = tuple((command_button(voice, name),) for name in _EXAMPLES)
    return Reply(voice.say("ask.hello", name=reader.name), rows)


def no_such_document(voice: Voice, words: str, nearest: Reply) -> Reply:
    """Render that no document is called by these words, with the nearest."""
    every = (Button(voice.label("ask.every_document"), Tap.to("docs", 0)),)
    shown = with_line(voice.say("ask.no_such_document", words=words), nearest)
    return with_coordination(voice, replace(shown, buttons=(*shown.buttons, every)))


def with_line(line: Html, reply: Reply) -> Reply:
    """Return a reply with a line above its text."""
    return replace(reply, text=paragraphs(line, reply.text))


def with_switch(other: Voice, reply: Reply) -> Reply:
    """Return a reply with a button below that goes on in the other language, labelled in that language."""
    button = Button(other.label("ask.answer_in_this"), Tap.to("asl", other.language))
    return replace(reply, buttons=(*reply.buttons, (button,)))


def with_other_question(voice: Voice, reply: Reply, asked: Asked, named: Named, title: Content | None) -> Reply:
    """Return a reply with a button below that answers the other question of the message, with what it is about."""
    label = _label(voice, asked, named)
    if title is not None:
        label = shorten(f"{voice.label(f'ask.intent.{asked.intent}')} · {voice.title(title, _LABEL)}", _LABEL)
    button = Button(label, asked_tap(asked))
    text = paragraphs(reply.text, voice.say("ask.other_question"))
    return replace(reply, text=text, buttons=(*reply.buttons, (button,)))


def for_members(voice: Voice, reader: Reader, reply: Reply) -> Reply:
    """Return what somebody is shown who is no member, with the way to see more for a stranger."""
    if reader.role in MEMBER_ROLES:
        return reply
    told = replace(reply, text=paragraphs(reply.text, voice.say("ask.for_members")))
    joining = (Button(voice.label("menu.join"), Tap.to("join")),)
    return told if reader.is_known else replace(told, buttons=(*told.buttons, joining))


def for_paid(voice: Voice, reply: Reply) -> Reply:
    """Return what a member finds nothing in whose dues are not recorded, with why that may be."""
    return with_coordination(voice, replace(reply, text=paragraphs(reply.text, voice.say("ask.for_paid"))))


def with_every_form(voice: Voice, reply: Reply) -> Reply:
    """Return a list of some forms with a button to all."""
    return replace(reply, buttons=(*reply.buttons, (Button(voice.label("forms.all"), Tap.to("fl")),)))


def with_coordination(voice: Voice, reply: Reply) -> Reply:
    """Return a reply with the way to the coordination below."""
    row = _coordination(voice)
    return reply if row in reply.buttons else replace(reply, buttons=(*reply.buttons, row))


def asked_tap(asked: Asked) -> Tap:
    """Return the tap that answers a question."""
    kind = KINDS.index(asked.kind) if asked.kind in KINDS else None
    return Tap.to("ask", asked.intent, kind, *arguments(asked), *((asked.about,) if asked.about else ()))


def asked_of(tap: Tap) -> Asked:
    """Return the question that a tap carries; what cannot be read is left out."""
    kind = tap.number(1)
    return Asked(
        intent=tap.text(0) or "",
        kind=KINDS[kind] if kind is not None and kind < len(KINDS) else None,
        about=tap.text(2 + ARGUMENTS),
        **read_arguments(tap, 2),
    )


def _label(voice: Voice, asked: Asked, named: Named) -> str:
    """Return a label such as ``📅 Réunions · Huế · mai 2027``."""
    found = () if asked.intent in _ABOUT_THE_NETWORK else parts_of(voice, asked, named)
    said = [voice.label(f"ask.intent.{asked.intent}"), *(part.short or Voice.plain(part.label) for part in found)]
    return shorten(" · ".join(said), _LABEL)


def _coordination(voice: Voice) -> tuple[Button, ...]:
    return (Button(voice.label("contacts.coordination"), Tap.to("cs")),)
