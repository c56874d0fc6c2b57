"""The composition root: builds everything once, runs it together, and closes it in the end."""

from __future__ import annotations

import asyncio
import contextlib
import hashlib
import socket
from collections.abc import AsyncIterator, Callable, Collection, Sequence
from functools import partial
from pathlib import Path

from telegram.error import TelegramError
from telegram.request import BaseRequest

from bot.announcements.composing import Composing
from bot.app_email import bounce_hook, email_channel
from bot.app_watch import issues_of, nudging, watching
from bot.clock import Clock, SimulatedClock
from bot.delivery.broadcast import Broadcast
from bot.delivery.calls import CALLS, Call
from bot.delivery.dispatcher import Dispatcher
from bot.delivery.errands import Errands, Owed
from bot.delivery.fetching import fetcher
from bot.delivery.http import HttpRequest
from bot.delivery.inbox import Inbox
from bot.delivery.made import Made
from bot.delivery.outcome import Api
from bot.delivery.pace import Counted, Limits, Pace
from bot.delivery.personal import Personal
from bot.delivery.polling import Poller
from bot.delivery.telegram import TelegramApi, outcome_of
from bot.errors import RelaisError, SettingsError, StorageError
from bot.forms.filling import Filling
from bot.forms.library import Library
from bot.links import personal_link, signing_secret
from bot.members.identify import Identify
from bot.pushes.announcing import Announcing
from bot.pushes.forecast import Forecasting
from bot.pushes.looks import Looks
from bot.pushes.progress import Progress
from bot.pushes.reminding import Reminding
from bot.pushes.rounds import Rounds
from bot.running import Job, run
from bot.settings import Settings
from bot.tables.importing import import_tables
from handlers.again import Again
from handlers.arrivals import arrival_code
from handlers.conversations import conversations
from handlers.desk import Desk
from handlers.duties import Sharing
from handlers.errands import doers
from handlers.form_news import FormNews
from handlers.menu import profile_calls
from handlers.schedule import Schedule
from locales import Catalogues
from storage.database import Database, open_database
from storage.held import is_held
from storage.migrate import migrate
from storage.network import ORGANISATIONS, fact, set_fact
from storage.outbox import is_busy
from storage.submissions import Submission
from web.channel import CHANNEL as WEB
from web.channel import WebChannel
from web.request import WebRequest
from web.server import Server, listen, server
from web.site import build_site

TELEGRAM = "telegram"
SAMPLE = Path(__file__).resolve().parent.parent / "examples" / "rvase"
_PROFILE = "profile"
_BOT_NAME = "bot_name"
_LOOK, _EDIT = 1.0, 3.0
"""Seconds between two looks for announcements whose time has come, and between two edits of their progress."""
_SWEEP = 3_600.0
"""Seconds between two looks for made files that nobody needs any more."""
_TRIES, _GLANCE = 50, 0.02
"""How often it is looked whether what a round of a sample queued is sent, and the seconds in between."""
Say = Callable[[str], object]


