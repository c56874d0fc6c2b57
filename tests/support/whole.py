"""Every conversation, as the assistant has them, for tests that talk to the whole of it; and what they owe."""

from __future__ import annotations

from pathlib import Path

from bot.announcements.composing import Composing
from bot.delivery.errands import Errands, Owed
from bot.delivery.fetching import fetcher
from bot.delivery.made import Made
from bot.delivery.personal import Personal
from bot.delivery.telegram import TelegramApi
from bot.forms.filling import Filling
from bot.forms.library import Library
from bot.members.identify import Identify
from bot.pushes.forecast import Forecasting
from bot.results.badges import Link
from bot.watch.composing import Composing as IssueComposing
from bot.watch.sharing import Sharing
from handlers.again import Again
from handlers.arrivals import arrival_code
from handlers.conversations import conversations
from handlers.duties import Sharing as Duties
from handlers.errands import doers
from handlers.issue_desk import Issues
from handlers.schedule import Schedule
from handlers.turn import Conversation
from tests.members.network import CATALOGUES, send_out
from tests.support.bot import TestBot
from tests.support.sample import TABLES, ZONE

_IDENTIFY = Identify(ZONE, "en")
ISSUES = Issues(IssueComposing(ZONE, "en"), Sharing(ZONE, "en", ("telegram",)), lambda month, language: None)
COMPOSING = Composing(ZONE, "en", ("telegram",), approve_above=100)
PERSONAL = Personal(("telegram",), ZONE, "en")


def schedule() -> Schedule:
    """What shows what goes out by itself."""
    return Schedule(Forecasting(ZONE, "en", ("telegram",), 3), Owed(), Again(_IDENTIFY, CATALOGUES))


def whole(folder: Path, forecasts: Schedule | None = None, issues: Issues = ISSUES) -> tuple[Conversation, ...]:
    """The conversations; files that are made lie in ``folder``."""
    made, filling = Made(folder / "made"), Filling(Library())
    said = Duties(Again(_IDENTIFY, CATALOGUES), PERSONAL, 3)
    return conversations(
        CATALOGUES, _IDENTIFY, TABLES, lambda reader: None, made, filling, Owed(), COMPOSING, issues, said,
        forecasts or schedule(),
    )  # fmt: skip


def errands(bot: TestBot, folder: Path, forecasts: Schedule | None = None, issues: Issues = ISSUES) -> Errands:
    """Who does what is owed, as after a start of the assistant."""
    made, filling, again = Made(folder / "made"), Filling(Library()), Again(_IDENTIFY, CATALOGUES)
    apis = {"telegram": TelegramApi(bot.request, "https://api.telegram.org", "1:token")}
    doing = doers(
        bot.database,
        bot.clock,
        filling,
        _IDENTIFY,
        again,
        made,
        _badge,
        fetcher(apis),
        apis,
        forecasts or schedule(),
        issues,
    )
    return Errands(bot.database, bot.clock, Owed(), doing, lambda: None)


async def do_owed(bot: TestBot, folder: Path, forecasts: Schedule | None = None, issues: Issues = ISSUES) -> None:
    """Do what is owed, and send what came of it."""
    await errands(bot, folder, forecasts, issues).do_owed()
    await send_out(bot)


async def _badge() -> Link:
    return arrival_code
