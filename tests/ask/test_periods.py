"""The tables of ``periods/``: what is said, and its days; ``-`` for none. Today is Wednesday 10 March 2027."""

from datetime import date
from pathlib import Path
from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.ask import periods
from bot.ask.normalise import normalise
from bot.network.languages import LANGUAGES, Language

TODAY = date(2027, 3, 10)


def _cases() -> list[tuple[Language, str, str]]:
    folder = Path(__file__).parent / "periods"
    return [
        (language, *line.split("\t"))
        for language in LANGUAGES
        for line in (folder / f"{language}.tsv").read_text(encoding="utf-8").splitlines()
    ]


def _said(text: str, language: Language | None, today: date = TODAY, **options: object) -> str:
    found = periods.find(normalise(text), language, today, **options)  # type: ignore[arg-type]  # options by name
    return f"{found.first or ''}..{found.last or ''}" if found else "-"


@pytest.mark.parametrize(("language", "text", "expected"), _cases())
def test_period_is_what_is_said(language: Language, text: str, expected: str) -> None:
    assert _said(text, language) == expected


@pytest.mark.parametrize("language", get_args(Language))
def test_every_language_has_forty_cases(language: Language) -> None:
    assert [sum(row[0] == language for row in _cases()) >= 40] == [True]


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        ("km", "meeting នៅ May 18", "2027-05-18..2027-05-18"),
        ("km", "deadline ខែ mai", "2027-05-01..2027-05-31"),
        ("fr", "réunion tuần sau", "2027-03-15..2027-03-21"),
        ("vi", "deadline next week", "2027-03-15..2027-03-21"),
        ("lo", "meeting 18 mai", "2027-05-18..2027-05-18"),
        ("fr", "la date limite ខែក្រោយ", "2027-04-01..2027-04-30"),
        ("fr", "en mai", "2027-05-01..2027-05-31"),
        ("vi", "mai có họp không", "2027-03-11..2027-03-11"),
        ("vi", "may gio hop", "-"),
        ("en", "this may be wrong", "-"),
        (None, "18 mai", "2027-05-18..2027-05-18"),
    ],
)
def test_languages_mix(language: Language | None, text: str, expected: str) -> None:
    assert _said(text, language) == expected


@pytest.mark.parametrize(
    ("text", "back", "expected"),
    [
        ("en février", "", "2028-02-01..2028-02-29"),
        ("en février", "past", "2027-02-01..2027-02-28"),
        ("en février", "near", "2027-02-01..2027-02-28"),
        ("en novembre", "past", "2026-11-01..2026-11-30"),
        ("en novembre", "near", "2027-11-01..2027-11-30"),
        ("d'ici décembre", "past", "..2027-12-31"),
        ("ce qui a été décidé en février", "", "2027-02-01..2027-02-28"),
    ],
)
def test_month_without_a_year_follows_the_message(text: str, back: str, expected: str) -> None:
    assert _said(text, "fr", back=back) == expected


def test_minutes_from_a_month_are_that_months() -> None:
    assert _said("minutes from February", "en", back="past") == "2027-02-01..2027-02-28"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("coupez les notifs le week-end", "-"),
        ("tout recevoir le vendredi", "-"),
        ("pause jusqu'à lundi", "..2027-03-15"),
        ("le résumé de février", "2028-02-01..2028-02-29"),
    ],
)
def test_habit_is_no_period(text: str, expected: str) -> None:
    assert _said(text, "fr", habits=True) == expected


@pytest.mark.parametrize(
    ("today", "text", "expected"),
    [
        (date(2027, 12, 31), "demain", "2028-01-01..2028-01-01"),
        (date(2027, 12, 31), "le mois prochain", "2028-01-01..2028-01-31"),
        (date(2027, 1, 31), "le 31", "2027-01-31..2027-01-31"),
        (date(2027, 4, 1), "le 31", "2027-05-31..2027-05-31"),
        (date(2027, 3, 14), "ce week-end", "2027-03-13..2027-03-14"),
        (date(2027, 11, 2), "29 février", "2028-02-29..2028-02-29"),
        (date(2027, 3, 25), "début du mois", "2027-03-01..2027-03-10"),
    ],
)
def test_period_follows_the_day(today: date, text: str, expected: str) -> None:
    assert _said(text, "fr", today) == expected


@pytest.mark.parametrize("text", ["31/2/2027", "le 45", "99/99", "00/00/0000", "30 février 2027", "T9", "quý 7"])
def test_day_that_is_not_there_is_no_period(text: str) -> None:
    assert _said(text, "fr") == "-"


def test_span_covers_the_words() -> None:
    message = normalise("réunions du 3 au 7 mai à Hué")
    found = periods.find(message, "fr", TODAY)
    assert found is not None
    assert message.text[slice(*found.span)] == "du 3 au 7 mai"


_PIECES = ["du", "3", "au", "mai", "31", "/", "2/", "2570", "tháng", "sau", "đến", "ខែ", "ថ្ងៃទី", "ເດືອນ", "q2", "t5",
           "fin", "next", "-", "avant", "week", "first", "of", "0", "29", "février", "2027", "năm", "một"]  # fmt: skip


@given(st.lists(st.sampled_from(_PIECES), max_size=12).map(" ".join) | st.text(), st.sampled_from([*LANGUAGES, None]))
def test_any_text_is_taken(text: str, language: Language | None) -> None:
    found = periods.find(normalise(text), language, TODAY)
    assert found is None or found.first is None or found.last is None or found.first <= found.last


@pytest.mark.parametrize(
    ("language", "text", "first", "last"),
    [
        ("vi", "dịp Tết có họp không", date(2028, 1, 26), date(2028, 2, 1)),
        ("vi", "tết 2027", date(2027, 2, 6), date(2027, 2, 12)),
        ("fr", "pendant le Têt", date(2028, 1, 26), date(2028, 2, 1)),
        ("vi", "trước hè", None, date(2027, 5, 31)),
        ("km", "មុនចូលឆ្នាំខ្មែរ", None, date(2027, 4, 14)),
    ],
)
def test_feasts_are_periods(language: Language, text: str, first: date | None, last: date) -> None:
    found = periods.find(normalise(text), language, date(2027, 3, 10))
    assert found is not None
    assert (found.first, found.last) == (first, last)


def test_pavement_is_no_summer() -> None:
    assert periods.find(normalise("dự án vỉa hè"), "vi", date(2027, 3, 10)) is None
