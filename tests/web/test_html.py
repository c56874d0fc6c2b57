"""Telegram's HTML, read as strictly as Telegram."""

from __future__ import annotations

from typing import Any

import pytest

from web.detect import detect
from web.errors import ApiError
from web.html import read_html


def entity(kind: str, offset: int, length: int, **more: str) -> dict[str, Any]:
    return {"type": kind, "offset": offset, "length": length, **more}


@pytest.mark.parametrize(
    ("source", "text", "entities"),
    [
        ("plain", "plain", []),
        ("<b>bold</b>", "bold", [entity("bold", 0, 4)]),
        ("<strong>a</strong><em>b</em>", "ab", [entity("bold", 0, 1), entity("italic", 1, 1)]),
        (
            "<i>a</i> <u>b</u> <ins>c</ins>",
            "a b c",
            [entity("italic", 0, 1), entity("underline", 2, 1), entity("underline", 4, 1)],
        ),
        ("<s>a</s><strike>b</strike><del>c</del>", "abc", [entity("strikethrough", n, 1) for n in range(3)]),
        ("<b>a<i>b</i></b>", "ab", [entity("bold", 0, 2), entity("italic", 1, 1)]),
        ('<span class="tg-spoiler">x</span>', "x", [entity("spoiler", 0, 1)]),
        ("<tg-spoiler>x</tg-spoiler>", "x", [entity("spoiler", 0, 1)]),
        ('<a href="https://x.org/?a=1&amp;b=2">x</a>', "x", [entity("text_link", 0, 1, url="https://x.org/?a=1&b=2")]),
        ("<a href='https://x.org/>'>x</a>", "x", [entity("text_link", 0, 1, url="https://x.org/>")]),
        ("<a href=x.org>x</a>", "x", [entity("text_link", 0, 1, url="x.org")]),
        ("<a>x</a>", "x", []),
        ("<code>a &lt; b</code>", "a < b", [entity("code", 0, 5)]),
        ('<pre><code class="language-sql">x</code></pre>', "x", [entity("pre", 0, 1, language="sql")]),
        ('<code class="language-sql">x</code>', "x", [entity("code", 0, 1)]),
        ("<blockquote>x</blockquote>", "x", [entity("blockquote", 0, 1)]),
        ("<blockquote expandable>x</blockquote>", "x", [entity("expandable_blockquote", 0, 1)]),
        ("👋🏽 <b>ភ្នំពេញ</b>", "👋🏽 ភ្នំពេញ", [entity("bold", 5, 7)]),
        ("&lt;b&gt; &amp;amp; &quot;&#39;&#x1F600;&nbsp;&#0;", "<b> &amp; \"'😀&nbsp;&#0;", []),
        ("AT&T & co", "AT&T & co", []),
        ("  <b> x </b>  ", "x", [entity("bold", 0, 1)]),
        ("<b></b>x<i> </i>", "x", []),
        ("<B>x</b >", "x", [entity("bold", 0, 1)]),
        ("<b>x</>", "x", [entity("bold", 0, 1)]),
    ],
)
def test_html_becomes_text_and_entities(source: str, text: str, entities: list[dict[str, Any]]) -> None:
    assert read_html(source) == (text, entities)


@pytest.mark.parametrize(
    ("source", "reason"),
    [
        ("<h1>x</h1>", 'Unsupported start tag "h1" at byte offset 0'),
        ("ខ<br>", 'Unsupported start tag "br" at byte offset 3'),
        ("a < b", "Unclosed start tag at byte offset 2"),
        ("<b>x", 'Can\'t find end tag corresponding to start tag "b"'),
        ("x</b>", "Unexpected end tag at byte offset 1"),
        ("<b><i>x</b></i>", 'Unmatched end tag at byte offset 7, expected "</i>", found "</b>"'),
        ("<b>x</b", "Unclosed end tag at byte offset 4"),
        ("<b>x</b y>", "Unclosed end tag at byte offset 4"),
        ('<a href="x>y</a>', "Unclosed start tag at byte offset 0"),
        ('<a ="x">y</a>', 'Empty attribute name in the tag "a" at byte offset 0'),
        ("<span>x</span>", 'Tag "span" must have class "tg-spoiler" at byte offset 0'),
        ("<>x</>", 'Unsupported start tag "" at byte offset 0'),
    ],
)
def test_what_telegram_cannot_parse_is_refused_in_its_words(source: str, reason: str) -> None:
    with pytest.raises(ApiError) as refused:
        read_html(source)
    assert refused.value.description == f"Bad Request: can't parse entities: {reason}"


@pytest.mark.parametrize(
    ("text", "entities"),
    [
        ("/start now", [entity("bot_command", 0, 6)]),
        ("/a@relais_bot, and/or 1/2 //x", [entity("bot_command", 0, 13)]),
        ("see https://x.org/a(b).", [entity("url", 4, 18)]),
        ("(www.x.org)!", [entity("url", 1, 9)]),
        ("write to a.b@x.example.org.", [entity("email", 9, 17)]),
        ("call +855 23 000 000 or 023", [entity("phone_number", 5, 15)]),
        ("😀 /help", [entity("bot_command", 3, 5)]),
        ("សូមចុច /help។", [entity("bot_command", 7, 5)]),
        ("2027-05-18 14:30", []),
    ],
)
def test_links_and_commands_are_found(text: str, entities: list[dict[str, Any]]) -> None:
    assert detect(text, []) == entities


def test_what_is_code_or_link_already_is_left_alone() -> None:
    code = entity("code", 0, 5)
    assert detect("/help", [code]) == [code]
    half = entity("bold", 0, 3)
    assert detect("/help", [half]) == [half]
    whole = entity("bold", 0, 5)
    assert detect("/help", [whole]) == [whole, entity("bot_command", 0, 5)]