async def serve(settings: Settings, clock: Clock, say: Say) -> None:
    """Run the assistant until SIGINT or SIGTERM; ``say`` tells whoever started it what to do next.

    Raises SettingsError or StorageError, before anything connects, for what is set wrongly; SettingsError later if
    Telegram refuses the token.
    """
    async with contextlib.AsyncExitStack() as stack:
        database = await stack.enter_async_context(ready_database(settings, clock))
        catalogues = Catalogues.load()
        identify = Identify(settings.timezone, settings.language)
        made, filling = Made(settings.home / "made"), Filling(Library())
        secret = await signing_secret(database)
        owed, again = Owed(), Again(identify, catalogues)
        apis: dict[str, Api] = {}
        served, paces = apis.keys(), dict[str, Pace]()
        composing = Composing(settings.timezone, settings.language, served, settings.approve_above)
        personal, link = Personal(served, settings.timezone, settings.language), personal_link(settings, clock, secret)
        sharing = Sharing(again, personal, settings.reminders_a_week)
        issues = issues_of(settings, clock, secret, served)
        schedule = _schedule(settings, served, owed, again)
        every = conversations(
            catalogues, identify, settings.files, link, made, filling, owed, composing, issues, sharing, schedule
        )
        desk = Desk(every, identify, catalogues, clock)
        answering: dict[str, Api] = {}
        inbox = Inbox(database, desk, clock, answering)
        dispatcher = Dispatcher(database, apis, clock, paces=paces)
        fetch, broadcast = fetcher(apis), Broadcast(database, served)
        badge = partial(_badge_link, settings, database)
        doing = doers(database, clock, filling, identify, again, made, badge, fetch, answering, schedule, issues)
        errands = Errands(database, clock, owed, doing, dispatcher.wake)
        due = {
            "forms": FormNews(filling, identify, again).round,
            "reminders": Reminding(personal, catalogues, settings.reminders_a_week).round,
            "issues": nudging(personal, issues, catalogues),
        }
        rounds = Rounds(database, clock, due, dispatcher.wake)
        announcing = Announcing(database, clock, composing, broadcast, catalogues, made, settings.files, fetch)
        looks = (
            Looks("announcements", announcing.go, _LOOK),
            Looks("progress", Progress(database, clock, apis, identify, catalogues).go, _EDIT),
            watching(database, clock, issues, broadcast, catalogues),
        )
        sweep = Looks("made files", made.sweep, _SWEEP)
        jobs: list[Job] = [inbox.run, dispatcher.run, errands.run, rounds.run, sweep.run, *(one.run for one in looks)]
        endless: list[Job] = []
        stops: list[Callable[[], object]] = [
            inbox.stop, dispatcher.stop, errands.stop, rounds.stop, sweep.stop, *(one.stop for one in looks),
        ]  # fmt: skip
        if settings.token is not None:
            request = await stack.enter_async_context(HttpRequest(proxy=settings.proxy_address))
            endless.append(_telegram(settings, request, inbox, apis, answering, paces))
        if settings.serves_web:
            channel = WebChannel(database, clock, identify, catalogues, settings.home / "web-files")
            apis[WEB] = answering[WEB] = TelegramApi(WebRequest(channel), "https://web.invalid", "0:web")
            site, listening = await _server(settings, channel, inbox, partial(_round, rounds, looks, channel), secret)
            stack.callback(listening.close)
            jobs.append(lambda: site.serve(sockets=[listening]))
            stops.append(lambda: setattr(site, "should_exit", True))
        profile = profile_calls(catalogues, settings.language)
        endless += [partial(_introduce, database, name, api, profile) for name, api in apis.items()]
        await stack.enter_async_context(email_channel(settings, database, catalogues, clock, secret, apis, paces))
        async with database.snapshot() as read:
            await desk.prepare(read)
        await _greet(settings, clock, database, say)
        await run(jobs, endless, stops)


def _schedule(settings: Settings, served: Collection[str], owed: Owed, again: Again) -> Schedule:
    return Schedule(Forecasting(settings.timezone, settings.language, served, settings.reminders_a_week), owed, again)


def _telegram(
    settings: Settings,
    request: BaseRequest,
    inbox: Inbox,
    apis: dict[str, Api],
    answering: dict[str, Api],
    paces: dict[str, Pace],
) -> Job:
    """Add Telegram to the channels; return what asks it for what came."""
    assert settings.token is not None
    telegram = TelegramApi(request, settings.api_url, settings.token.get_secret_value())
    paces[TELEGRAM] = Pace(Limits(overall=settings.telegram_rate))
    apis[TELEGRAM], answering[TELEGRAM] = telegram, Counted(telegram, paces[TELEGRAM])
    return Poller(telegram, inbox).run


@contextlib.asynccontextmanager
async def ready_database(settings: Settings, clock: Clock) -> AsyncIterator[Database]:
    """Open the database for this process alone, up to date, with the sample network on a first start without token."""
    database = await open_database(settings.database)
    try:
        if not await database.hold("running"):
            raise StorageError("Relais is running on this database already: stop it first, or set another RELAIS_HOME.")
        await migrate(database)
        async with database.snapshot() as read:
            empty = await ORGANISATIONS.is_empty(read)
        if empty and not settings.on_telegram:
            today = clock.now().astimezone(settings.zone).date()
            await import_tables(
                database,
                SAMPLE,
                files=settings.files,
                today=today,
                network_zone=settings.timezone,
                confirm=lambda _: True,
            )
        yield database
    finally:
        await database.close()


