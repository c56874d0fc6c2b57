from __future__ import annotations

from typing import Any

import pytest

from bot.forms.around import Problem
from bot.network.languages import Language
from tests.forms.kinds.asking import asked, checked, outcome

NO_EMAIL = Problem("not_an_email")
NO_PHONE = Problem("not_a_phone")


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        ("fr", "mai@hue.example.org", "mai@hue.example.org"),
        ("fr", "Mon adresse : Mai.Nguyen@Hue.VN.", "Mai.Nguyen@hue.vn"),
        ("fr", "<mai@hue.vn>", "mai@hue.vn"),
        ("fr", "mailto:mai@hue.vn", "mai@hue.vn"),
        ("fr", "mai @ hue.vn", "mai@hue.vn"),
        ("fr", "mai＠hue.vn", "mai@hue.vn"),
        ("fr", "mai+forms@hue.vn", "mai+forms@hue.vn"),
        ("vi", "email của em là mai@hue.vn ạ", "mai@hue.vn"),
        ("km", "អ៊ីមែលmai@hue.vn", "mai@hue.vn"),
        ("lo", "ອີເມວ mai@hue.vn", "mai@hue.vn"),
        ("fr", "mai\u200b@hue.vn", "mai@hue.vn"),
        ("fr", "mai@hue", NO_EMAIL),
        ("fr", "mai@gmail,com", NO_EMAIL),
        ("fr", "a@b@c.fr", NO_EMAIL),
        ("fr", "a..b@c.fr", NO_EMAIL),
        ("fr", "a@b.fr ou c@d.fr", NO_EMAIL),
        ("fr", "hué@b.fr", NO_EMAIL),
        ("fr", "rien", NO_EMAIL),
    ],
)
def test_email_is_found_in_what_is_written(language: Language, text: str, expected: Any) -> None:
    assert outcome(asked("email"), text, language) == expected


@pytest.mark.parametrize(
    ("country", "text", "expected"),
    [
        ("VN", "0905 123 456", "+84905123456"),
        ("VN", "số của tôi là 0905.123.456 ạ", "+84905123456"),
        ("VN", "84905123456", "+84905123456"),
        ("VN", "00 84 905 123 456", "+84905123456"),
        ("VN", "024 3825 3536", "+842438253536"),
        ("KH", "012 345 678", "+85512345678"),
        ("KH", "លេខ ០១២ ៣៤៥ ៦៧៨", "+85512345678"),
        ("KH", "096 123 4567", "+855961234567"),
        ("KH", "+84 905 123 456", "+84905123456"),
        ("LA", "020 5512 3456", "+8562055123456"),
        ("LA", "໐໒໐ ໕໕໑໒ ໓໔໕໖", "+8562055123456"),
        ("LA", "021 212 345", "+85621212345"),
        ("FR", "06 12 34 56 78", "+33612345678"),
        ("FR", "06.12.34.56.78", "+33612345678"),
        ("FR", "+33 (0)6 12 34 56 78", "+33612345678"),
        (None, "+84905123456", "+84905123456"),
        (None, "84905123456", "+84905123456"),
        (None, "0905 123 456", NO_PHONE),
        ("VN", "0123 456 7890", NO_PHONE),
        ("VN", "0905 123 456 / 0905 123 457", NO_PHONE),
        ("FR", "12", NO_PHONE),
        ("FR", "+33 6 12", NO_PHONE),
        ("FR", "plus tard", NO_PHONE),
    ],
)
def test_phone_is_read_as_its_country_writes_it(country: str | None, text: str, expected: Any) -> None:
    assert outcome(asked("phone"), text, country=country) == expected


@pytest.mark.parametrize("value", [None, 1, "", "mai", ["mai@hue.vn"], {"email": "mai@hue.vn"}, True])
def test_addresses_are_no_other_value(value: Any) -> None:
    assert checked(asked("email"), value) == NO_EMAIL
    assert checked(asked("phone"), value) == NO_PHONE


def test_addresses_that_the_tables_know_are_put_in_order() -> None:
    assert checked(asked("phone"), "+855 23 555 001") == "+85523555001"
    assert checked(asked("email"), " Mai@Hue.vn ") == "Mai@hue.vn"
