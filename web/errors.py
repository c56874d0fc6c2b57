"""What the web channel refuses, in Telegram's own words: the assistant must not notice which channel it speaks on."""

from __future__ import annotations

from bot.errors import RelaisError


class ApiError(RelaisError):
    """A call of the Bot API that is refused; ``description`` is worded as Telegram words it."""

    def __init__(self, description: str, code: int = 400) -> None:
        super().__init__(description)
        self.description, self.code = description, code


def bad_request(reason: str) -> ApiError:
    """Return the refusal of wrong parameters."""
    return ApiError(f"Bad Request: {reason}")
