"""How meetings are read: the list, what it can be narrowed by, and the card of one."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, time
from typing import Literal
from zoneinfo import ZoneInfo

from bot.answers.deadlines import last_day_of
from bot.answers.meetings import PAGE, MeetingCard, MeetingChoices, MeetingsPage, MeetingsRequest
from bot.network.audiences import EVERYONE
from bot.network.content import Content
from bot.network.records import Deadline, Document, Event
from bot.network.schedule import calendar, last_day
from bot.texts import dates
from bot.texts.form_button import form_button
from bot.texts.given import Credit, credit_line, file_row
from bot.texts.layout import in_rows, labelled, lines, numbered, page_line, pager, paragraphs
from bot.texts.meeting_requests import arguments
from bot.texts.narrowed import Part, end_of_month, narrowed_line, parts, take_away
from bot.texts.reply import Button, Listing, Reply, Rows, Tap
from bot.texts.voice import Voice
from locales import Html, escape

Fact = Literal["when", "where", "who", "registration"]
Narrowing = Literal["t", "c", "m"]
"""What a list is narrowed by: theme, country, month."""
MOST_PARTS = 8
"""Parts and documents of an event that get a button."""


def meetings_list(voice: Voice, page: MeetingsPage, now: datetime) -> Reply:
    """Render a page of meetings."""
    request = page.request
    today = now.astimezone(voice.zone).date()
    title = voice.say("meetings.past" if request.past else "meetings.next")
    heading = voice.say("meetings.heading", title=title, narrowed=narrowed_line(_parts(voice, page)))
    if not page.events:
        nothing = paragraphs(heading, voice.say("meetings.none"))
        return Reply(nothing, _list_buttons(voice, page, ()), listing=Listing(_list_tap(request)))
    first = page.request.page * PAGE + 1
    rows = [_row(voice, page, event, place, today) for place, event in enumerate(page.events, first)]
    taps = tuple(Tap.to("e", event.id, *arguments(request)) for event in page.events)
    buttons = numbered(voice, taps, first)
    return Reply(
        paragraphs(heading, *rows, page_line(voice, request.page, page.pages)),
        _list_buttons(voice, page, buttons),
        listing=Listing.of(_list_tap(request), "event", (event.id for event in page.events), first, page.total),
    )


def narrowing(voice: Voice, by: Narrowing, found: MeetingChoices, request: MeetingsRequest) -> Reply:
    """Render what the list can be narrowed by; each choice leads back to the list."""
    fresh = replace(request, page=0)
    choices: list[tuple[str, MeetingsRequest]]
    if by == "t":
        everything = replace(fresh, theme=None)
        choices = [(voice.title(theme.name, 28), replace(fresh, theme=theme.id)) for theme in found.themes]
    elif by == "c":
        everything = replace(fresh, country=None, city=None)
        choices = [(voice.country(code), replace(fresh, country=code, city=None)) for code in found.countries]
    else:
        everything = replace(fresh, first=None, last=None)
        choices = [
            (dates.short_month(voice, month), replace(fresh, first=month, last=end_of_month(month)))
            for month in found.months
        ]
    buttons = [Button(label, Tap.to("m", *arguments(wanted))) for label, wanted in choices]
    every = Button(voice.label(f"meetings.every_{by}"), Tap.to("m", *arguments(everything)))
    back = Button(voice.label("common.back"), Tap.to("m", *arguments(request)))
    return Reply(voice.say(f"meetings.narrow_{by}"), (*in_rows(buttons, 2), (every,), (back,)))


def meeting_card(
    voice: Voice, card: MeetingCard, now: datetime, back: MeetingsRequest, credit: Credit | None = None
) -> Reply:
    """Render one meeting with all that belongs to it; ``credit`` says which cities gave it."""
    event = card.event
    title = voice.say("meetings.title", title=voice.noted(event.title))
    kind = voice.say(f"meetings.kind.{event.kind}")
    state = voice.say(f"meetings.status.{event.status}") if event.status != "confirmed" else None
    by = credit_line(voice, credit.cities) if credit and credit.cities else None
    facts = lines(
        fact(voice, card, now, "when"),
        fact(voice, card, now, "where"),
        fact(voice, card, now, "who"),
        labelled(voice, "meetings.themes", voice.joined(voice.text(theme.name) for theme in card.themes))
        if card.themes
        else None,
        labelled(voice, "meetings.part_of", voice.noted(card.larger.title)) if card.larger else None,
        fact(voice, card, now, "registration"),
    )
    return Reply(
        paragraphs(
            lines(title, Html(f"<i>{' · '.join(part for part in (kind, by, state) if part)}</i>")),
            facts,
            _deadlines(voice, card, now),
            voice.noted(event.description) if event.description else None,
            _programme(voice, event.programme) if event.programme else None,
        ),
        _card_buttons(voice, card, now, back, credit),
    )


def fact(voice: Voice, card: MeetingCard, now: datetime, name: Fact) -> Html | None:
    """Return the line of a meeting's card that tells when or where it is, for whom, or how its registration stands."""
    event = card.event
    zone = ZoneInfo(event.time_zone)
    if name == "when":
        told = dates.when(voice, event.begins, event.ends, all_day=event.all_day, zone=zone)
        return lines(labelled(voice, "meetings.when", told), _away(voice, card, now))
    if name == "where":
        return labelled(voice, "meetings.where", _where(voice, card))
    if name == "registration":
        return _registration(voice, card, zone, now)
    if (event.kind, event.audience) == ("city_event", EVERYONE):  # who may see it; a city says whom it invites
        return None
    return labelled(voice, "meetings.who", voice.say(f"audience.{event.audience.split(':')[0]}"))


