from __future__ import annotations

from datetime import time
from typing import Any

import pytest

from bot.forms.around import Problem
from bot.network.languages import Language
from tests.forms.kinds.asking import asked, checked, outcome

NONE = Problem("not_a_time")


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        ("fr", "14h30", "14:30"),
        ("fr", "14 h 30", "14:30"),
        ("fr", "14\u00a0h\u00a030", "14:30"),
        ("fr", "14:30:00", "14:30"),
        ("fr", "14.30", "14:30"),
        ("fr", "14 30", "14:30"),
        ("fr", "1430", "14:30"),
        ("fr", "0830", "08:30"),
        ("fr", "14", "14:00"),
        ("fr", "vers 14h svp", "14:00"),
        ("fr", "24h", "00:00"),
        ("fr", "midi", "12:00"),
        ("fr", "midi et demi", "12:30"),
        ("fr", "minuit", "00:00"),
        ("fr", "8 heures et quart", "08:15"),
        ("fr", "8 heures moins le quart", "07:45"),
        ("fr", "neuf heures moins dix", "08:50"),
        ("fr", "deux heures et demie de l'après-midi", "14:30"),
        ("fr", "2.30 pm", "14:30"),
        ("vi", "2 giờ rưỡi chiều", "14:30"),
        ("vi", "hai giờ chiều", "14:00"),
        ("vi", "8 giờ sáng", "08:00"),
        ("vi", "tám giờ rưỡi", "08:30"),
        ("vi", "14g30", "14:30"),
        ("vi", "9 giờ kém 15", "08:45"),
        ("vi", "8h kém 10 tối", "19:50"),
        ("vi", "12h đêm", "00:00"),
        ("vi", "11h đêm", "23:00"),
        ("vi", "12 giờ trưa", "12:00"),
        ("vi", "1h trưa", "13:00"),
        ("vi", "dạ lúc 7h tối ạ", "19:00"),
        ("vi", "năm giờ chiều", "17:00"),
        ("km", "ម៉ោង ២ រសៀល", "14:00"),
        ("km", "ម៉ោង ៨:៣០ ព្រឹក", "08:30"),
        ("km", "ម៉ោង ២ កន្លះ រសៀល", "14:30"),
        ("km", "ម៉ោង ៨ និង ៣០ នាទី", "08:30"),
        ("km", "ម៉ោងប្រាំល្ងាច", "17:00"),
        ("lo", "8 ໂມງ ເຊົ້າ", "08:00"),
        ("lo", "ບ່າຍ 2 ໂມງ", "14:00"),
        ("lo", "8 ໂມງເຄິ່ງ", "08:30"),
        ("lo", "໘ໂມງ໓໐ນາທີ", "08:30"),
        ("lo", "ທ່ຽງ", "12:00"),
        ("en", "2:30 p.m.", "14:30"),
        ("en", "half past eight", "08:30"),
        ("en", "quarter to nine", "08:45"),
        ("en", "ten past two in the afternoon", "14:10"),
        ("en", "7 o'clock", "07:00"),
        ("en", "12 am", "00:00"),
        ("en", "eight thirty", "08:30"),
    ],
)
def test_time_is_read_as_it_is_said(language: Language, text: str, expected: str) -> None:
    assert outcome(asked("time"), text, language) == expected


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("fr", "25h"), ("fr", "14:60"), ("fr", "2.5"), ("fr", "2 3"), ("fr", "14h ou 15h"), ("fr", "14h-16h"),
        ("fr", "je serai 3"), ("fr", "demain"), ("fr", "18/5"), ("fr", "le matin"), ("fr", "14h30 18"), ("fr", "12345"),
        ("vi", "14h sáng"), ("vi", "8h đến 10h"), ("vi", "buổi chiều"), ("km", "ម៉ោង ២៥"), ("km", "ព្រឹក"),
        ("lo", "8 ຫາ 10 ໂມງ"), ("en", "between 2 and 3"), ("en", "in the evening"),
    ],
)  # fmt: skip
def test_time_is_not_guessed(language: Language, text: str) -> None:
    assert outcome(asked("time"), text, language) == NONE


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        ("fr", "2h", "14:00"),
        ("fr", "2", "14:00"),
        ("vi", "2 rưỡi", "14:30"),
        ("fr", "9", "09:00"),
        ("fr", "7h", Problem("time_too_early", least=time(8))),
        ("vi", "3h sáng", Problem("time_too_early", least=time(8))),
        ("fr", "19h", Problem("time_too_late", most=time(18))),
    ],
)
def test_time_takes_the_half_of_the_day_from_its_limits(language: Language, text: str, expected: Any) -> None:
    assert outcome(asked("time", time(8), time(18)), text, language) == expected


@pytest.mark.parametrize("value", [None, 1430, "1430", "9:00", "24:00", "14:30:00", "១៤:៣០", ["14:30"], {}, ""])
def test_time_is_no_other_value(value: Any) -> None:
    assert checked(asked("time"), value) == NONE
