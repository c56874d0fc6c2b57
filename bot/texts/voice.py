"""How Relais speaks to one reader: language, time zone and digits together."""

from __future__ import annotations

import html
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Literal
from zoneinfo import ZoneInfo

from babel import Locale

from bot.network.audiences import Reader
from bot.network.content import Content
from bot.network.languages import Language
from bot.texts.cut import shorten
from locales import Catalogue, Catalogues, Html, escape


@dataclass(frozen=True)
class Voice:
    """The reader's language and habits; everything that is read goes through here."""

    catalogue: Catalogue
    language: Language
    zone: ZoneInfo
    digits: Literal["latin", "native"] = "latin"

    @classmethod
    def of(cls, catalogues: Catalogues, reader: Reader) -> Voice:
        """Return the voice in which this reader is spoken to."""
        return cls(catalogues[reader.language], reader.language, ZoneInfo(reader.time_zone), reader.digits)

    def say(self, key: str, /, **values: object) -> Html:
        """Return a sentence of the catalogue; see ``Catalogue.say``."""
        return self.catalogue.say(key, **values)

    def count(self, key: str, number: int, /, **values: object) -> Html:
        """Return a sentence in the form that the number asks for; see ``Catalogue.count``."""
        return self.catalogue.count(key, number, **values)

    def label(self, key: str, /, **values: object) -> str:
        """Return a sentence as plain text, for a button: buttons show no HTML."""
        return self.plain(self.say(key, **values))

    def text(self, content: Content) -> Html:
        """Return a content in the reader's language, safe in HTML; without a note (for titles in lists and buttons)."""
        return escape(content.read(self.language).text)

    def noted(self, content: Content) -> Html:
        """Return a content with a visible note where it is not translated, or not by a person, or out of date."""
        reading = content.read(self.language)
        if not reading.translated:
            note = self.say("content.untranslated", language=self.say(f"language.{reading.language}"))
        elif reading.state in ("machine", "stale"):
            note = self.say(f"content.{reading.state}")
        else:
            return escape(reading.text)
        between = "\n" if "\n" in reading.text else " "
        return Html(f"{escape(reading.text)}{between}<i>{note}</i>")

    def title(self, content: Content, limit: int = 40) -> str:
        """Return a content as the label of a button: plain, at most ``limit`` clusters long."""
        return shorten(content.read(self.language).text, limit)

    def country(self, code: str) -> str:
        """Return the name of a country (ISO 3166-1 alpha-2)."""
        return str(_territories(self.language).get(code, code))

    def joined(self, parts: Iterable[object]) -> Html:
        """Return parts as one enumeration, each safe in HTML."""
        return Html(self.say("common.comma").join(escape(part) for part in parts))

    def listed(self, parts: Sequence[object]) -> Html:
        """Return parts as one enumeration within a sentence, with an "and" before the last."""
        if len(parts) < 2:
            return self.joined(parts)
        return self.say("common.and", first=self.joined(parts[:-1]), last=parts[-1])

    @staticmethod
    def plain(text: Html) -> str:
        """Return HTML as the plain text that it shows."""
        return html.unescape(re.sub(r"<[^>]+>", "", text))


@cache
def _territories(language: Language) -> Mapping[str, str]:
    """Return the names of countries; Babel puts them together anew at every call."""
    return dict(Locale.parse(language).territories)
