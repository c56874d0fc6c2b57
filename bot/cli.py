"""The command line: ``relais``."""

from __future__ import annotations

import asyncio
import sys
from collections.abc import Callable, Coroutine
from datetime import datetime, timedelta
from pathlib import Path
from typing import Annotated, Any, Literal, TypeVar, get_args

import typer
from rich.console import Console
from rich.markup import escape
from rich.table import Table

from bot.backup import back_up, restore
from bot.cli_announce import announce_command
from bot.cli_ask import ask_command
from bot.cli_bounce import bounce_command
from bot.cli_digest import digest
from bot.cli_due import due_command
from bot.clock import Clock, SimulatedClock, SystemClock
from bot.doctor import catalogues_check, database_check, examine
from bot.errors import RelaisError, SettingsError
from bot.logs import set_up_logs
from bot.members.invitations import invite
from bot.network.audiences import Role
from bot.settings import Settings, load_settings
from bot.tables.changes import Changes
from bot.tables.exporting import export_tables
from bot.tables.importing import import_tables
from storage import held
from storage.database import Database, open_database
from storage.migrate import migrate

app = typer.Typer(
    help="Relais, the secretariat of a network of cities, in a chat.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)
_out, _err = Console(), Console(stderr=True)
T = TypeVar("T")
InvitedRole = Literal["coordinator", "focal-point", "member", "guest", "partner"]


def main() -> None:
    """Run a command; what was set or asked wrongly becomes one line, not a traceback."""
    try:
        app()
    except RelaisError as error:
        _err.print(f"[red]relais:[/red] {escape(str(error))}", soft_wrap=True)
        raise SystemExit(1) from None


@app.command("run")
def run_command(
    start: Annotated[
        str | None, typer.Option("--from", help="Start a simulated clock there, such as 2027-03-10T08:00+07:00.")
    ] = None,
) -> None:
    """Start the assistant: in the browser on a sample network, or on Telegram with RELAIS_TOKEN."""
    from bot.app import serve  # noqa: PLC0415  the other commands need neither Telegram nor the web

    settings = load_settings()
    clock = _clock(settings, start)
    set_up_logs(settings.log_level)
    if sys.platform == "win32":
        asyncio.run(serve(settings, clock, say=_say))
    else:
        import uvloop  # noqa: PLC0415  there is none on Windows

        uvloop.run(serve(settings, clock, say=_say))


@app.command("import")
def import_command(
    path: Annotated[Path, typer.Argument(help="A folder of CSV files, or one .xlsx.")],
    yes: Annotated[bool, typer.Option("--yes", help="Do not ask before changing anything.")] = False,
) -> None:
    """Read a network's tables, show what would change, and change it."""
    settings = load_settings()

    def confirm(changes: Changes) -> bool:
        for line in changes.lines():
            _out.print(escape(line), soft_wrap=True)
        return yes or typer.confirm("Change the network so?")

    async def work(database: Database) -> Changes:
        today = SystemClock().now().astimezone(settings.zone).date()
        return await import_tables(
            database, path, files=settings.files, today=today, network_zone=settings.timezone, confirm=confirm
        )

    changes = _with_database(settings, work)
    if changes.empty:
        _out.print("Nothing to change: the network says what the tables say.")


@app.command("export")
def export_command(
    path: Annotated[Path, typer.Argument(help="A folder for CSV files, or a file ending in .xlsx.")],
    overwrite: Annotated[bool, typer.Option("--overwrite", help="Replace what is there.")] = False,
) -> None:
    """Write the network's tables as `relais import` reads them."""
    settings = load_settings()
    missing = _with_database(
        settings, lambda database: export_tables(database, path, settings.files, overwrite=overwrite)
    )
    _out.print(f"Written to {escape(str(path))}.")
    for file in missing:
        _err.print(f"[yellow]The file of a document is missing:[/yellow] {escape(file)}")


@app.command("invite")
def invite_command(
    role: Annotated[InvitedRole, typer.Option(help="What the invited person will be.")],
    organisation: Annotated[str | None, typer.Option(help="The organisation's code in the tables.")] = None,
    person: Annotated[str | None, typer.Option(help="The code of a person who is in the tables already.")] = None,
    days: Annotated[int, typer.Option(min=1, max=90, help="How long the invitation is valid.")] = 14,
) -> None:
    """Print a link that makes whoever opens it first a member of the network."""
    settings = load_settings()
    invited: Role = next(one for one in get_args(Role) if one == role.replace("-", "_"))

    async def work(database: Database) -> str:
        async with database.transaction() as tx:
            return await invite(tx, invited, organisation, person, SystemClock().now(), timedelta(days=days))

    code = _with_database(settings, work)
    _out.print(f"For one person, within {days} days:")
    for link in asyncio.run(_links(settings, code, person)):
        _out.print(escape(link), soft_wrap=True)


@app.command("doctor")
def doctor_command() -> None:
    """Check settings, database, languages and token, and say how to mend what is wrong."""
    settings = load_settings()
    checks = {
        "settings": lambda: _settings_check(settings),
        "database": database_check(settings.database),
        "languages": catalogues_check,
        "telegram": lambda: _token_check(settings),
        "e-mail": lambda: _email_check(settings),
    }
    findings = asyncio.run(examine(checks))
    table = Table(show_header=False, box=None)
    for finding in findings:
        mark = "[green]well[/green]" if finding.well else "[red]wrong[/red]"
        table.add_row(mark, finding.subject, escape(finding.says))
    _out.print(table)
    if not all(finding.well for finding in findings):
        raise SystemExit(1)


@app.command("backup")
def backup_command(
    path: Annotated[
        Path | None, typer.Argument(help="The file to write; a dated name in RELAIS_HOME if left out.")
    ] = None,
) -> None:
    """Write everything to one file, also while Relais is running."""
    settings = load_settings()
    target = path or settings.home / f"backup-{SystemClock().now().astimezone(settings.zone):%Y%m%d-%H%M%S}.tar.gz"
    size = back_up(settings.database, settings.home, target)
    _out.print(f"Written to {escape(str(target))} ({size / 1e6:.1f} MB).", soft_wrap=True)


@app.command("restore")
def restore_command(path: Annotated[Path, typer.Argument(help="A file that `relais backup` wrote.")]) -> None:
    """Lay a backup out in an empty place (RELAIS_HOME)."""
    settings = load_settings()
    restore(settings.database, settings.home, path)
    _out.print(f"Restored into {escape(str(settings.home))}.", soft_wrap=True)
    _out.print("What it still had to send may have been sent since: it is held until you say `relais release`.")


@app.command("hold")
def hold_command() -> None:
    """Hold what Relais starts by itself: before the first start on a database that was restored by other means."""

    async def work(database: Database) -> None:
        async with database.transaction() as tx:
            await held.hold(tx)

    _with_database(load_settings(), work)
    _out.print("Held until you say `relais release`.")


@app.command("release")
def release_command(
    drop: Annotated[bool, typer.Option("--drop", help="Cancel what waits instead of sending it.")] = False,
    yes: Annotated[bool, typer.Option("--yes", help="Do not ask.")] = False,
) -> None:
    """Send, or drop, what has been held since a backup was restored."""

    async def work(database: Database) -> str:
        async with database.snapshot() as read:
            if not await held.is_held(read):
                return "Nothing is held."
            waits = await held.waiting(read)
        what = f"{waits.messages} messages, {waits.campaigns} campaigns under way"
        if not (yes or typer.confirm(f"{'Drop' if drop else 'Send'} what waits ({what})?")):
            return "It is still held."
        async with database.transaction() as tx:
            await (held.drop(tx, SystemClock().now()) if drop else held.release(tx))
        return "Dropped." if drop else "They are sent from now on."

    _out.print(_with_database(load_settings(), work))


app.command("ask")(ask_command)
app.command("announce")(announce_command)
app.add_typer(digest, name="digest")
app.command("due")(due_command)
app.command("bounce")(bounce_command)


def _say(line: str) -> None:
    _out.print(line, soft_wrap=True)


def _clock(settings: Settings, start: str | None) -> Clock:
    """Return the clock to run on: without a token always one that the page can move forward."""
    now = SystemClock().now()
    if start is None:
        return SystemClock() if settings.on_telegram else SimulatedClock(now)
    if not settings.may_simulate:
        raise SettingsError("--from simulates time: unset RELAIS_TOKEN, or set RELAIS_API_URL to a loopback address.")
    try:
        moment = datetime.fromisoformat(start)
    except ValueError:
        raise SettingsError(f"--from {start!r} is no instant: expected 2027-03-10T08:00+07:00.") from None
    return SimulatedClock(moment if moment.tzinfo else moment.replace(tzinfo=settings.zone))


def _with_database(settings: Settings, work: Callable[[Database], Coroutine[Any, Any, T]]) -> T:
    """Open the database, bring it up to date, do the work and close it."""

    async def inside() -> T:
        database = await open_database(settings.database)
        try:
            await migrate(database)
            return await work(database)
        finally:
            await database.close()

    return asyncio.run(inside())


async def _settings_check(settings: Settings) -> str:
    where = "Telegram" if settings.on_telegram else f"http://{settings.web_host}:{settings.web_port}"
    return f"{where}, home {settings.home.resolve()}, {settings.timezone}, {settings.language}"


async def _token_check(settings: Settings) -> str:
    from bot.app import bot_name  # noqa: PLC0415

    if settings.token is None:
        return "no token: the chat is in the browser (README.md says how to go to Telegram)"
    return f"@{await bot_name(settings)}"


async def _email_check(settings: Settings) -> str:
    from bot.app_email import mail_server  # noqa: PLC0415

    if settings.smtp_host is None:
        return "no mail server: nobody is written to by e-mail (docs/howto/email.md says how)"
    async with mail_server(settings) as server:
        outcome = await server.try_out()
    if outcome.kind != "sent":
        raise RelaisError(f"{settings.smtp_host} does not let Relais in ({outcome.reason}): see docs/howto/email.md.")
    return f"{settings.smtp_host} takes letters from {settings.smtp_from}"


async def _links(settings: Settings, code: str, person: str | None) -> list[str]:
    """Return how the invited person comes in: on Telegram, in the browser, or in the sample network."""
    from bot.app import bot_name  # noqa: PLC0415
    from bot.links import page_link  # noqa: PLC0415

    if settings.token is None:
        return [f"In the browser, as the visitor: /start {code}"]
    links = [f"https://t.me/{await bot_name(settings)}?start={code}"]
    if person is not None and settings.web_url is not None:
        links.append(await page_link(settings, person, SystemClock().now()))
    return links


if __name__ == "__main__":
    main()
