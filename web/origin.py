"""Where a request comes from: another site's page must not speak in a member's name."""

from __future__ import annotations

import re
from collections.abc import Sequence
from urllib.parse import urlsplit

from starlette.requests import HTTPConnection

_TAG = re.compile(r"^[A-Za-z]{2,3}(?:-[A-Za-z0-9]{1,8}){0,3}$")


class Origins:
    """Allows the site's own origin, and those that are named."""

    def __init__(self, named: Sequence[str] = ()) -> None:
        """Take origins such as ``https://chat.example.org``, for a proxy that changes the ``Host`` header."""
        self._named = frozenset(origin.rstrip("/").lower() for origin in named)

    def allow(self, connection: HTTPConnection) -> bool:
        """Whether the request comes from a page of this site; a request without ``Origin`` does not."""
        origin = connection.headers.get("origin", "").lower()
        host = connection.headers.get("host", "").lower()
        return bool(origin) and (origin in self._named or (urlsplit(origin).netloc == host and host != ""))


def language_of(connection: HTTPConnection) -> str | None:
    """Return the browser's first language (IETF tag)."""
    first = connection.headers.get("accept-language", "").split(",")[0].split(";")[0].strip()
    tag = connection.query_params.get("language") or first
    return tag if _TAG.match(tag) else None
