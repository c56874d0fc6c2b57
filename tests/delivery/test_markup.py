"""What a letter shows of Telegram's HTML."""

from __future__ import annotations

import pytest

from bot.delivery.markup import PARAGRAPH, read


def paragraphs(*texts: str) -> str:
    return "</p>\n".join(f"{PARAGRAPH}{text}" for text in texts) + "</p>"


@pytest.mark.parametrize(
    ("source", "html", "plain"),
    [
        ("one\ntwo\n\nthree", paragraphs("one<br>\ntwo", "three"), "one\ntwo\n\nthree"),
        ("<b>a\n\nb</b>", paragraphs("<strong>a</strong>", "<strong>b</strong>"), "a\n\nb"),
        ("a &lt; b &amp; c", paragraphs("a &lt; b &amp; c"), "a < b & c"),
        ("<tg-spoiler>hidden</tg-spoiler>", paragraphs("hidden"), "hidden"),
        (
            '<a href="https://relais.test/?a=1&amp;b=2">here</a>',
            paragraphs('<a href="https://relais.test/?a=1&amp;b=2">here</a>'),
            "here (https://relais.test/?a=1&b=2)",
        ),
        ('<a href="mailto:a@b.test">a@b.test</a>', paragraphs('<a href="mailto:a@b.test">a@b.test</a>'), "a@b.test"),
        ('<a href="tg://user?id=1">Mai</a>', paragraphs("Mai"), "Mai"),
        ('<a href="javascript:alert(1)">x</a><script>y</script>', paragraphs("xy"), "xy"),
        ("<b>a<i>b</b>c</i>", paragraphs("<strong>a<em>b</em></strong>c"), "abc"),
        ("", "", ""),
    ],
)
def test_only_what_a_letter_may_show_gets_through(source: str, html: str, plain: str) -> None:
    assert read(source) == (html, plain)


def test_a_quotation_stands_by_itself() -> None:
    shown = read("before\n<blockquote expandable>one\ntwo</blockquote>\nafter")
    assert shown.plain == "before\n\n> one\n> two\n\nafter"
    assert shown.html.startswith(f"{PARAGRAPH}before")
    assert ">one<br>\ntwo</blockquote>\n" in shown.html
    assert shown.html.endswith("after</p>")


def test_code_keeps_its_lines() -> None:
    assert ">a\n\n  b</pre>" in read("<pre>a\n\n  b</pre>").html
