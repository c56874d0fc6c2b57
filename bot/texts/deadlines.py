"""How deadlines are read: the grouped list, and the card of one."""

from __future__ import annotations

from dataclasses import replace
from zoneinfo import ZoneInfo

from bot.answers.deadlines import (
    DEADLINE_KINDS,
    EVENT_KINDS,
    PAGE,
    DeadlineCard,
    DeadlinesPage,
    DeadlinesRequest,
    last_day_of,
)
from bot.network.audiences import EVERYONE
from bot.network.records import Deadline
from bot.texts import dates
from bot.texts.layout import in_rows, labelled, lines, numbered, page_line, pager, paragraphs
from bot.texts.narrowed import arguments, narrowed_line, parts_of, read_arguments, take_away
from bot.texts.reply import Button, Listing, Reply, Rows, Tap
from bot.texts.voice import Voice
from locales import Html, escape

_WIDTH = 4


def deadlines_list(voice: Voice, page: DeadlinesPage) -> Reply:
    """Render a page of what is due, in groups: this week, this month, later."""
    request = page.request
    title = voice.say("deadlines.mine" if request.mine else "deadlines.all")
    found = parts_of(voice, request, page.named, kind=_kind(voice, request))
    heading = Html(title + narrowed_line(found))
    away = take_away(found, lambda without: list_tap(replace(request, page=0, **without)))
    if not page.total:
        nothing = voice.say("deadlines.none_such" if found else "deadlines.none")
        rows = _rows((), (), away, _switch(voice, page))
        return Reply(paragraphs(heading, nothing), rows, listing=Listing(list_tap(request)))
    first = request.page * PAGE + 1
    blocks: list[Html] = []
    place = first
    groups = (("past", page.past), ("week", page.this_week), ("month", page.this_month), ("later", page.later))
    for key, group in groups:
        if group:
            told = [_row(voice, page, one, number) for number, one in enumerate(group, place)]
            blocks.append(lines(voice.say(f"deadlines.{key}"), *told))
            place += len(group)
    taps = (Tap.to("dl", one.id, *request_arguments(request)) for one in page.shown)
    buttons = in_rows(numbered(voice, taps, first), _WIDTH)
    turn = pager(voice, request.page, page.pages, lambda number: list_tap(replace(request, page=number)))
    return Reply(
        paragraphs(heading, *blocks, page_line(voice, request.page, page.pages)),
        _rows(buttons, turn, away, _switch(voice, page)),
        listing=Listing.of(list_tap(request), "deadline", (one.id for one in page.shown), first, page.total),
    )


def list_tap(request: DeadlinesRequest) -> Tap:
    """Return the tap that shows the list."""
    return Tap.to("d", *request_arguments(request))


def request_arguments(request: DeadlinesRequest) -> tuple[object, ...]:
    """Return a request as the arguments of a tap; what is not narrowed travels as page and ``mine`` alone."""
    kind = (*DEADLINE_KINDS, *EVENT_KINDS).index(request.kind) if request.kind else None
    found = [request.page, int(request.mine), kind, *arguments(request)]
    while found[-1] is None:
        found.pop()
    return tuple(found)


def request_of(tap: Tap, start: int = 0) -> DeadlinesRequest:
    """Return the request that a tap carries from its argument ``start`` on; what cannot be read asks for nothing."""
    kind, kinds = tap.number(start + 2), (*DEADLINE_KINDS, *EVENT_KINDS)
    return DeadlinesRequest(
        page=tap.number(start) or 0,
        mine=tap.number(start + 1) == 1,
        kind=kinds[kind] if kind is not None and kind < len(kinds) else None,
        **read_arguments(tap, start + 3),
    )


