"""The site: its addresses, and what answers at each."""

from __future__ import annotations

from collections.abc import Sequence
from importlib.resources import files
from pathlib import Path

from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Mount, Route, WebSocketRoute
from starlette.staticfiles import StaticFiles
from starlette.types import Scope

from bot.clock import SimulatedClock
from web.actions import Actions, Receive
from web.bounces import BounceHook
from web.channel import WebChannel
from web.demonstration import AfterAdvance, Demonstration
from web.door import Door
from web.headers import SecurityHeaders
from web.issues import Issues
from web.letters import Letters
from web.origin import Origins
from web.pages import Pages
from web.socket import ChatSocket
from web.transfer import Transfer


def build_site(
    channel: WebChannel,
    receive: Receive,
    *,
    sample_clock: SimulatedClock | None = None,
    after_advance: AfterAdvance | None = None,
    secret: str = "",
    origins: Sequence[str] = (),
    bounces: BounceHook | None = None,
) -> Starlette:
    """Return the site over a channel, to be served by uvicorn.

    ``receive`` is ``Inbox.receive``.  With a ``sample_clock`` the network is a sample: visitors choose somebody to be,
    and may move that clock; ``after_advance`` is called after each hour that it moves.  ``secret`` signs personal links
    (``web.keys.sign_key``).  ``origins`` names the site's public origins where a proxy changes the ``Host`` header.
    ``bounces`` takes letters that come back; without it there is no such address.
    """
    door = Door(channel, sample=sample_clock is not None, secret=secret)
    actions, allowed = Actions(channel, receive), Origins(origins)
    demonstration = Demonstration(channel, sample_clock, after_advance) if sample_clock else None
    transfer = Transfer(channel, door, actions, allowed)
    pages = Pages(channel, door)
    letters, issues = Letters(channel, pages, secret), Issues(channel, pages, secret)
    hooks = [Route("/mail/bounces", bounces.take, methods=["POST"])] if bounces else []
    return Starlette(
        routes=[
            Route("/", pages.answer),
            Route("/letters", letters.ask),
            Route("/letters", letters.stop, methods=["POST"]),
            Route("/letters/again", letters.again, methods=["POST"]),
            *hooks,
            Route("/watch", issues.answer),
            Route("/health", _health),
            Route("/files", transfer.take, methods=["POST"]),
            Route("/files/{number:int}", transfer.fetch),
            WebSocketRoute("/socket", ChatSocket(channel, door, actions, demonstration, allowed).answer),
            Mount("/static", _Static(directory=Path(str(files("web").joinpath("static"))))),
        ],
        middleware=[Middleware(SecurityHeaders)],
    )


class _Static(StaticFiles):
    """The page's own files, asked for again each time, and answered by 304 while they are the same."""

    def file_response(self, *args: object, **values: object) -> Response:
        """Return the file with its header."""
        response = super().file_response(*args, **values)  # type: ignore[arg-type]  # passed on as they came
        response.headers["Cache-Control"] = "no-cache"
        return response

    async def get_response(self, path: str, scope: Scope) -> Response:
        """Return a file; the templates are no pages by themselves."""
        return await super().get_response("-" if path.endswith(".html") else path, scope)


async def _health(request: Request) -> Response:
    return JSONResponse({"status": "ok"})
