"""What coordinators decide about contributions, and what contributors hear of it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime

from bot.texts import dates
from bot.texts.contributions import Names, facts, tap, twin_lines
from bot.texts.cut import shorten
from bot.texts.layout import in_rows, lines, numbered, page_line, pager, paragraphs
from bot.texts.reply import Button, Reply, Tap
from bot.texts.voice import Voice
from bot.watch.contribution import Given
from bot.watch.duplicates import Twin
from locales import Html

SCREEN = "gd"
"""What a coordinator decides."""
LIST = "gl"
"""What waits."""
PAGE = 6
_TITLE = 90


def decide_tap(one: Given, action: str = "", *more: object) -> Tap:
    """Return the tap of a decision."""
    return Tap.to(SCREEN, one.id, action, *more)


def waits(voice: Voice, one: Given, giver: str, names: Names, twins: Sequence[Twin]) -> Reply:
    """Render a contribution that waits for a decision."""
    city = names.get(f"city:{one.organisation}", "")
    heading = voice.say("decide.heading" if city else "decide.heading_without_city", name=giver, city=city)
    resembling = lines(voice.say("decide.resembles"), twin_lines(voice, twins)) if twins else None
    rows = [
        (
            Button(voice.label("decide.accept"), decide_tap(one, "accept", one.version)),
            Button(voice.label("decide.edit"), tap(one, "edit")),
        ),
        (
            Button(voice.label("decide.merge"), decide_tap(one, "merge")),
            Button(voice.label("decide.later"), decide_tap(one, "later")),
        ),
        (Button(voice.label("decide.refuse"), decide_tap(one, "refuse")),),
    ]
    if one.content.file:
        rows.append((Button(voice.label("decide.file"), decide_tap(one, "file")),))
    return Reply(paragraphs(heading, facts(voice, one.content, names), resembling), tuple(rows))


def decided(voice: Voice, one: Given, names: Names, left: int) -> Reply:
    """Render what was decided, by whom, with the way to what waits still."""
    by = one.decided_by or ""
    verdict = voice.say(f"decide.was_{one.state}", name=by) if one.state != "draft" else None
    reason = voice.say("decide.because", reason=one.reason) if one.reason else None
    rows = []
    if one.state == "accepted":
        rows.append((Button(voice.label("decide.edit"), tap(one, "edit")),))
    if left:
        label = voice.plain(voice.count("decide.next", left, number=dates.number(voice, left)))
        rows.append((Button(label, Tap.to(LIST, 0)),))
    return Reply(paragraphs(facts(voice, one.content, names), lines(verdict, reason)), tuple(rows))


def why(voice: Voice, one: Given) -> Reply:
    """Ask for the reason of a refusal."""
    rows = (
        (Button(voice.label("decide.without_reason"), decide_tap(one, "no", one.version)),),
        (Button(voice.label("common.back"), decide_tap(one)),),
    )
    return Reply(voice.say("decide.why", title=title(voice, one)), rows)


def with_what(voice: Voice, one: Given, found: Sequence[Twin]) -> Reply:
    """Ask with what it is to be merged."""
    buttons = [
        Button(voice.title(twin.titles, 56), decide_tap(one, "into", twin.key.partition(":")[0], twin.number))
        for twin in found
    ]
    heading = "decide.merge_with" if found else "decide.nothing_to_merge"
    return Reply(voice.say(heading), (*in_rows(buttons, 1), (Button(voice.label("common.back"), decide_tap(one)),)))


def listed(voice: Voice, found: Sequence[tuple[Given, str]], page: int, now: datetime) -> Reply:
    """Render a page of what waits: contributions, and the cities that gave them."""
    if not found:
        return Reply(voice.say("decide.none"))
    pages = -(-len(found) // PAGE)
    page = min(max(page, 0), pages - 1)
    shown = found[page * PAGE : (page + 1) * PAGE]
    start = page * PAGE + 1
    rows = [_row(voice, one, city, place, now) for place, (one, city) in enumerate(shown, start)]
    buttons = numbered(voice, (decide_tap(one) for one, _ in shown), start)
    turn = pager(voice, page, pages, lambda number: Tap.to(LIST, number))
    text = paragraphs(voice.say("decide.list_heading"), *rows, page_line(voice, page, pages))
    return Reply(text, tuple(row for row in (buttons, turn) if row))


def told(voice: Voice, one: Given, city: str, into: str = "") -> Reply:
    """Tell the contributor what was decided."""
    text = voice.say(f"decide.tell_{one.state}", title=title(voice, one), city=city, into=into)
    reason = voice.say("decide.because", reason=one.reason) if one.reason else None
    return Reply(paragraphs(text, reason))


def file_under_way(voice: Voice) -> Reply:
    """Say that a file is being fetched."""
    return Reply(voice.say("decide.file_under_way"), place="new")


def file_gone(voice: Voice) -> Reply:
    """Say that a file cannot be had any more."""
    return Reply(voice.say("decide.file_gone"))


def title(voice: Voice, one: Given) -> str:
    """Return what a contribution is called."""
    return shorten(one.content.title(voice.language), _TITLE)


def _row(voice: Voice, one: Given, city: str, place: int, now: datetime) -> Html:
    day = datetime.fromtimestamp(one.sent or 0, UTC).astimezone(voice.zone).date()
    facts = [city] if city else []
    facts.append(dates.short_day(voice, day, now.astimezone(voice.zone).date()))
    if one.later:
        facts.append(voice.say("decide.put_off"))
    number, shown = dates.number(voice, place), title(voice, one)
    return voice.say("decide.row", number=number, title=shown, facts=voice.joined(facts))
