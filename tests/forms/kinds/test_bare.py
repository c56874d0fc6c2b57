"""Choices said without their prepositions, articles and classifiers, or with others."""

from __future__ import annotations

from typing import Any

import pytest

from bot.forms.around import Problem
from bot.forms.definition import Field
from bot.forms.kinds.bare import bare
from bot.network.content import Content
from bot.network.forms import Question
from bot.network.languages import Language
from tests.forms.kinds.asking import outcome

PLACES: dict[Language, tuple[str, ...]] = {
    "fr": ("À Huế", "À l'hôtel du centre", "Au marché", "Par nos propres moyens"),
    "vi": ("Ở Huế", "Tại khách sạn trung tâm", "Ở chợ", "Tự túc"),
    "km": ("នៅហ្វេ", "នៅសណ្ឋាគារកណ្តាល", "នៅផ្សារ", "ដោយខ្លួនឯង"),
    "lo": ("ຢູ່ເຫວ້", "ຢູ່ໂຮງແຮມກາງເມືອງ", "ຢູ່ຕະຫຼາດ", "ດ້ວຍຕົນເອງ"),
    "en": ("In Huế", "At the central hotel", "At the market", "By our own means"),
}
CODES = ("hue", "hotel", "market", "own")


def choosing(labels: dict[Language, tuple[str, ...]], *codes: str, several: bool = False) -> Field:
    question = Question(
        code="form.name", form="form", name="name", number=1, kind="several_choices" if several else "one_choice",
        label=Content.of("fr", fr="Question"), options=codes,
    )  # fmt: skip
    return Field(question, None, None, None, labels)


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        ("fr", "Huế", "hue"), ("fr", "Hue", "hue"), ("fr", "hôtel du centre", "hotel"), ("fr", "marché", "market"),
        ("fr", "le marché svp", "market"), ("fr", "dans le marché", "market"), ("fr", "nos propres moyens", "own"),
        ("vi", "Huế", "hue"), ("vi", "tại Huế ạ", "hue"), ("vi", "chợ", "market"),
        ("vi", "khách sạn trung tâm", "hotel"), ("vi", "khach san trung tâm", "hotel"),
        ("vi", "ở khách sạn trung tâm", "hotel"),
        ("km", "ហ្វេ", "hue"), ("km", "ផ្សារ", "market"), ("km", "នៅក្នុងផ្សារ", "market"), ("km", "សណ្ឋាគារកណ្តាល", "hotel"),
        ("lo", "ເຫວ້", "hue"), ("lo", "ຕະຫຼາດ", "market"), ("lo", "ໃນຕະຫຼາດ", "market"), ("lo", "ໂຮງແຮມກາງເມືອງ", "hotel"),
        ("en", "market", "market"), ("en", "in the market", "market"), ("en", "central hotel please", "hotel"),
        ("en", "own means", Problem("not_a_choice")), ("fr", "à Vientiane", Problem("not_a_choice")),
    ],
)  # fmt: skip
def test_choice_is_read_without_its_small_words(language: Language, text: str, expected: Any) -> None:
    assert outcome(choosing(PLACES, *CODES), text, language) == expected


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("fr", "Huế et marché"),
        ("vi", "Huế, chợ"),
        ("km", "ហ្វេ និងផ្សារ"),
        ("lo", "ເຫວ້ ແລະ ຕະຫຼາດ"),
        ("en", "Hue + market"),
    ],
)
def test_several_choices_are_read_without_their_small_words(language: Language, text: str) -> None:
    assert outcome(choosing(PLACES, *CODES, several=True), text, language) == ["hue", "market"]


@pytest.mark.parametrize(
    ("language", "labels", "text"),
    [
        ("fr", ("De Huế", "À Huế"), "Huế"), ("vi", ("Từ Huế", "Đến Huế"), "Huế"), ("km", ("ពីហ្វេ", "ទៅហ្វេ"), "ហ្វេ"),
        ("lo", ("ຈາກເຫວ້", "ໄປເຫວ້"), "ເຫວ້"), ("fr", ("Dans le réseau", "Hors du réseau"), "réseau"),
    ],
)  # fmt: skip
def test_small_words_that_alone_tell_choices_apart_are_needed(
    language: Language, labels: tuple[str, ...], text: str
) -> None:
    field = choosing({language: labels}, "one", "two")
    assert outcome(field, text, language) == Problem("not_a_choice")
    assert outcome(field, labels[0], language) == "one"


@pytest.mark.parametrize(
    ("language", "key", "expected"),
    [
        ("fr", "a la gare", "gare"),
        ("fr", "avion", ""),
        ("vi", "o trong nha", "nha"),
        ("fr", "a l x", ""),
        ("km", "នៅក", ""),
    ],
)
def test_bare_words_are_left_only_if_there_are_some(language: Language, key: str, expected: str) -> None:
    assert bare(key, language) == expected
