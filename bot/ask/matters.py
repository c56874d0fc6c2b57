"""Matters: what is asked for beside the sixteen intents, such as "can somebody replace me?", told by words together.

A matter is no second opinion on the intent: where one is found, it has a screen of its own.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal, get_args

from bot.ask.concepts import Lexicon, build
from bot.ask.features import View
from bot.ask.wordlists import table
from bot.network.languages import LANGUAGES

Matter = Literal[
    "goes_instead", "replace_me", "predecessor", "booking", "hotel", "unconfirmed", "vacant", "is_member",
    "yearly_dues", "funder", "role", "privacy", "users", "who_hosts", "for_others", "address", "event_cost", "funding",
    "sent_state", "tables",
    "passing_on", "adding", "calendar", "contacted", "partnership", "since", "visa", "broken", "inviting", "join",
    "unfinished", "results", "misses", "requests", "video", "attendance", "practical", "programme", "not_received",
    "recording", "pausing", "resuming", "stop_sending", "announcing", "chasing", "withdraw", "sheet", "contributing",
    "owed", "own_data", "did_it", "remind_me", "settings", "focal_points", "members", "no_reply", "network", "by_form",
    "given", "going_out", "who_goes", "file_here", "unpaid_comes", "what_i_am", "plan_file",
]  # fmt: skip
MATTERS: tuple[Matter, ...] = get_args(Matter)
"""The likelier to be meant first, where several are said."""
BETTER = (
    ("still", "practical"),
    ("late", "practical"),
    ("still", "owed"),
    ("late", "owed"),
    ("count", "members"),
    ("where", "members"),
    ("comes", "members"),
    ("mine", "results"),
    ("comes", "results"),
    ("count", "results"),
    ("how", "owed"),
    ("comes", "contacted"),
    ("when", "contacted"),
    ("how", "withdraw"),
    ("who", "withdraw"),
    ("how", "announcing"),
    ("how", "chasing"),
    ("send", "announcing"),
    ("send", "chasing"),
    ("send", "goes_instead"),
    ("comes", "goes_instead"),
    ("register", "goes_instead"),
    ("papers", "file_here"),
    ("send", "file_here"),
    ("link", "file_here"),
    ("how", "file_here"),
    ("comes", "unpaid_comes"),
    ("register", "unpaid_comes"),
    ("register", "for_others"),
    ("comes", "for_others"),
    ("how", "for_others"),
    ("send", "for_others"),
    ("comes", "privacy"),
    ("who", "privacy"),
    ("where", "address"),
    ("hotel", "booking"),
)
"""The aspects that a matter tells better: "quelqu'un s'est inscrit ?"."""
_FILES = ("matters.toml", "attending.toml", "sending.toml")


@dataclass(frozen=True, slots=True)
class _Rule:
    matter: Matter
    wanted: frozenset[str]
    unwanted: frozenset[str]


def said(seen: View, concepts: Collection[str], *, vietnamese: bool) -> frozenset[str]:
    """Return what a message says: the concepts that were found already, and the words of the matters."""
    return frozenset((*concepts, *_lexicon().find(seen, vietnamese)))


def matter_of(things: Collection[str]) -> Matter | None:
    """Return the matter that these things together mean; None for none."""
    for rule in _rules():
        if rule.wanted.issubset(things) and rule.unwanted.isdisjoint(things):
            return rule.matter
    return None


@lru_cache(maxsize=1)
def _lexicon() -> Lexicon:
    """Return the words of the matters, each standing for one thing that can be said."""
    words = {thing: found for name in _FILES for thing, found in table(name)["words"].items()}
    return build({code: {thing: found[code] for thing, found in words.items()} for code in LANGUAGES}, ())


@lru_cache(maxsize=1)
def _rules() -> tuple[_Rule, ...]:
    return tuple(_read())


def _read() -> Iterator[_Rule]:
    rules = {matter: found for name in _FILES for matter, found in table(name)["matters"].items()}
    for matter in MATTERS:
        for rule in rules[matter]:
            wanted, *unwanted = rule.split(" - ")
            yield _Rule(matter, frozenset(wanted.split(" + ")), frozenset(unwanted))
