"""A text in several languages as one value, with the state of each language."""

from __future__ import annotations

from typing import Literal

from pydantic import BaseModel, ConfigDict, RootModel

from bot.network.languages import Language

State = Literal["source", "human", "machine", "stale"]
"""``source``: written first; ``human``: translated; ``machine``: nobody has read it; ``stale``: the source is newer."""


class Frozen(BaseModel):
    """The base of the domain's values: immutable, and strict about names."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Version(Frozen):
    """The text in one language."""

    text: str
    state: State


class Reading(Frozen):
    """What a reader is given: the text, the language that it is in, and whether that is the one asked for."""

    text: str
    language: Language
    state: State
    translated: bool
    """False when the reader gets the source because the language asked for is missing."""


class Content(RootModel[dict[Language, Version]]):
    """Language → text and state; exactly one version is the source."""

    model_config = ConfigDict(frozen=True)

    @classmethod
    def of(cls, source: Language, /, **texts: str) -> Content:
        """Build a content from its texts by language; all but ``source`` count as translated by a person."""
        return cls.model_validate(
            {code: {"text": text, "state": "source" if code == source else "human"} for code, text in texts.items()}
        )

    def __hash__(self) -> int:
        return hash(tuple(self.root.items()))

    @property
    def source(self) -> Language:
        """The language in which the text was written first."""
        return next((code for code, version in self.root.items() if version.state == "source"), next(iter(self.root)))

    def read(self, language: Language) -> Reading:
        """Return the text in ``language``, or in the source language if it is missing there."""
        found = language if language in self.root else self.source
        version = self.root[found]
        return Reading(text=version.text, language=found, state=version.state, translated=found == language)