def document_button(voice: Voice, document: Document) -> Button:
    """Return the button that opens or sends a document."""
    label = voice.label("documents.button", title=voice.title(document.title, 34))
    return Button(label, url=document.link) if document.link else Button(label, Tap.to("doc", document.id))


def _row(voice: Voice, page: MeetingsPage, event: Event, place: int, today: date) -> Html:
    zone = ZoneInfo(event.time_zone)
    when = dates.short_when(voice, event.begins, all_day=event.all_day, zone=zone, today=today)
    city = page.cities.get(event.city or "")
    if city:
        where: str = voice.text(city.name)
    elif event.country:
        where = voice.country(event.country)
    else:
        where = voice.say("meetings.format.video") if event.format == "video" else Html("")
    facts = [when, escape(where)] if where else [when]
    if event.kind == "city_event":
        facts.append(voice.say("meetings.kind.city_event"))
    if event.status in ("cancelled", "moved"):
        facts.append(voice.say(f"meetings.status.{event.status}"))
    return voice.say(
        "meetings.row", number=dates.number(voice, place), title=voice.noted(event.title), facts=Html(" · ".join(facts))
    )


def _parts(voice: Voice, page: MeetingsPage) -> tuple[Part, ...]:
    request = page.request
    only = (Part(("only",), voice.say(f"meetings.only.{request.only}")),) if request.only else ()
    found = parts(
        voice,
        kind=voice.say(f"meetings.kind.{request.kind}") if request.kind else None,
        theme=page.theme,
        city=page.city,
        country=request.country,
        first=request.first,
        last=request.last,
    )
    return (*found, *only)


def _list_buttons(voice: Voice, page: MeetingsPage, cards: tuple[Button, ...]) -> Rows:
    request = page.request
    turn = pager(voice, request.page, page.pages, lambda number: _list_tap(replace(request, page=number)))
    by = tuple(
        Button(voice.label(f"meetings.by_{what}"), Tap.to("mf", what, *arguments(request))) for what in ("t", "c", "m")
    )
    found = _parts(voice, page)
    away = take_away(found, lambda without: _list_tap(replace(request, page=0, **without)))
    other = replace(request, past=not request.past, page=0)
    last = [Button(voice.label("meetings.show_next" if request.past else "meetings.show_past"), _list_tap(other))]
    if len(found) > 1:
        last.append(Button(voice.label("meetings.show_all"), _list_tap(MeetingsRequest(past=request.past))))
    return tuple(row for row in (cards, turn, *away, by, tuple(last)) if row)


def _list_tap(request: MeetingsRequest) -> Tap:
    return Tap.to("m", *arguments(request))


def _where(voice: Voice, card: MeetingCard) -> Html:
    event = card.event
    parts: list[object] = []
    if event.place:
        place, city = voice.noted(event.place), voice.text(card.city.name) if card.city else ""
        before, comma, last = place.rpartition(", ")
        parts.append(Html(before) if comma and city.startswith(last) else place)  # the city follows
    if card.city:
        parts.append(voice.text(card.city.name))
    country = card.city.country if card.city else event.country
    if country:
        parts.append(voice.country(country))
    if event.format != "in_person":
        parts.append(voice.say(f"meetings.format.{event.format}"))
    return voice.joined(parts) if parts else voice.say("meetings.where_unknown")


