from __future__ import annotations

import pytest

from bot.ask.aspects import ASPECTS, Aspect, aspect_of, without_words
from bot.ask.normalise import normalise
from bot.ask.wordlists import table
from bot.network.languages import LANGUAGES, Language


@pytest.mark.parametrize(
    ("language", "text", "aspect"),
    [
        ("fr", "comment on fait ?", "how"),
        ("fr", "à qui je l'envoie", "send"),
        ("fr", "et le lien svp ?", "link"),
        ("fr", "qui vient d'autre ?", "comes"),
        ("fr", "c'est quand ?", "when"),
        ("fr", "son numéro ?", "who"),
        ("fr", "qu est ce qu il faut faire", "how"),
        ("fr", "qui s en occupe", "who"),
        ("fr", "je peux le faire plus tard ?", "still"),
        ("vi", "điền sau được không", "still"),
        ("vi", "thủ tục thế nào", "how"),
        ("vi", "ai lo vụ này", "who"),
        ("vi", "link vào họp đâu", "link"),
        ("vi", "gui cho ai", "send"),
        ("vi", "con cho khong", "seats"),
        ("vi", "có bị hoãn không", "held"),
        ("fr", "c'est toujours maintenu ?", "held"),
        ("km", "សល់ប៉ុន្មានកន្លែង", "seats"),
        ("vi", "ai tổ chức hội thảo này", "who"),
        ("km", "ធ្វើម៉េច", "how"),
        ("km", "លេខទូរស័ព្ទគាត់", "who"),
        ("km", "ផ្ញើទៅអ្នកណា", "send"),
        ("lo", "ເຮັດແນວໃດ", "how"),
        ("lo", "ຢູ່ໃສ", "where"),
        ("en", "how do we do it?", "how"),
        ("en", "who else is coming?", "comes"),
    ],
)
def test_short_question_asks_of_what_was_shown(language: Language, text: str, aspect: Aspect) -> None:
    assert aspect_of(normalise(text), language) == aspect


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("fr", "quand est la réunion annuelle ?"),
        ("fr", "où manger à midi ?"),
        ("fr", "svp"),
        ("vi", "ai phụ trách biến đổi khí hậu"),
        ("km", "កិច្ចប្រជុំនៅឯណា"),
        ("en", "when is the next webinar?"),
    ],
)
def test_question_with_a_subject_of_its_own_asks_of_nothing_else(language: Language, text: str) -> None:
    assert aspect_of(normalise(text), language) is None


def test_more_may_be_left_unread_where_no_other_subject_is_known() -> None:
    message = normalise("qui vient mardi")
    assert (aspect_of(message, "fr"), aspect_of(message, "fr", bare=True)) == (None, "comes")


def test_address_asks_for_nothing() -> None:
    assert aspect_of(normalise("mai@example.org"), "vi", bare=True) is None


def test_every_aspect_has_words_in_every_language() -> None:
    words = table("aspects.toml")
    assert {name: set(found) for name, found in words.items()} == {name: set(LANGUAGES) for name in (*ASPECTS, "small")}
    assert tuple(words)[:-1] == ASPECTS


def test_words_of_a_title_are_hidden() -> None:
    rest = without_words(normalise("qui organise le voyage d'études ?"), normalise("Voyage d'étude à Toulouse"))
    assert aspect_of(rest, "fr") == "who"
