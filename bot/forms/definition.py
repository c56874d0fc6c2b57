"""A form that can be asked: its questions in order, with their conditions, limits and choices read and checked."""

from __future__ import annotations

import hashlib
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

import orjson

from bot.errors import RelaisError
from bot.forms.bounds import EVENT_DAYS, Bound, EventDays, Limit, Limits
from bot.forms.conditions import Condition, ConditionError, condition
from bot.network.content import Content
from bot.network.forms import Form, Question, QuestionKind
from bot.network.languages import LANGUAGES, Language

SEPARATOR = ";"
"""Between the labels of choices."""
LONGEST_TEXT: Mapping[QuestionKind, int] = {"short_text": 200, "long_text": 4000}
"""Letters of an answer, where the form does not say."""
RATING = 5
"""The scale of a rating where the form does not say."""
MOST_PEOPLE = 20
"""People of one delegation."""
RESERVED = frozenset({"more", "count", "answered", "and", "or", "not", "in", "is", "if", "else", "for", "lambda",
                      "true", "false", "none", *EVENT_DAYS})  # fmt: skip
"""Words that are no names of questions: conditions and limits use them."""


class FormError(RelaisError):
    """A form that cannot be asked; ``problems`` says where: question code, column, text."""

    def __init__(self, problems: Iterable[tuple[str, str, str]]) -> None:
        self.problems = tuple(problems)
        super().__init__("; ".join(f"{code} {column}: {text}" for code, column, text in self.problems))


@dataclass(frozen=True)
class Field:
    """A question, ready to be asked."""

    question: Question
    condition: Condition | None = None
    least: Limit | None = None
    most: Limit | None = None
    labels: Mapping[Language, tuple[str, ...]] = field(default_factory=dict)
    """Language → the choices' labels, in the order of their codes."""

    @cached_property
    def name(self) -> str:
        """The question's name."""
        return self.question.name

    @cached_property
    def kind(self) -> QuestionKind:
        """The question's kind."""
        return self.question.kind

    @cached_property
    def is_rule(self) -> bool:
        """Whether it is shown only while its condition does not hold."""
        return self.kind == "rule"

    @property
    def is_asked(self) -> bool:
        """Whether there is something to answer."""
        return self.kind not in ("information", "rule")

    @cached_property
    def follows(self) -> frozenset[str]:
        """The questions whose answers move its limits."""
        return frozenset(limit.name for limit in (self.least, self.most) if isinstance(limit, Bound))

    def label_of(self, code: str, language: Language) -> str:
        """Return what a choice is called in that language, else in the one it was written in, else its code."""
        labels = self.labels.get(language) or next(iter(self.labels.values()), ())
        place = self.question.options.index(code) if code in self.question.options else len(labels)
        return labels[place] if place < len(labels) else code


@dataclass(frozen=True)
class Definition:
    """A form with its questions in order; ``build`` makes it."""

    form: Form
    fields: tuple[Field, ...]
    event_days: EventDays | None = None
    """The days of the form's event, where limits count from them."""

    @cached_property
    def by_name(self) -> Mapping[str, Field]:
        """The questions by name."""
        return {one.name: one for one in self.fields}

    @cached_property
    def block(self) -> tuple[int, int]:
        """Where the questions for each person of a delegation stand: start and end, equal if there are none."""
        places = [at for at, one in enumerate(self.fields) if one.question.each_person]
        return (places[0], places[-1] + 1) if places else (len(self.fields), len(self.fields))

    @cached_property
    def followers(self) -> Mapping[str, tuple[Field, ...]]:
        """Question → the questions whose limits its answer moves."""
        found: defaultdict[str, tuple[Field, ...]] = defaultdict(tuple)
        for one in self.fields:
            for name in one.follows:
                found[name] += (one,)
        return found

    @cached_property
    def version(self) -> str:
        """What changes when the questions change, or the days that they count from, and not when only words do."""
        said: list[Any] = [
            one.question.model_dump(
                mode="json", include={"name", "kind", "required", "options", "at_least", "at_most", "accepts",
                                      "condition", "each_person"},
            )
            for one in self.fields
        ]  # fmt: skip
        if self.event_days is not None:
            said.append([day.isoformat() for day in self.event_days])
        return hashlib.sha256(orjson.dumps(said)).hexdigest()[:12]


def counts_from_event(limits: Iterable[str | None]) -> bool:
    """Whether one of these limits counts from the days of the form's event."""
    return any(limit is not None and limit.startswith(EVENT_DAYS) for limit in limits)


