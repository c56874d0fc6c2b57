"""What was accepted becomes a row of the network's tables: a piece of news, or a city's event.

From then on the row says what it says: lists, questions, the watch and the spreadsheets read it.  The contribution
keeps who gave it, and its file.  A row that a file of tables takes out is not brought back.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import regex

from bot.network.content import Content
from bot.network.languages import Language
from bot.network.records import Event, NewsItem
from bot.network.schedule import days_of
from bot.watch.contribution import NO_THEME, Contribution, Kind
from storage.database import Transaction
from storage.network import EVENTS, NEWS, ORGANISATIONS, forget_joined, note_joined
from storage.table import Table

Row = NewsItem | Event
TABLES: Mapping[Kind, Table[Any]] = {"news": NEWS, "event": EVENTS}
_FIELDS: Mapping[Kind, tuple[str, str]] = {"news": ("organisation", "body"), "event": ("city", "description")}
"""What a row calls its city and its text."""
_CODE = "given-"
_TITLE = 120
"""Clusters of a first line that may be a title; a longer one is the beginning of the text."""
_NOWHERE = "UTC"


async def publish(write: Transaction, number: int, one: Contribution, now: datetime) -> Contribution:
    """Write the row of the accepted contribution of that number, or change it; return it with its row's name.

    What a file of tables has added to the row since, such as its audience, stays.
    """
    old = await row_of(write, one)
    if one.step() is not None or (old is None and one.row is not None):
        return one
    assert one.kind is not None
    table = TABLES[one.kind]
    same = isinstance(old, table.record)
    if old is not None and not same:
        await _take_out(write, old)
    giver = await ORGANISATIONS.get(write, next(iter(one.credited), ""))
    place = await ORGANISATIONS.get(write, one.city or "") or giver
    zone = ZoneInfo(place.time_zone if place else _NOWHERE)
    fields = _said(one, old) | {_FIELDS[one.kind][0]: place.code if place else None}
    if one.kind == "event" and not (isinstance(old, Event) and days_of(old) == (one.first, one.last or one.first)):
        fields |= _days(one, zone)
    if old is not None and same:
        await table.put(write, old.model_copy(update=fields))
        return one
    code = await _free(write, table, number)
    if one.kind == "event":
        fields |= {"kind": "city_event", "format": "in_person", "organiser": giver.code if giver else None}
    else:
        fields["published"] = now.astimezone(zone).date()
    if old is not None:
        fields["audience"] = old.audience
    await table.put(write, table.record.model_validate({"code": code, **fields}))
    await note_joined(write, code, table.name)
    return one.model_copy(update={"row": f"{one.kind}:{code}"})


async def row_of(read: Transaction, one: Contribution) -> Row | None:
    """Return the row that it became; None if it became none, or if that was taken out."""
    kind, _, code = (one.row or "").partition(":")
    for name, table in TABLES.items():
        if name == kind:
            found: Row | None = await table.get(read, code)
            return found
    return None


def number_of(row: Row) -> int | None:
    """Return the number of the contribution that became this row, as far as its code tells it."""
    number = row.code.removeprefix(_CODE).partition("-")[0] if row.code.startswith(_CODE) else ""
    return int(number) if number.isdecimal() else None


def name_of(row: Row) -> str:
    """Return what ``Contribution.row`` says of this row."""
    return f"{'event' if isinstance(row, Event) else 'news'}:{row.code}"


async def as_it_stands(read: Transaction, one: Contribution) -> Contribution:
    """Return a contribution with what its row says now: the tables may have changed it."""
    row = await row_of(read, one)
    if row is None:
        return one
    body, themes = _body(row), row.themes
    stays = one.theme in themes or (not themes and one.theme == NO_THEME)
    told: dict[str, Any] = {
        "source": row.title.source,
        "texts": {code: _whole(title.text, body, code) for code, title in row.title.root.items()},
        "theme": one.theme if stays else next(iter(themes), NO_THEME),
        "link": row.link,
        "city": row.city if isinstance(row, Event) else row.organisation,
    }
    if isinstance(row, Event):
        told["first"], told["last"] = days_of(row)
    return one.model_copy(update=told)


def contents(one: Contribution) -> tuple[Content, Content | None]:
    """Return the first line and the rest of a contribution, in every language that it is written in."""
    parts = {code: _parted(text) for code, text in one.texts.items()}
    bodies: dict[Language, str] = {code: body for code, (_, body) in parts.items() if body}
    title = Content.of(one.source, **{code: title for code, (title, _) in parts.items()})
    if not bodies:
        return title, None
    return title, Content.of(one.source if one.source in bodies else next(iter(bodies)), **bodies)


def _parted(text: str) -> tuple[str, str]:
    first, _, rest = text.strip().partition("\n")
    clusters = regex.findall(r"\X", first)
    if len(clusters) <= _TITLE:
        return first, rest.strip()
    return "".join(clusters[: _TITLE - 1]).rstrip() + "…", text.strip()


def _whole(title: str, body: Content | None, language: Language) -> str:
    rest = body.root[language].text if body and language in body.root else ""
    if title.endswith("…") and rest.startswith(title[:-1]):
        return rest
    return f"{title}\n{rest}" if rest else title


def _body(row: Row) -> Content | None:
    return row.description if isinstance(row, Event) else row.body


def _said(one: Contribution, old: Row | None) -> dict[str, Any]:
    """Return what the row says in both tables; texts that are the same keep what their translations are worth."""
    title, body = contents(one)
    themes = one.themes
    if old is not None:
        title, body = _unless_same(old.title, title) or title, _unless_same(_body(old), body)
        themes = old.themes if set(one.themes) <= set(old.themes) and one.themes else one.themes
    link = one.link if one.link and one.link.startswith(("http://", "https://")) else None
    return {"title": title, _FIELDS[one.kind or "news"][1]: body, "themes": themes, "link": link}


def _unless_same(old: Content | None, new: Content | None) -> Content | None:
    return old if old is not None and new is not None and _texts(old) == _texts(new) else new


def _texts(content: Content) -> dict[Language, str]:
    return {code: version.text for code, version in content.root.items()}


def _days(one: Contribution, zone: ZoneInfo) -> dict[str, Any]:
    assert one.first is not None
    after = (one.last or one.first) + timedelta(days=1)
    return {
        "all_day": True, "time_zone": zone.key,
        "begins": datetime.combine(one.first, time(), zone), "ends": datetime.combine(after, time(), zone),
    }  # fmt: skip


async def _take_out(write: Transaction, old: Row) -> None:
    table = EVENTS if isinstance(old, Event) else NEWS
    await table.remove(write, old.code)
    await forget_joined(write, old.code, table.name)


async def _free(read: Transaction, table: Table[Any], number: int) -> str:
    """Return a code that the table has not: another network's tables may have brought some."""
    code, more = f"{_CODE}{number}", 1
    while await table.get(read, code) is not None:
        more += 1
        code = f"{_CODE}{number}-{more}"
    return code
