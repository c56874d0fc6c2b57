"""What somebody asked last, so that the next question can lean on it; codes and days, never the words."""

from __future__ import annotations

from dataclasses import asdict, dataclass, replace
from datetime import date, datetime, timedelta
from typing import Any

from bot.ask.intents import INTENTS
from bot.ask.question import Question, Stated
from bot.network.languages import LANGUAGES, Language
from storage import accounts
from storage.database import Transaction

KEPT_FOR = timedelta(minutes=15)
"""How long a question can be leaned on."""
_TOPIC = "ask"
_DAYS = ("first", "last")


@dataclass(frozen=True, slots=True)
class Memory:
    """What is remembered of one account."""

    question: Question | None = None
    """What was asked last, if that was not long ago."""
    offered: tuple[Language, ...] = ()
    """The languages that were offered already to somebody who wrote in them."""


async def recalled(read: Transaction, account: int, now: datetime) -> Memory:
    """Return what is remembered of that account."""
    kept = await accounts.awaited(read, account, _TOPIC) or {}
    offered = tuple(one for one in LANGUAGES if one in kept.get("offered", ()))
    fresh = now.timestamp() - kept.get("at", 0) <= KEPT_FOR.total_seconds()
    return Memory(_question(kept) if fresh else None, offered)


async def remember(write: Transaction, account: int, memory: Memory, now: datetime) -> None:
    """Keep what is to be remembered of that account, as of now."""
    kept: dict[str, Any] = {"offered": memory.offered}
    if memory.question is not None:
        kept |= {"at": int(now.timestamp()), **_kept(memory.question)}
    await accounts.set_awaited(write, account, _TOPIC, kept)


def _kept(question: Question) -> dict[str, Any]:
    stated = {name: value for name, value in asdict(question.stated).items() if value is not None}
    days = {name: stated[name].isoformat() for name in _DAYS if name in stated}
    more = {
        "about": question.about, "there": question.there, "offers": question.offered,
        "before": _kept(question.before) if question.before else None,
    }  # fmt: skip
    told = {name: value for name, value in more.items() if value}
    return {"intent": question.intent, "stated": stated | days, **told}


def _question(kept: dict[str, Any]) -> Question | None:
    intent = next((one for one in INTENTS if one == kept.get("intent")), None)
    if intent is None:
        return None
    stated: dict[str, Any] = kept["stated"]
    days = {name: date.fromisoformat(stated[name]) for name in _DAYS if name in stated}
    offers = tuple(one for name in kept.get("offers", ()) for one in INTENTS if one == name)
    before = _question(kept["before"]) if "before" in kept else None
    named = replace(Stated(), **(stated | days))
    return Question(intent, named, kept.get("about"), kept.get("there"), offers, before)
