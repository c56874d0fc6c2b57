"""Pictures, PDFs and slides: that they are there, and hold what they should; how they look is looked at."""

from __future__ import annotations

import io
import re
import struct

import pytest
from pptx import Presentation

from bot.network.languages import LANGUAGES, Language
from bot.results.badges import badges
from bot.results.charts import charts
from bot.results.deck import deck
from bot.results.figures import figures
from bot.results.participants import COMING, participant_rows, participants, participants_pdf
from bot.results.report import report, report_pages
from bot.results.shapes import AnonymousError, Results, StillSecretError
from storage.submissions import Submission
from tests.results.samples import (
    NOW,
    ORGANISATIONS,
    PEOPLE,
    SENT,
    SUBMISSIONS,
    answers,
    content,
    definition,
    question,
    results,
    submission,
)
from tests.texts.voices import voice

NAME = question(1, "name", "short_text", "Nom", known="name", each_person=True)
JOB = question(2, "job", "short_text", "Fonction", known="function", each_person=True, required=False)


def _size(png: bytes) -> tuple[int, int]:
    assert png[:8] == b"\x89PNG\r\n\x1a\n"
    width, height = struct.unpack(">II", png[16:24])
    return width, height


def _pages(pdf: bytes) -> int:
    assert pdf[:5] == b"%PDF-"
    return len(re.findall(rb"/Type\s*/Page\b", pdf))


def _delegation(number: int, people: int) -> Submission:
    said = {f"name@{one}": f"Personne {number}.{one}" for one in range(1, people + 1)}
    return submission(number, people=people, **said, **{"job@1": "Maire"})


def _delegations(*sent: Submission) -> Results:
    arrivals = {(sent[0].id, 1): SENT, (sent[0].id, 2): SENT}
    return figures(definition(NAME, JOB), sent, ORGANISATIONS, NOW, PEOPLE, arrivals=arrivals)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_question_that_can_be_drawn_has_a_picture(language: Language) -> None:
    made = charts(results(), voice(language, digits="native"))
    assert [one.name for one in made] == [
        "theme", "theme.country", "languages", "nights", "rating", "rating.country", "day", "host", "hotel",
        "hotel.country", "stay", "cities",
    ]  # fmt: skip
    assert {_size(one.png)[0] for one in made} == {1080}
    assert all(200 < _size(one.png)[1] < 2400 for one in made)


def test_one_picture_can_be_asked_for() -> None:
    assert [one.title for one in charts(results(), voice("fr"), {"nights"})] == ["Combien de nuits ?"]
    assert charts(results(), voice("fr"), {"no-such"}) == ()


def test_many_bars_are_put_together_so_that_a_telephone_can_show_them() -> None:
    sent = [submission(number, **answers(host={"written": f"Ville {number}"})) for number in range(60)]
    found = figures(definition(), sent, ORGANISATIONS, NOW)
    [picture] = charts(found, voice("fr"), {"host"})
    assert _size(picture.png)[1] < 2400


def test_a_secret_form_has_no_picture_and_a_report_of_counts() -> None:
    found = results(secret_until_closed=True)
    assert charts(found, voice("fr")) == ()
    assert _pages(report(found, voice("fr"), NOW)) == 1
    assert len(Presentation(io.BytesIO(deck(found, voice("fr"), NOW))).slides) == 2


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_report_has_as_many_pages_as_are_drawn(language: Language) -> None:
    pdf, pages = report(results(), voice(language), NOW), report_pages(results(), voice(language), NOW)
    assert _pages(pdf) == len(pages) >= 3
    assert {_size(page) for page in pages} == {(833, 1179)}


def test_what_people_wrote_is_never_read_as_markup() -> None:
    sent = [submission(1, **answers(wish='#panic("x") *gras* $x$ \\ [ ] @a <b> // `c`\nligne'))]
    assert _pages(report(figures(definition(), sent, ORGANISATIONS, NOW), voice("fr"), NOW)) >= 2


