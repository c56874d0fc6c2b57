"""An announcement on its way and after: its progress, its report, the list of all."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime

from bot.announcements.content import Announcement
from bot.announcements.course import Correction, Course
from bot.announcements.figures import Figures
from bot.network.languages import Language
from bot.texts import dates
from bot.texts.announcement_sight import headline
from bot.texts.announcements import moment
from bot.texts.cut import shorten
from bot.texts.layout import in_rows, lines, numbered, page_line, pager, paragraphs
from bot.texts.reply import Button, Reply, Tap
from bot.texts.voice import Voice
from locales import Html, escape

SCREEN = "av"
"""An announcement that was sent off."""
PAGE = 6
_STATES = ("sent", "remaining", "unreachable", "unknown", "failed", "cancelled", "useless")
_BAR = 10
_NAMED = 12
"""People or cities named in a report."""


def tap(one: Announcement, step: str = "", *more: object) -> Tap:
    """Return the tap that does something about an announcement that was sent off."""
    return Tap.to(SCREEN, one.id, step, *more)


def progress(voice: Voice, course: Course, pace: float | None = None) -> Reply:
    """Render how far it has come, with what can be done about it; ``pace``: messages a second of late, if known."""
    one, campaign, standing = course.announcement, course.campaign, course.standing
    state = campaign.state if campaign else "filling"
    title = {"filling": "preparing", "stopped": "stopped", "ended": "ended", "paused": "paused"}.get(state, "running")
    heading = voice.say(f"announce.progress.{title}", headline=headline(one.content, voice))
    because = None
    if state == "paused" and campaign and campaign.reason:
        because = voice.say("announce.progress.paused_because")
    return Reply(
        paragraphs(
            heading,
            lines(_bar(voice, course), _counts(voice, standing), _later(voice, course), _left(voice, course, pace)),
            because,
            _corrections(voice, course),
        ),
        _steer(voice, course, state),
    )


def report(voice: Voice, course: Course, figures: Figures, answers: Counter[str], silent: Sequence[str]) -> Reply:
    """Render the report; ``silent`` names the cities from which nobody has said that it was read."""
    one, campaign, standing = course.announcement, course.campaign, course.standing
    state = "stopped" if campaign and campaign.state == "stopped" else "ended"
    languages = [
        _row(voice, voice.say(f"language.{code}"), *pair) for code, pair in figures.by_language.items() if code
    ]
    channels = [_row(voice, voice.say(f"announce.channel.{code}"), *pair) for code, pair in figures.by_channel.items()]
    given = [
        voice.say(
            "announce.report.answer",
            what=voice.say(f"announce.answer.{answer}"),
            number=dates.number(voice, answers[answer]),
        )
        for answer in one.content.answers
    ]
    text = paragraphs(
        lines(voice.say(f"announce.progress.{state}", headline=headline(one.content, voice)), _counts(voice, standing)),
        _corrections(voice, course),
        _block(voice, "languages", languages),
        _block(voice, "channels", channels),
        _block(voice, "answers", given),
        _silent(voice, silent) if "read" in one.content.answers else None,
    )
    again = Button(voice.label("announce.button.again"), tap(one, "again"))
    rows = [(Button(voice.label("announce.button.cities"), tap(one, "cities")),)]
    if standing["failed"] or standing["unknown"]:
        rows.append((again,))
    if standing["sent"]:
        rows.append((Button(voice.label("announce.button.correct"), tap(one, "correct")),))
    rows.append((Button(voice.label("announce.button.sent"), Tap.to("al", 0)),))
    return Reply(text, tuple(rows))


def cities(voice: Voice, one: Announcement, figures: Figures, places: Mapping[str, tuple[str, str]]) -> Reply:
    """Render the report by city, and who has not got it; ``places``: person → name and city."""
    by_city: dict[str, list[bool]] = {}
    for fortune in figures.people:
        _, city = places.get(fortune.person, ("", ""))
        by_city.setdefault(city, []).append(fortune.state == "sent")
    rows = [_row(voice, city, sum(got), len(got)) for city, got in sorted(by_city.items())]
    missed = [
        voice.say(
            "announce.report.row_person",
            name=places.get(fortune.person, ("", ""))[0],
            place=places.get(fortune.person, ("", ""))[1],
            why=voice.say(f"announce.why.{fortune.state}"),
        )
        for fortune in figures.not_reached()
        if fortune.state != "skipped"
    ]
    more = len(missed) - _NAMED
    rest = voice.count("announce.and_more", more, number=dates.number(voice, more)) if more > 0 else None
    text = paragraphs(
        lines(voice.say("announce.report.cities"), *rows),
        lines(_title(voice, "not_reached"), *missed[:_NAMED], rest) if missed else None,
    )
    return Reply(text, ((Button(voice.label("common.back"), tap(one)),),))


def scheduled(voice: Voice, one: Announcement) -> Reply:
    """Render that it waits for its moment."""
    text = voice.say("announce.scheduled", headline=headline(one.content, voice), when=moment(voice, one.content))
    return Reply(text, ((Button(voice.label("announce.button.unschedule"), tap(one, "unschedule")),),))


def stop_surely(voice: Voice, one: Announcement) -> Reply:
    """Ask again whether it is to be stopped."""
    yes = Button(voice.label("announce.button.stop_yes"), tap(one, "stop-yes"))
    text = voice.say("announce.stop_surely", headline=headline(one.content, voice))
    return Reply(text, ((yes,), (Button(voice.label("common.back"), tap(one)),)))


def again(voice: Voice, one: Announcement, standing: Counter[str]) -> Reply:
    """Ask what is to be sent again."""
    numbers = {name: dates.number(voice, standing[name]) for name in ("failed", "unknown")}
    rows = [(Button(voice.label("common.back"), tap(one)),)]
    if standing["unknown"]:
        rows.insert(0, (Button(voice.label("announce.button.again_all"), tap(one, "again-all")),))
    if standing["failed"]:
        rows.insert(0, (Button(voice.label("announce.button.again_failed"), tap(one, "again-failed")),))
    return Reply(voice.say("announce.again_heading", **numbers), tuple(rows))


def correct(voice: Voice, one: Announcement) -> Reply:
    """Ask which text is to be corrected."""
    buttons = [
        Button(voice.label("announce.write_language", language=voice.label(f"language.{code}")), tap(one, "mend", code))
        for code in one.content.texts
    ]
    back = (Button(voice.label("common.back"), tap(one)),)
    return Reply(voice.say("announce.correct_heading"), (*in_rows(buttons, 2), back))


def write_correction(voice: Voice, one: Announcement, language: Language, problem: Html | None = None) -> Reply:
    """Ask for the corrected text."""
    asks = voice.say("announce.write_in", language=voice.say(f"language.{language}"))
    present = lines(voice.say("announce.present_text"), escape(one.content.texts.get(language, "")))
    return Reply(paragraphs(problem, asks, present), ((Button(voice.label("common.back"), tap(one, "correct")),),))


def corrected(voice: Voice, one: Announcement, language: Language, text: str) -> Reply:
    """Show the corrected text, and ask whether it is to go out."""
    shown = voice.say("announce.correct_preview", language=voice.say(f"language.{language}"), text=text)
    yes = Button(voice.label("announce.button.correct_yes"), tap(one, "mend-yes"))
    return Reply(shown, ((yes,), (Button(voice.label("common.back"), tap(one, "correct")),)))


def every(voice: Voice, found: Sequence[Announcement], page: int, now: datetime) -> Reply:
    """Render a page of the announcements that were sent or are on their way."""
    new = (Button(voice.label("announce.button.new"), Tap.to("an")),)
    heading = voice.say("announce.list_heading")
    if not found:
        return Reply(paragraphs(heading, voice.say("announce.list_none")), (new,))
    pages = -(-len(found) // PAGE)
    page = min(max(page, 0), pages - 1)
    shown, first = found[page * PAGE : (page + 1) * PAGE], page * PAGE + 1
    rows = [
        voice.say(
            "announce.list_row",
            number=dates.number(voice, place),
            headline=headline(one.content, voice),
            state=_state(voice, one, now),
        )
        for place, one in enumerate(shown, first)
    ]
    turn = pager(voice, page, pages, lambda wanted: Tap.to("al", wanted))
    taps = numbered(voice, (tap(one) for one in shown), first)
    buttons = tuple(row for row in (taps, turn, new) if row)
    return Reply(paragraphs(heading, *rows, page_line(voice, page, pages)), buttons)


def _state(voice: Voice, one: Announcement, now: datetime) -> Html:
    if one.state == "scheduled":
        return voice.say("announce.list.scheduled", when=moment(voice, one.content))
    if one.state == "sent" and one.starts is not None:
        day = datetime.fromtimestamp(one.starts, UTC).astimezone(voice.zone).date()
        return voice.say("announce.list.sent", day=dates.short_day(voice, day, now.astimezone(voice.zone).date()))
    return voice.say(f"announce.list.{one.state}")


def _steer(voice: Voice, course: Course, state: str) -> tuple[tuple[Button, ...], ...]:
    one = course.announcement
    refresh = Button(voice.label("announce.button.refresh"), tap(one))
    stop = Button(voice.label("announce.button.stop"), tap(one, "stop"))
    correct = Button(voice.label("announce.button.correct"), tap(one, "correct"))  # also what waits for the morning
    if state == "filling":
        return ((stop,), (refresh,))
    if state == "running":
        return ((Button(voice.label("announce.button.pause"), tap(one, "pause")), stop), (refresh, correct))
    if state == "paused":
        return ((Button(voice.label("announce.button.resume"), tap(one, "resume")), stop), (correct,))
    report = (Button(voice.label("announce.button.report"), tap(one)),)
    if any(correction.state == "paused" for correction in course.corrections):
        return ((Button(voice.label("announce.button.resume"), tap(one, "resume")),), report)
    return (report,)


def _bar(voice: Voice, course: Course) -> Html | None:
    whole = sum(course.standing.values())
    if not whole:
        return None
    share = 100 * course.done // whole
    filled = share * _BAR // 100
    bar = "▓" * filled + "░" * (_BAR - filled)
    return voice.say("announce.progress.bar", bar=bar, share=dates.number(voice, share))


def _later(voice: Voice, course: Course) -> Html | None:
    """Return how many of those that remain wait for an hour of their readers, and until when."""
    if not course.later or course.until is None or (course.campaign and course.campaign.state == "stopped"):
        return None
    until = dates.instant(voice, course.until.astimezone(voice.zone))
    number = dates.number(voice, course.later)
    return voice.count("announce.progress.later", course.later, number=number, until=until)


def _left(voice: Voice, course: Course, pace: float | None) -> Html | None:
    """Return how long those take that wait for nothing, at the pace of late."""
    waiting = course.standing["remaining"] - course.later
    if course.campaign is None or course.campaign.state != "running" or not pace or waiting <= 0:
        return None
    number = max(1, round(waiting / pace / 60))
    return voice.count("announce.progress.left", number, number=dates.number(voice, number))


def _corrections(voice: Voice, course: Course) -> Html | None:
    return lines(*(_correction(voice, one) for one in course.corrections)) if course.corrections else None


def _correction(voice: Voice, one: Correction) -> Html:
    language = voice.say(f"language.{one.language}")
    if one.over and not one.standing:
        return voice.say("announce.progress.corrected_in_time", language=language)
    how = "correction_paused" if one.state == "paused" else "corrected" if one.over else "correcting"
    return voice.say(f"announce.progress.{how}", language=language, counts=_counts(voice, one.standing))


def _counts(voice: Voice, standing: Counter[str]) -> Html:
    return voice.joined(
        voice.say(f"announce.state.{name}", number=dates.number(voice, standing[name]))
        for name in _STATES
        if standing[name] or name == "sent"
    )


def _row(voice: Voice, what: object, done: int, whole: int) -> Html:
    return voice.say("announce.report.row", what=what, done=dates.number(voice, done), all=dates.number(voice, whole))


def _block(voice: Voice, key: str, rows: Sequence[Html]) -> Html | None:
    return lines(_title(voice, key), *rows) if rows else None


def _title(voice: Voice, key: str) -> Html:
    return Html(f"<b>{voice.say(f'announce.report.{key}')}</b>")


def _silent(voice: Voice, silent: Sequence[str]) -> Html | None:
    if not silent:
        return None
    more = len(silent) - _NAMED
    rest = [voice.count("announce.and_more", more, number=dates.number(voice, more))] if more > 0 else []
    return lines(_title(voice, "silent"), voice.joined([*(shorten(one, 40) for one in silent[:_NAMED]), *rest]))