async def _badge_link(settings: Settings, database: Database) -> Callable[[Submission, int], str]:
    """Return what gives what a badge's code opens: the chat on Telegram, or the page."""
    async with database.snapshot() as read:
        name = await fact(read, _BOT_NAME)
    page = f"{settings.web_url or f'http://{settings.web_host}:{settings.web_port}'}/"
    opens = f"https://t.me/{name}" if settings.on_telegram and name else page
    return lambda one, person: f"{opens}?start={arrival_code(one, person)}"


async def bot_name(settings: Settings) -> str:
    """Return the bot's user name from Telegram; raises SettingsError if it does not answer to the token."""
    assert settings.token is not None
    async with HttpRequest(proxy=settings.proxy_address) as request:
        api = TelegramApi(request, settings.api_url, settings.token.get_secret_value())
        try:
            return str((await api.ask("getMe", {}))["username"])
        except TelegramError as error:
            if outcome_of(error).kind == "unauthorised":
                raise SettingsError("RELAIS_TOKEN: Telegram refuses it. Ask BotFather for it again (/token).") from None
            raise RelaisError(f"{settings.api_url} does not answer: check the network, then try again.") from None


async def _introduce(database: Database, name: str, api: Api, profile: tuple[Call, ...]) -> None:
    """Set the assistant's name, descriptions and menu, unless they are set already: Telegram counts these calls."""
    digest = hashlib.sha256(CALLS.dump_json(profile)).hexdigest()
    async with database.snapshot() as read:
        if await fact(read, f"{_PROFILE}:{name}") == digest:
            return
    for call in profile:
        if (await api.make(call)).kind != "sent":
            return  # at the next start
    known = await api.make(Call(method="getMe", parameters={}))
    if known.kind != "sent":
        return
    async with database.transaction() as tx:
        if name == TELEGRAM and "username" in known.result:
            await set_fact(tx, _BOT_NAME, str(known.result["username"]))
        await set_fact(tx, f"{_PROFILE}:{name}", digest)


async def _server(
    settings: Settings, channel: WebChannel, inbox: Inbox, after: Job, secret: str
) -> tuple[Server, socket.socket]:
    clock = channel.clock
    sample = clock if isinstance(clock, SimulatedClock) and not settings.on_telegram else None
    origins = (settings.web_url,) if settings.web_url else ()
    site = build_site(
        channel, inbox.receive, sample_clock=sample, after_advance=after, secret=secret,
        origins=origins, bounces=bounce_hook(settings, channel.database, clock, secret),
    )  # fmt: skip
    try:
        return server(site), listen(settings.web_host, settings.web_port)
    except OSError as error:
        raise SettingsError(
            f"RELAIS_WEB_PORT {settings.web_port} on {settings.web_host} cannot be used ({error.strerror}):"
            " stop what uses it, or set another."
        ) from None


async def _round(rounds: Rounds, looks: Sequence[Looks], channel: WebChannel) -> None:
    """Do what is due on the sample's clock, and let what it queued be sent before that clock moves on."""
    await rounds.go()
    for one in looks:
        await one.look()
    for _ in range(_TRIES):
        async with channel.database.snapshot() as read:
            if not await is_busy(read, WEB, channel.clock.now()):
                return
        await asyncio.sleep(_GLANCE)


async def _greet(settings: Settings, clock: Clock, database: Database, say: Say) -> None:
    async with database.snapshot() as read:
        if await is_held(read):
            say("A backup was restored, and what it had to send is held: `relais release` sends it, or drops it.")
    address = f"http://{settings.web_host}:{settings.web_port}"
    if settings.on_telegram:
        say("Relais answers on Telegram. Stop it with Ctrl+C.")
        if settings.serves_web:
            say(f"The chat page listens at {address}; people open it by their own link (/settings).")
        return
    say(f"Relais is ready: open [bold]{address}[/bold] and choose somebody to be.")
    say(f"It is {clock.now().astimezone(settings.zone):%A %d %B %Y, %H:%M} there; the page can move the clock forward.")
    say("To go to Telegram: ask @BotFather for a bot (/newbot), write RELAIS_TOKEN=... into .env, start again.")
    say("Stop it with Ctrl+C.")
