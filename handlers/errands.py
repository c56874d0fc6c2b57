"""Who does which kind of errand."""

from __future__ import annotations

from collections.abc import Mapping

from bot.clock import Clock
from bot.delivery.errands import Doer
from bot.delivery.fetching import Fetch
from bot.delivery.made import Made
from bot.delivery.outcome import Api
from bot.forms.filling import Filling
from bot.members.identify import Identify
from handlers.again import Again
from handlers.contribution_files import CONTRIBUTED, ContributedFiles
from handlers.form_answers import FILE, Files
from handlers.form_products import PRODUCT, ArrivalLink, Products
from handlers.form_rosters import ROSTER, RosterReading
from handlers.issue_desk import Issues
from handlers.issue_readers import READERS, IssueReaders
from handlers.schedule import FORECAST, Forecasts, Schedule
from storage.database import Database


def doers(
    database: Database,
    clock: Clock,
    filling: Filling,
    identify: Identify,
    again: Again,
    made: Made,
    link: ArrivalLink,
    fetch: Fetch,
    apis: Mapping[str, Api],
    schedule: Schedule,
    issues: Issues,
) -> Mapping[str, Doer]:
    """Return who does what; ``link`` gives what the codes of badges open, ``fetch`` files that were sent.

    ``apis`` are the channels by which files are sent again, ``schedule`` keeps forecasts,
    ``issues`` who gets the watch.
    """
    return {
        PRODUCT: Products(database, clock, filling, identify, again, made, link),
        FILE: Files(database, clock, filling, identify, again, made, fetch, apis),
        CONTRIBUTED: ContributedFiles(database, clock, identify, again, made, fetch, apis),
        FORECAST: Forecasts(database, clock, schedule, identify, again),
        READERS: IssueReaders(database, clock, issues, identify, again),
        ROSTER: RosterReading(database, clock, filling, identify, again, fetch),
    }
