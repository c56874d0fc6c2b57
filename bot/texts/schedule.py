"""What goes out by itself, as coordinators read it: day by day, its real bubbles, and one person's own list."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date
from itertools import groupby
from zoneinfo import ZoneInfo

from bot.network.languages import LANGUAGES, Language
from bot.network.recipients import Recipient
from bot.network.records import Person
from bot.texts import dates
from bot.texts.announcement_sight import counted, headline, people
from bot.texts.forecast import Announced, Forecast, Going, Line, Reminders, Told, Variant, Watch, What
from bot.texts.layout import in_rows, lines, numbered, page_line, pager, paragraphs
from bot.texts.members import zone_label
from bot.texts.reply import Button, Listing, Reply, Rows, Tap
from bot.texts.voice import Voice
from locales import Html

SCREEN = "sx"
"""Everything that a coordinator sees of it."""
DAYS, ROWS = 7, 15
"""At most so many days and, but for a day that is longer alone, lines a page."""
_WIDTH = 6
_TITLE = 70


def tap(step: str = "", *more: object) -> Tap:
    """Return the tap that shows something of it."""
    return Tap.to(SCREEN, step, *more)


def schedule(voice: Voice, forecast: Forecast, page: int) -> Reply:
    """Render a page of days; a page past the end becomes the last one."""
    today = forecast.now.astimezone(voice.zone).date()
    every = _pages(forecast.lines)
    page = min(max(page, 0), max(len(every) - 1, 0))
    before = sum(len(one) for one in every[:page])
    shown = every[page] if every else []
    days = []
    for day, some in groupby(enumerate(shown, before + 1), key=lambda one: one[1].day):
        heading = voice.say("schedule.day", day=dates.day(voice, day), distance=dates.distance(voice, day, today))
        days.append(lines(heading, *(_row(voice, line, place) for place, line in some)))
    made = voice.say("schedule.made", hour=dates.hour(voice, forecast.now.astimezone(voice.zone)))
    text = paragraphs(
        lines(voice.say("schedule.heading"), made), *(days or [voice.say("schedule.nothing")]),
        page_line(voice, page, len(every)),
    )  # fmt: skip
    opens = numbered(voice, (tap("l", f"{one.day:%Y%m%d}", one.key) for one in shown), before + 1)
    turn = pager(voice, page, len(every), lambda number: tap("p", number))
    last = (Button(voice.label("schedule.person"), tap("w")), Button(voice.label("schedule.again"), tap("r")))
    rows = tuple(row for row in (*in_rows(opens, _WIDTH), turn, last) if row)
    return Reply(text, rows, listing=Listing(tap()))


def preparing(voice: Voice) -> Reply:
    """Say that it is being computed."""
    return Reply(voice.say("schedule.preparing"), listing=Listing(tap()))


def failed(voice: Voice) -> Reply:
    """Say that it could not be computed."""
    return Reply(voice.say("schedule.failed"))


def preview(voice: Voice, line: Line, language: Language, variants: Sequence[Variant], bubble: Reply) -> Reply:
    """Render the bubble that most get in a language, below what it is and how many get it."""
    first, readers = variants[0], line.languages[language]
    here = voice.say("schedule.preview", language=voice.say(f"language.{language}"), people=people(voice, readers))
    others = readers - first.number
    more = voice.count("schedule.others", others, number=dates.number(voice, others)) if others > 0 else None
    when = dates.instant(voice, first.going.at.astimezone(ZoneInfo(first.recipient.reader.time_zone)))
    head = lines(what_line(voice, line.what, line.told, state=True), when, readers_line(voice, line))
    offered = [
        Button(voice.label("announce.chosen", what=label) if code == language else label,
               tap("l", f"{line.day:%Y%m%d}", line.key, code))
        for code in LANGUAGES if line.languages[code]
        for label in (voice.label(f"language.{code}"),)
    ]  # fmt: skip
    text = paragraphs(head, Html(f"<i>{here}</i>"), bubble.text, Html(f"<i>{more}</i>") if more else None)
    return Reply(text, (*_still(bubble.buttons), *in_rows(offered, 3), (_back(voice),)))


def ask_whom(voice: Voice, wrote: str | None = None) -> Reply:
    """Ask for somebody's name; ``wrote`` is one that nobody has."""
    asks = voice.say("schedule.nobody", name=wrote) if wrote else voice.say("schedule.whom")
    return Reply(asks, ((_back(voice),),))


def which(voice: Voice, found: Iterable[Person]) -> Reply:
    """Ask which of these people is meant."""
    rows = in_rows((Button(one.name, tap("o", one.id)) for one in found), 1)
    return Reply(voice.say("schedule.which"), (*rows, (_back(voice),)))


