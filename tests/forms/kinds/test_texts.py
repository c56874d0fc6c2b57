from __future__ import annotations

from typing import Any

import pytest

from bot.forms.around import Problem
from tests.forms.kinds.asking import asked, checked, outcome


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Nguyễn Thị Mai", "Nguyễn Thị Mai"),
        ("  de  l'espace \n partout ", "de l'espace partout"),
        ("e\u0301te\u0301", "été"),
        ("\u202eevil\u202c", "evil"),
        ("ស្រី\u200bកា", "ស្រីកា"),
        ("ສະບາຍ\u200bດີ", "ສະບາຍດີ"),
        ("👨\u200d👩\u200d👧", "👨\u200d👩\u200d👧"),
        ("a\u200db", "ab"),
        ("a\x00b\x07", "ab"),
        ("\ud800 seul", "seul"),
        ("x\u00a0y", "x y"),
        ("ok", "ok"),
        ("", Problem("nothing_written")),
        ("   \n ", Problem("nothing_written")),
        ("\u200b\u200e\u2060", Problem("nothing_written")),
        ("\u3164\u2800", Problem("nothing_written")),
        ("x" * 200, "x" * 200),
        ("x" * 201, Problem("too_long", most=200, now=201)),
    ],
)
def test_short_text_keeps_what_can_be_seen(text: str, expected: Any) -> None:
    assert outcome(asked("short_text"), text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a\r\nb", "a\nb"),
        ("a\n\n\n\n\nb", "a\n\nb"),
        ("  a  \n\tb  \n", "a\nb"),
        ("a\u2028b", "a\nb"),
        ("ខ្មែរ\nລາວ", "ខ្មែរ\nລາວ"),
        ("\n", Problem("nothing_written")),
        ("é" * 4001, Problem("too_long", most=4000, now=4001)),
    ],
)
def test_long_text_keeps_its_lines(text: str, expected: Any) -> None:
    assert outcome(asked("long_text"), text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("ab", Problem("too_short", least=3)),
        ("ស្រុក", Problem("too_short", least=3)),
        ("ស្រុកខ្មែរ", "ស្រុកខ្មែរ"),
        ("👨\u200d👩\u200d👧👨\u200d👩\u200d👧", Problem("too_short", least=3)),
        ("abcdef", Problem("too_long", most=5, now=6)),
        ("e" + "\u0301" * 500, Problem("too_long", most=5, now=41)),
    ],
)
def test_text_is_counted_as_readers_count(text: str, expected: Any) -> None:
    assert outcome(asked("short_text", 3, 5), text) == expected


@pytest.mark.parametrize("value", [None, 3, ["a"], {"a": 1}, True, ""])
def test_text_is_no_other_value(value: Any) -> None:
    assert checked(asked("long_text"), value) == Problem("nothing_written")
