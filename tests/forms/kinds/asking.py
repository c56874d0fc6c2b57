"""Questions of every kind, and what comes of an answer: its value, or the Problem."""

from __future__ import annotations

from datetime import date
from typing import Any

from bot.forms.around import Around, Problem
from bot.forms.definition import Field, Limit
from bot.forms.kinds import check, read
from bot.network.content import Content
from bot.network.forms import Question, QuestionKind
from bot.network.languages import Language
from bot.network.records import Person
from tests.members.network import NETWORK

TODAY = date(2027, 3, 10)
"""A Wednesday."""
OPTIONS = ("water", "climate", "drinking", "waste")
LABELS: dict[Language, tuple[str, ...]] = {
    "fr": ("Eau", "Climat", "Eau potable", "Déchets"),
    "vi": ("Nước", "Khí hậu", "Nước sạch", "Rác thải"),
    "km": ("ទឹក", "អាកាសធាតុ", "ទឹកស្អាត", "សំរាម"),
    "lo": ("ນ້ຳ", "ພູມອາກາດ", "ນ້ຳສະອາດ", "ຂີ້ເຫຍື້ອ"),
    "en": ("Water", "Climate", "Drinking water", "Waste"),
}
Case = tuple[Language, str, Any]


def person(code: str, name: str) -> Person:
    return Person(
        code=code, name=name, organisation="hue", function=Content.of("fr", fr="Chargée de mission"),
        role="member", languages=("fr",),
    )  # fmt: skip


PEOPLE = (
    person("mai", "Nguyễn Thị Mai"),
    person("mai-tran", "Trần Mai"),
    person("an", "Nguyễn Văn An"),
    person("anh", "Nguyễn Văn Anh"),
    person("chantha", "សុខ ចាន់ថា"),
    person("somchai", "ສົມໃຈ ພົມມະວົງ"),
    person("helene", "Hélène Martin"),
)


def asked(
    kind: QuestionKind,
    least: Limit | None = None,
    most: Limit | None = None,
    *,
    required: bool = True,
    accepts: tuple[str, ...] = (),
) -> Field:
    """A question; those of choices have the four themes."""
    chosen = kind in ("one_choice", "several_choices")
    question = Question(
        code="form.name", form="form", name="name", number=1, kind=kind, label=Content.of("fr", fr="Question"),
        required=required, accepts=accepts, options=OPTIONS if chosen else (),
    )  # fmt: skip
    return Field(question, None, least, most, LABELS if chosen else {})


def around(language: Language = "fr", country: str | None = None) -> Around:
    return Around(TODAY, language, country, lambda: NETWORK, lambda: PEOPLE)


def outcome(field: Field, text: str, language: Language = "fr", country: str | None = None) -> Any:
    """What comes of a written answer; a value is checked to be one that stays as it is."""
    try:
        value = read(field, text, around(language, country))
    except Problem as problem:
        return problem
    assert check(field, value, around(language, country)) == value
    return value


def checked(field: Field, value: Any) -> Any:
    """What comes of a JSON value."""
    try:
        return check(field, value, around())
    except Problem as problem:
        return problem
