"""An announcement as its readers see it."""

from __future__ import annotations

from zoneinfo import ZoneInfo

from bot.announcements.content import Content
from bot.announcements.linked import Linked
from bot.network.audiences import Reader
from bot.network.records import Event
from bot.texts import dates
from bot.texts.cut import units
from bot.texts.form_button import form_button
from bot.texts.layout import lines, paragraphs
from bot.texts.meetings import document_button
from bot.texts.reply import Button, File, Reply, Rows, Tap
from bot.texts.voice import Voice
from locales import Html, escape

SCREEN = "ra"
"""What a reader answers."""
_HEADLINE = 90
"""UTF-16 units that a first line has at most to stand as a headline."""


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


def ask(voice: Voice, number: int, headline: str) -> Reply:
    """Ask a reader for the question to the coordination."""
    stop = Button(voice.label("announced.stop"), Tap.to(SCREEN, number, "stop"))
    return Reply(voice.say("announced.ask", headline=headline), ((stop,),), place="new")


def question(voice: Voice, number: int, headline: str, asker: Reader, place: str, words: str) -> Reply:
    """Render a reader's question for a coordinator."""
    text = voice.say("announced.question", name=asker.name, place=place, headline=headline, question=words)
    return Reply(text, ((Button(voice.label("announced.reply"), Tap.to("aq", number, asker.account)),),))


def write_reply(voice: Voice, number: int, name: str) -> Reply:
    """Ask a coordinator for the answer to a question."""
    stop = Button(voice.label("announced.stop"), Tap.to(SCREEN, number, "stop"))
    return Reply(voice.say("announced.write_reply", name=name), ((stop,),), place="new")


def answered(voice: Voice, name: str, headline: str, words: str) -> Reply:
    """Render the coordination's answer for whoever asked."""
    return Reply(voice.say("announced.answered", name=name, headline=headline, answer=words))


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
