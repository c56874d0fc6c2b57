from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.forms.conditions import ConditionError, condition

KNOWN = frozenset({"nights", "hotel", "themes", "role", "email", "local", "partner"})


@pytest.mark.parametrize(
    ("text", "answers", "expected"),
    [
        ("hotel = yes", {"hotel": "yes"}, True),
        ("hotel == yes", {"hotel": "no"}, False),
        ("hotel = yes", {}, False),
        ("hotel != yes", {"hotel": "no"}, True),
        ("hotel != yes", {}, False),
        ("nights > 0 and hotel = yes", {"nights": 2, "hotel": "yes"}, True),
        ("nights > 0 and hotel = yes", {"nights": 0, "hotel": "yes"}, False),
        ("nights >= 2 or role = mayor", {"role": "mayor"}, True),
        ("not (hotel = none or role = guest)", {"hotel": "yes", "role": "guest"}, False),
        ("not (hotel = none or role = guest)", {"hotel": "yes", "role": "mayor"}, True),
        ("role = vice-mayor", {"role": "vice-mayor"}, True),
        ("role = 'vice-mayor'", {"role": "vice-mayor"}, True),
        ("themes = water", {"themes": ["waste", "water"]}, True),
        ("themes = water", {"themes": ["waste"]}, False),
        ("water in themes", {"themes": ["water"]}, True),
        ("water not in themes", {"themes": ["waste"]}, True),
        ("water not in themes", {}, False),
        ("count(themes) <= 3", {"themes": ["a", "b", "c", "d"]}, False),
        ("count(themes) <= 3", {}, True),
        ("answered(email)", {"email": "a@b.example.org"}, True),
        ("answered(email)", {"email": None}, False),
        ("local + partner + 1 <= 6", {"local": 3, "partner": 2}, True),
        ("local + partner + 1 <= 6", {"local": 3, "partner": 3}, False),
        ("nights < 3", {"nights": "many"}, True),
        ("nights > nights - 1", {"nights": 2}, True),
    ],
)
def test_condition_holds_where_it_says_so(text: str, answers: dict[str, Any], expected: bool) -> None:
    assert condition(text, KNOWN).holds(answers) is expected


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("nights >", "cannot be read"),
        ("", "cannot be read"),
        ("nights", "says neither yes nor no"),
        ("nights > 1 > 0", "says neither yes nor no"),
        ("nights ** 2 > 1", "holds something that is not known"),
        ("open('x')", "calls something"),
        ("answered('email')", "calls something"),
        ("count(unknown) > 1", "calls something"),
        ("nights is 2", "compares in a way"),
        ("x.y = 2", "holds something"),
        ("[x for x in themes] = 1", "holds something"),
        ("a" * 501, "is longer"),
        ("(" * 240 + "hotel = yes" + ")" * 240, "cannot be read"),
    ],
)
def test_condition_that_cannot_be_understood_is_refused(text: str, said: str) -> None:
    with pytest.raises(ConditionError, match=said.replace("(", r"\(")):
        condition(text, KNOWN)


def test_condition_names_its_questions_and_words() -> None:
    found = condition("hotel = yes and nights > 0 and role != guest", KNOWN)
    assert (found.names, found.words) == (frozenset({"hotel", "nights", "role"}), frozenset({"yes", "guest"}))


@given(st.text(max_size=60))
def test_condition_of_any_text_is_read_or_refused(text: str) -> None:
    try:
        found = condition(text, KNOWN)
    except ConditionError:
        return
    assert found.holds({}) in (True, False)


@given(
    st.sampled_from(["nights > 1 or hotel = yes", "count(themes) = 2", "local + partner < 4", "water in themes"]),
    st.dictionaries(
        st.sampled_from(sorted(KNOWN)),
        st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5) | st.lists(st.text(max_size=3)),
    ),
)
def test_condition_of_any_answers_is_true_or_false(text: str, answers: dict[str, Any]) -> None:
    assert condition(text, KNOWN).holds(answers) in (True, False)
