"""What of the watch goes to whom: what concerns a reader, and is new since what reached them."""

from __future__ import annotations

import asyncio
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Literal, NamedTuple, cast

import orjson

from bot.network.audiences import Reader
from bot.network.languages import Language
from bot.network.recipients import Recipient, Unreached
from bot.watch.issue import Entry, Often, Wish, concerns
from storage import followed, issues, recipients
from storage.database import Transaction
from storage.followed import Choice

_AT_ONCE = 500
"""People who are read before others have their turn."""
KNOWN_FOR = timedelta(days=400)
"""How far back it is looked what somebody has: what is open all year stands in many issues."""
Pace = Literal["monthly", "weekly", "once"]
LeftOut = Unreached | Literal["declined", "snoozed", "nothing_new", "weekly", "once"]
"""Why somebody does not get an issue."""


class Share(NamedTuple):
    """What one person gets."""

    recipient: Recipient
    entries: tuple[Entry, ...]


class Shares(NamedTuple):
    """Who gets an issue, and who does not."""

    people: tuple[Share, ...]
    left_out: tuple[tuple[Recipient, LeftOut], ...]

    @property
    def languages(self) -> Counter[Language]:
        """How many read each language."""
        return Counter(one.recipient.reader.language for one in self.people)

    def channels(self, served: Collection[str]) -> Counter[str]:
        """How many are written to by each channel first."""
        return Counter(
            route.channel for one in self.people for route in one.recipient.routes(served) if route.rank == 1
        )

    @property
    def places(self) -> Counter[str]:
        """How many there are of each organisation."""
        return Counter(one.recipient.reader.organisation or "" for one in self.people)


class Audience(NamedTuple):
    """Everybody, how they want the watch, and what reached them."""

    everybody: Sequence[Recipient]
    chosen: Mapping[str, Choice]
    known: Mapping[str, Collection[str]]
    """Keys of entries by person."""


class Sharing:
    """Finds what goes to whom."""

    def __init__(self, network_zone: str, default: Language, served: Collection[str]) -> None:
        """Take the network's zone and language, and the channels that are served."""
        self._zone, self._default, self.served = network_zone, default, served

    async def shares(
        self, read: Transaction, entries: Iterable[Entry], pinned: tuple[str, ...], now: datetime,
        frequency: Pace = "monthly",
    ) -> Shares:  # fmt: skip
        """Return what each person who wants the watch so often gets of these entries."""
        only = None if frequency == "monthly" else frequency
        audience = Audience((), await followed.everybody(read, only), await has(read, now, frequency=only))
        concerned, found = _Concerned(tuple(entries), pinned, now), Shares((), ())
        place: int | None = 0
        while place is not None:
            some, place = await recipients.after(read, place, _AT_ONCE, self._zone, self._default, only)
            more = self._among(audience._replace(everybody=some), concerned, now, frequency)
            found = Shares(found.people + more.people, found.left_out + more.left_out)
            await asyncio.sleep(0)  # others are answered meanwhile
        return found

    async def audience(self, read: Transaction, now: datetime) -> Audience:
        """Return who may get something of the watch."""
        chosen = await followed.everybody(read)
        everybody = await recipients.everybody(read, self._zone, self._default)
        return Audience(everybody, chosen, await has(read, now))

    def among(
        self, audience: Audience, entries: Iterable[Entry], pinned: tuple[str, ...], now: datetime, frequency: Pace
    ) -> Shares:
        """Return what each of these people who wants the watch so often gets of these entries."""
        return self._among(audience, _Concerned(tuple(entries), pinned, now), now, frequency)

    async def of_audience(
        self, audience: Audience, entries: Iterable[Entry], pinned: tuple[str, ...], now: datetime
    ) -> Shares:
        """Return what ``among`` does for an issue; others have their turn meanwhile."""
        concerned, found = _Concerned(tuple(entries), pinned, now), Shares((), ())
        for first in range(0, len(audience.everybody), _AT_ONCE):
            some = audience._replace(everybody=audience.everybody[first : first + _AT_ONCE])
            more = self._among(some, concerned, now, "monthly")
            found = Shares(found.people + more.people, found.left_out + more.left_out)
            await asyncio.sleep(0)
        return found

    def _among(self, audience: Audience, concerned: _Concerned, now: datetime, frequency: Pace) -> Shares:
        chosen, known = audience.chosen, audience.known
        people: list[Share] = []
        left_out: list[tuple[Recipient, LeftOut]] = []
        for one in audience.everybody:
            wish = wish_of(chosen.get(one.reader.person or ""))
            why = self._declined(one, wish, frequency, now)
            if why is None:
                new = concerned.new(one.reader, wish, known.get(one.reader.person or "", _NOTHING))
                why = None if new else "nothing_new"
                if new:
                    people.append(Share(one, new))
            if why is not None:
                left_out.append((one, why))
        return Shares(tuple(people), tuple(left_out))

    def _declined(self, one: Recipient, wish: Wish, frequency: str, now: datetime) -> LeftOut | None:
        if wish.frequency == "none":
            return "declined"
        if wish.frequency != frequency:
            return cast("LeftOut", wish.frequency) if wish.frequency != "monthly" else "declined"
        if wish.snoozed is not None and now.timestamp() < wish.snoozed:
            return "snoozed"
        return one.unreached(self.served)


class _Concerned:
    """Remembers what concerns readers of whom the same is known: they are many, and resemble each other."""

    def __init__(self, entries: tuple[Entry, ...], pinned: tuple[str, ...], now: datetime) -> None:
        self._entries, self._pinned, self._now = entries, pinned, now
        self._places = {place for entry in entries for place in (*entry.only, *entry.of)}
        self._found: dict[tuple[object, ...], tuple[Entry, ...]] = {}

    def new(self, reader: Reader, wish: Wish, known: Collection[str]) -> tuple[Entry, ...]:
        """Return what concerns the reader, less what is known."""
        every = self._of(reader, wish)
        return tuple(one for one in every if one.key not in known) if known else every

    def _of(self, reader: Reader, wish: Wish) -> tuple[Entry, ...]:
        today = reader.today(self._now)
        themes = wish.themes if wish.themes is not None else reader.themes
        key = (reader.audiences(today), reader.organisation if reader.organisation in self._places else None, themes)
        if key not in self._found:
            self._found[key] = tuple(
                entry for entry in self._entries if concerns(entry, reader, today, wish, self._pinned)
            )
        return self._found[key]


_USUAL = Wish()
_NOTHING: frozenset[str] = frozenset()


def wish_of(kept: Choice | None) -> Wish:
    """Return what somebody has chosen, or the usual."""
    return Wish(cast("Often", kept[0]), kept[1], kept[2]) if kept else _USUAL


async def has(
    read: Transaction, now: datetime, person: str | None = None, frequency: str | None = None
) -> Mapping[str, Collection[str]]:
    """Return the keys of the entries that reached people, the person of that code, or those of that frequency."""
    told: dict[str, list[str]] = defaultdict(list)
    for code, held in await issues.reached(read, now - KNOWN_FOR, now, person, frequency):
        told[code].append(held)
    lists = {held: orjson.loads(held) for held in {held for some in told.values() for held in some}}
    same: dict[tuple[str, ...], frozenset[str]] = {}
    """Many have been told the same: it is put together once."""
    for some in {tuple(some) for some in told.values()}:
        same[some] = frozenset(key for held in some for key in lists[held])
    return {code: same[tuple(some)] for code, some in told.items()}


def holds(entries: Iterable[Entry]) -> str:
    """Return what is kept with a body: the keys of what it tells, in order."""
    return orjson.dumps([entry.key for entry in entries]).decode()
