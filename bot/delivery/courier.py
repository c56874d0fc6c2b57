"""Carries one message of the outbox: its calls in order, at the channel's pace, and what follows from how it ended."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import orjson
import structlog

from bot.clock import Clock
from bot.delivery import policy
from bot.delivery.calls import CALLS, Call
from bot.delivery.outcome import Api, Outcome
from bot.delivery.pace import UNLIMITED, Pace
from bot.delivery.patience import Sleep
from storage.outbox import NOTICES, Leased, Settled

_log = structlog.get_logger()
LONGEST_CALL = timedelta(seconds=100)
"""What a call takes at most (``bot.delivery.http``); none is begun that could outlive its lease."""
UNREADABLE = "its row cannot be read"


class Courier:
    """Sends messages through the channels; what many get is uploaded once."""

    def __init__(
        self,
        apis: Mapping[str, Api],
        clock: Clock,
        paces: Mapping[str, Pace],
        sleep: Sleep,
        luck: Callable[[], float],
        seconds: Callable[[], float],
    ) -> None:
        """Take the channels and their paces by name; a channel without a pace knows no limits."""
        self._apis, self._clock, self._paces = apis, clock, paces
        self._sleep, self._luck, self._seconds = sleep, luck, seconds
        self._unlimited = Pace(UNLIMITED)
        self._uploaded: dict[tuple[str, str, Path], str] = {}
        self.refused = False
        """Whether a channel has refused its token."""

    def slots(self, channel: str, seconds: float) -> int:
        """Return how many calls may begin within the next seconds."""
        now = self._seconds()
        return self._pace(channel).slots(now, now + seconds)

    async def send(self, message: Leased, calls: tuple[Call, ...], until: datetime) -> Settled:
        """Make the calls, none of them so late that it could end after ``until``; never raises."""
        arrived: list[int] = orjson.loads(message.sent_as) if message.sent_as else []
        for made, call in enumerate(calls):
            await self._moment(message)
            now = self._clock.now()
            if now + LONGEST_CALL > until:
                return _left(message, calls[made:], policy.Next("queued", now), arrived)
            outcome = await self._make(message, call)
            if outcome.kind == "sent":
                if isinstance(outcome.result, dict) and isinstance(outcome.result.get("message_id"), int):
                    arrived.append(outcome.result["message_id"])
            elif not (call.optional and outcome.kind == "refused"):
                return _left(message, calls[made:], self._judge(message, outcome), arrived)
        return Settled(message, "sent", 0, sent_as=_numbers(arrived))

    def _pace(self, channel: str) -> Pace:
        return self._paces.get(channel, self._unlimited)

    async def _moment(self, message: Leased) -> None:
        """Return when the pace lets the next call to this chat begin."""
        pace = self._pace(message.channel)
        while (wait := pace.free(message.address) - self._seconds()) > 0:
            await self._sleep(wait)
        wait = pace.reserve(message.address, self._seconds()) - self._seconds()
        if wait > 0:
            await self._sleep(wait)

    async def _make(self, message: Leased, call: Call) -> Outcome:
        parameters: dict[str, Any] = dict(call.parameters)
        if "chat_id" in parameters:
            parameters["chat_id"] = message.address
        files = call.files
        known = {field: self._uploaded.get((message.channel, field, path)) for field, (_, path) in files.items()}
        if files and all(known.values()):
            parameters, files = {**parameters, **known}, {}
        made = Call.model_construct(method=call.method, parameters=parameters, files=files, optional=call.optional)
        outcome = await self._apis[message.channel].make(made)
        if message.campaign != NOTICES and files and outcome.kind == "sent":
            self._remember(message.channel, files, outcome.result)
        return outcome

    def _remember(self, channel: str, files: Mapping[str, tuple[str, Path]], result: Any) -> None:
        for field, (_, path) in files.items():
            kept = result.get(field) if isinstance(result, dict) else None
            largest = kept[-1] if isinstance(kept, list) and kept else kept
            if isinstance(largest, dict) and "file_id" in largest:
                self._uploaded[channel, field, path] = largest["file_id"]

    def _judge(self, message: Leased, outcome: Outcome) -> policy.Next:
        queued = datetime.fromtimestamp(message.queued, UTC)
        attempt = policy.Attempt(message.address, message.attempts, message.if_unknown, queued)
        verdict = policy.after(attempt, outcome, self._clock.now(), self._luck())
        if verdict.waits is not None:
            address = message.address if verdict.waits == "chat" else None
            self._pace(message.channel).close(self._seconds() + outcome.seconds, address)
        self.refused = self.refused or verdict.stop
        if verdict.state in ("failed", "unknown"):
            _log.warning("a message was not sent", row=message.id, state=verdict.state, reason=outcome.reason)
        return verdict


def _left(message: Leased, calls: tuple[Call, ...], verdict: policy.Next, arrived: list[int]) -> Settled:
    """Return how the attempt ended, with the calls that are left; a whole body stays where it is."""
    whole = message.body is not None and not message.calls and not arrived
    left = "" if whole else CALLS.dump_json(calls).decode()
    at = math.ceil(verdict.at.timestamp())
    return Settled(message, verdict.state, at, verdict.failure, left, _numbers(arrived), verdict.address)


def _numbers(arrived: list[int]) -> str | None:
    return orjson.dumps(arrived).decode() if arrived else None
