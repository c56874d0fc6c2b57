"""A meeting as a file for one's own calendar (RFC 5545)."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

from icalendar import Calendar
from icalendar import Event as Entry

from bot.network.records import Event
from bot.network.schedule import last_day
from bot.texts.voice import Voice


def event_calendar(voice: Voice, event: Event, now: datetime) -> bytes:
    """Return the event as iCalendar, its texts in the reader's language; instants in UTC, whole days as the venue's."""
    zone = ZoneInfo(event.time_zone)
    entry = Entry()
    entry.add("uid", f"{event.code}@relais")
    entry.add("dtstamp", now)
    entry.add("summary", event.title.read(voice.language).text)
    if event.all_day:
        entry.add("dtstart", event.begins.astimezone(zone).date())
        entry.add("dtend", last_day(event.ends, all_day=False, zone=zone))
    else:
        entry.add("dtstart", event.begins)
        entry.add("dtend", event.ends)
    if event.place:
        entry.add("location", event.place.read(voice.language).text)
    if event.link:
        entry.add("url", event.link)
    if event.description:
        entry.add("description", event.description.read(voice.language).text)
    entry.add("status", "CANCELLED" if event.status == "cancelled" else "CONFIRMED")
    calendar = Calendar()
    calendar.add("prodid", "-//Relais//")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add_component(entry)
    return bytes(calendar.to_ical())
