"""Whatever is written or stored: a value of its kind, or a Problem, and nothing else."""

from __future__ import annotations

from datetime import date, time
from typing import Any, get_args

import orjson
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.forms.around import Problem
from bot.forms.definition import Field
from bot.forms.kinds import check, check_several, read, yes_no
from bot.forms.kinds.words import table
from bot.network.forms import QuestionKind
from bot.network.languages import LANGUAGES, Language
from tests.forms.kinds.asking import OPTIONS, around, asked

KINDS: tuple[QuestionKind, ...] = get_args(QuestionKind)
LIMITED = (
    asked("short_text", 3, 10), asked("whole_number", 1, 12), asked("decimal", 0.5, 2.5), asked("rating", 0, 10),
    asked("date", date(2027, 5, 15), date(2027, 5, 25)), asked("date_range", date(2026, 1, 1), date(2027, 5, 25)),
    asked("time", time(8), time(18)), asked("several_choices", 2, 3), asked("file", None, 2, accepts=("pdf",)),
)  # fmt: skip
FIELDS = (*(asked(kind) for kind in KINDS), *(asked(kind, required=False) for kind in KINDS), *LIMITED)

PIECES = (
    "18", "5", "/", "-", ".", ",", ":", " ", "2027", "mai", "tháng", "ngày", "từ", "đến", "du", "au", "et", "h", "giờ",
    "rưỡi", "chiều", "kém", "pm", "ម៉ោង", "រសៀល", "១៨", "ឧសភា", "ដល់", "ໂມງ", "ເຄິ່ງ", "໑", "oui", "non", "không", "dạ",
    "ទេ", "ບໍ່", "👍", "⭐", "@", "hue", "Mai", "eau", "tout", "trăm", "mươi", "linh", "năm", "cent", "mille", "vingt",
    "triệu", "k", "\u0301", "\u200d", "\ud800", "\x00", "+", "#", "demain", "mardi", "prochain", "avant", "fin",
    "moins", "31", "2", "29", "1985", "2570", "99999999999999999999", "²", "½", "to", "past", "half", "quarter", "midi",
)  # fmt: skip
written = st.text(max_size=60) | st.lists(st.sampled_from(PIECES), max_size=9).map("".join)
written = written | st.lists(st.sampled_from(PIECES), max_size=9).map(" ".join)
words = st.sampled_from((*OPTIONS, "hue", "mai", "yes", "no", "2027-05-18", "14:30", "+84905123456", "a@b.fr", "x.pdf"))
scalar = st.none() | st.booleans() | st.integers() | st.floats() | words | written
keys = st.sampled_from(("written", "name", "size", "channel", "handle")) | st.text(max_size=5)
json = st.recursive(
    scalar, lambda inner: st.lists(inner, max_size=4) | st.dictionaries(keys, inner, max_size=4), max_leaves=8
)


def result(field: Field, value: Any, language: Language = "fr") -> Any:
    """What is kept; the same again when it is checked again, and plain JSON."""
    try:
        kept = check(field, value, around(language, "VN"))
    except Problem:
        return None
    assert check(field, kept, around(language, "VN")) == kept
    assert orjson.loads(orjson.dumps(kept)) == kept
    return kept


@given(st.sampled_from(FIELDS), written, st.sampled_from(LANGUAGES))
def test_any_text_is_a_value_or_a_problem(field: Field, text: str, language: Language) -> None:
    try:
        value = read(field, text, around(language, "KH"))
    except Problem as problem:
        orjson.dumps(problem.values.get("written"))
        return
    assert check(field, value, around(language, "KH")) == value
    assert result(field, value, language) == value


@given(st.sampled_from(FIELDS), json)
def test_any_json_is_a_value_or_a_problem(field: Field, value: Any) -> None:
    result(field, value)


@given(written, st.sampled_from(LANGUAGES))
def test_any_text_says_yes_or_no_or_neither(text: str, language: Language) -> None:
    try:
        said = yes_no(text, around(language))
    except Problem as problem:
        said = problem.name
    assert said in ("yes", "no", "not_yes_no", "nothing_written")


@given(st.lists(written).map(tuple))
def test_any_ticks_are_counted(ticked: tuple[str, ...]) -> None:
    found: Problem | None = None
    try:
        check_several(asked("several_choices", None, 2), ticked)
    except Problem as problem:
        found = problem
    assert found == (Problem("too_many", most=2) if len(set(ticked)) > 2 else None)


@given(st.text(max_size=120) | st.text(st.sampled_from("👨👩\u200d\ufe0f🏽e\u0301 \n\u200b"), max_size=30))
def test_any_text_that_is_kept_stays_as_it_is(text: str) -> None:
    result(asked("short_text"), text)
    result(asked("long_text"), text)


@pytest.mark.parametrize("section", ["yes", "no", "unsure", "polite", "numbered", "and", "all", "nothing", "titles"])
def test_word_files_have_every_language(section: str) -> None:
    assert set(LANGUAGES) - set(table("words.toml")[section]) == set()


def test_word_files_count_to_ten_in_every_language() -> None:
    numbers, times = table("numbers.toml")["numbers"], table("numbers.toml")["times"]
    for language in LANGUAGES:
        known = {int(value) for found in (numbers[language], times[language]) for value in found}
        known |= {5} if language == "vi" else set()  # năm is a year too, and has its own section
        assert set(range(11)) - known == set()
