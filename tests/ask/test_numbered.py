from __future__ import annotations

import pytest

from bot.ask.normalise import normalise
from bot.ask.numbered import line_number
from bot.network.languages import Language


@pytest.mark.parametrize(
    ("language", "text", "number"),
    [
        ("fr", "où en est l'action n° 7 ?", 7),
        ("vi", "hành động số 7 ai phụ trách", 7),
        ("km", "សកម្មភាពលេខ ៧ ដល់ណាហើយ", 7),
        ("lo", "ກິດຈະກຳທີ 7", 7),
        ("en", "action 12, who does it?", 12),
        ("fr", "les actions du 7 mars", None),
        ("fr", "la 7 ?", None),
    ],
)
def test_line_of_the_plan_is_named_by_its_number(language: Language, text: str, number: int | None) -> None:
    assert line_number(normalise(text), language) == number


@pytest.mark.parametrize(
    ("language", "text", "number"),
    [("fr", "et la 11 ?", 11), ("vi", "số 11", 11), ("km", "លេខ ១១", 11), ("fr", "7", 7), ("fr", "en 2027", None)],
)
def test_number_alone_is_a_line_of_the_plan_that_was_shown(language: Language, text: str, number: int | None) -> None:
    assert line_number(normalise(text), language, of_plan=True) == number
