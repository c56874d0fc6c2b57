"""Keeps announcements, and finds whom they are for."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from typing import cast
from zoneinfo import ZoneInfo

from bot.announcements.audience import Audience, Facts, holds
from bot.announcements.content import Announcement, Content, Reach, State, reach
from bot.network.forms import is_for
from bot.network.languages import Language
from bot.network.recipients import Recipient
from storage import announcements, recipients, submissions
from storage.announcements import Kept
from storage.database import Transaction
from storage.network import FORMS


class Composing:
    """Drafts of announcements."""

    def __init__(self, network_zone: str, default: Language, served: Collection[str], approve_above: int) -> None:
        """Take the network's zone and language, the channels that are served, the number that needs approval.

        Above ``approve_above`` people, a second coordinator must agree.
        """
        self._zone, self._default, self.served, self.approve_above = network_zone, default, served, approve_above

    async def draft(self, tx: Transaction, account: int, language: Language, now: datetime) -> Announcement:
        """Return the account's draft, a new one if there is none."""
        kept = await announcements.draft_of(tx, account)
        if kept is None:
            content = Content(source=language).model_dump_json()
            kept = await announcements.get(tx, await announcements.add(tx, account, content, "draft", now))
        assert kept is not None
        return read(kept)

    async def begin(self, tx: Transaction, account: int, content: Content, now: datetime) -> Announcement:
        """Return a draft with that content: the account's, if nothing was written in it yet, or one more.

        A draft that was begun before is kept, and comes next.
        """
        one = await self.draft(tx, account, content.source, now)
        if not one.content.texts:
            return await self.keep(tx, one, content, now)
        kept = await announcements.get(
            tx, await announcements.add(tx, account, content.model_dump_json(), "draft", now)
        )
        assert kept is not None
        return read(kept)

    async def get(self, tx: Transaction, number: int) -> Announcement | None:
        """Return the announcement of that number."""
        kept = await announcements.get(tx, number)
        return read(kept) if kept else None

    async def keep(self, tx: Transaction, one: Announcement, content: Content, now: datetime) -> Announcement:
        """Keep what was changed."""
        await announcements.write_content(tx, one.id, content.model_dump_json(), now)
        return one._replace(content=content, version=one.version + 1)

    async def sent(self, tx: Transaction) -> list[Announcement]:
        """Return what was sent or is on its way, the newest first."""
        states: tuple[State, ...] = ("approval", "scheduled", "sending", "sent")
        return [read(one) for one in reversed(await announcements.in_states(tx, states))]

    async def reach(self, tx: Transaction, content: Content, now: datetime) -> Reach:
        """Return whom the announcement would reach now."""
        return reach(await self.recipients(tx, content.audience, now), self.served)

    async def recipients(self, tx: Transaction, audience: Audience, now: datetime) -> list[Recipient]:
        """Return everybody whom the audience holds, reached or not."""
        everybody = await recipients.everybody(tx, self._zone, self._default)
        facts = await self._facts(tx, audience, everybody, now)
        return [one for one in everybody if holds(audience, one.reader, facts)]

    async def _facts(self, tx: Transaction, audience: Audience, everybody: list[Recipient], now: datetime) -> Facts:
        answered, asked = {}, {}
        for code in audience.forms:
            form = await FORMS.get(tx, code)
            answered[code] = await submissions.owners(tx, code)
            asked[code] = {
                one.reader.person or "" for one in everybody if form is not None and is_for(form, one.reader, now)
            }
        return Facts(now.astimezone(ZoneInfo(self._zone)).date(), answered, asked)


def correction(number: int, version: int, language: Language) -> str:
    """Return the name of the campaign that corrects the text of a language."""
    return f"announcement:{number}:correction:{version}:{language}"


def corrections(number: int | None = None) -> str:
    """Return what the names of the campaigns that correct that announcement, or any, are LIKE."""
    return f"announcement:{'%' if number is None else number}:correction:%"


def correction_of(name: str) -> tuple[int, Language]:
    """Return which announcement and which language a campaign of that name corrects."""
    _, number, _, _, language = name.split(":")
    return int(number), cast("Language", language)


def read(kept: Kept) -> Announcement:
    """Return a row as an announcement."""
    content, state = Content.model_validate_json(kept.content), cast("State", kept.state)
    return Announcement(
        kept.id, kept.author, content, state, kept.version, kept.approved_by, kept.starts, kept.campaign, kept.shown_in
    )