def build(form: Form, questions: Iterable[Question], event_days: EventDays | None = None) -> Definition:
    """Read the questions of a form; raises FormError with every problem.

    ``event_days`` are those of its event; without them, limits that count from them are open.
    """
    ordered = sorted(questions, key=lambda one: (one.number, one.name))
    if not counts_from_event(limit for one in ordered for limit in (one.at_least, one.at_most)):
        event_days = None
    building = _Building(form, ordered, event_days)
    fields = tuple(building.field(one) for one in ordered)
    building.check_together()
    if building.problems:
        raise FormError(building.problems)
    return Definition(form, fields, event_days)


class _Building:
    def __init__(self, form: Form, questions: list[Question], event_days: EventDays | None) -> None:
        self._questions, self._limits = questions, Limits(form, questions, event_days)
        self._places = {one.name: at for at, one in enumerate(questions)}
        self._names = frozenset(self._places)
        self._codes = frozenset(code for one in questions for code in one.options) | {"yes", "no"}
        self.problems: list[tuple[str, str, str]] = []

    def field(self, question: Question) -> Field:
        """Read one question; what is wrong is added to the problems."""
        return Field(
            question,
            self._condition(question),
            self._limit(question, "at_least"),
            self._limit(question, "at_most"),
            self._labels(question),
        )

    def check_together(self) -> None:
        """Check what only several questions together can get wrong."""
        for name, times in Counter(one.name for one in self._questions).items():
            if times > 1:
                self._problem(next(one for one in self._questions if one.name == name), "name", "stands twice")
        for number, times in Counter(one.number for one in self._questions).items():
            if times > 1:
                last = [one for one in self._questions if one.number == number][-1]
                self._problem(last, "number", "is another question's number in this form too")
        places = [at for at, one in enumerate(self._questions) if one.each_person]
        if places and places != list(range(places[0], places[-1] + 1)):
            self._problem(
                self._questions[places[-1]],
                "each_person",
                "is apart; what each person is asked must follow on",
            )

    def _problem(self, question: Question, column: str, text: str) -> None:
        self.problems.append((question.code, column, text))

    def _condition(self, question: Question) -> Condition | None:
        if question.name in RESERVED:
            self._problem(question, "name", "is a word that conditions use; expected another one")
        if not question.condition:
            if question.kind == "rule":
                self._problem(question, "condition", "is empty; a rule needs what must hold")
            return None
        try:
            found = condition(question.condition, self._names)
        except ConditionError as error:
            self._problem(question, "condition", str(error))
            return None
        self._check_names(question, found)
        return found

    def _check_names(self, question: Question, found: Condition) -> None:
        for word in sorted(found.words - self._codes):
            self._problem(question, "condition", f'says "{word}", which is no question and no choice of this form')
        here = self._places[question.name]
        for name in sorted(found.names):
            if self._places[name] >= here:
                text = f'depends on "{name}", which is asked later'
                self._problem(question, "condition", "depends on its own answer" if name == question.name else text)
            elif self._questions[self._places[name]].each_person and not question.each_person:
                self._problem(question, "condition", f'depends on "{name}", which each person answers otherwise')

    def _limit(self, question: Question, column: str) -> Limit | None:
        try:
            return self._limits.read(question, column)
        except ValueError as error:
            self._problem(question, column, str(error))
            return None

    def _labels(self, question: Question) -> dict[Language, tuple[str, ...]]:
        chosen = question.kind in ("one_choice", "several_choices")
        if chosen and len(question.options) < 2:
            self._problem(question, "options", "needs at least two choices, separated by semicolons")
        if not chosen and question.options:
            self._problem(question, "options", f"has choices; a question of the kind {question.kind} has none")
        labels = labels_of(question.choices)
        for language, found in labels.items():
            if len(found) != len(question.options):
                text = f"names {len(found)} choices, but there are {len(question.options)} options"
                self._problem(question, f"choices_{language}", text)
        return labels


def labels_of(choices: Content | None) -> dict[Language, tuple[str, ...]]:
    """Return the labels of choices by language, the one they were written in first."""
    if choices is None:
        return {}
    languages = (choices.source, *(one for one in LANGUAGES if one in choices.root and one != choices.source))
    return {
        one: tuple(part.strip() for part in choices.root[one].text.split(SEPARATOR) if part.strip())
        for one in languages
    }
