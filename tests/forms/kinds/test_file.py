from __future__ import annotations

from typing import Any

import pytest

from bot.forms.around import Problem
from tests.forms.kinds.asking import asked, checked, outcome

MB = 1024 * 1024


def file(name: Any = "plan.pdf", size: Any = MB, **more: Any) -> dict[str, Any]:
    return {"name": name, "size": size, "channel": "telegram", "handle": "AgAD", **more}


@pytest.mark.parametrize("name", ["plan.pdf", "Plan.PDF", "ផែនការ.pdf", "a.b.pdf", "scan.jpeg"])
def test_file_has_an_ending_that_is_taken(name: str) -> None:
    assert checked(asked("file", accepts=("pdf", ".JPG")), [file(name)]) == [file(name)]


@pytest.mark.parametrize("name", ["plan.docx", "pdf", "plan", "", "plan.pdf.exe"])
def test_file_has_no_other_ending(name: str) -> None:
    assert checked(asked("file", accepts=("pdf",)), [file(name)]) == Problem("file_kind", accepts=("pdf",))
    assert checked(asked("file"), [file(name)]) == [file(name)]


def test_file_cannot_hide_its_ending() -> None:
    assert checked(asked("file"), [file("plan\u202efdp.exe")]) == [file("planfdp.exe")]


def test_file_is_no_larger_than_a_bot_can_fetch() -> None:
    assert checked(asked("file"), [file(size=20 * MB)]) == [file(size=20 * MB)]
    assert checked(asked("file"), [file(size=20 * MB + 1)]) == Problem("file_too_big", most_mb=20)


def test_files_are_no_more_than_asked_for() -> None:
    assert checked(asked("file"), [file(), file()]) == Problem("too_many", most=1)
    assert checked(asked("file", 2, 3), [file()]) == [file()]
    assert checked(asked("file", None, 2), [file(), file("b.pdf")]) == [file(), file("b.pdf")]


@pytest.mark.parametrize(
    "value",
    [
        None, "plan.pdf", [], {}, file(), [None], [{"name": "a"}], [file(size=-1)], [file(size=True)], [file(size="1")],
        [file(more=1)], [file(handle="")], [file(channel=3)], [file(name=None)],
    ],
)  # fmt: skip
def test_file_is_no_other_value(value: Any) -> None:
    assert checked(asked("file"), value) == Problem("not_a_file")


def test_file_is_not_written() -> None:
    assert outcome(asked("file"), "voici") == Problem("not_a_file")
    assert outcome(asked("information"), "ok") == Problem("use_buttons")
    assert checked(asked("rule"), True) == Problem("use_buttons")
