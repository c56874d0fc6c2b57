"""A past issue of the watch as a page: what everybody may read, opened by a signed link that may be passed on."""

from __future__ import annotations

from urllib.parse import urlencode
from zoneinfo import ZoneInfo

from starlette.requests import Request
from starlette.responses import HTMLResponse

from bot.network.languages import LANGUAGES, NATIVE_NAMES, Language, guess
from bot.texts import dates
from bot.texts.issue import Told, issue_text
from bot.texts.voice import Voice
from bot.watch.composing import Composing, month_of, names, past_entries
from locales import Html
from web.channel import WebChannel
from web.keys import read_key
from web.pages import Pages
from web.templates import filled, template
from web.words import accepted


class Issues:
    """Answers ``/watch``."""

    def __init__(self, channel: WebChannel, pages: Pages, secret: str) -> None:
        """Take the pages, for who has no key, and the secret that signs keys."""
        self._channel, self._pages, self._secret = channel, pages, secret
        self._composing = Composing(channel.identify.network_zone, "fr")
        self._template = template("issue")

    async def answer(self, request: Request) -> HTMLResponse:
        """Return the issue that the key opens, in the language that is asked for; the closed door otherwise."""
        now = self._channel.clock.now()
        key = request.query_params.get("key", "")
        month = month_of(read_key(self._secret, key, now, "issue") or "")
        language = _language(request)
        if month is None:
            return self._pages.locked(request)
        async with self._channel.database.snapshot() as read:
            one = await self._composing.of_month(read, month)
            entries = await past_entries(read, one, None, now) if one else []
            called = await names(read)
        if one is None:
            return self._pages.locked(request)
        zone = ZoneInfo(self._channel.identify.network_zone)
        voice = Voice(self._channel.catalogues[language], language, zone)
        told = Told("past", month, entries, called, one.content)
        values = {
            "title": voice.say("issue.page_title", month=dates.month(voice, month)),
            "text": paragraphs_of(issue_text(voice, told)),
            "languages": _others(key, language),
            "note": voice.say("issue.page_note"),
        }
        return filled(self._template, language, values)


def paragraphs_of(text: Html) -> str:
    """Return Telegram's HTML, whose tags end within their lines, as paragraphs of a page."""
    return "\n".join(f"<p>{part.replace(chr(10), '<br>')}</p>" for part in text.split("\n\n") if part.strip())


def _others(key: str, present: Language) -> str:
    links = []
    for code in LANGUAGES:
        address = "/watch?" + urlencode({"key": key, "language": code}).replace("&", "&amp;")
        name = NATIVE_NAMES[code]
        links.append(f"<b>{name}</b>" if code == present else f'<a lang="{code}" href="{address}">{name}</a>')
    return " · ".join(links)


def _language(request: Request) -> Language:
    asked = guess(request.query_params.get("language"))
    return asked or accepted(request.headers.get("accept-language", ""), "en")
