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
        ("fr", "3", 3),
        ("fr", "3 personnes svp", 3),
        ("fr", "nous serons trois", 3),
        ("fr", "vingt et un", 21),
        ("fr", "quatre-vingt-quinze", 95),
        ("fr", "soixante-quinze", 75),
        ("fr", "mille deux cents", 1200),
        ("fr", "deux mille vingt-sept", 2027),
        ("fr", "1 500", 1500),
        ("fr", "1 500 000", 1_500_000),
        ("fr", "1.500", 1500),
        ("fr", "1'500", 1500),
        ("fr", "20k", 20_000),
        ("fr", "aucun", 0),
        ("fr", "-3", -3),
        ("fr", "3️⃣", 3),
        ("fr", "２５", 25),
        ("vi", "dạ 3 ạ", 3),
        ("vi", "ba người", 3),
        ("vi", "hai mươi lăm", 25),
        ("vi", "hai muoi lam", 25),
        ("vi", "mười hai", 12),
        ("vi", "một trăm linh năm", 105),
        ("vi", "3 năm", 3),
        ("vi", "năm người", 5),
        ("vi", "khoảng 20", 20),
        ("vi", "1,5 triệu", 1_500_000),
        ("km", "៣ នាក់", 3),
        ("km", "១២", 12),
        ("km", "ប្រាំមួយនាក់", 6),
        ("km", "ម្ភៃប្រាំ", 25),
        ("km", "បាទ ពីរនាក់", 2),
        ("lo", "໑໒ ຄົນ", 12),
        ("lo", "ສາມສິບສອງຄົນ", 32),
        ("lo", "ຊາວຫ້າ", 25),
        ("lo", "ຫ້າຮ້ອຍ", 500),
        ("en", "forty-two", 42),
        ("en", "1,500", 1500),
        ("en", "two dozen", 24),
    ],
)
def test_whole_number_is_read_in_figures_and_words(language: Language, text: str, expected: int) -> None:
    assert outcome(asked("whole_number"), text, language) == expected


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        ("fr", "deux ou trois", NONE),
        ("fr", "2-3", NONE),
        ("fr", "1 2", NONE),
        ("fr", "3/5", NONE),
        ("fr", "10h30", NONE),
        ("fr", "18 mai 2027", NONE),
        ("fr", "A3", NONE),
        ("fr", "plus de 3", NONE),
        ("fr", "un peu", NONE),
        ("fr", "beaucoup", NONE),
        ("fr", "1,5,6", NONE),
        ("vi", "hai ba", NONE),
        ("vi", "ít nhất 3", NONE),
        ("km", "យ៉ាងតិច ៣", NONE),
        ("lo", "ບໍ່ຮູ້", NONE),
        ("en", "maybe 3", NONE),
        ("fr", "9" * 40, NONE),
        ("fr", "9" * 20, Problem("too_large", most=10**15)),
        ("fr", "2,5", Problem("not_whole", number=2.5)),
        ("en", "2.5", Problem("not_whole", number=2.5)),
        ("vi", "2 rưỡi", Problem("not_whole", number=2.5)),
        ("fr", "", Problem("nothing_written")),
    ],
)
def test_whole_number_is_not_guessed(language: Language, text: str, expected: Problem) -> None:
    assert outcome(asked("whole_number"), text, language) == expected


def test_whole_number_keeps_to_its_limits() -> None:
    nights = asked("whole_number", 1, 12)
    assert [outcome(nights, text) for text in ("0", "1", "12", "13")] == [
        Problem("too_small", least=1), 1, 12, Problem("too_large", most=12),
    ]  # fmt: skip


@pytest.mark.parametrize("value", [None, "3", True, [3], {}, float("nan"), float("inf")])
def test_whole_number_is_no_other_value(value: Any) -> None:
    assert checked(asked("whole_number"), value) == NONE


def test_whole_number_takes_a_decimal_that_is_whole() -> None:
    assert checked(asked("whole_number"), 2.0) == 2
    assert checked(asked("whole_number"), 2.5) == Problem("not_whole", number=2.5)
    assert checked(asked("whole_number"), -(10**30)) == Problem("too_small", least=-(10**15))
