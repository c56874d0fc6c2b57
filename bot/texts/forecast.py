"""What goes out by itself in the next days: to whom, when, and what; filled by ``bot/pushes/forecast.py``."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime
from typing import NamedTuple
from zoneinfo import ZoneInfo

from bot.announcements.content import Content
from bot.network.duties import Duty
from bot.network.languages import Language
from bot.network.recipients import Recipient, Unreached
from bot.network.reminding import Occasion
from bot.watch.issue import Entry, IssueContent
from bot.watch.sharing import LeftOut, Pace


class Told(NamedTuple):
    """A reminder."""

    duty: Duty
    occasion: Occasion

    @property
    def key(self) -> str:
        """Return what names it among all that goes out on a day."""
        return f"{self.duty.reference}-{self.occasion.name}"


class Reminders(NamedTuple):
    """A bubble of reminders."""

    told: tuple[Told, ...]
    belated: bool

    @property
    def keys(self) -> tuple[str, ...]:
        """Return what names its parts."""
        return tuple(one.key for one in self.told)


class Watch(NamedTuple):
    """The watch of a month or a week, or what is new."""

    kind: Pace
    day: date
    """The month's first day, the week's Monday, the day."""
    entries: tuple[Entry, ...]
    content: IssueContent
    approved: bool = True
    """Whether it goes out without anybody doing anything more."""
    body: int | None = None
    """The number of its body where it is queued already."""

    @property
    def keys(self) -> tuple[str, ...]:
        """Return what names it."""
        return (f"{self.kind}-{self.day:%Y%m%d}",)


class Announced(NamedTuple):
    """An announcement."""

    number: int
    content: Content

    @property
    def keys(self) -> tuple[str, ...]:
        """Return what names it."""
        return (f"an{self.number}",)


What = Reminders | Watch | Announced


class Going(NamedTuple):
    """Something that goes out at a moment."""

    at: datetime
    what: What


class Batch(NamedTuple):
    """People of one time zone, and what goes out to each of them, in its order."""

    people: Sequence[Recipient]
    going: Sequence[Going]


class Line(NamedTuple):
    """One thing of one day: a reminder, an issue, an announcement."""

    day: date
    """By the calendar of each who gets it."""
    key: str
    at: datetime
    """When the first gets it."""
    what: What
    languages: Counter[Language]
    """How many get it, by language."""

    @property
    def told(self) -> Told | None:
        """Return the reminder that it is, if it is one."""
        if not isinstance(self.what, Reminders):
            return None
        return next(one for one in self.what.told if one.key == self.key)


class Variant(NamedTuple):
    """A bubble that tells a line in a language, as one reader gets it."""

    recipient: Recipient
    going: Going
    number: int
    """How many get the same."""


class Forecast:
    """What goes out from ``now`` until ``until``, as far as it is known at ``now``."""

    def __init__(
        self, now: datetime, until: datetime, batches: Sequence[Batch], unreached: Mapping[str, Unreached],
        without_watch: Mapping[str, LeftOut],
    ) -> None:  # fmt: skip
        """Take what goes out, and by people's codes why nothing reaches them, and why the monthly watch does not."""
        self.now, self.until = now, until
        self.unreached, self.without_watch = unreached, without_watch
        self._batches = batches
        self.lines = _lines(batches)
        """In the order of days and moments."""

    def line(self, day: date, key: str) -> Line | None:
        """Return one line."""
        return next((one for one in self.lines if (one.day, one.key) == (day, key)), None)

    def variants(self, line: Line, language: Language) -> list[Variant]:
        """Return the bubbles that tell a line in a language, the commonest first."""
        found: dict[tuple[str, ...], Variant] = {}
        for batch in self._batches:
            readers = [one for one in batch.people if one.reader.language == language]
            for going in batch.going if readers else ():
                if line.key in going.what.keys and _day(batch, going) == line.day:
                    inside = [one.key for one in going.what.entries] if isinstance(going.what, Watch) else ()
                    seen = (*going.what.keys, *inside)
                    old = found.get(seen)
                    found[seen] = Variant(readers[0], going, len(readers) + (old.number if old else 0))
        return sorted(found.values(), key=lambda one: (-one.number, one.recipient.number))

    def of(self, person: str) -> list[Going]:
        """Return what goes out to the person of that code, in its order."""
        found = [
            going
            for batch in self._batches
            if any(one.reader.person == person for one in batch.people)
            for going in batch.going
        ]
        return sorted(found, key=lambda one: one.at)

    def sent(self) -> Iterator[tuple[Recipient, Going]]:
        """Give every bubble with the person who gets it."""
        return ((one, going) for batch in self._batches for one in batch.people for going in batch.going)


def _day(batch: Batch, going: Going) -> date:
    return going.at.astimezone(ZoneInfo(batch.people[0].reader.time_zone)).date()


def _lines(batches: Sequence[Batch]) -> tuple[Line, ...]:
    found: dict[tuple[date, str], Line] = {}
    for batch in batches:
        languages = Counter(one.reader.language for one in batch.people)
        for going in batch.going:
            day = _day(batch, going)
            for key in going.what.keys:
                line = found.get((day, key))
                if line is None:
                    found[day, key] = Line(day, key, going.at, going.what, languages.copy())
                    continue
                line.languages.update(languages)
                if going.at < line.at:
                    found[day, key] = line._replace(at=going.at)
    return tuple(sorted(found.values(), key=lambda one: (one.day, one.at, one.key)))
