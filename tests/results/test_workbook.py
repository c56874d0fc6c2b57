from __future__ import annotations

from datetime import UTC, date, datetime, time
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from bot.results.figures import figures
from bot.results.shapes import StillSecretError
from bot.results.sheets import Percent, Sheet, write_sheets
from bot.results.workbook import write_workbook
from storage.submissions import Submission
from tests.results.samples import (
    NOW,
    ORGANISATIONS,
    PEOPLE,
    SENT,
    SUBMISSIONS,
    answers,
    definition,
    question,
    submission,
)
from tests.texts.voices import voice

wall = partial(datetime, tzinfo=None)
"""A moment as a workbook keeps it: what the clock on the wall shows."""


def _sheets(path: Path) -> dict[str, list[tuple[Any, ...]]]:
    return {sheet.title: list(sheet.iter_rows(values_only=True)) for sheet in load_workbook(path).worksheets}


def _book(path: Path, sent: tuple[Submission, ...] = SUBMISSIONS, language: Any = "fr", **more: Any) -> dict[str, Any]:
    found = figures(definition(**more), sent, ORGANISATIONS, NOW, PEOPLE)
    write_workbook(path / "book.xlsx", found, sent, voice(language))
    return _sheets(path / "book.xlsx")


def test_answers_stand_in_the_readers_language_whatever_they_were_given_in(tmp_path: Path) -> None:
    book = _book(tmp_path)
    assert list(book) == ["Réponses", "Chiffres", "Questions"]
    header, first, second, *_ = book["Réponses"]
    assert header[:8] == ("Référence", "État", "Nom", "Organisation", "Pays", "Langue", "Envoyé le", "Arrivée")
    assert header[-2:] == ("Votre séjour ? (début)", "Votre séjour ? (fin)")
    assert first == (
        SUBMISSIONS[0].reference, "confirmé", "Trần Thị Mai", "Huế", "Viêt Nam", "français",
        wall(2027, 5, 4, 10, 30), None, "Assainissement urbain", "Français", 2, 4, wall(2027, 5, 18),
        "Kampot", "Plus d’eau", "Oui", "a@example.org", wall(2027, 5, 18), wall(2027, 5, 19),
    )  # fmt: skip
    assert second[8:10] == ("Tourisme durable et valorisation du patrimoine", "Vietnamien; Français")
    assert _book(tmp_path, language="km")["ចម្លើយ"][1][8] == "អនាម័យទីក្រុង"


def test_what_was_withdrawn_is_left_out_and_what_waits_is_marked(tmp_path: Path) -> None:
    rows = _book(tmp_path)["Réponses"]
    assert [row[1] for row in rows[1:]] == ["confirmé", "confirmé", "confirmé", "en liste d’attente"]


def test_a_delegation_has_a_row_a_person(tmp_path: Path) -> None:
    asked = (
        question(1, "bus", "yes_no", "Un bus ?"),
        question(2, "name", "short_text", "Nom", each_person=True, known="name"),
    )
    sent = submission(1, people=2, **{"bus": "yes", "name@1": "Mai", "name@2": "Sok"})
    found = figures(definition(*asked), [sent], ORGANISATIONS, NOW, arrivals={(sent.id, 2): SENT})
    write_workbook(tmp_path / "a.xlsx", found, [sent], voice("en"))
    rows = _sheets(tmp_path / "a.xlsx")["Answers"]
    assert [row[7:] for row in rows] == [
        ("Arrived", "No.", "Un bus ?", "Nom"),
        (None, 1, "Yes", "Mai"),
        (wall(2027, 5, 4, 10, 30), 2, "Yes", "Sok"),
    ]


