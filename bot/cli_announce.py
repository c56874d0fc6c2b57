"""``relais announce``: the same announcement as in the chat, from a terminal."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn
from rich.table import Table

from bot.announcements.audience import KINDS, Audience, read
from bot.announcements.composing import Composing
from bot.announcements.content import Content, Reach
from bot.announcements.figures import standing
from bot.clock import SystemClock
from bot.errors import RelaisError
from bot.network.languages import LANGUAGES, Language
from bot.settings import Settings, load_settings
from storage import announcements, audit, campaigns
from storage.database import Database, open_database
from storage.migrate import migrate

_LOOK = 0.5
"""Seconds between two looks at how far it has come."""
_PATIENCE = 15.0
"""Seconds after which an announcement that nobody has taken up is left to the next start of Relais."""


def announce_command(
    file: Annotated[
        list[Path], typer.Option(help="A text, named by its language: programme.fr.txt; the source first.")
    ],
    audience: Annotated[
        str, typer.Option(help='Whom it is for: "everybody", or "country:VN role:focal_point -organisation:hue".')
    ] = "everybody",
    waive: Annotated[list[str] | None, typer.Option(help="A language that gets the source with a note.")] = None,
    urgent: Annotated[bool, typer.Option("--urgent", help="Send in people's quiet hours too.")] = False,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Show whom it would reach; send nothing.")] = False,
) -> None:
    """Announce something to the network, each in their language; Relais itself must be running to send it."""
    texts = {_language(path.name.split(".")[-2] if path.name.count(".") > 1 else ""): _text(path) for path in file}
    waived = tuple(_language(code) for code in waive or ())
    content = Content(source=next(iter(texts)), texts=texts, waived=waived, audience=_audience(audience), urgent=urgent)
    asyncio.run(_announce(load_settings(), content, dry_run, Console()))


async def _announce(settings: Settings, content: Content, dry_run: bool, out: Console) -> None:
    database = await open_database(settings.database)
    try:
        await migrate(database)
        now = SystemClock().now()
        composing = Composing(settings.timezone, settings.language, settings.channels, settings.approve_above)
        async with database.snapshot() as tx:
            found = await composing.reach(tx, content, now)
        _show(out, found, composing)
        missing = content.missing(found.languages)
        if missing:
            named = ", ".join(missing)
            raise RelaisError(f"No text in: {named}. Add --file NAME.{missing[0]}.txt, or --waive {missing[0]}.")
        if dry_run or not found.people:
            out.print("Nothing was sent.")
            return
        if len(found.people) > settings.approve_above:
            raise RelaisError(
                f"{len(found.people)} people are more than RELAIS_APPROVE_ABOVE: announce it in the chat,"
                " where a second coordinator approves it."
            )
        async with database.transaction() as tx:
            number = await announcements.add(tx, None, content.model_dump_json(), "scheduled", now)
            await announcements.send_off(tx, number, now, None)
            detail = f"{len(found.people)} people"
            await audit.note(tx, 0, "relais announce", "send", f"announcement:{number}:1", now, detail)
        await _follow(database, number, out)
    finally:
        await database.close()


def _show(out: Console, found: Reach, composing: Composing) -> None:
    table = Table("", "people", title=f"{len(found.people)} people")
    for title, counts in (
        ("language", found.languages),
        ("channel", found.channels(composing.served)),
        ("country", found.countries),
    ):
        for name, number in counts.most_common():
            table.add_row(f"{title} {name or '-'}", str(number))
    for why in sorted({why for _, why in found.unreached}):
        number = sum(reason == why for _, reason in found.unreached)
        table.add_row(f"[red]not reached: {why}[/red]", str(number))
    out.print(table)


async def _follow(database: Database, number: int, out: Console) -> None:
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    waited = 0.0
    with Progress(*columns, console=out) as bar:
        task = bar.add_task("sending", total=None)
        while True:
            async with database.snapshot() as tx:
                one = await announcements.get(tx, number)
                found = standing(await campaigns.progress(tx, one.campaign)) if one and one.campaign else None
            if found is not None:
                whole = sum(found.values())
                bar.update(task, total=whole or None, completed=whole - found["remaining"])
            if one is None or one.state == "sent":
                break
            waited = waited + _LOOK if found is None else 0.0
            if waited > _PATIENCE:
                out.print("Relais is not running on this database: it will be sent when Relais starts.")
                return
            await asyncio.sleep(_LOOK)
    for state, count in sorted((found or {}).items()):
        out.print(f"{state}: {count}")


def _language(code: str) -> Language:
    known = next((language for language in LANGUAGES if language == code), None)
    if known is None:
        raise RelaisError(f"{code!r} is no language of Relais: name a file such as programme.fr.txt ({_joined()}).")
    return known


def _joined() -> str:
    return ", ".join(LANGUAGES)


def _text(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8").strip()
    except (OSError, UnicodeDecodeError) as error:
        raise RelaisError(f"{path} cannot be read as text: {error}") from None


def _audience(text: str) -> Audience:
    try:
        return read(text)
    except ValueError as error:
        raise RelaisError(
            f"{error} is no audience: write KIND:VALUE, where KIND is one of {', '.join(KINDS)}."
        ) from None
