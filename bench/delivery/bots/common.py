"""The message that every bot sends, and how a sender reports: as common.js."""

import asyncio
import json
import os
import sys
import time
from collections.abc import Awaitable, Callable

API, TOKEN, TEXT = os.environ["BENCH_API"], os.environ["BENCH_TOKEN"], os.environ["BENCH_TEXT"]
BUTTONS = ((("Programme", "m1:p"), ("Documents", "m1:d")), (("Register", "m1:r"), ("Back", "m1:b")))


async def run_senders(send: Callable[[int], Awaitable[object]]) -> None:
    """Send to as many chats as the first argument says, as many at once as the second, and print what it took."""
    total, at_once = map(int, sys.argv[1:3])
    await _sent(send, min(500, total), at_once)
    cpu, began = time.process_time(), time.perf_counter()
    await _sent(send, total, at_once)
    used = time.process_time() - cpu
    print(json.dumps({"messages": total, "seconds": time.perf_counter() - began, "cpu": used}))


async def _sent(send: Callable[[int], Awaitable[object]], total: int, at_once: int) -> None:
    chats = iter(range(100_000, 100_000 + total))

    async def work() -> None:
        for chat in chats:
            await send(chat)

    async with asyncio.TaskGroup() as group:
        for _ in range(at_once):
            group.create_task(work())
