"""The languages in which Relais speaks."""

from typing import Literal, get_args

Language = Literal["fr", "vi", "km", "lo", "en"]

LANGUAGES: tuple[Language, ...] = get_args(Language)

NATIVE_NAMES: dict[Language, str] = {
    "fr": "Français",
    "vi": "Tiếng Việt",
    "km": "ភាសាខ្មែរ",
    "lo": "ລາວ",
    "en": "English",
}


def guess(language_code: str | None) -> Language | None:
    """Return the language that an IETF tag such as Telegram's ``language_code`` ("fr-CA", "km") stands for."""
    primary = (language_code or "").replace("_", "-").split("-")[0].lower()
    return next((language for language in LANGUAGES if language == primary), None)
