from __future__ import annotations

from datetime import date

import pytest

from bot.ask.normalise import normalise
from bot.ask.periods.lasting import over_on
from bot.network.languages import Language

MONDAY = date(2026, 11, 23)


@pytest.mark.parametrize(
    ("language", "text", "day"),
    [
        ("fr", "suspendre les rappels jusqu'au 20 mars", date(2027, 3, 20)),
        ("fr", "pendant deux semaines", date(2026, 12, 7)),
        ("fr", "plus de rappels cette semaine", date(2026, 11, 30)),
        ("fr", "15 jours", date(2026, 12, 8)),
        ("vi", "tạm dừng nhắc đến 20/12", date(2026, 12, 20)),
        ("vi", "trong 2 tuan", date(2026, 12, 7)),
        ("vi", "3 ngày nữa", date(2026, 11, 26)),
        ("km", "រហូតដល់ថ្ងៃទី២០ ខែធ្នូ", date(2026, 12, 20)),
        ("km", "២សប្តាហ៍", date(2026, 12, 7)),
        ("lo", "ຮອດວັນທີ 20 ທັນວາ", date(2026, 12, 20)),
        ("en", "for two weeks", date(2026, 12, 7)),
        ("fr", "trop de rappels chaque semaine", None),
        ("vi", "đừng nhắc nữa", None),
        ("vi", "den het thang 12", date(2027, 1, 1)),
        ("fr", "jusqu'au 31 décembre", date(2026, 12, 31)),
        ("vi", "từ hôm qua", None),
        ("fr", "mettez les rappels en pause une semaine", date(2026, 11, 30)),
        ("fr", "pas de rappels pendant un mois", date(2026, 12, 23)),
        ("vi", "tạm dừng nhắc một tuần", date(2026, 11, 30)),
        ("vi", "tạm dừng nhắc hàng tuần", None),
        ("km", "ផ្អាកការរំលឹកមួយខែ", date(2026, 12, 23)),
        ("en", "pause reminders every week", None),
    ],
)
def test_the_day_on_which_it_is_over_is_read(language: Language, text: str, day: date | None) -> None:
    found = over_on(normalise(text), language, MONDAY)
    assert (found[0] if found else None) == day


@pytest.mark.parametrize(
    ("language", "text", "day"),
    [
        ("fr", "un mois", date(2026, 12, 23)),
        ("vi", "một tuần", date(2026, 11, 30)),
        ("km", "មួយខែ", date(2026, 12, 23)),
        ("en", "a week", date(2026, 11, 30)),
    ],
)
def test_one_week_is_meant_where_it_is_asked_how_long(language: Language, text: str, day: date) -> None:
    found = over_on(normalise(text), language, MONDAY, answers=True)
    assert found is not None
    assert found[0] == day
