"""A wire between a client and a server that a test can cut: so is a server restarted, as its clients see it."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager


class Relay:
    """Passes bytes on between a port of its own and another."""

    def __init__(self, host: str, port: int) -> None:
        self._target = host, port
        self._writers: set[asyncio.StreamWriter] = set()
        self.port = 0
        self.down = False
        """Whether nobody gets through."""
        self.mark: tuple[bytes, int] | None = None
        """Cut when these bytes pass for the n-th time, before (or, if negative, after) they are passed on."""
        self.was_cut = asyncio.Event()

    @classmethod
    @asynccontextmanager
    async def started(cls, host: str, port: int) -> AsyncIterator[Relay]:
        """Relay until the end of the block."""
        relay = cls(host, port)
        server = await asyncio.start_server(relay._serve, "127.0.0.1", 0)
        relay.port = server.sockets[0].getsockname()[1]
        try:
            yield relay
        finally:
            relay.cut()
            server.close()
            await server.wait_closed()

    def cut(self) -> None:
        """Break every connection."""
        for writer in self._writers:
            writer.transport.abort()
        self._writers.clear()

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        if self.down:
            writer.transport.abort()
            return
        there, back = await asyncio.open_connection(*self._target)
        self._writers |= {writer, back}
        async with asyncio.TaskGroup() as group:
            group.create_task(self._pass(reader, back, watched=True))
            group.create_task(self._pass(there, writer, watched=False))

    async def _pass(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter, *, watched: bool) -> None:
        try:
            while data := await reader.read(65_536):
                if watched and self.mark is not None and self.mark[0] in data and await self._meet(data, writer):
                    return
                writer.write(data)
                await writer.drain()
        except OSError:
            pass
        finally:
            writer.close()

    async def _meet(self, data: bytes, writer: asyncio.StreamWriter) -> bool:
        """Count what passes; cut where it is time."""
        assert self.mark is not None
        text, left = self.mark
        if abs(left) > 1:
            self.mark = (text, left - 1 if left > 0 else left + 1)
            return False
        self.mark = None
        self.was_cut.set()
        if left < 0:
            writer.write(data)
            await writer.drain()
            await asyncio.sleep(0.1)  # it is done there, and the answer is on its way
        self.cut()
        return True
