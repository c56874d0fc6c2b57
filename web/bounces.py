"""Where a mail server hands over letters that came back: ``POST /mail/bounces``, the raw message as the body."""

from __future__ import annotations

import hmac
from collections.abc import Awaitable, Callable

from starlette.requests import Request
from starlette.responses import JSONResponse

_SCHEME = "bearer"


class BounceHook:
    """Takes messages from whoever knows the secret (``Authorization: Bearer …``)."""

    def __init__(self, secret: str, note: Callable[[bytes], Awaitable[bool]], largest: int) -> None:
        """Take the secret, what notes a message and says whether a mailbox was marked, and how many bytes it reads."""
        self._secret, self._note, self._largest = secret, note, largest

    async def take(self, request: Request) -> JSONResponse:
        """Note a message; whatever it is, it is taken, so that nobody hands it over again."""
        scheme, _, given = request.headers.get("authorization", "").partition(" ")
        if scheme.lower() != _SCHEME or not hmac.compare_digest(given.strip().encode(), self._secret.encode()):
            return JSONResponse({"error": "unauthorised"}, 401, {"WWW-Authenticate": "Bearer"})
        raw = bytearray()
        async for piece in request.stream():
            raw += piece
            if len(raw) > self._largest:
                return JSONResponse({"error": "too large"}, 413)
        return JSONResponse({"marked": await self._note(bytes(raw))})
