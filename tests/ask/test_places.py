import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.ask.normalise import normalise
from bot.ask.places import Gazetteer
from bot.network.languages import LANGUAGES, Language

GAZETTEER = Gazetteer()


def _named(text: str, language: Language | None = None) -> str | None:
    found = GAZETTEER.find(normalise(text), language)
    return found.city or found.country


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        ("fr", "la réunion de Hué", "hue"),
        ("fr", "du côté de Louang-Prabang", "luang-prabang"),
        ("fr", "Hô-Chi-Minh-Ville", "ho-chi-minh-city"),
        ("fr", "dernières nouvelles de Saigon", "ho-chi-minh-city"),
        ("fr", "formation à siemreap", "siem-reap"),
        ("fr", "le CA de SR", "siem-reap"),
        ("vi", "sắp tới ở Nam Vang", "phnom-penh"),
        ("vi", "email đầu mối tp hcm", "ho-chi-minh-city"),
        ("vi", "hop o hue", "hue"),
        ("vi", "hop o hp", "hai-phong"),
        ("vi", "Hoi nghi hai phòng", "hai-phong"),
        ("vi", "chị Huệ ơi", None),
        ("vi", "ddaf nawngx cos hopj", "da-nang"),
        ("km", "ប្រជុំនៅសៀមរាប", "siem-reap"),
        ("km", "បងនៅវៀងច័ន្ទ", "vientiane"),
        ("km", "ជនបង្គោលនៅលួងប្រាបាង", "luang-prabang"),
        ("km", "ទីក្រុងហ្វេ", "hue"),
        ("km", "ញ៉ាំកាហ្វេ", None),
        ("km", "meeting នៅ Can Tho", "can-tho"),
        ("lo", "ຕິດຕໍ່ຫລວງພຣະບາງ", "luang-prabang"),
        ("lo", "ຂ່າວຈາກເມືອງເຫວ້", "hue"),
        ("lo", "ໄປກໍາປົດ", "kampot"),
        ("en", "who's the contact for Hue", "hue"),
        ("en", "the Danang meeting", "da-nang"),
        ("fr", "SR merci", "siem-reap"),
        ("vi", "sr nha", None),
    ],
)
def test_city_is_found_in_any_spelling(language: Language, text: str, expected: str | None) -> None:
    assert _named(text, language) == expected


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        ("fr", "les villes laotiennes", "LA"),
        ("fr", "nos amis cambodgiens", "KH"),
        ("fr", "Les Vietnamiens nous invitent", "VN"),
        ("fr", "les villes françaises", "FR"),
        ("fr", "passe en vietnamien", None),
        ("fr", "le guide en version vietnamienne", None),
        ("fr", "Je préfère le français", None),
        ("vi", "các thành phố Campuchia", "KH"),
        ("vi", "ben Lao sap to chuc", "LA"),
        ("vi", "bên Pháp", "FR"),
        ("vi", "tiếng Lào", None),
        ("vi", "giai phap nao", None),
        ("km", "ប្រទេសឡាវ", "LA"),
        ("km", "ខាងវៀតណាម", "VN"),
        ("km", "ភាសាខ្មែរ", None),
        ("km", "និយាយខ្មែរបានទេ", None),
        ("lo", "ຝ່າຍຫວຽດນາມ", "VN"),
        ("lo", "ເວົ້າລາວໄດ້ບໍ", None),
        ("lo", "ປະເທດລາວ", "LA"),
        ("en", "Vietnamese cities", "VN"),
        ("en", "the minutes in Vietnamese", None),
        ("en", "Lao colleagues", "LA"),
        ("en", "switch to khmer", None),
    ],
)
def test_country_is_found_but_not_in_a_language(language: Language, text: str, expected: str | None) -> None:
    assert _named(text, language) == expected


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        ("fr", "réunion à Battanbang", "battambang"),
        ("fr", "formation à Pnom Pen", "phnom-penh"),
        ("en", "vientianne news", "vientiane"),
        ("fr", "les villes du Camboge", "KH"),
        ("km", "នៅបាត់ដំបាងថ្ងៃណា", "battambang"),
        ("km", "នៅសៀមរបថ្ងៃណា", "siem-reap"),
        ("lo", "ຢູ່ພະນົມເປນມື້ໃດ", "phnom-penh"),
        ("en", "action plan status", None),
        ("fr", "les statuts du réseau", None),
        ("fr", "les comptes et le campus", None),
        ("fr", "la saison tourne", None),
        ("vi", "dau thang co hop khong", None),
        ("km", "អ្នកតំណាងគឺជានរណា", None),
    ],
)
def test_slip_of_the_finger_is_forgiven(language: Language, text: str, expected: str | None) -> None:
    assert _named(text, language) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("we are from Hue, who is the contact in Kampot", "kampot"),
        ("Kampot et Hué", "kampot"),
        ("em ở Huế, đăng ký đi Kampot", "kampot"),
        ("news from Hue", "hue"),
    ],
)
def test_city_asked_about_is_not_where_one_comes_from(text: str, expected: str) -> None:
    assert _named(text) == expected


def test_country_is_named_only_without_a_city() -> None:
    found = GAZETTEER.find(normalise("Phnom Penh au Cambodge"), "fr")
    assert (found.city, found.country, len(found.found)) == ("phnom-penh", None, 2)


def test_network_brings_its_own_places() -> None:
    gazetteer = Gazetteer([("lyon", "FR", ["Lyon", "Grand Lyon", "លីយ៉ុង"])], others=[("cuf", "Cités Unies France")])
    texts = ("à grand-lyon", "នៅលីយ៉ុង", "Cités Unies France", "à Hué")
    found = [gazetteer.find(normalise(text)) for text in texts]
    assert [(places.city, places.country) for places in found] == [
        ("lyon", None), ("lyon", None), (None, None), (None, None)
    ]  # fmt: skip


@given(st.text(), st.sampled_from(LANGUAGES))
def test_any_text_is_taken(text: str, language: Language) -> None:
    message = normalise(text)
    found = GAZETTEER.find(message, language)
    assert all(0 <= start < end <= len(message.text) for start, end in found.hidden)


def test_initials_that_are_a_word_count_in_capitals_only() -> None:
    places = Gazetteer([("hue", "VN", ["Huế"])], others=[("eu", "DUE"), ("afd", "AFD")])
    named = [places.find(normalise(text), "en").organisation for text in ("is it due", "the DUE office", "afd contact")]
    assert named == [None, "eu", "afd"]
