from __future__ import annotations

import pytest

from bot.ask.sounds import named_by_sound

PEOPLE = (
    ("mai", "Trần Thị Mai"), ("khai", "Phạm Đức Khải"), ("vy", "Nguyễn Khoa Vy"), ("chi", "Đỗ Lan Chi"),
    ("sok", "Sok Dara"),
)  # fmt: skip


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("លេខទូរស័ព្ទលោកស្រី ត្រឹន ធីម៉ៃ", "mai"),
        ("ត្រាន់ ធី ម៉ៃ", "mai"),
        ("លោក ផាម ឌឹក ខាយ", "khai"),
        ("ង្វៀន ខ្វា វី", "vy"),
        ("លោកស្រី ដូ ឡាន ជី", "chi"),
        ("តើកិច្ចប្រជុំខែក្រោយនៅឯណា", None),
        ("លោក សុខ ដារ៉ា", None),
        ("Sok Dara", None),
    ],
)
def test_vietnamese_names_are_known_by_their_sound(text: str, code: str | None) -> None:
    assert named_by_sound(text, PEOPLE, in_full=False) == code


def test_name_alone_is_known_where_nobody_is_looked_for() -> None:
    assert named_by_sound("ត្រាន់ ធី ម៉ៃ", PEOPLE, in_full=True) == "mai"
    assert named_by_sound("លោកស្រី ត្រាន់ ធី ម៉ៃ មកទេ", PEOPLE, in_full=True) is None


def test_name_of_two_people_is_nobodys() -> None:
    assert named_by_sound("ត្រាន់ ធី ម៉ៃ", (*PEOPLE, ("other", "Trần Thị Mỹ")), in_full=False) is None
