import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.ask.normalise import fold, normalise


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("Réunion à Huế", "réunion à huế"),
        ("L’ATELIER – c'est quand ?", "l'atelier - c'est quand ?"),
        ("  deux \n mots\u00a0\u202f ici ", "deux mots ici"),
        ("cœur", "coeur"),
        ("\ufeffbonjour\u200f", "bonjour"),
        ("ｗｏｒｄ １２", "word 12"),
        ("khoá sổ đăng kí thuỷ", "khóa sổ đăng ký thủy"),
        ("quý 2", "quý 2"),
        ("Ðà Nẵng", "đà nẵng"),
        ("thasng sau hopj gif", "tháng sau họp gì"),
        ("Ddaf Nawngx cos hopj ko", "đà nẵng có họp ko"),
        ("is there a theme", "is there a theme"),
        ("vous avez mis les cours", "vous avez mis les cours"),
        ("ខែ៥", "ខែ5"),
        ("ເດືອນ ໒", "ເດືອນ 2"),
        ("មេា៉ង", "ម៉ោង"),
        ("វគ្គ\u200bបណ្តុះបណ្ដាល", "វគ្គបណ្តុះបណ្តាល"),
        ("ឲ្យ", "ឱ្យ"),
        ("អោយ", "ឱ្យ"),
        ("ຫລວງພຣະບາງ", "ຫຼວງພະບາງ"),
        ("ເດືອນຫນ້າ", "ເດືອນໜ້າ"),
        ("ຫມົດກໍານົດ", "ໝົດກຳນົດ"),
        ("ນໍ້າ", "ນ້ຳ"),
        ("ເເຜນ", "ແຜນ"),
    ],
)
def test_text_becomes_one_spelling(typed: str, expected: str) -> None:
    assert normalise(typed).text == expected


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("ព័ត៌មាន", "ពត៍មាន"),
        ("ថ្ងៃច័ន្ទ", "ថ្ងៃចន្ទ"),
        ("ស៊ី", "សុី"),
        ("ញ៉ាំ", "ញុាំ"),
        ("ធ្វើ", "ធ្វេី"),
        ("កំពត", "កំំពត"),
        ("ប្រជុំ", "ប្រជំុ"),
        ("ស្ត្រី", "ស្រ្តី"),
        ("របៀបវារៈ", "របៀបវារះ"),
        ("ທີ່", "ທ່ີ"),
    ],
)
def test_lookalikes_meet(one: str, other: str) -> None:
    assert normalise(one) == normalise(other)


def test_marks_composed_or_not_meet() -> None:
    text = "Hội thảo ở Đà Nẵng tháng sau"
    assert normalise(unicodedata.normalize("NFD", text)) == normalise(text)


def test_fold_takes_latin_marks_off() -> None:
    assert fold("hội thảo đà nẵng, août, ខែ") == "hoi thao da nang, aout, ខែ"


@pytest.mark.parametrize(
    ("text", "expected"),
    [("thang sau co hop khong", False), ("tháng sau", True), ("réunion à Hué", False), ("où est-ce", False)],
)
def test_vietnamese_marks_are_noticed(text: str, expected: bool) -> None:
    assert normalise(text).vietnamese == expected


def test_capitals_are_kept_beside() -> None:
    assert normalise("Réunion SR en Mai").cased == "Réunion SR en Mai"


def test_masked_spans_hide() -> None:
    assert normalise("à Hué en mai").masked([(2, 5)]).folded == "a \0\0\0 en mai"


@given(st.text())
def test_any_text_keeps_three_texts_of_one_length(text: str) -> None:
    found = normalise(text)
    assert (len(found.folded), len(found.cased)) == (len(found.text), len(found.text))


@given(st.text(alphabet=st.characters(min_codepoint=0x1780, max_codepoint=0x17FF)) | st.text("ຫນມລໍາ້່ພຣະເ"))
def test_normalising_twice_changes_nothing_more(text: str) -> None:
    once = normalise(text).text
    assert len(normalise(once).text) <= len(once)
