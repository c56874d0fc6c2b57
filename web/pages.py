"""The pages: the chat, the choice of somebody to be, two or three chats side by side, and the closed door."""

from __future__ import annotations

import html
from collections.abc import Mapping
from urllib.parse import urlencode

import orjson
from starlette.requests import Request
from starlette.responses import HTMLResponse

from bot.network.languages import LANGUAGES, NATIVE_NAMES, Language
from locales import Catalogue
from web import state
from web.channel import WebChannel
from web.door import Door
from web.origin import language_of
from web.people import STRANGER, Offer, offers
from web.templates import filled, template
from web.words import accepted, reader_words

_SIDE_BY_SIDE = 3


class Pages:
    """Answers ``/``."""

    def __init__(self, channel: WebChannel, door: Door) -> None:
        self._channel, self._door = channel, door
        self._templates = {name: template(name) for name in ("index", "door", "beside", "locked")}

    async def answer(self, request: Request) -> HTMLResponse:
        """Return the page for who asks; 403 and nothing else to whom the door is closed."""
        chosen = request.query_params.getlist("as")
        if self._door.sample and len(chosen) > 1:
            return self._beside(chosen[:_SIDE_BY_SIDE], request)
        if self._door.sample and chosen == [STRANGER]:
            return await self._chat(request, self._language(request))
        visitor = await self._door.who(request.query_params)
        if visitor is not None:
            reader = await self._door.enter(visitor, language_of(request))
            return await self._chat(request, reader.language)
        if self._door.sample and "key" not in request.query_params:
            return await self._choice(request)
        return self.locked(request)

    async def _chat(self, request: Request, language: Language) -> HTMLResponse:
        async with self._channel.database.snapshot() as read:
            profile = await state.profile(read)
        words = reader_words(self._channel.catalogues[language], language, profile)
        boot = orjson.dumps({**words, "sample": self._door.sample}).decode().replace("<", "\\u003c")
        return self._page("index", language, {"title": html.escape(words["title"]), "boot": boot})

    async def _choice(self, request: Request) -> HTMLResponse:
        language = self._language(request)
        async with self._channel.database.snapshot() as read:
            found = await offers(read)
        say = self._channel.catalogues[language]
        stranger = Offer(STRANGER, str(say.say("web.visitor")), str(say.say("web.stranger_note")), "", language)
        cards = "\n".join(self._card(offer, language) for offer in [*found, stranger])
        words = {name: say.say(f"web.{name}") for name in ("name", "door_title", "door_text", "open_beside")}
        return self._page("door", language, {"cards": cards, **words})

    def _card(self, offer: Offer, language: Language) -> str:
        """Return somebody to be, in that person's language; the word beside the box is in the browser's."""
        beside = self._channel.catalogues[language].say("web.beside")
        own = {name: html.escape(value) for name, value in offer._asdict().items()}
        where = " · ".join(own[name] for name in ("function", "city") if own[name])
        tongue = html.escape(NATIVE_NAMES[offer.language])
        return (
            f'<li class="card" lang="{own["language"]}"><a href="/?as={own["code"]}">'
            f'<span class="face" aria-hidden="true">{own["name"][:1]}</span>'
            f'<span class="who"><b>{own["name"]}</b><span>{where}</span></span>'
            f'<span class="tongue">{tongue}</span></a>'
            f'<label lang="{language}"><input type="checkbox" name="as" value="{own["code"]}"> {beside}</label></li>'
        )

    def _beside(self, chosen: list[str], request: Request) -> HTMLResponse:
        links = (html.escape("/?" + urlencode({"as": code})) for code in chosen)
        frames = "\n".join(f'<iframe src="{link}" title="{number}"></iframe>' for number, link in enumerate(links, 1))
        language = self._language(request)
        words = {name: self._channel.catalogues[language].say(f"web.{name}") for name in ("name", "change_person")}
        return self._page("beside", language, {"frames": frames, **words})

    def locked(self, request: Request) -> HTMLResponse:
        """Return the closed door, in every language."""
        first = self._language(request)
        ordered = sorted(LANGUAGES, key=lambda language: language != first)
        notes = "\n".join(_note(self._channel.catalogues[language]) for language in ordered)
        title = self._channel.catalogues[first].say("web.name")
        return self._page("locked", first, {"name": title, "notes": notes}, 403)

    def _language(self, request: Request) -> Language:
        return accepted(request.headers.get("accept-language", ""), "en")

    def _page(self, template: str, language: Language, values: Mapping[str, str], status: int = 200) -> HTMLResponse:
        """Return a template with its marks filled; the values are safe in HTML."""
        return filled(self._templates[template], language, values, status)


def _note(catalogue: Catalogue) -> str:
    say = catalogue.say
    return f'<section lang="{catalogue.language}"><h2>{say("web.locked")}</h2><p>{say("web.locked_text")}</p></section>'
