"""An announcement as its readers see it."""

from __future__ import annotations

from typing import NamedTuple
from zoneinfo import ZoneInfo

from bot.announcements.content import Content
from bot.network.forms import Form
from bot.network.records import Document, Event
from bot.texts import dates
from bot.texts.cut import units
from bot.texts.form_button import form_button
from bot.texts.layout import lines, paragraphs
from bot.texts.meetings import document_button
from bot.texts.reply import Button, File, Reply, Rows, Tap
from bot.texts.voice import Voice
from locales import Html, escape

SCREEN = "ar"
"""What a reader answers."""
_HEADLINE = 90
"""UTF-16 units that a first line has at most to stand as a headline."""


class Linked(NamedTuple):
    """What of the network's tables an announcement leads to."""

    event: Event | None = None
    form: Form | None = None
    document: Document | None = None


def bubble(
    voice: Voice, number: int, content: Content, linked: Linked, files: tuple[File, ...] = (), *, erratum: bool = False
) -> Reply:
    """Render the announcement of that number for one reader; ``erratum``: it takes the place of a wrong one."""
    text, language = content.text(voice.language)
    note = None
    if language != voice.language:
        note = voice.say("announced.in_source", language=voice.say(f"language.{language}"))
    head, body = _parts(voice, text)
    wrong = None
    if erratum or content.corrected:
        wrong = voice.say("announced.erratum" if erratum else "announced.corrected")
    return Reply(
        paragraphs(head, wrong, body, note, _event(voice, linked.event) if linked.event else None),
        _buttons(voice, number, content, linked),
        files=files,
        place="new",
    )


def _parts(voice: Voice, text: str) -> tuple[Html, Html | None]:
    first, _, rest = text.strip().partition("\n")
    if rest.strip() and units(first) <= _HEADLINE:
        return voice.say("announced.headline", headline=first.strip()), escape(rest.strip())
    return voice.say("announced.headline", headline=voice.label("announced.announcement")), escape(text.strip())


def _event(voice: Voice, event: Event) -> Html:
    zone = ZoneInfo(event.time_zone)
    when = dates.when(voice, event.begins, event.ends, all_day=event.all_day, zone=zone)
    return lines(voice.say("meetings.title", title=voice.noted(event.title)), when)


def _buttons(voice: Voice, number: int, content: Content, linked: Linked) -> Rows:
    answers = tuple(
        Button(voice.label(f"announced.answer.{one}"), Tap.to(SCREEN, number, one)) for one in content.answers
    )
    rows: list[tuple[Button, ...]] = [answers[:2], answers[2:]]
    if linked.form:
        rows.append((form_button(voice, linked.form),))
    if linked.event:
        label = voice.label("announced.event")
        rows.append((Button(label, Tap.to("e", linked.event.id)),))
    if linked.document:
        rows.append((document_button(voice, linked.document),))
    return tuple(row for row in rows if row)
