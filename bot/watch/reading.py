"""Reads what a member sends into a contribution: what can be read is not asked.  A link's text is not fetched."""

from __future__ import annotations

from datetime import date, timedelta

import regex

from bot.ask.periods import Period
from bot.ask.understand import Understanding
from bot.network.audiences import Reader
from bot.watch.contribution import LONGEST, Contribution, Sent
from bot.watch.likeness import links, without_links

_LONGEST_EVENT = timedelta(days=31)
"""A longer period is no day of an event: "in 2027"."""
_FEWEST_LETTERS = 8
"""A text with fewer letters beside its link says nothing of it."""
_LETTERS = regex.compile(r"\p{L}")


def says_something(text: str) -> bool:
    """Whether there are words beside the links."""
    return len(_LETTERS.findall(without_links(text))) >= _FEWEST_LETTERS


def is_bare_link(text: str) -> bool:
    """Whether a text is a link and nothing else."""
    return bool(links(text)) and not _LETTERS.search(without_links(text))


def read(
    understanding: Understanding, reader: Reader, text: str, today: date, *, link: str | None = None,
    file: Sent | None = None,
) -> Contribution:  # fmt: skip
    """Return what was sent as a contribution; ``link`` is one that the text hides under other words."""
    first = next(iter(links(text)), link)
    bare = Contribution(
        source=reader.language, link=first, file=file, city=reader.organisation,
        credited=(reader.organisation,) if reader.organisation else (),
    )  # fmt: skip
    return with_words(understanding, bare, text, today) if says_something(text) else bare


def with_words(understanding: Understanding, one: Contribution, text: str, today: date) -> Contribution:
    """Return the contribution with its words, and with what they say of its kind, days, city and theme."""
    words = without_links(text)[:LONGEST]
    stated, written = understanding.stated(words, one.source, today)
    days = days_of(stated.period)
    told: dict[str, object] = {
        "source": written or one.source,
        "texts": {written or one.source: words},
        "link": one.link or next(iter(links(text)), None),
        "city": stated.city or one.city,
        "theme": stated.theme or one.theme,
    }
    if days is not None and days[1] >= today:
        told |= {"kind": "event", "first": days[0], "last": days[1]}
    elif days is not None:
        told |= {"kind": "news", "first": days[0], "last": days[1]}
    return one.model_copy(update=told)


def days_of(period: Period | None) -> tuple[date, date] | None:
    """Return the days that a period names; None if it is open or long."""
    if period is None or period.first is None or period.last is None:
        return None
    return (period.first, period.last) if period.last - period.first <= _LONGEST_EVENT else None
