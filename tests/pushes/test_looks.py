from __future__ import annotations

import asyncio

from bot.pushes.looks import Looks


async def test_it_looks_again_after_a_failure_until_it_is_stopped() -> None:
    done: list[int] = []

    async def go() -> None:
        done.append(len(done))
        if len(done) == 1:
            raise OSError("out of reach")
        if len(done) == 3:
            looks.stop()

    looks = Looks("tests", go, 0.0)
    await asyncio.wait_for(looks.run(), 10)
    assert done == [0, 1, 2]


async def test_a_stop_ends_the_wait() -> None:
    async def go() -> None:
        looks.stop()

    looks = Looks("tests", go, 3_600.0)
    await asyncio.wait_for(looks.run(), 10)


async def test_two_looks_never_overlap() -> None:
    under_way: list[int] = []

    async def go() -> None:
        under_way.append(1)
        await asyncio.sleep(0)
        assert len(under_way) == 1
        under_way.clear()

    looks = Looks("tests", go, 0.0)
    await asyncio.gather(looks.look(), looks.look(), looks.look())
    assert under_way == []
