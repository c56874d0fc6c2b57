from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

import pytest

from bot.forms.around import Around
from bot.forms.definition import Definition, build
from bot.forms.path import field_at
from bot.forms.session import Session
from bot.forms.standing import Standing
from bot.network.languages import Language
from bot.texts.form_calendar import calendar
from bot.texts.reply import BLANK
from tests.forms.small import form, question
from tests.texts.voices import voice

NOW = datetime(2027, 5, 3, 2, tzinfo=UTC)
_ = BLANK


def labels(
    *, language: Language = "en", month: date | None = None, native: bool = False, **more: Any
) -> list[list[str]]:
    """The calendar of a question for a day, its buttons' labels."""
    limits = {name: more.pop(name) for name in ("at_least", "at_most") if name in more}
    kind, answers, unsure = more.get("kind", "date"), more.get("answers", {}), more.get("unsure")
    definition = build(form(), (question("day", 1, kind, **limits),))
    return [[one.label for one in row] for row in rows(definition, answers, unsure, language, month, native=native)]


def rows(
    definition: Definition, answers: dict[str, Any], unsure: str | None, language: Language, month: date | None,
    *, native: bool = False,
) -> Any:  # fmt: skip
    session = Session(
        form="visit", version=definition.version, step="day", answers=answers, unsure=unsure, begun=NOW, changed=NOW
    )
    standing = Standing(definition, Around(today=NOW.date(), language=language), "open", session=session)
    field = field_at(definition, "day", answers)
    assert field is not None
    return calendar(voice(language, digits="native" if native else "latin"), standing, session, field, month)


def test_month_begins_on_monday_and_shows_only_days_that_can_be_chosen() -> None:
    assert labels(at_least="2027-05-12", at_most="2027-05-18") == [
        [_, "May 2027", _],
        ["Mo", "Tu", "We", "Th", "Fr", "Sa", "Su"],
        [_, _, "12", "13", "14", "15", "16"],
        ["17", "18", _, _, _, _, _],
    ]


def test_month_is_turned_only_where_days_can_be_chosen() -> None:
    turning = [
        labels(at_least="2027-04-30", at_most="2027-06-01", month=date(2027, month, 1))[0] for month in (4, 5, 6)
    ]
    assert [(row[0], row[2]) for row in turning] == [(_, "›"), ("‹", "›"), ("‹", _)]


def test_month_out_of_the_limits_is_the_nearest_inside() -> None:
    assert labels(at_least="2027-05-12", at_most="2027-05-18", month=date(2031, 1, 1))[0][1] == "May 2027"


def test_calendar_without_limits_opens_at_today() -> None:
    shown = labels()
    assert (shown[0][1], shown[2][:3]) == ("May 2027", [_] * 3)
    assert labels(month=date(2999, 12, 1))[0] == ["‹", "December 2999", _]


def test_day_that_was_chosen_is_marked() -> None:
    assert "✓18" in labels(answers={"day": "2027-05-18"})[5]
    shown = labels(kind="date_range", answers={"day": ["2027-06-01", "2027-06-03"]})
    assert (shown[0][1], shown[2]) == ("June 2027", [_, "✓1", "2", "✓3", "4", "5", "6"])
    assert "✓20" in labels(kind="date_range", unsure="2027-05-20")[5]


@pytest.mark.parametrize(
    ("language", "weekdays"),
    [
        ("fr", ["lu", "ma", "me", "je", "ve", "sa", "di"]), ("vi", ["T2", "T3", "T4", "T5", "T6", "T7", "CN"]),
        ("km", ["ច", "អ", "ពុ", "ព្រ", "សុ", "ស", "អា"]), ("lo", ["ຈ", "ອ", "ພ", "ພຫ", "ສຸ", "ສ", "ອາ"]),
    ],
)  # fmt: skip
def test_weekdays_are_the_reader_s(language: Language, weekdays: list[str]) -> None:
    assert labels(language=language)[1] == weekdays


def test_days_have_the_reader_s_digits() -> None:
    assert labels(language="km", native=True, at_least="2027-05-18", at_most="2027-05-18")[2][1] == "១៨"


def test_what_cannot_be_chosen_does_nothing() -> None:
    definition = build(form(), (question("day", 1, "date", at_least="2027-05-18", at_most="2027-05-18"),))
    shown = rows(definition, {}, None, "en", None)
    assert {one.tap.data for row in shown for one in row if one.label != "18"} == {"no1"}
