from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from bot.forms.around import Problem
from bot.network.languages import Language
from tests.forms.kinds.asking import asked, checked, outcome

MAY = ["2027-05-18", "2027-05-20"]
ONE = ["2027-05-18", "2027-05-18"]


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        ("fr", "du 18 au 20 mai", MAY),
        ("fr", "18-20/5", MAY),
        ("fr", "18-20/5/2027", MAY),
        ("fr", "18/5-20/5", MAY),
        ("fr", "18-5 - 20-5", MAY),
        ("fr", "18.5-20.5", MAY),
        ("fr", "18–20 mai", MAY),
        ("fr", "18 → 20 mai", MAY),
        ("fr", "du 18 mai au 20", MAY),
        ("fr", "entre le 18 et le 20 mai", MAY),
        ("fr", "du mardi 18 au jeudi 20 mai svp", MAY),
        ("fr", "18, 19 et 20 mai", MAY),
        ("fr", "2027-05-18 / 2027-05-20", MAY),
        ("fr", "18 et 19 mai", ["2027-05-18", "2027-05-19"]),
        ("fr", "18 mai", ONE),
        ("fr", "18-20", ["2027-03-18", "2027-03-20"]),
        ("fr", "20-5", ["2027-05-20", "2027-05-20"]),
        ("fr", "du 28 au 3", ["2027-03-28", "2027-04-03"]),
        ("fr", "du 28 décembre au 3 janvier", ["2027-12-28", "2028-01-03"]),
        ("fr", "5/3-12/3", ["2027-03-05", "2027-03-12"]),
        ("fr", "la semaine prochaine", ["2027-03-15", "2027-03-21"]),
        ("fr", "mai", ["2027-05-01", "2027-05-31"]),
        ("fr", "demain", ["2027-03-11", "2027-03-11"]),
        ("vi", "từ 18 đến 20 tháng 5", MAY),
        ("vi", "tu 18 den 20 thang 5", MAY),
        ("vi", "từ ngày 18/5 đến ngày 20/5 ạ", MAY),
        ("vi", "18-20 tháng 5", MAY),
        ("vi", "ngày 18 tháng 5", ONE),
        ("vi", "tuần sau", ["2027-03-15", "2027-03-21"]),
        ("km", "ពី ១៨ ដល់ ២០ ឧសភា", MAY),
        ("km", "ថ្ងៃទី១៨ ដល់ថ្ងៃទី២០ ខែឧសភា", MAY),
        ("km", "ចាប់ពីថ្ងៃទី 18/5 ដល់ 20/5", MAY),
        ("km", "១៨-២០/៥", MAY),
        ("lo", "ແຕ່ວັນທີ 18 ຫາ 20 ພຶດສະພາ", MAY),
        ("lo", "18-20 ພຶດສະພາ", MAY),
        ("lo", "ວັນທີ 18 ພຶດສະພາ", ONE),
        ("en", "from 18 May to 20 May", MAY),
        ("en", "May 18 - 20, 2027", MAY),
        ("en", "18th until 20th of May", MAY),
    ],
)
def test_date_range_is_read_as_it_is_said(language: Language, text: str, expected: list[str]) -> None:
    assert outcome(asked("date_range"), text, language) == expected


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("fr", "3-5"), ("fr", "18 et 25 mai"), ("fr", "fin mai"), ("fr", "2027"), ("fr", "3 jours"), ("fr", "bientôt"),
        ("fr", "du 30 au 32 mai"), ("fr", "à partir du 18 mai"), ("fr", "avant le 20 mai"), ("fr", "31/2 - 3/3"),
        ("vi", "cuối tháng 5"), ("vi", "từ 18"), ("km", "ចុងខែឧសភា"), ("lo", "ບໍ່ຮູ້"), ("en", "by 20 May"),
    ],
)  # fmt: skip
def test_date_range_is_not_guessed(language: Language, text: str) -> None:
    assert outcome(asked("date_range"), text, language) == Problem("not_a_range")


@pytest.mark.parametrize("text", ["du 20 au 18 mai", "20/5-18/5", "20 mai - 18 mai 2027"])
def test_date_range_does_not_go_back(text: str) -> None:
    backwards = Problem("range_backwards", first=date(2027, 5, 20), last=date(2027, 5, 18))
    assert outcome(asked("date_range"), text) == backwards


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("du 18 au 20", MAY),
        ("18-20", MAY),
        ("mardi", ONE),
        ("du 10 au 20 mai", Problem("too_early", least=date(2027, 5, 15))),
        ("du 18 au 30 mai", Problem("too_late", most=date(2027, 5, 25))),
    ],
)
def test_date_range_keeps_to_its_limits(text: str, expected: Any) -> None:
    assert outcome(asked("date_range", date(2027, 5, 15), date(2027, 5, 25)), text) == expected


@pytest.mark.parametrize(
    "value", [None, [], ["2027-05-18"], "2027-05-18", [*MAY, "x"], ["2027-05-18", None], {}, [1, 2]]
)
def test_date_range_is_no_other_value(value: Any) -> None:
    assert checked(asked("date_range"), value) == Problem("not_a_range")
