"""Corrects announcements: what is still to go out says the right thing, what was received is edited or put right."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import NamedTuple, cast

import orjson

from bot.announcements.audience import Audience
from bot.announcements.composing import Composing, correction_of
from bot.announcements.content import Announcement
from bot.announcements.linked import Linked, linked_to
from bot.delivery.broadcast import calls_of
from bot.delivery.calls import Call, bubbles, dumped
from bot.network.audiences import Reader
from bot.network.languages import Language
from bot.network.recipients import ChannelName, Recipient
from bot.pushes.bubbles import Bubbles
from bot.texts.cut import split
from bot.texts.reply import File
from storage import campaigns, outbox
from storage.campaigns import Fate
from storage.database import Database
from storage.outbox import Message


class _Wrong(NamedTuple):
    """A correction, and what has the wrong text."""

    name: str
    """The correction's."""
    announcement: Announcement
    linked: Linked
    people: Mapping[str | None, Recipient]
    fates: Sequence[Fate]
    """Messages with the wrong text, whatever became of them."""

    def reader(self, fate: Fate) -> Reader:
        """Return the reader of a message, in the language of that message."""
        known = cast("Language", fate.language)
        return self.people[fate.person].reader.model_copy(update={"language": known})


class Correcting:
    """Fills the campaigns of corrections."""

    def __init__(self, database: Database, composing: Composing, bubbles: Bubbles) -> None:
        self._database, self._composing, self._bubbles = database, composing, bubbles

    async def correct(self, campaign: int, name: str, now: datetime) -> None:
        """Correct the text of a language; what is under way just now is corrected at the next call."""
        wrong = await self._wrong(name, now)
        if wrong is None or await self._put_right(wrong, now) or any(one.state == "leased" for one in wrong.fates):
            return
        messages = [self._message(wrong, one, campaign, now) for one in wrong.fates if one.state == "sent"]
        async with self._database.transaction() as tx:
            await outbox.add_many(tx, messages, now)
            await campaigns.turn(tx, campaign, ("filling",), "running")
            await campaigns.finish(tx, campaign, now)  # where nobody had the wrong text yet

    async def _wrong(self, name: str, now: datetime) -> _Wrong | None:
        """Return what has the wrong text; None as long as the announcement is being queued."""
        number, language = correction_of(name)
        async with self._database.snapshot() as read_only:
            one = await self._composing.get(read_only, number)
            if one is None or one.campaign is None:
                return None
            whole = await campaigns.get(read_only, one.campaign)
            if whole is None or whole.state == "filling":
                return None
            linked = await linked_to(read_only, one.content)
            everybody = await self._composing.recipients(read_only, Audience(), now)
            right = await campaigns.bodies_of_version(read_only, one.campaign, one.version)
            fates = await campaigns.fates(read_only, one.campaign)
        people: dict[str | None, Recipient] = {recipient.reader.person: recipient for recipient in everybody}
        texts = {code: one.content.text(cast("Language", code))[1] for code in {fate.language for fate in fates}}
        found = [
            fate
            for fate in fates
            if fate.body not in right and fate.person in people and texts[fate.language] == language
        ]
        return _Wrong(name, one, linked, people, found)

    async def _put_right(self, wrong: _Wrong, now: datetime) -> bool:
        """Have what was not sent say the right thing, if it is ever sent; False if there is nothing of it."""
        one = wrong.announcement
        samples = {one.body: one for one in wrong.fates if one.body and one.state not in ("sent", "leased")}
        if not samples or one.campaign is None:
            return False
        files = await self._bubbles.attached(one.content)
        async with self._database.transaction() as tx:
            for old, fate in samples.items():
                right = dumped(self._never_wrong(wrong, fate, files, now))
                await campaigns.say_instead(tx, one.campaign, old, right, one.version)
        return True

    def _never_wrong(self, wrong: _Wrong, fate: Fate, files: tuple[File, ...], now: datetime) -> tuple[Call, ...]:
        """Return the calls for readers who never saw the wrong text: nothing tells them of it."""
        one, reader, channel = wrong.announcement, wrong.reader(fate), cast("ChannelName", fate.channel)
        content = one.content.model_copy(update={"corrected": False})
        bubble = self._bubbles.bubble(one.id, content, wrong.linked, reader, channel, now)
        return calls_of(channel, replace(bubble, files=bubble.files + files), reader)

    def _message(self, wrong: _Wrong, fate: Fate, campaign: int, now: datetime) -> Message:
        """Return what corrects a message: its bubble is edited, or an erratum follows where it cannot be.

        That is so for a letter, for what takes another number of bubbles, and where the channel refuses the edit.
        """
        one, reader, channel = wrong.announcement, wrong.reader(fate), cast("ChannelName", fate.channel)
        numbers: Sequence[int] = orjson.loads(fate.sent_as) if fate.sent_as else ()
        again = self._bubbles.bubble(one.id, one.content, wrong.linked, reader, channel, now, erratum=True)
        calls = calls_of(channel, again, reader)
        edited = self._bubbles.bubble(one.id, one.content, wrong.linked, reader, channel, now)
        if channel != "email" and len(split(edited.text)) == 1 and numbers:
            (edit,) = bubbles(fate.address, edited, numbers[0])
            calls = (replace(edit, otherwise=calls),)
        return Message(
            f"{wrong.name}:{fate.person}:{channel}", channel, fate.address, int(now.timestamp()), dumped(calls),
            campaign=campaign, person=fate.person, language=reader.language, if_unknown="again",
            quiet=None if one.content.urgent else wrong.people[fate.person].quiet_for(channel),
        )  # fmt: skip
