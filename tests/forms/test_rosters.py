from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

import pytest

from bot.forms.around import Around, Problem
from bot.forms.definition import Definition, build
from bot.forms.opening import begin
from bot.forms.path import next_step
from bot.forms.rosters import Roster, left_out, listed, read_roster, take
from bot.forms.session import REVIEW, Session
from bot.network.content import Content
from bot.network.languages import Language
from bot.network.records import Organisation
from tests.forms.small import form, question

NOW = datetime(2027, 5, 3, tzinfo=UTC)
HEAD = ["First name and surname", "Born on", "Phone", "Diet", "Wishes", "Room alone"]


def delegation(**more: Any) -> Definition:
    """Where one stays, then six questions for each person."""
    each = {"each_person": True}
    label = Content.of("fr", fr="Prénom et nom", en="First name and surname", vi="Họ và tên", km="ឈ្មោះពេញ")
    name = question("name", 20, "short_text", known="name", **each).model_copy(update={"label": label})
    return build(
        form(kind="delegation", **more),
        (
            question("hotel", 10, "yes_no"),
            name,
            question("born", 30, "date", label="Born on", **each),
            question("phone", 40, "phone", required=False, **each),
            question(
                "diet", 50, "one_choice", options=("all", "none"),
                choices=Content.of("fr", fr="Sans restriction; Végétarien", km="គ្មានតម; បួស"), **each,
            ),
            question("wishes", 60, "several_choices", options=("a", "b"), required=False,
                     choices=Content.of("en", en="Market; River"), **each),
            question("alone", 70, "yes_no", label="Room alone", condition="hotel = yes", **each),
            question("photo", 80, "file", required=False, accepts=("jpg", "png"), **each),
        ),
    )  # fmt: skip


def around(language: Language = "en", country: str = "KH") -> Around:
    return Around(today=date(2027, 5, 3), language=language, country=country)


def rows(*people: list[str], head: list[str] = HEAD) -> list[list[str]]:
    return [["Delegation: one row a person"], head, *people]


MAI = ["Trần Thị Mai", "18/05/1980", "+84 234 555 01 23", "Végétarien", "Market; River", "yes"]
SOK = ["Sok Dara", "ថ្ងៃទី ១៨ ឧសភា ១៩៨៥", "+៨៥៥ ១២ ៣៤៥ ៦៧៨", "គ្មានតម", "", "no"]


def read(*people: list[str], head: list[str] = HEAD, **shared: Any) -> Roster:
    return read_roster(delegation(), {"hotel": "yes", **shared}, rows(*people, head=head), around())


def test_rows_are_read_like_typed_answers() -> None:
    assert read(MAI, ["", " ", ""], SOK).people == (
        {"name": "Trần Thị Mai", "born": "1980-05-18", "phone": "+842345550123", "diet": "none",
         "wishes": ["a", "b"], "alone": "yes"},
        {"name": "Sok Dara", "born": "1985-05-18", "phone": "+85512345678", "diet": "all", "wishes": None,
         "alone": "no"},
    )  # fmt: skip


@pytest.mark.parametrize("title", ["Prénom et nom", "HỌ VÀ TÊN", "ឈ្មោះពេញ", "first name and surname *", "name"])
def test_columns_are_known_by_their_titles_in_any_language_and_order(title: str) -> None:
    found = read(["yes", "Mai", "18/5/1980", "2"], head=["Room alone", title, "born", "diet"])
    assert [one["name"] for one in found.people] == ["Mai"]


def test_wrong_cells_are_named_by_row_and_column() -> None:
    found = read(["Mai", "soon", "12", "rice", "", "yes"], SOK, ["", "1/1/1990", "", "1", "", "no"])
    assert found.people == ()
    assert [(one.row, one.column, one.written, one.problem.name) for one in found.faults] == [
        (3, 1, "soon", "not_a_date"),
        (3, 2, "12", "not_a_phone"),
        (3, 3, "rice", "not_a_choice"),
        (5, 0, "", "required"),
    ]


def test_what_does_not_apply_is_not_read() -> None:
    found = read([*MAI[:5], "perhaps"], hotel="no")
    assert "alone" not in found.people[0]


def test_the_same_name_twice_is_a_fault_of_the_second_row() -> None:
    found = read(MAI, SOK, ["tran thi mai", *MAI[1:]])
    assert [(one.row, one.problem) for one in found.faults] == [(5, Problem("same_row", row=3))]