def test_slides_are_a_title_one_question_each_and_what_comes_next() -> None:
    found = results(next_steps=content("Le compte rendu suit."))
    slides = list(Presentation(io.BytesIO(deck(found, voice("fr"), NOW))).slides)
    assert [slide.shapes.title.text for slide in slides] == [
        "Questionnaire", *(one.field.question.label.root["fr"].text for one in found.questions), "Et maintenant",
    ]  # fmt: skip
    charted = [[shape.chart for shape in slide.shapes if shape.has_chart] for slide in slides]
    assert [len(one) for one in charted] == [0, 1, 1, 1, 1, 1, 1, 0, 1, 0, 1, 0]
    theme = charted[1][0].plots[0]
    assert list(theme.categories) == [
        "Assainissement urbain", "Tourisme durable et valorisation du patrimoine", "Ville intelligente",
    ]  # fmt: skip
    assert list(theme.series[0].values) == [2.0, 1.0, 0.0]
    assert slides[1].notes_slide.notes_text_frame.text.splitlines()[1:] == [
        "3 réponses", "Assainissement urbain – 2 (67\u202f%)",
        "Tourisme durable et valorisation du patrimoine – 1 (33\u202f%)", "Ville intelligente – 0 (0\u202f%)",
    ]  # fmt: skip
    assert "Plus d’eau" in "\n".join(shape.text_frame.text for shape in slides[7].shapes if shape.has_text_frame)
    assert "Le compte rendu suit." in slides[-1].shapes[-1].text_frame.text


def test_slides_name_letters_for_khmer_and_lao() -> None:
    for language, letters in (("km", "Noto Sans Khmer"), ("lo", "Noto Sans Lao")):
        slides = Presentation(io.BytesIO(deck(results(), voice(language), NOW))).slides
        run = slides[1].shapes.title.text_frame.paragraphs[0].runs[0]
        assert f'<a:cs typeface="{letters}"/>' in run._r.xml


def test_participants_are_told_one_by_one_with_what_the_form_asked_first() -> None:
    sent = (_delegation(1, 2), submission(2, "kampot", state="waiting"))
    found = participants(_delegations(*sent), sent, voice("fr"))
    assert [(one.number, one.name, one.function, one.place, one.country) for one in found] == [
        (1, "Personne 1.1", "Maire", "Huế", "Viêt Nam"),
        (2, "Personne 1.2", "", "Huế", "Viêt Nam"),
    ]
    assert "waiting" not in COMING


def test_participants_take_from_the_tables_what_nobody_asked() -> None:
    found = participants(results(), SUBMISSIONS, voice("fr"))
    assert [(one.name, one.function, one.place) for one in found] == [
        (SUBMISSIONS[1].reference, "", "Da Nang"), ("Trần Thị Mai", "Cheffe de service", "Huế"),
        (SUBMISSIONS[2].reference, "", "Kampot"),
    ]  # fmt: skip


def test_the_list_says_who_has_arrived() -> None:
    sent = (_delegation(1, 3),)
    counted = _delegations(*sent)
    rows = participant_rows(participants(counted, sent, voice("fr")), counted, voice("fr"))
    assert rows == [
        ("Nº", "Nom", "Fonction", "Organisation", "Arrivée"),
        ("1", "Personne 1.1", "Maire", "Huế", "mar. 4 mai à 10\u00a0h\u00a030"),
        ("2", "Personne 1.2", "", "Huế", "mar. 4 mai à 10\u00a0h\u00a030"),
        ("3", "Personne 1.3", "", "Huế", "–"),
    ]
    assert _pages(participants_pdf(counted, sent, voice("km"))) == 1


def test_badges_are_four_or_eight_a_page_with_a_code_each() -> None:
    sent = [_delegation(number, 3) for number in range(1, 4)]
    asked: list[tuple[int, int]] = []

    def link(one: Submission, person: int) -> str:
        asked.append((one.id, person))
        return f"https://t.me/relais_bot?start={one.id}-{person}"

    assert _pages(badges(_delegations(*sent), sent, voice("km"), link)) == 2
    assert asked == [(one.id, person) for one in sent for person in (1, 2, 3)]
    assert _pages(badges(_delegations(*sent), sent, voice("lo"), link, 4, content("Réunion annuelle"))) == 3


def test_nobody_is_named_where_answers_are_anonymous_or_secret() -> None:
    with pytest.raises(AnonymousError):
        participants(results(anonymous=True), SUBMISSIONS, voice("fr"))
    with pytest.raises(StillSecretError):
        badges(results(secret_until_closed=True), SUBMISSIONS, voice("fr"), lambda one, person: "x")
