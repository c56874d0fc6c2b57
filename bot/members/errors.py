"""What can be refused to somebody who wants in."""

from bot.errors import RelaisError
from bot.texts.voice import Voice
from locales import Catalogues


class MemberError(RelaisError):
    """A refusal that a sentence of the catalogue explains: ``key`` names the sentence, ``values`` fill it."""

    def __init__(self, key: str, **values: object) -> None:
        super().__init__(key)
        self.key, self.values = key, values

    def __str__(self) -> str:
        """Return the sentence in English, for the command line."""
        return Voice.plain(Catalogues.load()["en"].say(self.key, **self.values))
