from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from bot.forms.around import Problem
from bot.network.languages import Language
from tests.forms.kinds.asking import asked, checked, outcome

MAY = "2027-05-18"
NONE = Problem("not_a_date")


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        ("fr", "18/5", MAY),
        ("fr", "18-5", MAY),
        ("fr", "18.5.", MAY),
        ("fr", "18 5", MAY),
        ("fr", "18/05/27", MAY),
        ("fr", "18.05.2027", MAY),
        ("fr", "18 5 2027", MAY),
        ("fr", "18052027", MAY),
        ("fr", "2027-05-18", MAY),
        ("fr", "18 mai", MAY),
        ("fr", "mardi 18 mai, merci", MAY),
        ("fr", "le 18 mai à 14h", MAY),
        ("fr", "18 mai 2027", MAY),
        ("fr", "1er juin", "2027-06-01"),
        ("fr", "mardi", "2027-03-16"),
        ("fr", "mercredi", "2027-03-10"),
        ("fr", "demain", "2027-03-11"),
        ("fr", "dans 3 jours", "2027-03-13"),
        ("fr", "le 18", "2027-03-18"),
        ("fr", "18", "2027-03-18"),
        ("fr", "18 svp", "2027-03-18"),
        ("fr", "jeudi 18", "2027-03-18"),
        ("fr", "9 mars", "2028-03-09"),
        ("fr", "10/3", "2027-03-10"),
        ("fr", "29/2", "2028-02-29"),
        ("fr", "29 février 1984", "1984-02-29"),
        ("fr", "18/5/85", "1985-05-18"),
        ("fr", "18/5/00", "2000-05-18"),
        ("vi", "18 tháng 5", MAY),
        ("vi", "ngày 18 tháng 5 năm 2027", MAY),
        ("vi", "ngay 18 thang 5", MAY),
        ("vi", "18/5 ạ", MAY),
        ("vi", "dạ 18 ạ", "2027-03-18"),
        ("vi", "ngày mai", "2027-03-11"),
        ("vi", "thứ ba tuần sau", "2027-03-16"),
        ("vi", "mùng 3 tháng 4", "2027-04-03"),
        ("vi", "18 mai", MAY),
        ("km", "ថ្ងៃទី ១៨ ឧសភា", MAY),
        ("km", "ថ្ងៃទី១៨ ខែឧសភា ឆ្នាំ២០២៧", MAY),
        ("km", "១៨/៥/២០២៧", MAY),
        ("km", "១៨ ឧសភា ២៥៧០", MAY),
        ("km", "ស្អែក", "2027-03-11"),
        ("lo", "ວັນທີ 18 ພຶດສະພາ", MAY),
        ("lo", "ວັນທີ ໑໘ ເດືອນ ພຶດສະພາ ປີ ໒໐໒໗", MAY),
        ("lo", "18/5/2570", MAY),
        ("lo", "ມື້ອື່ນ", "2027-03-11"),
        ("en", "May 18th, 2027", MAY),
        ("en", "18th of May", MAY),
        ("en", "next Tuesday", "2027-03-16"),
        ("en", "Dec 25", "2027-12-25"),
    ],
)
def test_date_is_read_as_it_is_said(language: Language, text: str, expected: str) -> None:
    assert outcome(asked("date"), text, language) == expected


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("fr", "31/2"), ("fr", "32 mai"), ("fr", "31 avril"), ("fr", "29/2/2027"), ("fr", "5/18"), ("fr", "32"),
        ("fr", "0"), ("fr", "mai"), ("fr", "fin mai"), ("fr", "la semaine prochaine"), ("fr", "avant le 18 mai"),
        ("fr", "du 18 au 20 mai"), ("fr", "18 mai ou 20 mai"), ("fr", "mardi ou jeudi"), ("fr", "2027"), ("fr", "14h"),
        ("fr", "n'importe quand"), ("fr", "mardi 2"), ("fr", "lundi en huit"), ("fr", "-18"),
        ("vi", "30 tháng 2"), ("vi", "ngày 31 tháng 13"), ("vi", "tháng 5"),
        ("km", "៣១ កុម្ភៈ"), ("km", "ខែឧសភា"), ("lo", "31 ກຸມພາ"), ("lo", "ອາທິດໜ້າ"), ("en", "31 June"),
        ("en", "May"),
    ],
)  # fmt: skip
def test_date_is_not_guessed(language: Language, text: str) -> None:
    assert outcome(asked("date"), text, language) == NONE


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("18", MAY),
        ("le 18", MAY),
        ("mardi", MAY),
        ("18/5", MAY),
        ("demain", Problem("too_early", least=date(2027, 5, 15))),
        ("26/5", Problem("too_late", most=date(2027, 5, 25))),
        ("18 mai 2028", Problem("too_late", most=date(2027, 5, 25))),
    ],
)
def test_date_takes_what_was_not_said_from_its_limits(text: str, expected: Any) -> None:
    assert outcome(asked("date", date(2027, 5, 15), date(2027, 5, 25)), text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("18/5", "2026-05-18"),
        ("5/3", "2027-03-05"),
        ("18", "2027-02-18"),
        ("hier", "2027-03-09"),
        ("18/5/85", "1985-05-18"),
        ("18/5/70", "1970-05-18"),
        ("18 mai 1985", "1985-05-18"),
        ("11/3/2027", Problem("too_late", most=date(2027, 3, 10))),
    ],
)
def test_date_may_be_over_where_only_the_past_is_asked_for(text: str, expected: Any) -> None:
    assert outcome(asked("date", date(1930, 1, 1), date(2027, 3, 10)), text) == expected


@pytest.mark.parametrize("value", [None, 20270518, "20270518", "2027-5-18", "2027-02-30", "2027-W20-2", [MAY], {}, ""])
def test_date_is_no_other_value(value: Any) -> None:
    assert checked(asked("date"), value) == NONE