def deadline_card(voice: Voice, card: DeadlineCard, back: DeadlinesRequest) -> Reply:
    """Render one deadline with all that belongs to it."""
    one = card.deadline
    facts = lines(
        until_when(voice, card),
        _opening(voice, card, ZoneInfo(one.time_zone)),
        whom_it_concerns(voice, card),
        labelled(voice, "deadlines.event", voice.noted(card.event.title)) if card.event else None,
    )
    text = paragraphs(
        lines(voice.say("deadlines.title", title=voice.noted(one.title)), voice.say(f"deadlines.kind.{one.kind}")),
        facts,
        voice.noted(one.description) if one.description else None,
    )
    rows: list[tuple[Button, ...]] = []
    if one.link and not card.past and not card.not_open_yet:
        rows.append((Button(voice.label("deadlines.link"), url=one.link),))
    if card.event:
        label = voice.label("meetings.open_card", title=voice.title(card.event.title, 34))
        rows.append((Button(label, Tap.to("e", card.event.id)),))
    rows.append((Button(voice.label("common.back"), list_tap(back)),))
    return Reply(text, tuple(rows))


def _row(voice: Voice, page: DeadlinesPage, one: Deadline, place: int) -> Html:
    zone = ZoneInfo(one.time_zone)
    day = last_day_of(one, voice.zone)
    key = "deadlines.row_call" if one.opens else "deadlines.row"
    opens = dates.short_day(voice, one.opens.astimezone(zone).date(), page.today) if one.opens else ""
    return voice.say(
        key,
        number=dates.number(voice, place),
        title=voice.noted(one.title),
        distance=dates.distance(voice, day if one in page.past else max(day, page.today), page.today),
        day=dates.short_day(voice, day, page.today),
        opens=opens,
    )


def until_when(voice: Voice, card: DeadlineCard) -> Html:
    """Return the lines of a deadline's card that tell until when, and how far away that is."""
    one = card.deadline
    due = dates.until(voice, one.due, all_day=one.all_day, zone=ZoneInfo(one.time_zone))
    day = last_day_of(one, voice.zone)
    distance = dates.distance(voice, day if card.past else max(day, card.today), card.today)
    return lines(labelled(voice, "deadlines.due", due), distance)


def whom_it_concerns(voice: Voice, card: DeadlineCard) -> Html:
    """Return the line of a deadline's card that tells for whom it is."""
    return labelled(voice, "deadlines.concerned", _concerned(voice, card))


def _opening(voice: Voice, card: DeadlineCard, zone: ZoneInfo) -> Html | None:
    if card.deadline.opens is None:
        return None
    day = card.deadline.opens.astimezone(zone).date()
    if card.not_open_yet:
        distance = dates.distance(voice, day, card.today)
        text = voice.say("deadlines.opens_later", day=dates.day(voice, day), distance=distance)
    else:
        text = voice.say("deadlines.open_since", day=dates.day(voice, day))
    return labelled(voice, "deadlines.opening", text)


def _concerned(voice: Voice, card: DeadlineCard) -> Html:
    if card.organisations:
        return voice.joined(voice.text(one.name) for one in card.organisations)
    if card.deadline.audience == EVERYONE:
        return voice.say("deadlines.everyone")
    return voice.say(f"audience.{card.deadline.audience.split(':')[0]}")


def _switch(voice: Voice, page: DeadlinesPage) -> tuple[Button, ...]:
    mine = page.request.mine
    if not (page.concerns or mine):
        return ()
    label = voice.label("deadlines.show_all" if mine else "deadlines.show_mine")
    return (Button(label, list_tap(DeadlinesRequest() if mine else replace(page.request, page=0, mine=True))),)


def _kind(voice: Voice, request: DeadlinesRequest) -> Html | None:
    if request.kind is None:
        return None
    own = request.kind in DEADLINE_KINDS
    label = voice.label(f"deadlines.kind.{request.kind}" if own else f"meetings.kind.{request.kind}")
    return escape(label)


def _rows(cards: Rows, turn: tuple[Button, ...], away: Rows, switch: tuple[Button, ...]) -> Rows:
    return tuple(row for row in (*cards, turn, *away, switch) if row)
