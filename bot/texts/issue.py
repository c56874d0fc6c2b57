"""The watch as its readers see it: sections, numbered entries, the way to each of them, and why it came."""

from __future__ import annotations

import html
from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime
from typing import Literal, NamedTuple
from zoneinfo import ZoneInfo

from bot.network.content import Content
from bot.network.languages import Language
from bot.texts import dates
from bot.texts.cut import shorten
from bot.texts.form_button import opening_tap
from bot.texts.given import credit_line, file_tap
from bot.texts.layout import in_rows, lines, paragraphs
from bot.texts.reply import Button, Reply, Rows, Tap
from bot.texts.voice import Voice
from bot.watch.issue import Entry, IssueContent, Wish
from locales import Html, escape

SCREEN = "gi"
"""An entry, opened below the issue."""
WHY = "gw"
"""Why it came, and how to have it otherwise."""
PAST = "gp"
"""A past issue."""
_BODY = 240
_OPENING = 2_000
_WIDTH = 6
_SOFT_LIMIT = 48
"""Entries with a number of their own on a button."""
_FILES = 12
"""Files with a button of their own; what is beyond is opened first."""
Kind = Literal["monthly", "weekly", "once", "past"]
Names = Mapping[str, Content]
"""What organisations and themes are called, by ``city:code`` and ``theme:code``."""


class Told(NamedTuple):
    """What one reader is told."""

    kind: Kind
    month: date
    entries: Sequence[Entry]
    names: Names
    content: IssueContent = IssueContent()
    page: str | None = None
    """The address of the issue's own page."""


def issue(voice: Voice, told: Told, *, letter: bool = False) -> Reply:
    """Render the watch for a reader; in a letter, without the buttons that only a chat answers."""
    text = issue_text(voice, told)
    if letter:
        return Reply(text, _page(voice, told), place="new")
    numbered = [
        Button(dates.number(voice, place), _opens(entry)) for place, entry in enumerate(told.entries[:_SOFT_LIMIT], 1)
    ]
    why = (Button(voice.label("issue.why"), Tap.to(WHY)),) if told.kind != "past" else ()
    files = [
        Button(voice.label("issue.file", number=dates.number(voice, place)), file_tap(entry.number))
        for place, entry in enumerate(told.entries, 1)
        if entry.file
    ]
    rows = (*in_rows(numbered, _WIDTH), *in_rows(files[:_FILES], 2), *_page(voice, told), why)
    return Reply(text, tuple(row for row in rows if row), place="new")


def issue_text(voice: Voice, told: Told) -> Html:
    """Return the whole as one text."""
    heading = voice.say(f"issue.heading.{told.kind}", month=dates.month(voice, told.month))
    return paragraphs(heading, opening(voice, told.content), *_sections(voice, told))


def opening(voice: Voice, content: IssueContent) -> Html | None:
    """Return the coordinator's word in the reader's language, or in its own with a note."""
    if not content.opening:
        return None
    language: Language = voice.language if voice.language in content.opening else content.source
    text = content.opening.get(language) or next(iter(content.opening.values()))
    note = None
    if voice.language not in content.opening:
        note = voice.say("content.untranslated", language=voice.say(f"language.{language}"))
    return lines(escape(shorten_lines(text)), Html(f"<i>{note}</i>") if note else None)


def shorten_lines(text: str) -> str:
    """Return an opening word that is not longer than a bubble can bear."""
    return text if len(text) <= _OPENING else f"{text[: _OPENING - 1]}…"


def _sections(voice: Voice, told: Told) -> list[Html]:
    found: list[Html] = []
    pinned = [entry for entry in told.entries if entry.name in told.content.pinned]
    order = {id(entry): place for place, entry in enumerate(told.entries, 1)}
    groups: list[tuple[str, list[Entry]]] = [("pinned", pinned)]
    for entry in told.entries:
        if entry in pinned:
            continue
        if groups[-1][0] != entry.section:
            groups.append((entry.section, []))
        groups[-1][1].append(entry)
    for name, entries in groups:
        if entries:
            rows = [_row(voice, told, entry, order[id(entry)]) for entry in entries]
            found.append(lines(voice.say(f"issue.section.{name}"), *rows))
    return found


def _row(voice: Voice, told: Told, entry: Entry, place: int) -> Html:
    head = voice.say("issue.row", number=dates.number(voice, place), title=voice.noted(entry.title))
    facts = _facts(voice, told, entry)
    body = escape(shorten(entry.body.read(voice.language).text, _BODY)) if entry.body else None
    return lines(head, facts, body)