def test_a_text_that_a_spreadsheet_would_run_is_guarded(tmp_path: Path) -> None:
    texts = ("=1+1", "+855", "-x", "@x", "'x", "a & <b>\x01\n c", "_x0041_", " x ")
    sent = tuple(submission(number, **answers(wish=text)) for number, text in enumerate(texts))
    rows = _book(tmp_path, sent)["Réponses"]
    assert [row[14] for row in rows[1:]] == [
        "'=1+1", "'+855", "'-x", "'@x", "''x", "a & <b>\n c", "_x005F_x0041_", " x ",
    ]  # fmt: skip


def test_an_answer_of_an_earlier_form_is_kept_as_it_was(tmp_path: Path) -> None:
    sent = (submission(1, **answers(nights=["x"], day="demain", theme="gone")),)
    assert _book(tmp_path, sent)["Réponses"][1][8:13] == ("gone", "Français", "['x']", 4, "demain")


def test_an_anonymous_workbook_says_nothing_of_who_or_when(tmp_path: Path) -> None:
    rows = _book(tmp_path, anonymous=True)["Réponses"]
    assert rows[0][:3] == (
        "Quel thème souhaitez-vous voir traité en priorité à la prochaine réunion annuelle ?",
        "Quelles langues ?", "Combien de nuits ?",
    )  # fmt: skip
    assert "Votre adresse ?" not in rows[0]
    assert len(rows) == 4
    shown = {cell for row in rows[1:] for cell in row}
    assert shown.isdisjoint({"Huế", "Trần Thị Mai", "français", "a@example.org", "confirmé", SUBMISSIONS[0].reference})
    assert sorted(str(row[6]) for row in rows[1:]) == ["None", "Plus d’eau", "Thêm nước sạch cho đô thị"]


def test_an_anonymous_workbook_is_shuffled(tmp_path: Path) -> None:
    sent = tuple(submission(number, **answers(nights=number)) for number in range(200))
    nights = [row[2] for row in _book(tmp_path, sent, anonymous=True)["Réponses"][1:]]
    assert nights != sorted(nights)
    assert sorted(nights) == list(range(200))


def test_figures_and_questions_have_their_sheets(tmp_path: Path) -> None:
    book = _book(tmp_path)
    title = "Quel thème souhaitez-vous voir traité en priorité à la prochaine réunion annuelle ?"
    assert (1, title, None, "Assainissement urbain", 2, 2 / 3) in book["Chiffres"]
    assert (3, "Combien de nuits ?", None, "Moyenne", 3, None) in book["Chiffres"]
    assert (None, "Qui a répondu", "Laos", "Luang Prabang", 0, None) in book["Chiffres"]
    assert book["Questions"][2] == (
        2, "languages", "Quelles langues ?", "several_choices", "fr: Français\nvi: Vietnamien", "Oui", None,
    )  # fmt: skip


def test_a_secret_form_has_no_workbook_until_it_closes(tmp_path: Path) -> None:
    with pytest.raises(StillSecretError):
        _book(tmp_path, secret_until_closed=True)
    assert list(tmp_path.iterdir()) == []


def test_cells_of_every_kind_come_back(tmp_path: Path) -> None:
    moment = datetime(2027, 5, 18, 14, 30, 5, tzinfo=UTC)
    row = ("a", 1, 2.5, Percent(0.25), date(2027, 5, 18), moment, time(14, 30), None, "")
    write_sheets(tmp_path / "a.xlsx", [Sheet("A & B", [(str(at), 10) for at in range(30)], [row])])
    sheet = load_workbook(tmp_path / "a.xlsx")["A & B"]
    assert [cell.value for cell in sheet[2]][:9] == [
        "a", 1, 2.5, 0.25, wall(2027, 5, 18), wall(2027, 5, 18, 14, 30, 5), time(14, 30), None, None,
    ]  # fmt: skip
    assert [cell.number_format for cell in sheet[2]][3:7] == ["0%", "yyyy\\-mm\\-dd", "yyyy\\-mm\\-dd\\ hh:mm", "hh:mm"]
    assert (sheet["AD1"].value, sheet.freeze_panes, sheet.auto_filter.ref) == ("29", "A2", "A1:AD2")
