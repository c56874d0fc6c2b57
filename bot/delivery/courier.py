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
from bot.delivery.calls import Call, dumped
from bot.delivery.claimed import useless_after
from bot.delivery.outcome import Api, Outcome
from bot.delivery.pace import UNLIMITED, Pace
from bot.delivery.patience import Sleep
from bot.delivery.sending import UNCHANGED
from storage.outbox import NOTICES, Leased, Settled

_log = structlog.get_logger()
LONGEST_CALL = timedelta(seconds=100)
"""What a call takes at most (``bot.delivery.http``); none is begun that could outlive its lease."""
_FEWEST, _MOST = 32, 256
"""Messages under way at once in a slow channel, and in one without limits."""
_UPLOADS = 512
"""Uploads kept in memory."""
UNREADABLE = "its row cannot be read"
_PATIENCE = 1.5
"""Seconds that a message waits for its chat at most; if it is longer, it gives its place to others meanwhile."""
_PATIENCE_WITHIN = 5.0
"""The same in the middle of a message, whose parts should follow each other."""


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
        self._others: dict[str, Pace] = {}
        self._uploaded: dict[tuple[str, str, Path, int], str] = {}
        self.refused = False
        """Whether a channel has refused its token."""

    def slots(self, channel: str, seconds: float) -> int:
        """Return how many calls may begin within the next seconds."""
        now = self._seconds()
        return self._pace(channel).slots(now, now + seconds)

    def places(self, channel: str) -> int:
        """Return how many messages of a channel are worth being under way at once."""
        return int(min(max(self._pace(channel).limits.overall / 8, _FEWEST), _MOST))

    async def send(self, message: Leased, calls: tuple[Call, ...], until: datetime) -> Settled:
        """Make the calls, none of them so late that it could end after ``until``; never raises."""
        arrived: list[int] = orjson.loads(message.sent_as) if message.sent_as else []
        for made, call in enumerate(calls):
            wait = await self._moment(message, _PATIENCE_WITHIN if made else _PATIENCE)
            now = self._clock.now()
            if wait or now + LONGEST_CALL > until:
                later = policy.Next("queued", now + timedelta(seconds=wait))
                return _left(message, calls[made:], later, arrived, whole=not made)._replace(tried=bool(made))
            outcome = await self._make(message, call)
            if outcome.kind == "sent":
                if isinstance(outcome.result, dict) and isinstance(outcome.result.get("message_id"), int):
                    arrived.append(outcome.result["message_id"])
            elif outcome.kind == "refused" and call.otherwise:
                instead = policy.Next("queued", self._clock.now(), outcome.reason)
                return _left(message, (*call.otherwise, *calls[made + 1 :]), instead, arrived, whole=False)
            elif not (call.optional and outcome.kind == "refused"):
                return _left(message, calls[made:], self._judge(message, outcome), arrived, whole=not made)
        return Settled(message, "sent", 0, sent_as=_numbers(arrived))

    def _pace(self, channel: str) -> Pace:
        return self._paces.get(channel) or self._others.setdefault(channel, Pace(UNLIMITED))

    async def _moment(self, message: Leased, patience: float) -> float:
        """Return 0 when the pace lets the next call to this chat begin; or at once how long it lasts until then.

        The latter if that is more than ``patience`` (seconds).
        """
        pace = self._pace(message.channel)
        while (wait := pace.free(message.address) - self._seconds()) > 0:
            if wait > patience:
                return wait
            await self._sleep(wait)
        wait = pace.reserve(message.address, self._seconds()) - self._seconds()
        if wait > 0:
            await self._sleep(wait)
        while (wait := pace.begin(self._seconds())) > 0:
            if wait > patience:
                return wait
            await self._sleep(wait)
        return 0.0

    async def _make(self, message: Leased, call: Call) -> Outcome:
        parameters: dict[str, Any] = dict(call.parameters)
        if "chat_id" in parameters:
            parameters["chat_id"] = message.address
        if "row" in parameters:
            parameters["row"] = message.id
        files = call.files
        known = {
            field: self._uploaded.get((message.channel, field, path, _written(path)))
            for field, (_, path) in files.items()
        }
        if files and all(known.values()):
            parameters, files = {**parameters, **known}, {}
        made = Call(method=call.method, parameters=parameters, files=files, optional=call.optional)
        outcome = await self._apis[message.channel].make(made)
        if outcome.kind == "refused" and UNCHANGED in outcome.reason.lower():
            return Outcome("sent")  # it says that already
        if message.campaign != NOTICES and files and outcome.kind == "sent":
            self._remember(message.channel, files, outcome.result)
        return outcome

    def _remember(self, channel: str, files: Mapping[str, tuple[str, Path]], result: Any) -> None:
        for field, (_, path) in files.items():
            kept = result.get(field) if isinstance(result, dict) else None
            largest = kept[-1] if isinstance(kept, list) and kept else kept
            if isinstance(largest, dict) and "file_id" in largest:
                if len(self._uploaded) >= _UPLOADS:
                    self._uploaded.clear()
                self._uploaded[channel, field, path, _written(path)] = largest["file_id"]

    def _judge(self, message: Leased, outcome: Outcome) -> policy.Next:
        queued = datetime.fromtimestamp(message.queued, UTC)
        attempt = policy.Attempt(message.attempts, message.if_unknown, queued, useless_after(message))
        verdict = policy.after(attempt, outcome, self._clock.now(), self._luck())
        if outcome.kind == "wait":
            now = self._seconds()
            self._pace(message.channel).refused(message.address, now + outcome.seconds, now)
        self.refused = self.refused or verdict.stop
        if verdict.state in ("failed", "unknown"):
            _log.warning("a message was not sent", row=message.id, state=verdict.state, reason=outcome.reason)
        return verdict


def _left(
    message: Leased, calls: tuple[Call, ...], verdict: policy.Next, arrived: list[int], *, whole: bool
) -> Settled:
    """Return how the attempt ended, with the calls that are left; what is whole is left as it was."""
    left = message.calls if whole else dumped(calls)
    at = math.ceil(verdict.at.timestamp())
    return Settled(message, verdict.state, at, verdict.failure, left, _numbers(arrived), verdict.address)


def _numbers(arrived: list[int]) -> str | None:
    return orjson.dumps(arrived).decode() if arrived else None


def _written(path: Path) -> int:
    """Return when the file was written (ns), so that one replaced under its name is another; 0 if it is gone."""
    try:
        return path.stat().st_mtime_ns
    except OSError:
        return 0
