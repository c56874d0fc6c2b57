"""Registration that is not open: from when, or until when it was, in each language and on both clocks."""

from __future__ import annotations

from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest

from bot.answers.narrowed import Named
from bot.answers.registrations import RegistrationsPage, RegistrationsRequest, Standing
from bot.network.content import Content
from bot.network.languages import LANGUAGES, Language
from bot.network.records import Event
from bot.texts.registrations import registrations_list
from bot.texts.reply import Reply
from tests.texts.voices import PARIS, PHNOM_PENH, voice

ZONE = ZoneInfo(PHNOM_PENH)
TODAY = date(2027, 3, 10)


def at(day: int, hour: int = 0) -> datetime:
    """An hour of a day of March 2027 in Phnom Penh."""
    return datetime(2027, 3, day, hour, tzinfo=ZONE)


def shown(
    language: Language, standing: Standing, *, opens: datetime | None = None, closes: datetime | None = None,
    zone: str = PHNOM_PENH,
) -> Reply:  # fmt: skip
    event = Event(
        id=7, code="meeting", title=Content.of(language, **{language: "Kampot"}), kind="workshop", begins=at(30, 9),
        ends=at(30, 12), all_day=False, time_zone=PHNOM_PENH, format="video", registration_opens=opens,
        registration_closes=closes, registration_link="https://example.org",
    )  # fmt: skip
    page = RegistrationsPage(
        request=RegistrationsRequest(), standing=standing, events=(event,), total=1, pages=1, named=Named(), cities={},
        today=TODAY,
    )  # fmt: skip
    return registrations_list(voice(language, zone), page)


def last_line(reply: Reply) -> str:
    return reply.text.splitlines()[-1]


LATER = {
    "fr": (
        "✍️ <b>Inscriptions à venir</b>", "Les inscriptions ne sont pas encore ouvertes.",
        "Inscriptions à partir du jeu. 18 mars (dans 8 jours)",
    ),
    "vi": ("✍️ <b>Sắp mở đăng ký</b>", "Hiện chưa mở đăng ký.", "Mở đăng ký từ Thứ Năm, 18/3 (còn 8 ngày)"),
    "km": (
        "✍️ <b>ការចុះឈ្មោះនឹងបើក</b>", "ការចុះឈ្មោះមិនទាន់បើកនៅឡើយទេ។",
        "អាចចុះឈ្មោះចាប់ពី ថ្ងៃព្រហស្បតិ៍ ទី18 ខែមីនា (8 ថ្ងៃទៀត)",
    ),
    "lo": (
        "✍️ <b>ການລົງທະບຽນຈະເປີດ</b>", "ການລົງທະບຽນຍັງບໍ່ທັນເປີດ.",
        "ລົງທະບຽນໄດ້ຕັ້ງແຕ່ ພະຫັດ ທີ 18 ມີນາ (ອີກ 8 ມື້)",
    ),
    "en": (
        "✍️ <b>Registration opens later</b>", "Registration is not open yet.",
        "Registration from Thu 18 March (in 8 days)",
    ),
}  # fmt: skip
CLOSED = {
    "fr": "Inscriptions closes le mar. 9 mars (hier)",
    "vi": "Hết hạn đăng ký: Thứ Ba, 9/3 (hôm qua)",
    "km": "ការចុះឈ្មោះបានបិទនៅ ថ្ងៃអង្គារ ទី9 ខែមីនា (ម្សិលមិញ)",
    "lo": "ປິດການລົງທະບຽນແລ້ວເມື່ອ ອັງຄານ ທີ 9 ມີນາ (ມື້ວານນີ້)",
    "en": "Registration closed on Tue 9 March (yesterday)",
}


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_opens_later_says_from_when(language: Language) -> None:
    reply = shown(language, "later", opens=at(18), closes=at(25))
    heading, why, _ = reply.text.split("\n\n")
    assert (heading, why, last_line(reply)) == LATER[language]
    assert [[button.label for button in row] for row in reply.buttons] == [["1"]]
    assert "example.org" not in reply.text


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_has_closed_says_when_and_whom_to_ask(language: Language) -> None:
    reply = shown(language, "closed", closes=at(10))
    assert last_line(reply) == CLOSED[language]
    ((card,), (coordination,)) = reply.buttons
    assert (card.label, coordination.label) == ("1", voice(language).label("contacts.coordination"))
    assert coordination.tap is not None
    assert coordination.tap.data == "cs1"


@pytest.mark.parametrize(
    ("zone", "line"),
    [
        (PHNOM_PENH, "Inscriptions à partir du jeu. 18 mars à 9\u00a0h (dans 8 jours)"),
        (PARIS, "Inscriptions à partir du jeu. 18 mars à 3\u00a0h = 9\u00a0h (heure du Cambodge) (dans 8 jours)"),
    ],
)
def test_hour_of_opening_is_told_on_both_clocks(zone: str, line: str) -> None:
    assert last_line(shown("fr", "later", opens=at(18, 9), zone=zone)) == line


@pytest.mark.parametrize(
    ("zone", "line"),
    [
        (PHNOM_PENH, "Registration closed on Wed 10 March, 03:00 (today)"),
        (PARIS, "Registration closed on Tue 9 March, 21:00 = 03:00 (Cambodia time) (yesterday)"),
    ],
)
def test_hour_of_closing_is_told_on_both_clocks(zone: str, line: str) -> None:
    assert last_line(shown("en", "closed", closes=at(10, 3), zone=zone)) == line
