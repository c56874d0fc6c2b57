from __future__ import annotations

from datetime import date, time

import pytest

from bot.forms import moments
from bot.forms.around import Around
from bot.network.languages import Language

TODAY = date(2027, 5, 10)
MORNING = time(9)


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        ("fr", "18/5 9h", "2027-05-18T09:00"),
        ("fr", "mardi 18 mai à 9 h 30", "2027-05-18T09:30"),
        ("fr", "mardi 18 mai à 9\u00a0h\u00a030", "2027-05-18T09:30"),
        ("fr", "demain 14h", "2027-05-11T14:00"),
        ("fr", "18/5/2027 09:00", "2027-05-18T09:00"),
        ("fr", "le 18 mai", "2027-05-18T09:00"),
        ("vi", "18/5 lúc 9h30", "2027-05-18T09:30"),
        ("vi", "9h30 ngày 18/5", "2027-05-18T09:30"),
        ("km", "ថ្ងៃទី ១៨ ឧសភា ម៉ោង ៩", "2027-05-18T09:00"),
        ("lo", "ມື້ອື່ນ 9:00", "2027-05-11T09:00"),
        ("en", "18 May at 2 pm", "2027-05-18T14:00"),
    ],
)
def test_a_moment_is_read_as_people_write_it(language: Language, text: str, expected: str) -> None:
    read = moments.read(text, Around(today=TODAY, language=language), MORNING)
    assert read is not None
    assert read.isoformat(timespec="minutes") == expected


@pytest.mark.parametrize("text", ["", "bientôt", "à midi", "🙂", "99/99 9h"])
def test_what_names_no_day_is_no_moment(text: str) -> None:
    assert moments.read(text, Around(today=TODAY, language="fr"), MORNING) is None