def _away(voice: Voice, card: MeetingCard, now: datetime) -> Html | None:
    """How far away it is, seen from the reader's day; nothing where nobody need come."""
    event = card.event
    if card.past or event.status == "cancelled":
        return None
    zone = calendar(ZoneInfo(event.time_zone), voice.zone, all_day=event.all_day)
    begins, today = event.begins.astimezone(zone).date(), now.astimezone(voice.zone).date()
    if event.begins <= now and (begins < today or not event.all_day):
        return voice.say("meetings.under_way")
    return dates.distance(voice, begins, today)


def _registration(voice: Voice, card: MeetingCard, zone: ZoneInfo, now: datetime) -> Html | None:
    event = card.event
    opens, closes = event.registration_opens, event.registration_closes
    if card.past or event.status == "cancelled" or (opens is None and closes is None):
        return None
    today = now.astimezone(voice.zone).date()
    if opens is not None and now < opens:
        day = opens.astimezone(zone).date()
        text = voice.say("meetings.opens", day=dates.day(voice, day), distance=dates.distance(voice, day, today))
    elif closes is not None and now >= closes:
        text = voice.say("meetings.closed", day=dates.day(voice, last_day(closes, all_day=True, zone=zone)))
    elif closes is not None:
        whole_day = closes.astimezone(zone).time() == time(0)
        day = last_day(closes, all_day=whole_day, zone=zone)
        told = dates.day(voice, day) if whole_day else dates.instant(voice, closes.astimezone(zone))
        distance = dates.distance(voice, max(day, today), today)
        text = voice.say("meetings.open_until", day=told, distance=distance)
    else:
        text = voice.say("meetings.open")
    return labelled(voice, "meetings.registration", text)


def _deadlines(voice: Voice, card: MeetingCard, now: datetime) -> Html | None:
    """What is due for the meeting; the end of registration stands among the facts already."""
    told = card.event.registration_closes is not None
    rows = [_deadline(voice, one, now) for one in card.deadlines if not (told and one.kind == "registration")]
    return lines(voice.say("meetings.deadlines"), *rows) if rows else None


def _deadline(voice: Voice, one: Deadline, now: datetime) -> Html:
    day, today = last_day_of(one, voice.zone), now.astimezone(voice.zone).date()
    return voice.say(
        "meetings.deadline",
        title=voice.noted(one.title),
        day=dates.day(voice, day),
        distance=dates.distance(voice, max(day, today), today),
    )


def _programme(voice: Voice, programme: Content) -> Html:
    return lines(voice.say("meetings.programme"), Html(f"<blockquote>{voice.noted(programme)}</blockquote>"))


def _card_buttons(voice: Voice, card: MeetingCard, now: datetime, back: MeetingsRequest, credit: Credit | None) -> Rows:
    event = card.event
    rows: list[tuple[Button, ...]] = []
    closed = event.registration_closes is not None and now >= event.registration_closes
    early = event.registration_opens is not None and now < event.registration_opens
    open_now = not closed and not early and not card.past and event.status != "cancelled"
    if card.forms and open_now:
        rows.extend((form_button(voice, one),) for one in card.forms)
    elif event.registration_link and open_now:
        rows.append((Button(voice.label("meetings.register"), url=event.registration_link),))
    if event.link:
        joins = event.format != "in_person" and not card.past and event.status != "cancelled"
        rows.append((Button(voice.label("meetings.join" if joins else "meetings.page"), url=event.link),))
    rows.extend(file_row(voice, credit))
    rows.extend((document_button(voice, one),) for one in card.documents[:MOST_PARTS])
    related = ((card.larger,) if card.larger else ()) + card.parts[:MOST_PARTS]
    rows.extend((_open_card(voice, one, back),) for one in related)
    rows.append((Button(voice.label("common.back"), Tap.to("m", *arguments(back))),))
    return tuple(rows)


def _open_card(voice: Voice, event: Event, back: MeetingsRequest) -> Button:
    label = voice.label("meetings.open_card", title=voice.title(event.title, 34))
    return Button(label, Tap.to("e", event.id, *arguments(back)))
