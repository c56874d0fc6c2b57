"""``relais ask``: what is understood of a question, and its answer, in a terminal; or of a file of questions."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import date, datetime, time
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Annotated

import typer

from bot.ask.batch import as_json, understood_lines
from bot.ask.intents import shipped_reader
from bot.ask.known import Known
from bot.clock import SystemClock
from bot.delivery.incoming import Incoming, User
from bot.errors import RelaisError
from bot.forms.filling import Filling
from bot.forms.library import Library
from bot.network.audiences import Reader
from bot.network.languages import Language
from bot.settings import Settings, load_settings
from bot.tables.importing import import_tables
from bot.texts.reply import Reply
from bot.texts.voice import Voice
from handlers.matters import Matters
from handlers.replies import Replies
from handlers.turn import Turn
from locales import Catalogues
from storage.database import Database, open_database
from storage.migrate import migrate
from storage.network import ORGANISATIONS

_MORNING = time(9)


def ask_command(
    text: Annotated[str | None, typer.Argument(help="A question, as somebody would write it.")] = None,
    language: Annotated[Language, typer.Option(help="The reader's language.")] = "fr",
    today: Annotated[
        str | None, typer.Option(help="The day it is, such as 2027-03-10; the real one if left out.")
    ] = None,
    batch: Annotated[Path | None, typer.Option(help='A file of lines such as {"lang": "fr", "text": "…"}.')] = None,
) -> None:
    """Show what is understood of a question, and the answer; or write a JSON line for each line of a file."""
    if (text is None) == (batch is None):
        raise RelaisError("ask either TEXT or --batch FILE.")
    settings = load_settings()
    now = _now(settings, today)
    if batch is not None:
        asyncio.run(_understand_all(settings, _lines(batch), now))
    elif text is not None:
        asyncio.run(_answer(settings, text, language, now))


def _lines(batch: Path) -> list[str]:
    try:
        return batch.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise RelaisError(f"{batch} cannot be read: {error}") from None


async def _understand_all(settings: Settings, lines: list[str], now: datetime) -> None:
    async with _network(settings, now) as database, database.snapshot() as read:
        understanding = await Known(shipped_reader()).understanding(read)
    for line in understood_lines(understanding, lines, now.date()):
        typer.echo(line)


async def _answer(settings: Settings, text: str, language: Language, now: datetime) -> None:
    reader = _stranger(language, settings.timezone)
    async with _network(settings, now) as database, database.snapshot() as read:
        known, filling = Known(shipped_reader()), Filling(Library())
        found = (await known.understanding(read)).questions(text, language, now.date())[0]
        incoming = Incoming("terminal", 1, User(id=1), "text", 1, text=text)
        turn = Turn(read, now, reader, Voice.of(Catalogues.load(), reader), incoming)
        replies = Replies(known, filling, Matters(filling, None, {}))
        reply = (await replies.to(turn, found)).reply
    told = as_json(found)
    typer.echo(f"{told['intent']} {told['confidence']:.2f} {told['slots']}  (top: {', '.join(told['top'])})\n")
    typer.echo(_shown(reply))


def _shown(reply: Reply) -> str:
    rows = ["  ".join(f"[{button.label}]" for button in row) for row in reply.buttons]
    return "\n".join((Voice.plain(reply.text), "", *rows)).strip()


@asynccontextmanager
async def _network(settings: Settings, now: datetime) -> AsyncIterator[Database]:
    """Open the network's database, or the sample network where there is none yet; neither is changed."""
    with TemporaryDirectory() as folder:
        database = await _present(settings) or await _sample(Path(folder), settings, now.date())
        try:
            yield database
        finally:
            await database.close()


async def _present(settings: Settings) -> Database | None:
    if _is_missing(settings.database):
        return None
    database = await open_database(settings.database)
    await migrate(database)
    async with database.snapshot() as read:
        if await ORGANISATIONS.all(read):
            return database
    await database.close()
    return None


def _is_missing(url: str) -> bool:
    file = url.removeprefix("sqlite:///")
    return file != url and not Path(file).exists()


async def _sample(folder: Path, settings: Settings, today: date) -> Database:
    from bot.app import SAMPLE  # noqa: PLC0415  a database that is there needs neither Telegram nor the web

    database = await open_database(f"sqlite:///{folder / 'sample.db'}")
    await migrate(database)
    await import_tables(
        database, SAMPLE, files=folder, today=today, network_zone=settings.timezone, confirm=lambda _: True
    )
    return database


def _now(settings: Settings, today: str | None) -> datetime:
    """Return the morning of that day where the network is."""
    if today is None:
        return SystemClock().now().astimezone(settings.zone)
    try:
        return datetime.combine(date.fromisoformat(today), _MORNING, settings.zone)
    except ValueError:
        raise RelaisError(f"--today {today!r} is no day: expected 2027-03-10.") from None


def _stranger(language: Language, zone: str) -> Reader:
    """Return somebody of whom the network knows nothing: the answer is what everybody may see."""
    return Reader(
        account=0, channel="terminal", address=1, person=None, name="", role="stranger", organisation=None,
        country=None, groups=(), themes=(), dues_paid_until=None, language=language, language_chosen=True,
        time_zone=zone, digits="latin",
    )  # fmt: skip
