"""An announcement while it is made: the draft at a glance, its languages, what goes with it, when it is sent."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from zoneinfo import ZoneInfo

from bot.announcements.content import ANSWERS, Announcement, Content, Reach
from bot.network.languages import LANGUAGES, Language
from bot.texts import dates
from bot.texts.announcement_audience import told
from bot.texts.announcement_sight import Sight, people, tap
from bot.texts.cut import shorten
from bot.texts.layout import in_rows, labelled, lines, page_line, pager, paragraphs
from bot.texts.reply import Button, Reply, Rows, Tap
from bot.texts.voice import Voice
from locales import Html, escape

LIMIT = 12_000
"""Characters of a text: three bubbles."""
_EXCERPT = 300
EIGHT = 8
"""Choices a page."""
MORNING = 9
"""The hour that is offered."""


def write(voice: Voice, one: Announcement, language: Language | None = None, problem: Html | None = None) -> Reply:
    """Render the question for the text, in a language or for the first time."""
    asks = voice.say("announce.write_first")
    present = None
    if language is not None:
        asks = voice.say("announce.write_in", language=voice.say(f"language.{language}"))
        text = one.content.texts.get(language)
        present = lines(voice.say("announce.present_text"), escape(text)) if text else None
    back = _to_draft(voice, one) if one.content.texts else (_delete(voice, one), _sent(voice))
    return Reply(paragraphs(problem, asks, present), (back,))


def not_taken(voice: Voice, one: Announcement, answer: Reply) -> Reply:
    """Return the answer to a question that came instead of the text, with the ways back to the draft."""
    is_text = Button(voice.label("announce.button.is_text"), tap(one, "said"))
    back = Button(voice.label("announce.button.to_draft"), tap(one))
    text = paragraphs(answer.text, voice.say("announce.not_taken"))
    return replace(answer, text=text, buttons=(*answer.buttons, (is_text,), (back,)))


def kept(voice: Voice, reply: Reply) -> Reply:
    """Return a list that was opened instead of writing the text, with where the draft is."""
    return replace(reply, text=paragraphs(reply.text, voice.say("announce.kept")))


def glance(voice: Voice, sight: Sight, now: datetime) -> Reply:
    """Render the draft at a glance, with everything that can be changed."""
    one, content = sight.announcement, sight.announcement.content
    missing = content.missing(sight.reach.languages)
    to_write = voice.joined(
        voice.say("announce.counted", what=voice.say(f"language.{code}"), number=number_of(voice, sight, code))
        for code in missing
    )
    written = voice.joined(voice.say(f"language.{code}") for code in LANGUAGES if code in content.texts)
    languages = lines(written, voice.say("announce.to_write", languages=to_write)) if missing else written
    facts = lines(
        labelled(voice, "announce.audience", told(voice, content.audience, sight.names)),
        people(voice, len(sight.reach.people)),
        _not_reached(voice, sight.reach),
        labelled(voice, "announce.languages", languages),
        labelled(voice, "announce.when", moment(voice, content)),
        _with(voice, sight),
        _answers(voice, content),
    )
    send = Button(voice.label("announce.button.send"), tap(one, "check"))
    fill = Button(voice.label("announce.button.text"), tap(one, "langs"))
    rows: Rows = (
        (fill, Button(voice.label("announce.button.audience"), tap(one, "who"))),
        (
            Button(voice.label("announce.button.with"), tap(one, "with")),
            Button(voice.label("announce.button.answers"), tap(one, "answers")),
        ),
        (
            Button(voice.label("announce.button.when"), tap(one, "when")),
            Button(voice.label("announce.button.preview"), tap(one, "preview")),
        ),
        (send,),
        (_delete(voice, one), _sent(voice)),
    )
    excerpt = shorten(content.text(voice.language)[0], _EXCERPT)
    return Reply(paragraphs(voice.say("announce.heading"), Html(f"<i>{escape(excerpt)}</i>"), facts), rows)


def languages(voice: Voice, sight: Sight) -> Reply:
    """Render which languages its readers read, and what each of them gets."""
    one, content = sight.announcement, sight.announcement.content
    source = voice.say(f"language.{content.source}")
    shown = [code for code in LANGUAGES if code in sight.reach.languages or code in content.texts]
    rows = []
    buttons: list[tuple[Button, ...]] = []
    for code in shown:
        name = voice.label(f"language.{code}")
        state = "written" if code in content.texts else "waived" if code in content.waived else "missing"
        told_people = people(voice, sight.reach.languages[code])
        rows.append(voice.say(f"announce.language_{state}", language=name, people=told_people, source=source))
        writing = Button(voice.label("announce.write_language", language=name), tap(one, "write", code))
        if code in content.texts:
            buttons.append((writing,))
        else:
            key = "unwaive_language" if code in content.waived else "waive_language"
            label = voice.label(f"announce.{key}", language=name, source=source)
            buttons.append((writing, Button(label, tap(one, "waive", code))))
    go_on = Button(voice.label("announce.button.to_draft"), tap(one))
    heading = voice.say("announce.languages_heading", source=source)
    return Reply(paragraphs(heading, lines(*rows)), (*buttons, (go_on,)))


def choices(voice: Voice, one: Announcement, what: str, options: Sequence[tuple[str, object]], page: int) -> Reply:
    """Render a page of meetings, forms or documents to choose one from: labels and numbers."""
    heading = voice.say(f"announce.which_{what}")
    back = (Button(voice.label("common.back"), tap(one, "with")),)
    if not options:
        return Reply(paragraphs(heading, voice.say("announce.nothing_to_choose")), (back,))
    pages = -(-len(options) // EIGHT)
    page = min(max(page, 0), pages - 1)
    shown = options[page * EIGHT : (page + 1) * EIGHT]
    buttons = in_rows((Button(label, tap(one, f"put-{what}", number)) for label, number in shown), 1)
    turn = pager(voice, page, pages, lambda wanted: tap(one, f"a-{what}", wanted))
    rows = tuple(row for row in (*buttons, turn, back) if row)
    return Reply(paragraphs(heading, page_line(voice, page, pages)), rows)


def with_what(voice: Voice, sight: Sight) -> Reply:
    """Render what can be attached, and what is."""
    one, content, linked = sight.announcement, sight.announcement.content, sight.linked
    kinds = ("event", "form", "document")
    add = [Button(voice.label(f"announce.with.{what}"), tap(one, f"a-{what}")) for what in kinds]
    taken: list[tuple[str, str]] = []
    if linked.event:
        taken.append((voice.title(linked.event.title, 34), "event"))
    if linked.form:
        taken.append((voice.title(linked.form.title, 34), "form"))
    if linked.document:
        taken.append((voice.title(linked.document.title, 34), "document"))
    taken += [(shorten(file.name, 34), f"file{place}") for place, file in enumerate(content.attached)]
    away = [Button(voice.label("announce.take_away", what=label), tap(one, f"drop-{what}")) for label, what in taken]
    rows = (*in_rows(add, 2), *in_rows(away, 1), _to_draft(voice, one))
    return Reply(voice.say("announce.with_heading"), rows)


def answers(voice: Voice, one: Announcement) -> Reply:
    """Render which answers readers may give."""
    rows = []
    for answer in ANSWERS:
        key = "announce.chosen" if answer in one.content.answers else "announce.not_chosen"
        label = voice.label(key, what=voice.label(f"announce.answer.{answer}"))
        rows.append((Button(label, tap(one, "answer", answer)),))
    return Reply(voice.say("announce.answers_heading"), (*rows, _to_draft(voice, one)))


def when(voice: Voice, one: Announcement) -> Reply:
    """Render when it may be sent."""
    hour = dates.hour(voice, datetime(2000, 1, 1, MORNING, tzinfo=voice.zone))
    urgent = "not_urgent" if one.content.urgent else "urgent"
    rows = (
        (Button(voice.label("announce.button.now"), tap(one, "now")),),
        (Button(voice.label("announce.button.tomorrow", hour=hour), tap(one, "tomorrow")),),
        (Button(voice.label("announce.button.another_time"), tap(one, "time")),),
        (Button(voice.label(f"announce.button.{urgent}"), tap(one, urgent)),),
        _to_draft(voice, one),
    )
    present = labelled(voice, "announce.when", moment(voice, one.content))
    return Reply(paragraphs(voice.say("announce.when_heading"), present), rows)


def write_time(voice: Voice, one: Announcement, example: datetime, problem: Html | None = None) -> Reply:
    """Render the question for a day and an hour."""
    asks = problem or voice.say("announce.write_time", example=dates.instant(voice, example))
    return Reply(asks, ((Button(voice.label("common.back"), tap(one, "when")),),))


def which_clock(voice: Voice, one: Announcement, chosen: datetime) -> Reply:
    """Render the choice between the coordinator's hour and every reader's own."""
    at = chosen.strftime("%Y%m%d-%H%M")
    rows = (
        (Button(voice.label("announce.button.own_clock"), tap(one, "at", at)),),
        (Button(voice.label("announce.button.readers_clock"), tap(one, "local", at)),),
        (Button(voice.label("common.back"), tap(one, "when")),),
    )
    return Reply(voice.say("announce.which_clock", moment=dates.instant(voice, chosen)), rows)


def urgent_surely(voice: Voice, one: Announcement) -> Reply:
    """Ask again whether people are to be woken."""
    yes = Button(voice.label("announce.button.urgent_yes"), tap(one, "urgent-yes"))
    no = Button(voice.label("common.back"), tap(one, "when"))
    return Reply(voice.say("announce.urgent_surely"), ((yes,), (no,)))


def delete_surely(voice: Voice, one: Announcement) -> Reply:
    """Ask again whether the draft is to be deleted."""
    yes = Button(voice.label("announce.button.delete"), tap(one, "delete-yes"))
    return Reply(voice.say("announce.delete_surely"), ((yes,), (Button(voice.label("announce.keep"), tap(one)),)))


def moment(voice: Voice, content: Content) -> Html:
    """Return when it is sent."""
    chosen = content.when
    if chosen.kind == "now" or chosen.day_and_hour is None:
        return voice.say("announce.now_urgent" if content.urgent else "announce.now")
    at = datetime.fromisoformat(chosen.day_and_hour)
    if chosen.kind == "at":
        at = at.replace(tzinfo=ZoneInfo(chosen.time_zone or voice.zone.key)).astimezone(voice.zone)
    return voice.say(f"announce.{chosen.kind}", moment=dates.instant(voice, at))


def number_of(voice: Voice, sight: Sight, language: Language) -> str:
    """Return how many read that language, in the reader's digits."""
    return dates.number(voice, sight.reach.languages[language])


def _not_reached(voice: Voice, found: Reach) -> Html | None:
    number = len(found.unreached)
    return voice.count("announce.not_reached", number, number=dates.number(voice, number)) if number else None


def _with(voice: Voice, sight: Sight) -> Html | None:
    linked = sight.linked
    found = [voice.text(one.title) for one in (linked.event, linked.form, linked.document) if one is not None]
    found += [escape(shorten(file.name, 34)) for file in sight.announcement.content.attached]
    return labelled(voice, "announce.with", voice.joined(found)) if found else None


def _answers(voice: Voice, content: Content) -> Html | None:
    if not content.answers:
        return None
    named = voice.joined(voice.say(f"announce.answer.{answer}") for answer in content.answers)
    return labelled(voice, "announce.answers", named)


def _to_draft(voice: Voice, one: Announcement) -> tuple[Button, ...]:
    return (Button(voice.label("announce.button.to_draft"), tap(one)),)


def _sent(voice: Voice) -> Button:
    return Button(voice.label("announce.button.sent"), Tap.to("al", 0))


def _delete(voice: Voice, one: Announcement) -> Button:
    return Button(voice.label("announce.button.delete"), tap(one, "delete"))
