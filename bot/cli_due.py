"""``relais due``: what goes out by itself on which days, to how many, or to one person, on a terminal."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable
from datetime import date, datetime, time, timedelta
from typing import Annotated
from zoneinfo import ZoneInfo

import typer
from rich.console import Console
from rich.markup import escape
from rich.table import Table

from bot.clock import SystemClock
from bot.errors import RelaisError
from bot.network.languages import LANGUAGES, Language
from bot.network.recipients import Recipient
from bot.pushes.forecast import Forecasting
from bot.settings import Settings, load_settings
from bot.texts.forecast import Forecast, Line, Reminders
from bot.texts.schedule import reasons, what_line
from bot.texts.voice import Voice
from locales import Catalogues
from storage.database import open_database
from storage.migrate import migrate
from storage.network import PEOPLE

_USUAL = timedelta(days=30)
_LONGEST = timedelta(days=400)


def due_command(
    first: Annotated[str, typer.Option("--from", help="The first day, such as 2027-03-10; today if left out.")] = "",
    last: Annotated[str, typer.Option("--to", help="The last day; thirty days later if left out.")] = "",
    person: Annotated[str, typer.Option(help="A person's code in the tables: what goes out to them alone.")] = "",
    language: Annotated[str, typer.Option(help="fr, vi, km, lo or en: only what its readers get, in it.")] = "",
) -> None:
    """Print what goes out by itself, as far as it is known today; nothing is sent."""
    chosen = next((code for code in LANGUAGES if code == language), None)
    if language and chosen is None:
        raise RelaisError(f"Unknown language {language}: one of {', '.join(LANGUAGES)}.")
    settings, now = load_settings(), SystemClock().now()
    days = _days(first, last, now.astimezone(settings.zone).date())
    asyncio.run(_print(settings, now, days, person, chosen, Console()))


def _days(first: str, last: str, today: date) -> tuple[date, date]:
    begins = _day("--from", first) if first else today
    ends = _day("--to", last) if last else begins + _USUAL
    if begins < today:
        raise RelaisError(f"--from {begins} is over: what goes out can be told from today on, {today}.")
    if ends < begins:
        raise RelaisError(f"--to {ends} comes before --from {begins}.")
    if ends - today > _LONGEST:
        raise RelaisError(f"--to {ends} is too far off: at most {_LONGEST.days} days from today.")
    return begins, ends


def _day(option: str, text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise RelaisError(f"{option} {text} is no day: write it as 2027-03-10.") from None


async def _print(
    settings: Settings, now: datetime, days: tuple[date, date], person: str, language: Language | None, out: Console
) -> None:
    database = await open_database(settings.database)
    try:
        await migrate(database)
        forecasting = Forecasting(
            settings.timezone, settings.language, settings.channels, settings.reminders_a_week
        )  # fmt: skip
        one: Recipient | None = None
        if person:
            async with database.snapshot() as read:
                kept = await PEOPLE.get(read, person)
                one = await forecasting.person(read, kept.id) if kept else None
            if one is None:
                raise RelaisError(f"Nobody has the code {person} in the tables.")
        after = datetime.combine(days[1] + timedelta(days=1), time(), settings.zone) + timedelta(hours=14)
        forecast = await forecasting.forecast(database, now, after)
    finally:
        await database.close()
    catalogues, spoken = Catalogues.load(), language or (one.reader.language if one else settings.language)
    zone = ZoneInfo(one.reader.time_zone) if one else settings.zone
    voice = Voice(catalogues[spoken], spoken, zone)
    if one is not None:
        _person(out, voice, forecast, one, days)
    else:
        _network(out, voice, [line for line in forecast.lines if days[0] <= line.day <= days[1]], language)


def _network(out: Console, voice: Voice, every: Iterable[Line], language: Language | None) -> None:
    table = Table("day", "what", "people", "languages", box=None, pad_edge=False)
    last = None
    for line in every:
        if language and not line.languages[language]:
            continue
        told = ", ".join(
            f"{code} {line.languages[code]}"
            for code in ((language,) if language else LANGUAGES)
            if line.languages[code]
        )
        number = line.languages[language] if language else line.languages.total()
        what = Voice.plain(what_line(voice, line.what, line.told, state=True))
        table.add_row("" if line.day == last else f"{line.day:%a %Y-%m-%d}", escape(what), str(number), told)
        last = line.day
    _shown(out, table)


def _person(out: Console, voice: Voice, forecast: Forecast, one: Recipient, days: tuple[date, date]) -> None:
    table = Table("day", "hour", "what", box=None, pad_edge=False)
    going = forecast.of(one.reader.person or "")
    for found in going:
        at = found.at.astimezone(voice.zone)
        if days[0] <= at.date() <= days[1]:
            parts = found.what.told if isinstance(found.what, Reminders) else (None,)
            what = "\n".join(Voice.plain(what_line(voice, found.what, told, state=True)) for told in parts)
            table.add_row(f"{at:%a %Y-%m-%d}", f"{at:%H:%M}", escape(what))
    out.print(escape(f"{one.reader.name}, {one.reader.language}, {one.reader.time_zone}"))
    _shown(out, table)
    for key in reasons(forecast, one, going):
        out.print(escape(Voice.plain(voice.say(key))))


def _shown(out: Console, table: Table) -> None:
    if table.row_count:
        out.print(table)
    else:
        out.print("Nothing goes out by itself on these days.")
