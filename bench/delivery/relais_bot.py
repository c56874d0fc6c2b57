"""The assistant as ``relais run`` starts it, in front of the bench's server.

``python -m bench.delivery.relais_bot prepare HOME [COUNT]`` makes a home with people who write, and a campaign to COUNT
others that is sent as soon as the assistant runs; ``… run HOME [RATE]`` serves it.
"""

from __future__ import annotations

import asyncio
import sys
from pathlib import Path

import uvloop

from bench.delivery.campaign import everybody, filled
from bench.delivery.harness import API, TOKEN
from bench.delivery.people import network
from bot.app import serve
from bot.clock import SimulatedClock, SystemClock
from bot.settings import Settings
from tests.support.sample import NOW

WRITE = 2_000


async def prepare(home: Path, count: int) -> None:
    """Make the home."""
    database = await network(home, WRITE + count)
    if count:
        await filled(database, "bench", (await everybody(database))[WRITE:])
    await database.close()


if __name__ == "__main__":
    more = sys.argv[3:]
    if sys.argv[1] == "prepare":
        asyncio.run(prepare(Path(sys.argv[2]), int(more[0]) if more else 0))
    else:
        chosen = Settings.model_validate(
            {"token": TOKEN, "api_url": API, "home": sys.argv[2], "telegram_rate": more[0] if more else 30}
        )
        clock = SystemClock() if more else SimulatedClock(NOW)  # the sample's meetings are in 2027
        uvloop.run(serve(chosen, clock, say=lambda line: None))
