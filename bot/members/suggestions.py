"""The nearest things that can be done, for words that no conversation takes."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from bot.network.languages import LANGUAGES
from bot.network.organisations import named
from bot.network.records import Organisation
from bot.network.spelling import fold, fold_written, mention, nearness
from bot.texts.voice import Voice
from locales import Catalogues

MOST = 3
USUAL = ("meetings", "deadlines", "contacts")
"""What people ask most."""


@dataclass(frozen=True)
class Suggestion:
    """What somebody may have meant."""

    organisation: Organisation | None
    """The organisation whose name was written, a slip or two apart."""
    commands: tuple[str, ...]
    """Commands that can be done, nearest first, three of them."""
    near: int
    """How many of the commands are near what was written; the others are what people ask most."""


class Suggestions:
    """Knows the words for every command in every language (catalogue: ``words.COMMAND`` and the menu's labels)."""

    def __init__(self, catalogues: Catalogues, commands: Iterable[str]) -> None:
        self._words = {command: _words(catalogues, command) for command in commands}

    def nearest(self, text: str, commands: Sequence[str], organisations: Iterable[Organisation]) -> Suggestion:
        """Return what the text may mean among the commands open to the reader."""
        written = fold_written(text)
        scores = {command: self._score(written, command) for command in commands}
        near = sorted((one for one in commands if scores[one]), key=lambda one: -scores[one])[:MOST]
        usual = [command for command in (*USUAL, *commands) if command not in near]
        is_command = any(written in self._words[command] for command in commands)
        place = None if is_command else next(iter(named(organisations, text)), None)
        return Suggestion(place, tuple((*near, *usual)[:MOST]), len(near))

    def _score(self, written: str, command: str) -> float:
        words = self._words[command]
        return max((max(nearness(written, word), mention(written, word)) for word in words), default=0)


def _words(catalogues: Catalogues, command: str) -> frozenset[str]:
    written = [command]
    for language in LANGUAGES:
        catalogue = catalogues[language]
        written.append(Voice.plain(catalogue.say(f"menu.{command}")))
        written.extend(Voice.plain(catalogue.say(f"words.{command}")).split(";"))
    return frozenset(folded for one in written if (folded := fold(one)))
