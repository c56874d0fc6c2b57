"""How open registrations are read: the list with their closing and link."""

from __future__ import annotations

import html
from dataclasses import replace
from datetime import time
from typing import get_args
from zoneinfo import ZoneInfo

from bot.answers.registrations import PAGE, RegistrationsPage, RegistrationsRequest
from bot.network.records import Event, EventKind
from bot.network.schedule import last_day
from bot.texts import dates
from bot.texts.layout import numbered, page_line, pager, paragraphs
from bot.texts.narrowed import arguments, narrowed_line, parts_of, read_arguments, take_away
from bot.texts.reply import Reply, Tap
from bot.texts.voice import Voice
from locales import Html

_KINDS: tuple[EventKind, ...] = get_args(EventKind)


def registrations_list(voice: Voice, page: RegistrationsPage) -> Reply:
    """Render a page of the meetings whose registration is open."""
    request = page.request
    kind = voice.say(f"meetings.kind.{request.kind}") if request.kind else None
    found = parts_of(voice, request, page.named, kind=kind)
    heading = voice.say("registrations.heading", narrowed=narrowed_line(found))
    away = take_away(found, lambda without: list_tap(replace(request, page=0, **without)))
    if not page.events:
        nothing = voice.say("registrations.none_such" if found else "registrations.none")
        return Reply(paragraphs(heading, nothing), away)
    first = request.page * PAGE + 1
    rows = [_row(voice, page, event, place) for place, event in enumerate(page.events, first)]
    cards = numbered(voice, (Tap.to("e", event.id) for event in page.events), first)
    turn = pager(voice, request.page, page.pages, lambda number: list_tap(replace(request, page=number)))
    text = paragraphs(heading, *rows, page_line(voice, request.page, page.pages))
    return Reply(text, tuple(row for row in (cards, turn, *away) if row))


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
        closing=_closing(voice, page, event, zone),
    )


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
    if event.registration_link:
        address = Html(html.escape(event.registration_link))
        return voice.say("registrations.linked", until=until, address=address)
    return voice.say("registrations.ask", until=until)
