from __future__ import annotations

from typing import Any

import pytest

from bot.forms.around import Problem
from bot.forms.kinds import yes_no
from bot.network.languages import Language
from tests.forms.kinds.asking import around, asked, checked, outcome

YES: list[tuple[Language, str]] = [
    ("fr", "oui"), ("fr", "Ouais !"), ("fr", "OUIII"), ("fr", "ok"), ("fr", "o"), ("fr", "y"), ("fr", "bien sûr"),
    ("fr", "pas de problème"), ("fr", "oui, avec deux collègues"), ("fr", "j'accepte"), ("fr", "oui merci 🙏"),
    ("fr", "👍"), ("fr", "👍🏽"), ("fr", "✅"), ("fr", "oui 👍"),
    ("vi", "có"), ("vi", "vâng ạ"), ("vi", "dạ"), ("vi", "dạ có ạ"), ("vi", "đồng ý"), ("vi", "dong y"),
    ("vi", "em có tham gia"), ("vi", "được ạ"), ("vi", "oke"), ("fr", "dạ vâng"),
    ("km", "បាទ"), ("km", "ចាស"), ("km", "មែន"), ("km", "មែនហើយ"), ("km", "យល់ព្រម"), ("km", "បាទ បាន"),
    ("lo", "ແມ່ນ"), ("lo", "ເຈົ້າ"), ("lo", "ແມ່ນແລ້ວ"), ("lo", "ໂດຍ"), ("lo", "ເຫັນດີ"), ("lo", "ໄດ້"),
    ("en", "yes please"), ("en", "yep"), ("en", "k"), ("en", "I agree"), ("en", "no problem"),
]  # fmt: skip
NO: list[tuple[Language, str]] = [
    ("fr", "non"), ("fr", "non merci"), ("fr", "Nan"), ("fr", "n"), ("fr", "jamais"), ("fr", "non, pas cette fois"),
    ("fr", "pas d'accord"), ("fr", "👎"), ("fr", "❌"),
    ("vi", "không"), ("vi", "không ạ"), ("vi", "ko"), ("vi", "k"), ("vi", "khong"), ("vi", "dạ không"),
    ("vi", "chưa ạ"), ("vi", "không đồng ý"),
    ("km", "ទេ"), ("km", "អត់ទេ"), ("km", "បាទ ទេ"), ("km", "មិនទៅទេ"), ("km", "ទេ អរគុណ"),
    ("lo", "ບໍ່"), ("lo", "ບໍ"), ("lo", "ບໍ່ ຂອບໃຈ"), ("lo", "ບໍ່ໄປ"), ("lo", "ເຈົ້າ, ບໍ່"),
    ("en", "no"), ("en", "nope"), ("en", "not yet"), ("en", "No, thank you."),
]  # fmt: skip
NEITHER: list[tuple[Language, str]] = [
    ("fr", "peut-être"), ("fr", "je ne sais pas"), ("fr", "oui mais pas demain"), ("fr", "oui et non"), ("fr", "eau"),
    ("fr", "oui 👎"), ("fr", "bonjour"), ("fr", "3"), ("fr", "il a dit oui"),
    ("vi", "có không"), ("vi", "có thể"), ("vi", "không biết"),
    ("km", "ប្រហែល"), ("km", "ទេសចរណ៍"), ("lo", "ແມ່ນບໍ່"), ("lo", "ບໍ່ຮູ້"), ("en", "no idea"), ("en", "k?es"),
]  # fmt: skip


@pytest.mark.parametrize(("language", "text"), YES)
def test_yes_is_heard(language: Language, text: str) -> None:
    assert outcome(asked("yes_no"), text, language) == "yes"


@pytest.mark.parametrize(("language", "text"), NO)
def test_no_is_heard(language: Language, text: str) -> None:
    assert outcome(asked("yes_no"), text, language) == "no"


@pytest.mark.parametrize(("language", "text"), NEITHER)
def test_yes_no_is_not_guessed(language: Language, text: str) -> None:
    assert outcome(asked("yes_no"), text, language) == Problem("not_yes_no")


def test_yes_no_is_asked_without_a_question_too() -> None:
    assert yes_no("vâng", around("vi")) == "yes"
    with pytest.raises(Problem, match="nothing_written"):
        yes_no(" ", around())


def test_consent_needs_a_yes_only_where_it_is_required() -> None:
    assert outcome(asked("consent"), "j'accepte") == "yes"
    assert outcome(asked("consent"), "je refuse") == Problem("consent_needed")
    assert outcome(asked("consent", required=False), "không", "vi") == "no"
    assert outcome(asked("consent"), "peut-être") == Problem("not_yes_no")


@pytest.mark.parametrize("value", [None, True, 1, "maybe", "", ["yes"], {"yes": "no"}, "YES"])
def test_yes_no_is_no_other_value(value: Any) -> None:
    assert checked(asked("yes_no"), value) == Problem("not_yes_no")
    assert checked(asked("consent"), value) == Problem("not_yes_no")
