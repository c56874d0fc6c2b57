from __future__ import annotations

import html
import re
import string
import unicodedata
from functools import cache

import pytest
from babel.messages.catalog import Message

from bot.network.languages import LANGUAGES, Language
from locales import read_catalogues
from tests.botapi.check_calls import visible_text

SOURCE: Language = "fr"
MAY_END_IN_A_SPACE = {"common.comma", "announce.or"}
_MOMENTS = {
    "weekday", "weekday_in_full", "day", "month", "month_number", "year", "number", "first", "last", "one", "h", "hh",
    "mm", "hour", "hours", "when", "zone", "city", "here", "there",
}  # fmt: skip
"""What ``bot/texts/dates.py`` gives: each language takes what it writes of it."""
_INVISIBLE = re.compile("[\u200b\u200e\u200f\u2060\ufeff\u00ad]")
_LINKS = re.compile(r"https?://\S+|<[^>]+>")


@cache
def messages(language: Language) -> dict[tuple[str, str], Message]:
    """Every sentence of a language by file and key."""
    return {
        (file, _key(message)): message
        for file, catalog in read_catalogues(language).items()
        for message in catalog
        if message.id
    }


def _key(message: Message) -> str:
    return message.id if isinstance(message.id, str) else message.id[0]


def _forms(message: Message) -> tuple[str, ...]:
    return (message.string,) if isinstance(message.string, str) else tuple(message.string or ())


def _placeholders(text: str) -> set[str]:
    return {field for _, field, _, _ in string.Formatter().parse(text) if field is not None}


def _every_form(language: Language) -> list[tuple[str, str]]:
    """Every sentence that is said; ``words.…`` are lists of what people write, and never shown."""
    return [
        (key, form)
        for (_, key), message in messages(language).items()
        if not key.startswith("words.")
        for form in _forms(message)
    ]


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_language_says_the_same_things(language: Language) -> None:
    assert set(messages(language)) == set(messages(SOURCE))


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_key_stands_in_two_files(language: Language) -> None:
    keys = [key for _, key in messages(language)]
    assert sorted(keys) == sorted(set(keys))


@pytest.mark.parametrize("language", LANGUAGES)
def test_placeholders_are_the_same(language: Language) -> None:
    wrong = {}
    for where, message in messages(language).items():
        expected = _placeholders(_forms(messages(SOURCE)[where])[0])
        for form in _forms(message):
            told = _placeholders(form)
            fits = told <= _MOMENTS if where[1].startswith(("date.", "zone.")) else told == expected
            if not fits:
                wrong[where] = told
    assert wrong == {}


@pytest.mark.parametrize("language", LANGUAGES)
def test_plural_forms_are_as_many_as_the_language_has(language: Language) -> None:
    number = {"fr": 2, "en": 2, "vi": 1, "km": 1, "lo": 1}[language]
    wrong = [
        where
        for where, message in messages(language).items()
        if isinstance(message.id, tuple) and len(_forms(message)) != number
    ]
    assert wrong == []
    assert {file: catalog.num_plurals for file, catalog in read_catalogues(language).items()} == dict.fromkeys(
        read_catalogues(language), number
    )


@pytest.mark.parametrize("language", LANGUAGES)
def test_nothing_is_empty_or_fuzzy_or_left_to_check(language: Language) -> None:
    wrong = [
        where
        for where, message in messages(language).items()
        if message.fuzzy or not all(form.strip() for form in _forms(message)) or message.check()
    ]
    assert wrong == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_text_is_in_nfc_without_what_nobody_sees(language: Language) -> None:
    wrong = [
        key
        for key, form in _every_form(language)
        if not unicodedata.is_normalized("NFC", form)
        or _INVISIBLE.search(form)
        or (form != form.strip() and key not in MAY_END_IN_A_SPACE)
        or re.search(r"  | \n|\n\n\n|\t", form)
    ]
    assert wrong == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_html_is_telegram_s(language: Language) -> None:
    problems = [
        f"{key}: {problem}"
        for key, form in _every_form(language)
        for problem in visible_text(re.sub(r"\{\w+\}", "x", form), "HTML")[1]
    ]
    assert problems == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_nobody_is_shouted_at(language: Language) -> None:
    assert [key for key, form in _every_form(language) if "!" in form or "！" in form] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_quotes_and_dots_are_those_of_print(language: Language) -> None:
    """A straight apostrophe or three dots are a typist's; quotation marks stand in pairs of the language."""
    wrong = [key for key, form in _every_form(language) if re.search(r"\w'\w|\.\.\.", _LINKS.sub("", form))]
    assert wrong == []


def test_french_keeps_a_narrow_space_before_tall_marks() -> None:
    wrong = []
    for key, form in _every_form("fr"):
        text = html.unescape(_LINKS.sub("", form))
        for found in re.finditer(r"[:;?!»]", text):
            before, after = text[: found.start()][-1:], text[found.end() :][:1]
            clock = before.isdigit() and after.isdigit()
            if before != "\u202f" and not clock and text.strip() != found[0]:
                wrong.append(f"{key}: {text}")
        if re.search("«(?!\u202f)", text):
            wrong.append(f"{key}: {text}")
    assert wrong == []


def test_khmer_and_lao_use_their_own_marks() -> None:
    """Khmer ends its sentences with ។ and announces with ៖, not with a Latin full stop or colon."""
    wrong = [key for key, form in _every_form("km") if re.search(r"[\u1780-\u17d3][.:;]", _LINKS.sub("", form))]
    assert wrong == []