def person(voice: Voice, forecast: Forecast, one: Recipient) -> Reply:
    """Render what somebody gets, by their own clock, and why there is nothing where there is nothing."""
    theirs = replace(voice, zone=ZoneInfo(one.reader.time_zone))
    today = forecast.now.astimezone(theirs.zone).date()
    going = forecast.of(one.reader.person or "")
    head = lines(
        voice.say("schedule.of", name=one.reader.name),
        voice.say(
            "schedule.lives", language=voice.say(f"language.{one.reader.language}"),
            zone=zone_label(voice, one.reader.time_zone),
        ),
    )  # fmt: skip
    rows = [
        lines(
            voice.say(
                "schedule.moment", number=dates.number(voice, place),
                day=dates.short_day(theirs, found.at.astimezone(theirs.zone).date(), today),
                hour=dates.hour(theirs, found.at.astimezone(theirs.zone)),
            ),
            *_parts(theirs, found.what),
        )
        for place, found in enumerate(going, 1)
    ]  # fmt: skip
    why = [voice.say(key) for key in reasons(forecast, one, going)]
    opens = (tap("b", one.number, int(found.at.timestamp())) for found in going)
    buttons = (*in_rows(numbered(voice, opens), _WIDTH), (Button(voice.label("schedule.person"), tap("w")),))
    none = voice.say("schedule.nothing_for") if not going else None
    return Reply(paragraphs(head, *rows, none, lines(*why)), (*buttons, (_back(voice),)))


def of_person(voice: Voice, one: Recipient, bubble: Reply) -> Reply:
    """Render the bubble that somebody gets."""
    back = Button(voice.label("common.back"), tap("o", one.number))
    head = voice.say("schedule.gets", name=one.reader.name)
    return Reply(paragraphs(Html(f"<i>{head}</i>"), bubble.text), (*_still(bubble.buttons), (back,)))


def what_line(voice: Voice, what: What, told: Told | None, *, state: bool = False) -> Html:
    """Return what goes out in a line; ``told`` is the reminder that is meant, ``state`` adds what it waits for."""
    waits = _waits(voice, what) if state else None
    if waits:
        return lines(what_line(voice, what, told), waits)
    if isinstance(what, Announced):
        return voice.say("schedule.announcement", title=headline(what.content, voice, _TITLE))
    if isinstance(what, Watch):
        return voice.say(f"schedule.{what.kind}", month=dates.month(voice, what.day))
    told = told or what.told[0]
    title = voice.title(told.duty.title, _TITLE)
    return voice.say("schedule.reminder", title=title, occasion=_occasion(voice, told.occasion.name))


def readers_line(voice: Voice, line: Line) -> Html:
    """Return how many get it, by language."""
    languages = [
        (voice.say(f"language.{code}"), line.languages[code]) for code in LANGUAGES if line.languages[code]
    ]  # fmt: skip
    return voice.say(
        "schedule.readers", people=people(voice, line.languages.total()), languages=counted(voice, languages)
    )


def reasons(forecast: Forecast, one: Recipient, going: Sequence[Going]) -> list[str]:
    """Return the sentences that say why there is nothing of some kind to somebody who gets ``going``."""
    code = one.reader.person or ""
    if code in forecast.unreached:
        return [f"schedule.unreached.{forecast.unreached[code]}"]
    found = []
    if not any(isinstance(each.what, Reminders) for each in going):
        found.append(f"schedule.no_reminders.{'coordinator' if one.reader.is_coordinator else 'other'}")
    if code in forecast.without_watch and not any(isinstance(each.what, Watch) for each in going):
        found.append(f"schedule.watch.{forecast.without_watch[code]}")
    return found


def _pages(every: Sequence[Line]) -> list[list[Line]]:
    pages: list[list[Line]] = []
    days = 0
    for _, some in groupby(every, key=lambda one: one.day):
        day = list(some)
        if not pages or days == DAYS or len(pages[-1]) + len(day) > ROWS:
            pages.append([])
            days = 0
        pages[-1] += day
        days += 1
    return pages


def _row(voice: Voice, line: Line, place: int) -> Html:
    what = voice.say("duties.row", number=dates.number(voice, place), title=what_line(voice, line.what, line.told))
    return lines(what, _waits(voice, line.what), readers_line(voice, line))


def _waits(voice: Voice, what: What) -> Html | None:
    return voice.say("schedule.not_approved") if isinstance(what, Watch) and not what.approved else None


def _parts(voice: Voice, what: What) -> list[Html]:
    if isinstance(what, Reminders):
        return [what_line(voice, what, one) for one in what.told]
    return [one for one in (what_line(voice, what, None), _waits(voice, what)) if one]


def _occasion(voice: Voice, name: str) -> Html:
    kind, _, days = name.partition("-")
    if kind != "before":
        return voice.say(f"schedule.occasion.{kind}")
    return (
        voice.count("schedule.before", int(days), number=dates.number(voice, days))
        if int(days)
        else voice.say("schedule.occasion.same_day")
    )


def _still(rows: Rows) -> Rows:
    """Return the buttons of a bubble that is only looked at."""
    return tuple(tuple(Button.still(one.label) for one in row) for row in rows)


def _back(voice: Voice) -> Button:
    return Button(voice.label("schedule.back"), tap())


def day_of(text: str | None) -> date | None:
    """Return the day that a button names: ``20270401``."""
    try:
        return date.fromisoformat(f"{text[:4]}-{text[4:6]}-{text[6:]}") if text else None
    except ValueError:
        return None
