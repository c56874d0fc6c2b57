from __future__ import annotations

from typing import Any

import pytest

from bot.forms.around import Problem
from bot.network.languages import Language
from tests.forms.kinds.asking import asked, checked, outcome

NONE = Problem("not_a_rating", most=5)


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        ("fr", "4", 4),
        ("fr", "4/5", 4),
        ("fr", "4 / 5", 4),
        ("fr", "4 sur 5", 4),
        ("fr", "quatre", 4),
        ("fr", "5 étoiles", 5),
        ("fr", "⭐⭐⭐⭐", 4),
        ("fr", "⭐️⭐️", 2),
        ("fr", "★★★☆☆", 3),
        ("fr", "4️⃣", 4),
        ("vi", "bốn", 4),
        ("vi", "bốn trên năm", 4),
        ("vi", "dạ 5 sao ạ", 5),
        ("km", "៤", 4),
        ("km", "៤/៥", 4),
        ("km", "ប្រាំ", 5),
        ("lo", "໔", 4),
        ("lo", "ສີ່", 4),
        ("en", "four out of five", 4),
        ("en", "three, thanks", 3),
        ("fr", "0", NONE),
        ("fr", "6", NONE),
        ("fr", "8/10", NONE),
        ("fr", "4,5", NONE),
        ("fr", "bien", NONE),
        ("fr", "🙂", NONE),
        ("fr", "3 ou 4", NONE),
        ("fr", "⭐⭐⭐⭐⭐⭐", NONE),
        ("fr", "⭐ 4", NONE),
    ],
)
def test_rating_is_read_in_figures_words_and_stars(language: Language, text: str, expected: Any) -> None:
    assert outcome(asked("rating"), text, language) == expected


def test_rating_follows_its_own_scale() -> None:
    assert outcome(asked("rating", None, 10), "8/10") == 8
    assert outcome(asked("rating", None, 10), "ដប់", "km") == 10
    assert outcome(asked("rating", None, 3), "4") == Problem("not_a_rating", most=3)


@pytest.mark.parametrize("value", [None, "4", True, 4.5, 0, 6, [4], {}, float("nan"), float("inf"), 10**40])
def test_rating_is_no_other_value(value: Any) -> None:
    assert checked(asked("rating"), value) == NONE
