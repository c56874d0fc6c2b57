from __future__ import annotations

import html
import re
import unicodedata

import pytest
import regex
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.texts.cut import shorten, shown_units, split, units
from locales import Html, escape
from tests.botapi.check_calls import visible_text

FAMILY, FLAG, WAVE = "👩‍👩‍👧", "🇱🇦", "👋🏽"
WORDS = st.sampled_from(
    [
        "a", "réunion", "Hội", unicodedata.normalize("NFD", "nghị"), "thường", "niên", "ស្ត្រី", "ភ្នំពេញ", "កិច្ចប្រជុំ",
        "ខ្ញុំ", "ក្ដៅ", "ເຂົ້າ", "ຫຼວງພະບາງ", FAMILY, FLAG, WAVE, "&", "<b>", "5 < 6", "a&b", '"', "។", "!", ".", "…",
    ]
)  # fmt: skip
GAPS = st.sampled_from([" ", "  ", "\n", "\n\n", "\n\n\n", "", ". ", "\r\n"])
PLAIN = st.lists(st.tuples(WORDS, GAPS), min_size=1, max_size=12).map(
    lambda pairs: str(escape("".join(word + gap for word, gap in pairs)))
)
TAGS = st.sampled_from(["b", "i", "u", "tg-spoiler"])
ALONE = st.sampled_from(["code", "blockquote", 'a href="https://example.org/?a=1&amp;b=2"'])


def _tagged(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    return st.one_of(
        st.lists(inner, min_size=1, max_size=4).map("".join),
        st.builds(_in_tag, TAGS, inner),
    )


def _in_tag(tag: str, text: str) -> str:
    return f"<{tag}>{text}</{tag.split(maxsplit=1)[0]}>"


TEXTS = st.recursive(PLAIN | st.builds(_in_tag, ALONE, PLAIN), _tagged, max_leaves=12).map(Html)
LIMITS = st.integers(12, 200)


def seen(text: str) -> str:
    """What a reader sees, in NFC, without white space."""
    shown = html.unescape(re.sub(r"</?[a-z-]+[^>]*>", "", text))
    return re.sub(r"\s+", "", unicodedata.normalize("NFC", shown))


@given(TEXTS, LIMITS)
@settings(max_examples=250)
def test_parts_show_the_same_text_in_clusters_that_are_whole(text: Html, limit: int) -> None:
    parts = split(text, limit)
    assert "".join(seen(part) for part in parts) == seen(text)
    assert [cluster for part in parts for cluster in regex.findall(r"\X", seen(part))] == regex.findall(
        r"\X", seen(text)
    )


@given(TEXTS, LIMITS)
@settings(max_examples=250)
def test_parts_are_short_enough_and_whole_html(text: Html, limit: int) -> None:
    for part in split(text, limit):
        visible, problems = visible_text(part, "HTML")
        assert (problems, units(visible) <= limit, part.strip() != "") == ([], True, True), part


@given(st.text(max_size=60), st.integers(2, 40))
@settings(max_examples=200)
def test_whatever_people_write_is_split_in_the_end(text: str, limit: int) -> None:
    parts = split(Html(f"<b>{escape(text)}</b>"), limit)
    assert all(shown_units(part) <= limit for part in parts)


@given(TEXTS)
@settings(max_examples=50)
def test_text_that_fits_stays_whole(text: Html) -> None:
    parts = split(text, 100_000)
    assert [seen(part) for part in parts] == ([seen(text)] if seen(text) else [])


@pytest.mark.parametrize(
    ("text", "limit", "parts"),
    [
        ("", 10, []),
        (" \n ", 10, []),
        ("<b> </b>", 10, []),
        ("one two three", 9, ["one two", "three"]),
        ("one\n\ntwo\nthree", 12, ["one", "two\nthree"]),
        ("title\nfacts\n\ntitle\nfacts", 18, ["title\nfacts", "title\nfacts"]),
        ("One. Two three four", 15, ["One.", "Two three four"]),
        ("<b>one two</b> three", 5, ["<b>one</b>", "<b>two</b>", "three"]),
        ("<b>one <i>two three</i></b>", 8, ["<b>one <i>two</i></b>", "<b><i>three</i></b>"]),
        ('<a href="https://example.org/a-long-address">here</a> it is', 8,
         ['<a href="https://example.org/a-long-address">here</a> it', "is"]),
        ("&amp;&amp;&amp;&lt;&#39;&#x27;&quot;", 2, ["&amp;&amp;", "&amp;&lt;", "&#39;&#x27;", "&quot;"]),
        ("aaaaaaaaaa", 4, ["aaaa", "aaaa", "aa"]),
        ("ស្ត្រីស្ត្រី", 7, ["ស្ត្រី", "ស្ត្រី"]),
        (FAMILY * 2, 9, [FAMILY, FAMILY]),
        (unicodedata.normalize("NFD", "Hội nghị"), 4, ["Hội", "nghị"]),
        ("<b>\u0338x</b>", 100, ["<b>\u0338x</b>"]),
    ],
)  # fmt: skip
def test_text_is_cut_at_the_best_place(text: str, limit: int, parts: list[str]) -> None:
    assert split(Html(text), limit) == parts


def test_cluster_longer_than_a_message_is_cut_between_characters() -> None:
    towers = "a" + "\u0301" * 9 + "b"
    assert "".join(split(Html(f"<b>{towers}</b>"), 4)).replace("<b>", "").replace("</b>", "") == (
        unicodedata.normalize("NFC", towers)
    )


@pytest.mark.parametrize(
    ("text", "limit", "short"),
    [
        ("Réunion annuelle", 40, "Réunion annuelle"),
        ("Réunion annuelle", 16, "Réunion annuelle"),
        ("Réunion annuelle", 9, "Réunion…"),
        ("Réunion\nannuelle", 20, "Réunion annuelle"),
        ("កិច្ចប្រជុំប្រចាំឆ្នាំ", 4, "កិច្ចប្រ…"),
        (FAMILY * 5, 3, FAMILY * 2 + "…"),
    ],
)
def test_shorten_counts_clusters(text: str, limit: int, short: str) -> None:
    assert shorten(text, limit) == short


def test_units_are_utf_16() -> None:
    assert [units("a"), units("é"), units("ក"), units("📅"), units(FAMILY)] == [1, 1, 1, 2, 8]
    assert shown_units(Html("<b>5 &lt; 6 📅</b>")) == 8
