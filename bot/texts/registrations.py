"""How registrations are read: the open ones with their closing and link, else when they open, or that they closed."""

from __future__ import annotations

import html
from dataclasses import replace
from datetime import datetime, time
from typing import get_args
from zoneinfo import ZoneInfo

from bot.answers.registrations import PAGE, RegistrationsPage, RegistrationsRequest
from bot.network.records import Event, EventKind
from bot.network.schedule import calendar, last_day
from bot.texts import dates
from bot.texts.form_button import form_button
from bot.texts.layout import numbered, page_line, pager, paragraphs
from bot.texts.narrowed import arguments, narrowed_line, parts_of, read_arguments, take_away
from bot.texts.reply import Button, Listing, Reply, Tap
from bot.texts.voice import Voice
from locales import Html

_KINDS: tuple[EventKind, ...] = get_args(EventKind)


def registrations_list(voice: Voice, page: RegistrationsPage) -> Reply:
    """Render a page of the meetings whose registration is open, opens later or has closed."""
    request = page.request
    kind = voice.say(f"meetings.kind.{request.kind}") if request.kind else None
    found = parts_of(voice, request, page.named, kind=kind)
    heading = voice.say(f"registrations.heading_{page.standing}", narrowed=narrowed_line(found))
    away = take_away(found, lambda without: list_tap(replace(request, page=0, **without)))
    if not page.events:
        nothing = voice.say("registrations.none_such" if found else "registrations.none")
        return Reply(paragraphs(heading, nothing), away, listing=Listing(list_tap(request)))
    first = request.page * PAGE + 1
    rows = [_row(voice, page, event, place) for place, event in enumerate(page.events, first)]
    cards = numbered(voice, (Tap.to("e", event.id) for event in page.events), first)
    here = tuple(
        (form_button(voice, page.forms[event.code], place),)
        for place, event in enumerate(page.events, first)
        if event.code in page.forms and page.standing == "open"
    )
    turn = pager(voice, request.page, page.pages, lambda number: list_tap(replace(request, page=number)))
    why = None if page.standing == "open" else voice.say(f"registrations.{page.standing}")
    coordination = Button(voice.label("contacts.coordination"), Tap.to("cs"))
    whom = (coordination,) if page.standing == "closed" else ()
    text = paragraphs(heading, why, *rows, page_line(voice, request.page, page.pages))
    listing = Listing.of(list_tap(request), "event", (event.id for event in page.events), first, page.total)
    return Reply(text, tuple(row for row in (cards, *here, turn, *away, whom) if row), listing=listing)


def list_tap(request: RegistrationsRequest) -> Tap:
    """Return the tap that shows the list."""
    return Tap.to("rg", request.page, _KINDS.index(request.kind) if request.kind else None, *arguments(request))


def request_of(tap: Tap) -> RegistrationsRequest:
    """Return the request that a tap carries; what cannot be read asks for nothing."""
    kind = tap.number(1)
    return RegistrationsRequest(
        page=tap.number(0) or 0,
        kind=_KINDS[kind] if kind is not None and kind < len(_KINDS) else None,
        **read_arguments(tap, 2),
    )


def _row(voice: Voice, page: RegistrationsPage, event: Event, place: int) -> Html:
    zone = ZoneInfo(event.time_zone)
    facts = [dates.short_when(voice, event.begins, all_day=event.all_day, zone=zone, today=page.today)]
    city = page.cities.get(event.city or "")
    if city:
        facts.append(voice.text(city.name))
    elif event.format == "video":
        facts.append(voice.say("meetings.format.video"))
    return voice.say(
        "registrations.row",
        number=dates.number(voice, place),
        title=voice.noted(event.title),
        facts=Html(" · ".join(facts)),
        closing=_standing(voice, page, event, zone),
    )


def _standing(voice: Voice, page: RegistrationsPage, event: Event, zone: ZoneInfo) -> Html:
    """Say from when or until when one can register."""
    opens, closes = event.registration_opens, event.registration_closes
    if page.standing == "later" and opens is not None:
        return _told(voice, page, "registrations.opens", opens, zone)
    if page.standing == "closed" and closes is not None:
        return _told(voice, page, "registrations.closed_on", closes, zone, over=True)
    return _closing(voice, page, event, zone)


def _told(voice: Voice, page: RegistrationsPage, key: str, at: datetime, zone: ZoneInfo, *, over: bool = False) -> Html:
    """Say a sentence with a moment: a midnight at the venue is a whole day there; ``over``: the day that it ends."""
    whole_day = at.astimezone(zone).time() == time(0)
    day = last_day(at, all_day=whole_day and over, zone=calendar(zone, voice.zone, all_day=whole_day))
    if whole_day:
        told = dates.short_day(voice, day, page.today)
    else:
        told = dates.short_when(voice, at, all_day=False, zone=zone, today=page.today)
    near = min(day, page.today) if over else max(day, page.today)
    return voice.say(key, day=told, distance=dates.distance(voice, near, page.today))


def _closing(voice: Voice, page: RegistrationsPage, event: Event, zone: ZoneInfo) -> Html:
    """Say until when, and where: a link, or the coordination."""
    closes = event.registration_closes
    if closes is None:
        until = voice.say("registrations.open")
    else:
        whole_day = closes.astimezone(zone).time() == time(0)
        day = last_day(closes, all_day=whole_day, zone=zone)
        told = dates.short_day(voice, day, page.today) if whole_day else dates.instant(voice, closes.astimezone(zone))
        distance = dates.distance(voice, max(day, page.today), page.today)
        until = voice.say("registrations.until", day=told, distance=distance)
    if event.code in page.forms:
        return until  # its button stands below
    if event.registration_link:
        address = Html(html.escape(event.registration_link))
        return voice.say("registrations.linked", until=until, address=address)
    return voice.say("registrations.ask", until=until)
