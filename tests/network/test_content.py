from __future__ import annotations

import pytest
from pydantic import ValidationError

from bot.network.content import Content, Reading
from bot.network.languages import LANGUAGES, NATIVE_NAMES, Language, guess

TITLE = Content.of("fr", vi="Nước", fr="Eau")


@pytest.mark.parametrize(
    ("language", "reading"),
    [
        ("fr", Reading(text="Eau", language="fr", state="source", translated=True)),
        ("vi", Reading(text="Nước", language="vi", state="human", translated=True)),
        ("km", Reading(text="Eau", language="fr", state="source", translated=False)),
    ],
)
def test_reader_gets_their_language_or_the_source(language: Language, reading: Reading) -> None:
    assert TITLE.read(language) == reading


def test_content_survives_its_json() -> None:
    again = Content.model_validate_json(TITLE.model_dump_json())
    assert (again, hash(again), again.source) == (TITLE, hash(TITLE), "fr")


def test_content_refuses_other_languages_and_states() -> None:
    with pytest.raises(ValidationError):
        Content.of("fr", fr="Eau", th="น้ำ")
    with pytest.raises(ValidationError):
        Content.model_validate({"fr": {"text": "Eau", "state": "draft"}})


@pytest.mark.parametrize(
    ("code", "language"),
    [
        ("fr", "fr"), ("fr-CA", "fr"), ("vi_VN", "vi"), ("KM", "km"), ("lo-LA", "lo"), ("en-US", "en"),
        ("th", None), ("", None), (None, None), ("frr", None),
    ],
)  # fmt: skip
def test_language_is_guessed_from_telegram_s_code(code: str | None, language: Language | None) -> None:
    assert guess(code) == language


def test_every_language_has_its_own_name() -> None:
    assert tuple(NATIVE_NAMES) == LANGUAGES
