import pytest

from bot.ask.normalise import normalise
from bot.ask.themes import Themes
from bot.network.languages import Language

THEMES = Themes()


def _named(text: str, language: Language) -> str | None:
    found = THEMES.find(normalise(text), language)
    return found.code if found else None


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        ("fr", "le guide eau et assainissement", "water"),
        ("fr", "les bus de Phnom Penh", "mobility"),
        ("fr", "appel à projets climat", "climate"),
        ("fr", "égalité femmes-hommes", "gender"),
        ("fr", "quel genre de réunion", None),
        ("vi", "xử lý rác thải", "waste"),
        ("vi", "bien doi khi hau", "climate"),
        ("vi", "chuyển đổi số", "digital"),
        ("vi", "các nước tham gia", None),
        ("vi", "bao giờ họp", None),
        ("vi", "bao nhieu", None),
        ("km", "អំពីសំរាម", "waste"),
        ("km", "ទឹកជំនន់", "disaster"),
        ("km", "ទឹកប្រាក់", None),
        ("km", "ក្នុងប្រព័ន្ធ", None),
        ("km", "រឿងសុខភាព", "health"),
        ("lo", "ກ່ຽວກັບມໍລະດົກ", "heritage"),
        ("lo", "ນ້ຳຖ້ວມ", "disaster"),
        ("lo", "ແມ່ນ້ຳຂອງ", None),
        ("en", "wastewater", "water"),
        ("en", "solid waste", "waste"),
        ("en", "young people", "youth"),
    ],
)
def test_theme_is_found_by_its_words(language: Language, text: str, expected: str | None) -> None:
    assert _named(text, language) == expected


def test_network_brings_its_own_themes() -> None:
    themes = Themes([("water", ["Eau"]), ("governance", ["Gouvernance urbaine", "gouvernance"])])
    texts = ("la gouvernance", "les égouts", "le patrimoine")
    found = [themes.find(normalise(text), "fr") for text in texts]
    assert [named.code if named else None for named in found] == ["governance", "water", None]
