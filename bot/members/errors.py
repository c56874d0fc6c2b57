"""What can be refused to somebody who wants in."""

from bot.errors import RelaisError


class MemberError(RelaisError):
    """A refusal that a sentence of the catalogue explains: ``key`` names the sentence, ``values`` fill it."""

    def __init__(self, key: str, **values: object) -> None:
        super().__init__(key)
        self.key, self.values = key, values
