from __future__ import annotations

import pytest

from bot.network.content import Content
from bot.network.languages import LANGUAGES, Language
from bot.texts.layout import in_rows, lines, page_line, pager, paragraphs
from bot.texts.reply import Button, Tap
from bot.texts.voice import Voice
from locales import Html
from tests.support.sample import stranger
from tests.texts.voices import CATALOGUES, voice

TITLE = Content.model_validate(
    {
        "fr": {"text": "Eau & déchets", "state": "source"},
        "vi": {"text": "Nước", "state": "human"},
        "km": {"text": "ទឹក", "state": "machine"},
        "lo": {"text": "ນ້ຳ", "state": "stale"},
    }
)


@pytest.mark.parametrize(
    ("language", "expected"),
    [
        ("fr", "Eau &amp; déchets"),
        ("vi", "Nước"),
        ("km", "ទឹក <i>(បកប្រែដោយម៉ាស៊ីន មិនទាន់បានពិនិត្យ)</i>"),
        ("lo", "ນ້ຳ <i>(ຕົ້ນສະບັບໄດ້ປ່ຽນແປງຫຼັງຈາກການແປນີ້)</i>"),
        ("en", "Eau &amp; déchets <i>(in French, not yet translated)</i>"),
    ],
)
def test_content_says_what_its_reader_must_know(language: Language, expected: str) -> None:
    assert voice(language).noted(TITLE) == expected


def test_note_of_a_text_in_lines_stands_on_its_own_line() -> None:
    programme = Content.of("fr", fr="08:30 Accueil\n09:00 Ouverture")
    assert voice("en").noted(programme) == "08:30 Accueil\n09:00 Ouverture\n<i>(in French, not yet translated)</i>"


def test_text_and_title_carry_no_note() -> None:
    assert (voice("en").text(TITLE), voice("en").title(TITLE)) == ("Eau &amp; déchets", "Eau & déchets")
    assert voice("fr").title(TITLE, 5) == "Eau…"


def test_label_is_plain_text() -> None:
    assert voice("fr").label("meetings.open_card", title="Eau & <b>déchets</b>") == "📅 Eau & <b>déchets</b>"


def test_values_are_escaped_and_html_is_not() -> None:
    said = voice("en").say("common.labelled", label=Html("<i>a</i>"), value="<b>{x}</b> & co")
    assert said == "<b><i>a</i></b>: &lt;b&gt;{x}&lt;/b&gt; &amp; co"


def test_missing_sentence_is_an_error_that_names_it() -> None:
    with pytest.raises(KeyError, match=r"fr has no message 'nothing\.here'"):
        voice("fr").say("nothing.here")


@pytest.mark.parametrize("language", LANGUAGES)
def test_voice_of_a_reader_has_their_habits(language: Language) -> None:
    found = Voice.of(CATALOGUES, stranger(language, zone="Europe/Paris"))
    assert (found.language, found.zone.key, found.digits) == (language, "Europe/Paris", "latin")


@pytest.mark.parametrize(
    ("language", "names"),
    [
        ("fr", ["Cambodge", "Viêt Nam", "Laos", "XX"]),
        ("vi", ["Campuchia", "Việt Nam", "Lào", "XX"]),
        ("km", ["កម្ពុជា", "វៀតណាម", "ឡាវ", "XX"]),
        ("lo", ["ກຳປູເຈຍ", "ຫວຽດນາມ", "ລາວ", "XX"]),
        ("en", ["Cambodia", "Vietnam", "Laos", "XX"]),
    ],
)
def test_countries_have_their_names(language: Language, names: list[str]) -> None:
    assert [voice(language).country(code) for code in ("KH", "VN", "LA", "XX")] == names


def test_layout_leaves_no_gaps() -> None:
    assert paragraphs(Html("a"), None, Html(""), lines(Html("b"), None, Html("c"))) == "a\n\nb\nc"
    assert in_rows([Button(str(number)) for number in range(5)], 2) == (
        (Button("0"), Button("1")), (Button("2"), Button("3")), (Button("4"),),
    )  # fmt: skip


@pytest.mark.parametrize(
    ("page", "pages", "line", "turns"),
    [
        (0, 1, None, []),
        (0, 3, "Page 1 sur 3", [("Suivantes ›", "x1:1")]),
        (1, 3, "Page 2 sur 3", [("‹ Précédentes", "x1:0"), ("Suivantes ›", "x1:2")]),
        (2, 3, "Page 3 sur 3", [("‹ Précédentes", "x1:1")]),
    ],
)
def test_pager_leads_to_the_pages_that_there_are(
    page: int, pages: int, line: str | None, turns: list[tuple[str, str]]
) -> None:
    buttons = pager(voice("fr"), page, pages, lambda number: Tap.to("x", number))
    assert [(button.label, button.tap.data) for button in buttons if button.tap] == turns
    assert page_line(voice("fr"), page, pages) == line
