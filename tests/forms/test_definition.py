from __future__ import annotations

from datetime import date

import pytest

from bot.forms.definition import Definition, FormError, build
from bot.network.content import Content
from bot.network.forms import Question
from tests.forms.small import VISIT, form, question, visit


def problems(*questions: Question) -> list[tuple[str, str, str]]:
    with pytest.raises(FormError) as raised:
        build(form(), questions)
    return list(raised.value.problems)


def test_definition_stands_in_the_order_of_its_numbers() -> None:
    definition = build(form(), reversed(VISIT))
    assert [one.name for one in definition.fields] == [
        "name",
        "arrival",
        "stays",
        "nights",
        "meal",
        "sights",
        "remarks",
    ]


def test_limits_are_read_by_kind() -> None:
    fields = visit().by_name
    assert (fields["arrival"].least, fields["nights"].most, fields["sights"].most) == (date(2027, 5, 10), 5, 2)


def test_choices_are_called_as_the_reader_calls_them_else_as_written_first() -> None:
    meal = visit().by_name["meal"]
    assert (meal.label_of("rice", "fr"), meal.label_of("rice", "km"), meal.label_of("gone", "fr")) == (
        "Riz", "Rice", "gone",
    )  # fmt: skip


@pytest.mark.parametrize(
    ("questions", "expected"),
    [
        ((question("a", 1, "yes_no", condition="b = yes"), question("b", 2, "yes_no")),
         ("visit.a", "condition", 'depends on "b", which is asked later')),
        ((question("a", 1, "yes_no", condition="a = yes"),),
         ("visit.a", "condition", "depends on its own answer")),
        ((question("a", 1, "yes_no"), question("b", 2, "yes_no", condition="c = yes")),
         ("visit.b", "condition", 'says "c", which is no question and no choice of this form')),
        ((question("a", 1, "yes_no"), question("b", 1, "yes_no")),
         ("visit.b", "number", "is another question's number in this form too")),
        ((question("a", 1, "yes_no"), question("a", 2, "yes_no")), ("visit.a", "name", "stands twice")),
        ((question("count", 1, "yes_no"),),
         ("visit.count", "name", "is a word that conditions use; expected another one")),
        ((question("a", 1, "rule"),), ("visit.a", "condition", "is empty; a rule needs what must hold")),
        ((question("a", 1, "one_choice", options=("x",)),),
         ("visit.a", "options", "needs at least two choices, separated by semicolons")),
        ((question("a", 1, "yes_no", options=("x", "y")),),
         ("visit.a", "options", "has choices; a question of the kind yes_no has none")),
        ((question("a", 1, "one_choice", options=("x", "y"), choices=Content.of("en", en="X")),),
         ("visit.a", "choices_en", "names 1 choices, but there are 2 options")),
        ((question("a", 1, "date", at_most="tomorrow"),),
         ("visit.a", "at_most", 'counts from "tomorrow", which is no question; expected one such as '
          "2027-05-18, event_end+2d or arrival")),
        ((question("a", 1, "email", at_most="3"),),
         ("visit.a", "at_most", "is no limit of a question of the kind email")),
        ((question("a", 1, "yes_no", each_person=True), question("b", 2, "yes_no"),
          question("c", 3, "yes_no", each_person=True)),
         ("visit.c", "each_person", "is apart; what each person is asked must follow on")),
        ((question("a", 1, "yes_no", each_person=True), question("b", 2, "yes_no", condition="a = yes")),
         ("visit.b", "condition", 'depends on "a", which each person answers otherwise')),
    ],
)  # fmt: skip
def test_what_cannot_be_asked_is_told_with_its_cell(
    questions: tuple[Question, ...], expected: tuple[str, str, str]
) -> None:
    assert problems(*questions) == [expected]


def test_version_changes_with_the_questions_and_not_with_their_words() -> None:
    def version(definition: Definition) -> str:
        return definition.version

    other_words = (question("name", 10, "short_text", label="Your name", known="name"), *VISIT[1:])
    assert version(build(form(), other_words)) == version(visit())
    assert version(build(form(), VISIT[:-1])) != version(visit())
