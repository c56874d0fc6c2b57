from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping, Sequence
from typing import Any

import pytest
from telegram.error import Conflict, InvalidToken, NetworkError, TelegramError

from bot.delivery.polling import Poller
from bot.delivery.telegram import NotConnectedError, TooFastError
from bot.errors import SettingsError
from tests.support.fakes import Naps


class EndOfTest(BaseException):
    """Ends a loop that has no end."""


class Telegram:
    """Answers getUpdates with what it is given, in order, then ends the test."""

    def __init__(self, *answers: list[dict[str, Any]] | TelegramError) -> None:
        self.answers = list(answers)
        self.asked: list[tuple[str, Mapping[str, Any]]] = []
        self.timeouts: list[float | None] = []

    async def ask(self, method: str, parameters: Mapping[str, Any], *, read_timeout: float | None = None) -> Any:
        self.asked.append((method, parameters))
        self.timeouts.append(read_timeout)
        if method == "deleteWebhook":
            return True
        if not self.answers:
            raise EndOfTest
        answer = self.answers.pop(0)
        if isinstance(answer, TelegramError):
            raise answer
        return answer

    @property
    def offsets(self) -> list[int | None]:
        return [parameters.get("offset") for method, parameters in self.asked if method == "getUpdates"]


class Kept:
    """Keeps updates in memory; `at_receive` may raise."""

    def __init__(self, at_receive: Callable[[], None] = lambda: None) -> None:
        self.free = asyncio.Event()
        self.free.set()
        self.numbers: list[Any] = []
        self._at_receive = at_receive

    async def room(self) -> None:
        await self.free.wait()

    async def receive(self, channel: str, received: Sequence[Mapping[str, object]]) -> None:
        self._at_receive()
        self.numbers += [(channel, update["update_id"]) for update in received]


def updates(*numbers: int) -> list[dict[str, Any]]:
    return [{"update_id": number} for number in numbers]


async def poll(telegram: Telegram, kept: Kept) -> list[float]:
    naps = Naps()
    with pytest.raises(EndOfTest):
        await Poller(telegram, kept, sleep=naps).run()
    return naps.seconds


async def test_the_first_question_names_no_offset_and_the_next_acknowledges_what_was_kept() -> None:
    telegram, kept = Telegram(updates(7, 8), [], updates(12)), Kept()
    assert await poll(telegram, kept) == []
    assert telegram.offsets == [None, 9, 9, 13]
    assert kept.numbers == [("telegram", 7), ("telegram", 8), ("telegram", 12)]
    assert telegram.timeouts == [40.0] * 4
    assert telegram.asked[0] == (
        "getUpdates",
        {"timeout": 30, "allowed_updates": ("message", "callback_query", "my_chat_member")},
    )


async def test_what_cannot_be_kept_is_not_acknowledged() -> None:
    troubles = [OSError("disk full"), OSError("disk full")]

    def trouble() -> None:
        if troubles:
            raise troubles.pop()

    telegram, kept = Telegram(updates(7), updates(7), updates(7)), Kept(trouble)
    assert await poll(telegram, kept) == [1.0, 2.0]
    assert telegram.offsets == [None, None, None, 8]


@pytest.mark.parametrize("error", [NotConnectedError("refused"), NetworkError("Bad Gateway")])
async def test_waits_grow_while_telegram_is_out_of_reach_and_begin_anew_when_it_is_back(error: TelegramError) -> None:
    telegram = Telegram(error, error, error, updates(1), error, *[error] * 7)
    assert await poll(telegram, Kept()) == [1, 2, 4, 1, 2, 4, 8, 16, 32, 60, 60]


async def test_a_429_is_waited_out() -> None:
    assert await poll(Telegram(TooFastError(23.0)), Kept()) == [23.0]


async def test_another_process_on_the_same_bot_is_waited_for() -> None:
    conflict = Conflict("Conflict: terminated by other getUpdates request")
    assert await poll(Telegram(conflict, conflict), Kept()) == [1.0, 2.0]


async def test_a_webhook_is_removed_and_polling_goes_on_at_once() -> None:
    telegram = Telegram(Conflict("Conflict: can't use getUpdates method while webhook is active"), updates(1))
    assert await poll(telegram, Kept()) == []
    assert [method for method, _ in telegram.asked] == ["getUpdates", "deleteWebhook", "getUpdates", "getUpdates"]


async def test_a_wrong_token_stops_the_poller() -> None:
    with pytest.raises(SettingsError, match="RELAIS_TOKEN"):
        await Poller(Telegram(InvalidToken("Unauthorized")), Kept(), sleep=Naps()).run()


async def test_no_more_is_asked_for_while_there_is_no_room() -> None:
    telegram, kept = Telegram(updates(1)), Kept()
    kept.free.clear()
    polling = Poller(telegram, kept, sleep=Naps())

    async def watch() -> None:
        for _ in range(10):
            await asyncio.sleep(0)
        assert telegram.asked == []
        kept.free.set()

    with pytest.raises(EndOfTest):
        await asyncio.gather(polling.run(), watch())
    assert telegram.offsets == [None, 2]


async def test_the_poller_ends_though_the_question_that_is_cut_off_comes_back_as_an_error() -> None:
    asked = asyncio.Event()

    class CutOff(Telegram):
        async def ask(self, method: str, parameters: Mapping[str, Any], *, read_timeout: float | None = None) -> Any:
            if asked.is_set():
                raise EndOfTest
            asked.set()
            try:
                await asyncio.Event().wait()
            except asyncio.CancelledError:
                raise NetworkError("cut off") from None

    async with asyncio.TaskGroup() as group:
        polling = group.create_task(Poller(CutOff(), Kept(), sleep=Naps()).run())
        await asked.wait()
        polling.cancel()
    assert polling.cancelled()
