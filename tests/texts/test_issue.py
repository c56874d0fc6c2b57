from __future__ import annotations

from datetime import date

from bot.network.content import Content
from bot.texts.issue import Told, issue
from bot.watch.issue import Entry, IssueContent
from tests.texts.voices import voice

TITLE = Content.of("fr", fr="Un & deux", vi="Một và hai")


def told(**more: object) -> Told:
    entries = (Entry("news:a", "", "news", 7, TITLE, link='https://a.example.org/?q="x"&y'),)
    return Told("monthly", date(2027, 4, 1), entries, {}, page="https://p.example.org/")._replace(**more)


def test_an_entry_is_numbered_and_its_link_cannot_leave_its_tag() -> None:
    text = issue(voice("fr"), told()).text
    assert "<b>1.</b> Un &amp; deux" in text
    assert '<a href="https://a.example.org/?q=&quot;x&quot;&amp;y">Lire la suite</a>' in text


def test_a_letter_has_only_buttons_that_open_something() -> None:
    assert [[one.url for one in row] for row in issue(voice("fr"), told(), letter=True).buttons] == [
        ["https://p.example.org/"]
    ]


def test_an_opening_word_in_another_language_says_so() -> None:
    text = issue(voice("vi"), told(content=IssueContent(opening={"fr": "Bonjour"}))).text
    assert text.split("\n")[2:4][0] == "Bonjour"
    assert "tiếng Pháp" in text
