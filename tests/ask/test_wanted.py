from __future__ import annotations

import pytest

from bot.ask.normalise import normalise
from bot.ask.wanted import wanted_about
from bot.network.languages import Language


@pytest.mark.parametrize(
    ("language", "text", "words"),
    [
        ("fr", "le guide du coopérant svp", "coopérant"),
        ("fr", "envoyez-moi le rapport sur les écoles", "écoles"),
        ("vi", "cho em xin tài liệu về nước thải nhé", "nước thải"),
        ("vi", "sổ tay hợp tác viên ở đâu", "hợp tác viên"),
        ("km", "សូមឯកសារស្តីពីសាលារៀន", "សាលារៀន"),
        ("en", "the report about schools please", "schools"),
        ("fr", "le compte rendu de la dernière AG", None),
        ("fr", "les documents svp", None),
        ("fr", "un compte rendu", None),
        ("fr", "bonjour", None),
    ],
)
def test_words_after_the_kind_of_document_are_what_is_wanted(language: Language, text: str, words: str | None) -> None:
    assert wanted_about(normalise(text), language) == words