def _facts(voice: Voice, told: Told, entry: Entry) -> Html | None:
    parts: list[object] = []
    zone = ZoneInfo(entry.zone)
    if entry.section == "events":
        begins, ends = (datetime.fromtimestamp(second, UTC) for second in (entry.begins, entry.ends))
        parts.append(dates.when(voice, begins, ends, all_day=entry.all_day, zone=zone))
    elif entry.section in ("deadlines", "forms"):
        due = datetime.fromtimestamp(entry.begins, UTC)
        parts.append(voice.say("issue.until", day=dates.until(voice, due, all_day=entry.all_day, zone=zone)))
    elif entry.section == "cities" and entry.ends:
        first, last = (datetime.fromtimestamp(second, UTC).date() for second in (entry.begins, entry.ends))
        parts.append(dates.days(voice, first, last))
    places = [entry.place] if entry.place and entry.section == "events" else []
    parts += [voice.text(told.names[f"city:{code}"]) for code in places if f"city:{code}" in told.names]
    credit = [told.names[f"city:{code}"] for code in entry.of if f"city:{code}" in told.names]
    if entry.section == "cities":
        parts += [credit_line(voice, credit)] if credit else []
    elif entry.section == "news":
        parts += [voice.text(name) for name in credit]
    if entry.section == "news":
        themes = [voice.text(told.names[f"theme:{code}"]) for code in entry.themes if f"theme:{code}" in told.names]
        parts += themes[:1]
    if entry.link:
        key = "issue.document" if entry.section == "documents" else "issue.link"
        parts.append(voice.say(key, address=Html(html.escape(entry.link))))
    return Html(f"<i>{Html(' · ').join(escape(part) for part in parts)}</i>") if parts else None


def _opens(entry: Entry) -> Tap:
    return Tap.to(SCREEN, entry.section, entry.number)


def opened_by(section: str, number: int) -> Tap:
    """Return the tap by which everybody opens an entry of that section; what a city gave is opened by its row."""
    screens = {"events": "e", "deadlines": "dl", "news": "nw", "documents": "doc"}
    return opening_tap(number) if section == "forms" else Tap.to(screens.get(section, SCREEN), number)


def _page(voice: Voice, told: Told) -> Rows:
    return ((Button(voice.label("issue.page"), url=told.page),),) if told.page else ()


def why(voice: Voice, wish: Wish, themes: Sequence[Content], now: datetime) -> Reply:
    """Say by which rule it came, with what the reader may change about it."""
    followed = voice.joined(voice.text(theme) for theme in themes) if themes else voice.say("issue.every_theme")
    rule = voice.say(f"issue.rule.{wish.frequency}")
    asleep = None
    if wish.snoozed is not None and wish.snoozed > now.timestamp():
        until = datetime.fromtimestamp(wish.snoozed, UTC).astimezone(voice.zone).date()
        asleep = voice.say("issue.snoozed_until", day=dates.day(voice, until))
    text = paragraphs(voice.say("issue.why_heading"), lines(rule, voice.say("issue.themes", themes=followed), asleep))
    return Reply(text, _wishes(voice, wish, asleep=asleep is not None), place="edit")


def themes(voice: Voice, followed: Sequence[str], every: Sequence[tuple[str, int, str]]) -> Reply:
    """Render the choice of themes: codes, numbers and names."""
    buttons = [
        Button(voice.label("announce.chosen" if code in followed else "announce.not_chosen", what=name),
               Tap.to(WHY, "theme", number))
        for code, number, name in every
    ]  # fmt: skip
    rows = (
        *in_rows(buttons, 1),
        (Button(voice.label("issue.every_theme_button"), Tap.to(WHY, "theme", 0)),),
        (Button(voice.label("common.back"), Tap.to(WHY, "show")),),
    )
    return Reply(voice.say("issue.which_themes"), rows)


def months(voice: Voice, found: Sequence[date]) -> Reply:
    """Render the past issues, the newest first."""
    if not found:
        return Reply(voice.say("issue.no_past"))
    buttons = [Button(dates.short_month(voice, month), Tap.to(PAST, f"{month:%Y%m}")) for month in found]
    return Reply(voice.say("issue.past"), in_rows(buttons, 3))


def _wishes(voice: Voice, wish: Wish, *, asleep: bool) -> Rows:
    rows = [
        Button(
            voice.label(
                "announce.chosen" if wish.frequency == one else "announce.not_chosen",
                what=voice.label(f"issue.frequency.{one}"),
            ),
            Tap.to(WHY, "often", one),
        )
        for one in ("monthly", "weekly", "once", "none")
    ]
    snooze = Button(
        voice.label("issue.wake" if asleep else "issue.snooze"), Tap.to(WHY, "wake" if asleep else "snooze")
    )
    return (
        *in_rows(rows, 2),
        (Button(voice.label("issue.choose_themes"), Tap.to(WHY, "themes")), snooze),
        (Button(voice.label("issue.past_button"), Tap.to(PAST)), Button(voice.label("common.back"), Tap.to("set"))),
    )
