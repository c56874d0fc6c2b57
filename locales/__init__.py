"""The catalogues: every sentence that Relais says, one folder a language, one ``.po`` file a subject.

A message is named by a key (``meetings.none``), so that every language, English too, is a translation like the
others.  Placeholders are named: ``{city}``.  A message may hold Telegram's HTML; the values put into it are escaped
unless they are ``Html`` themselves.
"""

from __future__ import annotations

import gettext
import html
import io
from collections.abc import Iterator, Mapping
from functools import cache
from importlib.resources import files

from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po


class Html(str):
    """A text that is already safe inside Telegram's HTML."""

    __slots__ = ()


def escape(value: object) -> Html:
    """Return the value as text that is safe inside HTML; ``Html`` stays as it is."""
    return value if isinstance(value, Html) else Html(html.escape(str(value), quote=False))


class Catalogue:
    """The sentences of one language."""

    def __init__(self, language: str, translations: gettext.GNUTranslations) -> None:
        self.language = language
        self._translations = translations
        self._said: dict[str, Html] = {}
        """Sentences without placeholders, as they are said."""

    def say(self, key: str, /, **values: object) -> Html:
        """Return the sentence ``key`` with its placeholders filled; raises KeyError if there is none."""
        if not values and (said := self._said.get(key)) is not None:
            return said
        pattern = self._translations.gettext(key)
        if pattern == key:
            raise KeyError(f"{self.language} has no message {key!r}")
        said = Html(pattern.format_map({name: escape(value) for name, value in values.items()}))
        if not values:
            self._said[key] = said
        return said

    def count(self, key: str, number: int, /, **values: object) -> Html:
        """Return the sentence ``key`` in the form that ``number`` asks for; the number is ``{n}`` in it."""
        pattern = self._translations.ngettext(key, key, number)
        if pattern == key:
            raise KeyError(f"{self.language} has no message {key!r}")
        return Html(pattern.format_map({"n": number, **{name: escape(value) for name, value in values.items()}}))

    def has(self, key: str) -> bool:
        """Whether there is a sentence of that key."""
        return self._translations.gettext(key) != key


class Catalogues(Mapping[str, Catalogue]):
    """The catalogues of all languages, compiled in memory."""

    def __init__(self, catalogues: dict[str, Catalogue]) -> None:
        self._catalogues = catalogues

    @staticmethod
    @cache
    def load() -> Catalogues:
        """Read every ``.po`` file of every language, once a process."""
        folders = [folder for folder in files("locales").iterdir() if folder.is_dir() and folder.name[0] not in "._"]
        return Catalogues({folder.name: Catalogue(folder.name, _compile(folder.name)) for folder in folders})

    def __getitem__(self, language: str) -> Catalogue:
        return self._catalogues[language]

    def __iter__(self) -> Iterator[str]:
        return iter(self._catalogues)

    def __len__(self) -> int:
        return len(self._catalogues)


def read_catalogues(language: str) -> dict[str, Catalog]:
    """Return the parsed files of a language, by file name."""
    folder = files("locales").joinpath(language)
    parsed = {}
    for path in sorted(folder.iterdir(), key=lambda path: path.name):
        if path.name.endswith(".po"):
            parsed[path.name] = read_po(io.BytesIO(path.read_bytes()), locale=language, abort_invalid=True)
    return parsed


def _compile(language: str) -> gettext.GNUTranslations:
    merged = Catalog(locale=language)
    for catalog in read_catalogues(language).values():
        for message in catalog:
            if message.id:
                merged.add(message.id, message.string)
    compiled = io.BytesIO()
    write_mo(compiled, merged)
    compiled.seek(0)
    return gettext.GNUTranslations(compiled)
