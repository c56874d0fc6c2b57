from __future__ import annotations

import pytest

from bot.ask.normalise import normalise
from bot.ask.parts import asks, clauses, sentences
from bot.network.languages import Language


@pytest.mark.parametrize(
    ("language", "text", "parts"),
    [
        ("fr", "Qui est le point focal ? Et où se réunit-on ?", ["Qui est le point focal ?", "Et où se réunit-on ?"]),
        ("fr", "la réunion est quand et qui est invité", ["la réunion est quand", "et qui est invité"]),
        ("vi", "họp khi nào và ai là đầu mối", ["họp khi nào", "và ai là đầu mối"]),
        ("fr", "réunions à Hué", ["réunions à Hué"]),
        ("fr", "", []),
    ],
)
def test_sentences_are_parted(language: Language, text: str, parts: list[str]) -> None:
    assert sentences(normalise(text), language) == parts


def test_reason_is_parted_from_the_request() -> None:
    found = clauses(normalise("con em bị ốm nên chưa làm, hạn là khi nào"), "vi")
    assert found[-1] == "hạn là khi nào"


def test_question_is_told_by_its_mark_or_by_what_it_says() -> None:
    assert asks("vraiment ?", ())
    assert asks("dites-moi quand", ("when",))
    assert not asks("je suis le maire", ("us",))
