"""What became of an announcement: an attempt is never called a success, and a person counts once."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping
from typing import NamedTuple

from storage.campaigns import Fate

_BEST = ("sent", "queued", "leased", "unknown", "waiting", "failed", "unreachable", "cancelled", "useless", "skipped")
"""Of several messages to one person, the state that tells most; ``useless``: of no use any more, and skipped so."""
REMAINING = ("queued", "leased")


class Fortune(NamedTuple):
    """What became of it for one person."""

    person: str
    state: str
    language: str | None
    channels: tuple[str, ...]
    """Those by which it arrived."""


class Figures(NamedTuple):
    """The report."""

    people: tuple[Fortune, ...]
    by_channel: dict[str, tuple[int, int]]
    """Messages sent, and messages in all, without those that an earlier channel made needless."""
    by_language: dict[str, tuple[int, int]]
    """People who got it, and people in all."""

    def not_reached(self) -> list[Fortune]:
        """Return those who have not got it and will not."""
        return [one for one in self.people if one.state not in ("sent", *REMAINING, "waiting")]


def fortunes(fates: Iterable[Fate]) -> list[Fortune]:
    """Return what became of it for each person."""
    by_person: dict[str, list[Fate]] = defaultdict(list)
    for fate in fates:
        if fate.person is not None:
            by_person[fate.person].append(fate)
    return [
        Fortune(
            person,
            min((_state(one) for one in found), key=_BEST.index),
            found[0].language,
            tuple(one.channel for one in found if one.state == "sent"),
        )
        for person, found in by_person.items()
    ]


def figures(fates: Collection[Fate]) -> Figures:
    """Return the report."""
    people = fortunes(fates)
    channels: dict[str, tuple[int, int]] = {}
    for channel in dict.fromkeys(one.channel for one in fates):
        tried = [one for one in fates if one.channel == channel and _state(one) not in ("skipped", "waiting")]
        channels[channel] = (sum(one.state == "sent" for one in tried), len(tried))
    languages: dict[str, tuple[int, int]] = {}
    everybody = Counter(one.language or "" for one in people)
    got = Counter(one.language or "" for one in people if one.state == "sent")
    for language, number in everybody.most_common():
        languages[language] = (got[language], number)
    return Figures(tuple(people), {name: pair for name, pair in channels.items() if pair[1]}, languages)


def standing(progress: Mapping[str, int]) -> Counter[str]:
    """Return how many messages are in each state that concerns a coordinator, from how many are in each at all."""
    found: Counter[str] = Counter()
    for state, messages in progress.items():
        if state not in ("skipped", "waiting"):
            found["remaining" if state in REMAINING else state] += messages
    return found


def _state(fate: Fate) -> str:
    return "useless" if fate.state == "skipped" and fate.failure is not None else fate.state
