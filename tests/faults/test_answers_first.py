"""Somebody writes while a campaign is sent."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest

from bot.clock import SystemClock, monotonic
from bot.delivery.http import HttpRequest
from bot.delivery.inbox import Inbox
from bot.delivery.pace import Counted, Limits, Pace
from bot.delivery.polling import Poller
from bot.delivery.telegram import TelegramApi
from tests.support.counting_bot import CountingDesk, counted
from tests.support.people import Somebody, message
from tests.support.sender import Sender, queue_many
from tests.support.server import TOKEN
from tests.support.strict import StrictServer

FIRST = 1_000_000
"""The number of the first who writes."""


@pytest.mark.parametrize(
    ("rows", "rate", "questions"),
    [
        pytest.param(2_000, 30.0, 20, id="short"),
        pytest.param(100_000, 30.0, 200, id="thirty a second", marks=pytest.mark.long),
        pytest.param(100_000, 1_000.0, 400, id="as fast as it goes", marks=pytest.mark.long),
    ],
)
async def test_an_answer_comes_within_a_second_during_a_campaign(
    tmp_path: Path, rows: int, rate: float, questions: int
) -> None:
    asked: dict[int, float] = {}
    waited: list[float] = []
    async with (
        StrictServer.strict() as server,
        counted(tmp_path / "relais.db") as database,
        HttpRequest() as request,
        asyncio.timeout(280),
    ):
        await queue_many(database, range(1, rows + 1), "held")
        api, pace = TelegramApi(request, server.root, TOKEN), Pace(Limits(overall=rate))
        inbox = Inbox(database, CountingDesk(), SystemClock(), {"telegram": Counted(api, pace)})
        campaign = Sender(database, {"telegram": api}, SystemClock(), paces={"telegram": pace})
        async with asyncio.TaskGroup() as group:
            polling = group.create_task(Poller(api, inbox).run())
            group.create_task(inbox.run())
            group.create_task(campaign.run())
            await server.until(lambda: bool(server.counts))
            for number in range(questions):
                chat = FIRST + number
                asked[chat] = monotonic()
                await server.give([message(number + 1, 1, Somebody(chat, "P"), "when?")])
                await server.until(lambda chat=chat: (chat, f"{chat}:when?") in server.accepted)  # type: ignore[misc]
                waited.append(monotonic() - asked[chat])
                await asyncio.sleep(0.1)
            sent = sum(1 for chat in server.counts if chat < FIRST)
            polling.cancel()
            inbox.stop()
            campaign.stop()
    waited.sort()
    middle, slow = waited[len(waited) // 2], waited[int(len(waited) * 0.95)]
    print(f"{rows} rows at {rate:g}/s, {sent} sent meanwhile: answers at p50 {middle:.3f} s, p95 {slow:.3f} s")
    assert (slow < 1.0, 0 < sent < rows) == (True, True)
