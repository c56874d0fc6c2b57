from __future__ import annotations

from typing import Any

import pytest

from bot.forms.around import Problem
from tests.forms.kinds.asking import asked, checked, outcome


def no_city(written: str, *near: str) -> Problem:
    return Problem("not_a_city", near=near, written=written)


def no_person(written: str, *near: str) -> Problem:
    return Problem("not_a_person", near=near, written=written)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Hue", "hue"),
        ("huế", "hue"),
        ("TP Huế", "hue"),
        ("ហ្វេ", "hue"),
        ("Siem Rep", "siem-reap"),
        ("ក្រុងសៀមរាប", "siem-reap"),
        ("ភ្នំពេញ", "phnom-penh"),
        ("Phnom-Penh", "phnom-penh"),
        ("ວຽງຈັນ", "vientiane"),
        ("la mairie de Hué", "hue"),
        ("LORIENT", "lorient"),
        ("ville du Havre", "le-havre"),
        ("Hue ou Vientiane", no_city("Hue ou Vientiane", "vientiane", "hue")),
        ("  Ouaga\u200bdougou ", no_city("Ouagadougou")),
        ("x" * 500, no_city("x" * 200)),
        ("", Problem("nothing_written")),
    ],
)
def test_city_is_read_by_any_spelling(text: str, expected: Any) -> None:
    assert outcome(asked("city"), text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Nguyen Thi Mai", "mai"),
        ("Mai Nguyễn Thị", "mai"),
        ("bà Nguyễn Thị Mai", "mai"),
        ("anh Nguyễn Văn Anh", "anh"),
        ("nguyen van an", "an"),
        ("Mme Hélène MARTIN", "helene"),
        ("martin helene", "helene"),
        ("លោក សុខ ចាន់ថា", "chantha"),
        ("លោកស្រីសុខចាន់ថា", "chantha"),
        ("ທ່ານ ສົມໃຈ ພົມມະວົງ", "somchai"),
        ("ທ່ານສົມໃຈ", no_person("ທ່ານສົມໃຈ", "somchai")),
        ("Bà Mai", no_person("Bà Mai", "mai", "mai-tran")),
        ("Mme Martin", no_person("Mme Martin", "helene")),
        ("Nguyen Van Am", no_person("Nguyen Van Am", "an", "anh")),
        ("Zzz", no_person("Zzz")),
        ("Mme", no_person("Mme")),
    ],
)
def test_person_is_read_with_titles_in_any_order(text: str, expected: Any) -> None:
    assert outcome(asked("person"), text) == expected


@pytest.mark.parametrize(("kind", "code"), [("city", "hue"), ("person", "mai")])
def test_places_take_a_code_or_what_was_written(kind: Any, code: str) -> None:
    assert checked(asked(kind), code) == code
    assert checked(asked(kind), {"written": " Ouaga\u200bdougou "}) == {"written": "Ouagadougou"}


@pytest.mark.parametrize(
    "value",
    [
        None,
        1,
        "gone",
        "",
        ["hue"],
        {},
        {"written": ""},
        {"written": 3},
        {"written": "x" * 201},
        {"written": "x", "y": 1},
    ],
)
def test_places_are_no_other_value(value: Any) -> None:
    assert checked(asked("city"), value) == Problem("not_a_city")
    assert checked(asked("person"), value) == Problem("not_a_person")
