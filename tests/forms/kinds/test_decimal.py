from __future__ import annotations

from typing import Any

import pytest

from bot.forms.around import Problem
from bot.network.languages import Language
from tests.forms.kinds.asking import asked, checked, outcome

NONE = Problem("not_a_number")


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        ("fr", "2,5", 2.5),
        ("fr", "2.5", 2.5),
        ("fr", "1 500", 1500.0),
        ("fr", "1.500", 1500.0),
        ("fr", "1,500", 1.5),
        ("en", "1.500", 1.5),
        ("en", "1,500", 1500.0),
        ("fr", "1.234,56", 1234.56),
        ("en", "1,234.56", 1234.56),
        ("fr", "12 500,75 €", 12500.75),
        ("fr", "0,500", 0.5),
        ("fr", ".5", 0.5),
        ("fr", "-2,5", -2.5),
        ("fr", "50%", 50.0),
        ("fr", "deux et demi", 2.5),
        ("fr", "3 millions", 3_000_000.0),
        ("vi", "2 rưỡi", 2.5),
        ("vi", "một triệu rưỡi", 1_500_000.0),
        ("vi", "khoảng 2,5 ạ", 2.5),
        ("km", "២,៥", 2.5),
        ("km", "២កន្លះ", 2.5),
        ("lo", "໒,໕", 2.5),
        ("lo", "2 ລ້ານ", 2_000_000.0),
        ("en", "two and a half", 2.5),
        ("fr", "10/3", NONE),
        ("fr", "1,5,6", NONE),
        ("fr", "entre 2 et 3", NONE),
        ("vi", "không biết", NONE),
        ("km", "មិនដឹង", NONE),
    ],
)
def test_decimal_is_read_as_each_language_writes_it(language: Language, text: str, expected: Any) -> None:
    assert outcome(asked("decimal"), text, language) == expected


def test_decimal_keeps_to_its_limits() -> None:
    share = asked("decimal", 0.5, 2.5)
    assert outcome(share, "0,4") == Problem("too_small", least=0.5)
    assert outcome(share, "2,6") == Problem("too_large", most=2.5)
    assert outcome(share, "2,5") == 2.5


@pytest.mark.parametrize("value", [None, "2.5", False, [], {}, float("nan"), float("-inf")])
def test_decimal_is_no_other_value(value: Any) -> None:
    assert checked(asked("decimal"), value) == NONE


def test_decimal_is_kept_as_one() -> None:
    assert repr(checked(asked("decimal"), 2)) == "2.0"
    assert repr(checked(asked("decimal"), -0.0)) == "0.0"
