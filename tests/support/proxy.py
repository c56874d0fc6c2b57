"""A proxy on a loopback port, for HTTP and SOCKS5; it keeps whom it let through, and where to."""

from __future__ import annotations

import asyncio
import base64
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

USER, PASSWORD = "relais", "p4ss-w0rd"
_ALLOWED = b"Basic " + base64.b64encode(f"{USER}:{PASSWORD}".encode())


class Proxy:
    """Lets through who gives `USER` and `PASSWORD`."""

    def __init__(self) -> None:
        self.port = 0
        self.reached: list[str] = []
        """`host:port` of every connection made for somebody."""
        self._tasks: set[asyncio.Task[None]] = set()

    @classmethod
    @asynccontextmanager
    async def started(cls) -> AsyncIterator[Proxy]:
        """Serve on a free port until the end of the block."""
        proxy = cls()
        server = await asyncio.start_server(proxy._serve, "127.0.0.1", 0)
        proxy.port = server.sockets[0].getsockname()[1]
        try:
            yield proxy
        finally:
            server.close()
            for task in proxy._tasks:
                task.cancel()
            await asyncio.gather(*proxy._tasks, return_exceptions=True)

    def address(self, scheme: str, password: str = PASSWORD) -> str:
        """The address as a setting names it."""
        return f"{scheme}://{USER}:{password}@127.0.0.1:{self.port}"

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        assert task is not None
        self._tasks.add(task)
        try:
            first = await reader.readexactly(1)
            await (self._socks(reader, writer) if first == b"\x05" else self._http(first, reader, writer))
        finally:
            writer.close()
            self._tasks.discard(task)

    async def _socks(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """RFC 1928 and 1929, as far as a client needs that sends names or IPv4 addresses."""
        await reader.readexactly((await reader.readexactly(1))[0])
        writer.write(b"\x05\x02")
        await reader.readexactly(1)
        user = await _counted(reader)
        allowed = (user, await _counted(reader)) == (USER.encode(), PASSWORD.encode())
        writer.write(b"\x01\x00" if allowed else b"\x01\x01")
        if not allowed:
            return
        kind = (await reader.readexactly(4))[3]
        host = ".".join(map(str, await reader.readexactly(4))) if kind == 1 else (await _counted(reader)).decode()
        port = int.from_bytes(await reader.readexactly(2), "big")
        await self._pass_on(host, port, b"", b"\x05\x00\x00\x01" + bytes(6), reader, writer)

    async def _http(self, first: bytes, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """One request that names the whole address, or a tunnel."""
        head = first + await reader.readuntil(b"\r\n\r\n")
        if _ALLOWED not in head:
            writer.write(b"HTTP/1.1 407 Proxy Authentication Required\r\nContent-Length: 0\r\n\r\n")
            return
        host, _, port = head.split(b" ", 2)[1].decode().removeprefix("http://").partition("/")[0].partition(":")
        through = head.startswith(b"CONNECT")
        answer = b"HTTP/1.1 200 OK\r\n\r\n" if through else b""
        await self._pass_on(host, int(port), b"" if through else head, answer, reader, writer)

    async def _pass_on(
        self,
        host: str,
        port: int,
        head: bytes,
        answer: bytes,
        reader: asyncio.StreamReader,
        writer: asyncio.StreamWriter,
    ) -> None:
        self.reached.append(f"{host}:{port}")
        there, back = await asyncio.open_connection(host, port)
        back.write(head)
        writer.write(answer)
        try:
            async with asyncio.TaskGroup() as group:
                group.create_task(_copy(reader, back))
                group.create_task(_copy(there, writer))
        finally:
            back.close()


async def _counted(reader: asyncio.StreamReader) -> bytes:
    return await reader.readexactly((await reader.readexactly(1))[0])


async def _copy(source: asyncio.StreamReader, target: asyncio.StreamWriter) -> None:
    """Pass on until one side ends, and end the other."""
    while data := await source.read(65536):
        target.write(data)
        await target.drain()
    target.close()
