"""Issues in the database: opened, changed, approved; and what an issue holds for a moment or a reader."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any, cast
from zoneinfo import ZoneInfo

from bot.network.audiences import Reader
from bot.network.content import Content
from bot.network.languages import Language
from bot.watch.gathering import following, gathered, window_at, window_of
from bot.watch.issue import READABLE, Entry, Issue, IssueContent, State, Wish, arranged, concerns
from storage import issues
from storage.database import Transaction
from storage.issues import Kept
from storage.network import ORGANISATIONS, THEMES

_LAST_MORNING = 5
"""Days into a month in which its issue may still be begun: holidays may fill the first ones."""


def month_of(text: str) -> date | None:
    """Return the month that ``2027-02`` names."""
    try:
        return date.fromisoformat(f"{text.strip()}-01")
    except ValueError:
        return None


class Composing:
    """Opens and changes issues."""

    def __init__(self, network_zone: str, default: Language) -> None:
        """Take the network's zone and language."""
        self._zone, self._default = network_zone, default

    async def current(self, tx: Transaction, now: datetime) -> Issue:
        """Return the issue that is made now, begun if there is none: of this month in its first days, else the next."""
        return await self.open(tx, await self.current_month(tx, now), now)

    async def open(self, tx: Transaction, month: date, now: datetime) -> Issue:
        """Return the issue of that month, begun if there is none."""
        content = IssueContent(source=self._default).model_dump_json()
        return read(await issues.open_month(tx, f"{month:%Y-%m}", content, now))

    async def current_month(self, tx: Transaction, now: datetime) -> date:
        """Return the month whose issue is made now."""
        today = now.astimezone(ZoneInfo(self._zone)).date()
        this = today.replace(day=1)
        kept = await issues.of_month(tx, f"{this:%Y-%m}")
        unsent = kept is not None and kept.state in ("open", "edited", "approved")
        return this if unsent or (kept is None and today.day <= _LAST_MORNING) else following(this)

    async def look(self, tx: Transaction, month: date) -> Issue:
        """Return the issue of a month as it stands, or as it would begin; nothing is written."""
        kept = await issues.of_month(tx, f"{month:%Y-%m}")
        return read(kept) if kept else Issue(0, month, IssueContent(source=self._default), "open", 1, None, None, None)

    async def get(self, tx: Transaction, number: int) -> Issue | None:
        """Return the issue of that number."""
        kept = await issues.get(tx, number)
        return read(kept) if kept else None

    async def keep(self, tx: Transaction, one: Issue, now: datetime, **changed: Any) -> Issue:
        """Keep what a coordinator has changed."""
        content = IssueContent.model_validate({**one.content.model_dump(), **changed})
        await issues.write_content(tx, one.id, content.model_dump_json(), now)
        return one._replace(content=content, state="edited", version=one.version + 1)

    async def past(self, tx: Transaction) -> list[Issue]:
        """Return the issues that went out, the newest first."""
        return [read(kept) for kept in reversed(await issues.in_states(tx, READABLE))]

    async def of_month(self, tx: Transaction, month: date) -> Issue | None:
        """Return the issue of that month if it went out."""
        kept = await issues.of_month(tx, f"{month:%Y-%m}")
        return read(kept) if kept and kept.state in READABLE else None


async def entries_of(tx: Transaction, one: Issue, now: datetime) -> list[Entry]:
    """Return what an issue holds, in its order; of one that is not approved yet: all that it would hold."""
    return arranged(await gathered(tx, window_of(one.month, now)), one.content)


async def between_issues(tx: Transaction, now: datetime) -> tuple[list[Entry], IssueContent]:
    """Return what may go out between two issues; what a coordinator has dropped from one of them is left out."""
    made = [read(kept) for kept in await issues.in_states(tx, ("open", "edited", "approved", "sending", "sent"))]
    content = IssueContent(dropped=tuple(name for one in made for name in one.content.dropped))
    return [one for one in await gathered(tx, window_at(now)) if one.name not in content.dropped], content


async def past_entries(tx: Transaction, one: Issue, reader: Reader | None, now: datetime) -> list[Entry]:
    """Return what an issue that went out held, as far as this reader may see it now; None: what everybody may see."""
    start = datetime.fromtimestamp(one.starts or 0, now.tzinfo)
    entries = arranged(await gathered(tx, window_of(one.month, start)), one.content)
    if reader is None:
        return [entry for entry in entries if entry.audience == "everyone" and not entry.only]
    everything = Wish(themes=())
    return [entry for entry in entries if concerns(entry, reader, reader.today(now), everything)]


async def names(tx: Transaction) -> dict[str, Content]:
    """Return what organisations and themes are called, by ``city:code`` and ``theme:code``."""
    places = {f"city:{one.code}": one.name for one in await ORGANISATIONS.all(tx)}
    return {**places, **{f"theme:{one.code}": one.name for one in await THEMES.all(tx)}}


def read(kept: Kept) -> Issue:
    """Return a row as an issue."""
    month = date.fromisoformat(f"{kept.month}-01")
    content = IssueContent.model_validate_json(kept.content)
    return Issue(
        kept.id, month, content, cast("State", kept.state), kept.version, kept.approved_by, kept.starts, kept.campaign
    )
