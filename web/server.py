"""Serves the site: one process, one socket, signals left to whoever runs it."""

from __future__ import annotations

import contextlib
import socket
from collections.abc import Iterator

import uvicorn
from starlette.types import ASGIApp


class Server(uvicorn.Server):
    """A server that leaves signals to whoever runs it."""

    @contextlib.contextmanager
    def capture_signals(self) -> Iterator[None]:
        """Capture none."""
        yield


def server(site: ASGIApp) -> Server:
    """Return what serves the site on a socket that is listening already."""
    return Server(
        uvicorn.Config(
            site,
            lifespan="off",
            log_config=None,
            access_log=False,  # the address of a page holds its key
            ws="websockets-sansio",
            ws_max_size=65_536,
            timeout_graceful_shutdown=2,
        )
    )


def listen(host: str, port: int) -> socket.socket:
    """Return a socket that listens there; raises OSError if that cannot be."""
    return socket.create_server((host, port), family=socket.AF_INET6 if ":" in host else socket.AF_INET)