@pytest.mark.parametrize(
    ("given", "problem"),
    [
        ([["nothing", "of", "ours"], ["Mai"]], "no_header"),
        ([[]], "no_header"),
        ([HEAD], "no_rows"),
        ([HEAD[:2], ["Mai", "1/1/1980"]], "missing_columns"),
        ([HEAD, *([f"Person {at}", *SOK[1:]] for at in range(21))], "too_many_people"),
    ],
)
def test_a_sheet_as_a_whole_can_be_wrong(given: list[list[str]], problem: str) -> None:
    with pytest.raises(Problem) as raised:
        read_roster(delegation(), {}, given, around())
    assert raised.value.name == problem


def test_a_city_s_places_limit_its_delegation() -> None:
    with pytest.raises(Problem) as raised:
        read_roster(delegation(places_per_city=1), {"hotel": "yes"}, rows(MAI, SOK), around())
    assert raised.value == Problem("too_many_people", most=1, now=2)


def session(definition: Definition, **answers: Any) -> Session:
    begun = begin(definition, NOW)
    return begun.model_copy(update={"answers": answers, "step": next_step(definition, answers)})


def test_a_sheet_fills_the_delegation_up_to_the_review() -> None:
    definition = delegation()
    roster = read([*MAI], SOK)
    came = take(definition, session(definition, hotel="yes"), roster, "replace", NOW).session
    assert (came.step, came.turn) == ("photo@1", 1)  # a file cannot stand in a sheet
    assert listed(definition, came.answers) == [{**one} for one in roster.people]
    assert came.answers["more@1"] == "yes"
    assert came.answers["more@2"] == "no"
    without = build(definition.form, [one.question for one in definition.fields if one.kind != "file"])
    assert take(without, session(without, hotel="yes"), roster, "replace", NOW).session.step == REVIEW


def test_people_who_were_there_stay_or_go_as_is_wished() -> None:
    definition = delegation()
    before = session(definition, hotel="yes", **{"name@1": "Hélène", "born@1": "1970-01-01", "name@2": "sok dara",
                                                 "photo@2": []})  # fmt: skip
    roster = read(MAI, SOK)
    assert [one["name"] for one in left_out(definition, listed(definition, before.answers), roster)] == ["Hélène"]
    kept = take(definition, before, roster, "add", NOW).session.answers
    assert [kept[f"name@{at}"] for at in (1, 2, 3)] == ["Hélène", "Sok Dara", "Trần Thị Mai"]
    assert "photo@2" in kept
    gone = take(definition, before, roster, "replace", NOW).session.answers
    assert [gone[f"name@{at}"] for at in (1, 2)] == ["Trần Thị Mai", "Sok Dara"]
    assert "name@3" not in gone


def unnamed() -> Definition:
    """Meals for each person, and no question for the name; one's city before, and a phone."""
    each = {"each_person": True}
    return build(
        form(kind="delegation"),
        (
            question("city", 10, "city"),
            question("diet", 20, "one_choice", options=("all", "none"),
                     choices=Content.of("en", en="Anything; Vegetarian"), **each),
            question("phone", 30, "phone", required=False, **each),
        ),
    )  # fmt: skip


def test_people_without_a_name_who_are_alike_stay_as_many_as_they_are() -> None:
    definition, head = unnamed(), ["Diet", "Phone"]
    sheet = [head, ["Vegetarian", ""], ["Vegetarian", ""], ["Anything", ""]]
    roster = read_roster(definition, {"city": "hue"}, sheet, around())
    session = begin(definition, NOW).model_copy(update={"answers": {"city": "hue"}})
    taken = take(definition, session, roster, "replace", NOW).session
    again = take(definition, taken, roster, "add", NOW).session
    assert [one["diet"] for one in listed(definition, taken.answers)] == ["none", "none", "all"]
    assert listed(definition, again.answers) == listed(definition, taken.answers)


def test_a_phone_is_read_as_one_of_the_city_that_was_named() -> None:
    hue = Organisation(
        code="hue", name=Content.of("fr", fr="Huế"), kind="city", country="VN", time_zone="Asia/Ho_Chi_Minh",
        membership="member",
    )  # fmt: skip
    abroad = Around(today=date(2027, 5, 3), language="en", organisations=lambda: (hue,))
    sheet = [["Diet", "Phone"], ["Vegetarian", "0912 345 678"]]
    roster = read_roster(unnamed(), {"city": "hue"}, sheet, abroad)
    assert [one["phone"] for one in roster.people] == ["+84912345678"]
