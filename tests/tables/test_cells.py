from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.network.spreadsheets import escaped, guarded, unescaped, unguarded
from bot.tables.cells import LONGEST, clean, split
from bot.tables.problems import CellError


@pytest.mark.parametrize(
    ("text", "guard"),
    [
        ("=1+1", "'=1+1"), ("+84 234", "'+84 234"), ("-3", "'-3"), ("@home", "'@home"), ("'t Hof", "''t Hof"),
        ("''", "'''"), ("Huế", "Huế"), ("a=b", "a=b"),
    ],
)  # fmt: skip
def test_guard_is_put_on_and_taken_off(text: str, guard: str) -> None:
    assert guarded(text) == guard
    assert unguarded(guard) == text


def test_guard_leaves_an_apostrophe_that_a_person_wrote() -> None:
    assert unguarded("'t Hof") == "'t Hof"


@given(st.text(alphabet="'=+-@ax"))
def test_guard_loses_nothing(text: str) -> None:
    assert unguarded(guarded(text)) == text


@given(st.text(alphabet="_x005Fa1"))
def test_escape_loses_nothing(text: str) -> None:
    assert unescaped(escaped(text)) == text


def test_clean_composes_and_strips() -> None:
    assert clean(" \u200bHue\u0302\u0301\ufeff\u00a0\r\nភ្នំ\u200bពេញ\r") == "Huế\u00a0\nភ្នំពេញ"


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("a\x0bb", "holds the control character U+000B, which no spreadsheet can keep; expected a text without it"),
        ("\uffff", "holds the control character U+FFFF, which no spreadsheet can keep; expected a text without it"),
        ("#REF!", "holds #REF!, the error of a formula; expected a text"),
        ("x" * (LONGEST + 1), "is 16001 characters long; expected at most 16000"),
    ],
)
def test_clean_refuses_what_cannot_be_kept(text: str, problem: str) -> None:
    with pytest.raises(CellError) as refused:
        clean(text)
    assert str(refused.value) == problem


def test_list_has_each_item_once() -> None:
    assert split(" water ;; waste;water ") == ("water", "waste")
