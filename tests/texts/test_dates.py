"""Days and hours against ``moments.toml``, which says what each language writes."""

from __future__ import annotations

import tomllib
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from bot.network.languages import LANGUAGES, Language
from bot.texts import dates
from bot.texts.voice import Voice
from tests.texts.voices import HUE, PARIS, PHNOM_PENH, voice

TODAY = date(2027, 5, 18)
EXPECTED: dict[str, dict[str, Any]] = tomllib.loads(
    Path(__file__).with_name("moments.toml").read_text(encoding="utf-8")
)
HOURS_OF_PARIS: dict[str, Any] = {"all_day": False, "zone": ZoneInfo(PARIS)}
DAYS_OF_PARIS: dict[str, Any] = {"all_day": True, "zone": ZoneInfo(PARIS)}


def at(zone: str, day: int, hour: int, minute: int = 0) -> datetime:
    """An instant of May 2027."""
    return datetime(2027, 5, day, hour, minute, tzinfo=ZoneInfo(zone))


def paris(hour: int, minute: int = 0) -> datetime:
    """An hour of a winter's day in Paris."""
    return datetime(2027, 1, 20, hour, minute, tzinfo=ZoneInfo(PARIS))


MOMENTS: dict[str, Callable[[Voice], str]] = {
    "a day": lambda v: dates.day(v, date(2027, 5, 18)),
    "the first of the month": lambda v: dates.day(v, date(2027, 5, 1)),
    "several days of a month": lambda v: dates.days(v, date(2024, 11, 1), date(2024, 11, 8)),
    "days of two years": lambda v: dates.days(v, date(2027, 12, 30), date(2028, 1, 2)),
    "an instant": lambda v: dates.instant(v, at(HUE, 18, 14, 30)),
    "an hour without minutes": lambda v: dates.instant(v, at(HUE, 18, 8)),
    "just after midnight": lambda v: dates.instant(v, at(HUE, 18, 0, 5)),
    "Paris in winter read in Huế": lambda v: dates.when(v, paris(16), paris(17), **HOURS_OF_PARIS),
    "Paris in summer read in Huế": lambda v: dates.when(v, at(PARIS, 18, 16), at(PARIS, 18, 17), **HOURS_OF_PARIS),
    "another zone with the same clock": lambda v: dates.when(
        v, at(PHNOM_PENH, 18, 8), at(PHNOM_PENH, 18, 12, 30), all_day=False, zone=ZoneInfo(PHNOM_PENH)
    ),
    "across midnight for the reader": lambda v: dates.when(v, paris(17), paris(19, 30), **HOURS_OF_PARIS),
    "on the next day for the reader": lambda v: dates.when(v, paris(20), paris(21), **HOURS_OF_PARIS),
    "a whole day elsewhere": lambda v: dates.when(v, at(PARIS, 1, 0), at(PARIS, 2, 0), **DAYS_OF_PARIS),
    "the reader's own digits": lambda v: dates.when(v, paris(16), paris(17, 5), **HOURS_OF_PARIS),
    "in a list": lambda v: dates.short_when(v, paris(16), **HOURS_OF_PARIS, today=date(2027, 1, 1)),
    "in a list, a year away": lambda v: dates.short_when(
        v, at(HUE, 1, 8, 30), all_day=False, zone=ZoneInfo(HUE), today=date(2026, 1, 1)
    ),
    "in a list, a whole day elsewhere": lambda v: dates.short_when(
        v, at(PARIS, 1, 0), **DAYS_OF_PARIS, today=date(2027, 1, 1)
    ),
    "due at an hour, on the reader's next day": lambda v: dates.until(v, paris(23), **HOURS_OF_PARIS),
    "due at an hour, on the same day": lambda v: dates.until(v, paris(12), **HOURS_OF_PARIS),
    "due on a whole day": lambda v: dates.until(v, at(PARIS, 2, 0), **DAYS_OF_PARIS),
    "a month": lambda v: dates.month(v, date(2027, 5, 1)),
    "a month on a button": lambda v: dates.short_month(v, date(2027, 5, 1)),
    "a year": lambda v: dates.years(v, date(2027, 1, 1), date(2027, 12, 31)),
    "several years": lambda v: dates.years(v, date(2004, 1, 1), date(2027, 12, 31)),
}


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("moment", MOMENTS)
def test_moment_is_told_as_people_write_it(moment: str, language: Language) -> None:
    expected = EXPECTED[moment]
    assert MOMENTS[moment](voice(language, HUE, expected.get("digits", "latin"))) == expected[language]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("days", [-12, -2, -1, 0, 1, 2, 12])
def test_distance_is_told_in_words(days: int, language: Language) -> None:
    told = dates.distance(voice(language), TODAY + timedelta(days), TODAY)
    assert told == EXPECTED[f"{days} days"][language]


@pytest.mark.parametrize(
    ("language", "expected"),
    [("km", "១២ ថ្ងៃទៀត"), ("lo", "ອີກ ໑໒ ມື້"), ("fr", "dans 12 jours"), ("vi", "còn 12 ngày")],
)
def test_distance_is_told_in_the_reader_s_digits(language: Language, expected: str) -> None:
    assert dates.distance(voice(language, HUE, "native"), TODAY + timedelta(12), TODAY) == expected


@pytest.mark.parametrize(
    ("number", "expected"), [(0, "dans 0 jour"), (1, "dans 1 jour"), (2, "dans 2 jours"), (21, "dans 21 jours")]
)
def test_french_counts_nothing_and_one_in_the_singular(number: int, expected: str) -> None:
    assert voice("fr").count("date.in_days", number, number=number) == expected


@pytest.mark.parametrize(("number", "expected"), [(0, "in 0 days"), (1, "in 1 day"), (2, "in 2 days")])
def test_english_counts_only_one_in_the_singular(number: int, expected: str) -> None:
    assert voice("en").count("date.in_days", number, number=number) == expected


@pytest.mark.parametrize("language", LANGUAGES)
def test_zone_is_named_by_its_country_or_city(language: Language) -> None:
    speaks = voice(language)
    zones = (HUE, PHNOM_PENH, "Asia/Vientiane", PARIS, "Africa/Algiers")
    told = [speaks.say("date.in_zone", when="8", zone=dates.zone_name(speaks, ZoneInfo(zone))) for zone in zones]
    assert told == EXPECTED["zones"][language].split(" | ")


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_day_of_a_leap_year_is_told_differently(language: Language) -> None:
    first = datetime(2028, 1, 1, 23, 59, tzinfo=UTC)
    told = {str(dates.instant(voice(language), first + timedelta(days=day))) for day in range(366)}
    assert len(told) == 366
