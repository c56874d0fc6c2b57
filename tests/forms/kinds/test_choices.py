from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from bot.forms.around import Problem
from bot.forms.kinds import check_several
from bot.network.languages import Language
from tests.forms.kinds.asking import LABELS, OPTIONS, asked, checked, outcome

NONE = Problem("not_a_choice")


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        ("fr", "Eau", "water"),
        ("fr", "EAU POTABLE", "drinking"),
        ("fr", "dechets", "waste"),
        ("fr", "clim", "climate"),
        ("fr", "Climta", "climate"),
        ("fr", "waste", "waste"),
        ("fr", "2", "climate"),
        ("fr", "2.", "climate"),
        ("fr", "#2", "climate"),
        ("fr", "le 2", "climate"),
        ("fr", "option 3", "drinking"),
        ("fr", "deux", "climate"),
        ("fr", "l'eau svp", "water"),
        ("fr", "je choisis le climat", "climate"),
        ("vi", "nước sạch", "drinking"),
        ("vi", "nuoc", "water"),
        ("vi", "dạ khí hậu ạ", "climate"),
        ("vi", "số 2", "climate"),
        ("km", "ទឹក", "water"),
        ("km", "ទឹកស្អាត", "drinking"),
        ("km", "ជម្រើសទី ៤", "waste"),
        ("lo", "ນໍ້າ", "water"),
        ("lo", "ຂໍ້ ໒", "climate"),
        ("en", "drinking water please", "drinking"),
        ("fr", "5", NONE),
        ("fr", "0", NONE),
        ("fr", "-2", NONE),
        ("fr", "e", NONE),
        ("fr", "tramway", NONE),
        ("fr", "pas le climat", NONE),
        ("fr", "eau et climat", NONE),
        ("vi", "không biết", NONE),
        ("km", "ផ្សេង", NONE),
    ],
)
def test_one_choice_is_read_by_name_number_and_beginning(language: Language, text: str, expected: Any) -> None:
    assert outcome(asked("one_choice"), text, language) == expected


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        ("fr", "1, 3", ["water", "drinking"]),
        ("fr", "3 1", ["water", "drinking"]),
        ("fr", "eau et climat", ["water", "climate"]),
        ("fr", "climat + eau", ["water", "climate"]),
        ("fr", "Eau, dechets", ["water", "waste"]),
        ("fr", "eau\nclimat", ["water", "climate"]),
        ("fr", "eau potable et dechet", ["drinking", "waste"]),
        ("fr", "je choisis eau, climat", ["water", "climate"]),
        ("fr", "toutes", list(OPTIONS)),
        ("fr", "climat, climat", ["climate"]),
        ("vi", "nước và khí hậu", ["water", "climate"]),
        ("vi", "tất cả ạ", list(OPTIONS)),
        ("vi", "1 và 2", ["water", "climate"]),
        ("km", "១ និង ៣", ["water", "drinking"]),
        ("km", "ទឹក និងសំរាម", ["water", "waste"]),
        ("km", "ទាំងអស់", list(OPTIONS)),
        ("lo", "ນ້ຳ ແລະ ພູມອາກາດ", ["water", "climate"]),
        ("lo", "ທັງໝົດ", list(OPTIONS)),
        ("en", "all of them", list(OPTIONS)),
        ("en", "water & waste", ["water", "waste"]),
        ("fr", "1-3", NONE),
        ("fr", "12", NONE),
        ("fr", "1, 9", NONE),
        ("fr", "eau et tram", NONE),
        ("fr", "tout sauf climat", NONE),
        ("fr", "aucun", Problem("too_few", least=1)),
    ],
)
def test_several_choices_are_read_and_none_is_left_out(language: Language, text: str, expected: Any) -> None:
    assert outcome(asked("several_choices"), text, language) == expected


def test_several_choices_keep_to_their_limits() -> None:
    two = asked("several_choices", 2, 2)
    assert outcome(two, "1") == Problem("too_few", least=2)
    assert outcome(two, "1 2 3") == Problem("too_many", most=2)
    check_several(two, ("water",))
    with pytest.raises(Problem) as raised:
        check_several(two, OPTIONS)
    assert raised.value == Problem("too_many", most=2)


def test_several_choices_may_be_none_where_no_answer_is_required() -> None:
    assert outcome(asked("several_choices", required=False), "rien") == []
    assert checked(asked("several_choices", 2, required=False), []) == []
    assert checked(asked("several_choices", 2, required=False), ["water"]) == Problem("too_few", least=2)


def test_one_choice_that_begins_with_a_number_is_named_by_it() -> None:
    nights = replace(asked("one_choice"), labels={"fr": ("3 nuits", "2 nuits", "1 nuit", "aucune")})
    assert [outcome(nights, text) for text in ("3", "1", "4")] == ["water", "drinking", "waste"]


def test_one_choice_has_its_reader_s_language_where_two_say_the_same() -> None:
    mixed = replace(asked("one_choice"), labels={"fr": ("Table", "b", "c", "d"), "en": ("a", "Table", "c", "d")})
    assert [outcome(mixed, "table", language) for language in ("fr", "en", "vi")] == ["water", "climate", NONE]


@pytest.mark.parametrize("value", [None, 1, "eau", "", ["water"], {"water": 1}, True])
def test_one_choice_is_no_other_value(value: Any) -> None:
    assert checked(asked("one_choice"), value) == NONE


@pytest.mark.parametrize("value", [None, "water", ["eau"], [1], [["water"]], {"water": 1}, [None]])
def test_several_choices_are_no_other_value(value: Any) -> None:
    assert checked(asked("several_choices"), value) == NONE


def test_choice_is_read_by_its_code_where_nothing_else_is_said() -> None:
    assert LABELS["fr"][0] == "Eau"
    assert outcome(replace(asked("one_choice"), labels={}), "climate") == "climate"
