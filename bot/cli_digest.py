"""``relais digest preview``: a month's watch as its readers will see it, on a terminal."""

from __future__ import annotations

import asyncio
from typing import Annotated

import typer
from rich.console import Console

from bot.clock import SystemClock
from bot.errors import RelaisError
from bot.network.languages import LANGUAGES, Language
from bot.settings import Settings, load_settings
from bot.texts.cut import shown_units, split
from bot.texts.issue import Told, issue_text
from bot.texts.voice import Voice
from bot.watch.composing import Composing, entries_of, month_of, names
from bot.watch.sharing import Sharing
from locales import Catalogues
from storage.database import open_database
from storage.migrate import migrate

digest = typer.Typer(help="The monthly watch.", no_args_is_help=True)


@digest.callback()
def _digest() -> None:
    """Keep ``preview`` a command of its own, though it is the only one."""


@digest.command("preview")
def preview_command(
    month: Annotated[str, typer.Option(help="Such as 2027-04; the issue that is made now if left out.")] = "",
    language: Annotated[str, typer.Option(help="fr, vi, km, lo or en.")] = "fr",
) -> None:
    """Print what goes to whoever gets most of it in a language; nothing is sent."""
    chosen = next((code for code in LANGUAGES if code == language), None)
    if chosen is None:
        raise RelaisError(f"Unknown language {language}: one of {', '.join(LANGUAGES)}.")
    if month and month_of(month) is None:
        raise RelaisError(f"Unknown month {month}: write it as 2027-04.")
    asyncio.run(_preview(load_settings(), month, chosen, Console()))


async def _preview(settings: Settings, month: str, language: Language, out: Console) -> None:
    database = await open_database(settings.database)
    try:
        await migrate(database)
        now = SystemClock().now()
        composing = Composing(settings.timezone, settings.language)
        sharing = Sharing(settings.timezone, settings.language, settings.channels)
        async with database.snapshot() as tx:
            one = await composing.look(tx, month_of(month) or await composing.current_month(tx, now))
            shares = await sharing.shares(tx, await entries_of(tx, one, now), one.content.pinned, now)
            called = await names(tx)
    finally:
        await database.close()
    mine = [share for share in shares.people if share.recipient.reader.language == language]
    fullest = max(mine, key=lambda share: len(share.entries), default=None)
    if fullest is None:
        out.print(f"Nobody who reads {language} would get the issue of {one.month:%Y-%m}.")
        return
    voice = Voice.of(Catalogues.load(), fullest.recipient.reader)
    text = issue_text(voice, Told("monthly", one.month, fullest.entries, called, one.content))
    out.print(Voice.plain(text), markup=False, highlight=False)
    parts = len(split(text))
    out.print(f"\n{one.state}; {len(mine)} readers of {language}; {shown_units(text)} characters in {parts} messages.")
