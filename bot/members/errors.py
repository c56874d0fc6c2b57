"""What can be refused to somebody who wants in."""

from bot.errors import RelaisError


class MemberError(RelaisError):
    """A refusal that a sentence of the catalogue explains; ``key`` names the sentence."""

    def __init__(self, key: str) -> None:
        super().__init__(key)
        self.key = key
