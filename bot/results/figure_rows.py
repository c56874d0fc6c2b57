"""The figures and the questions of a form as rows of a workbook."""

from __future__ import annotations

from collections.abc import Iterator

from bot.forms.definition import Definition, Field
from bot.results.blocks import bin_label
from bot.results.shapes import QuestionFigures, Results
from bot.results.sheets import Cell, Percent, Sheet
from bot.results.wording import Wording, heading


def figures_sheet(words: Wording, results: Results) -> Sheet:
    """Return the sheet of the figures: one row a figure, each with its question, so that it can be filtered."""
    label = words.voice.label
    columns = [
        (label("results.column.number"), 6),
        (label("results.column.question"), 50),
        (label("results.column.country"), 16),
        (label("results.column.answer"), 40),
        (label("results.column.count"), 12),
        (label("results.column.share"), 10),
    ]
    return Sheet(label("results.sheet.figures"), columns, _figures(words, results))


def _figures(words: Wording, results: Results) -> Iterator[list[Cell]]:
    for line in heading(words, results):
        yield [None, line]
    for number, one in enumerate(results.questions, 1):
        title = words.read(one.field.question.label)
        for country, answer, count, share in _of(words, one):
            yield [number, title, country, answer, count, None if share is None else Percent(share)]
    title = words.voice.label("results.who_answered")
    for status in results.cities:
        organisation = status.organisation
        yield [None, title, words.voice.country(organisation.country), words.read(organisation.name), status.answers]


def _of(words: Wording, one: QuestionFigures) -> Iterator[tuple[str | None, str, float | None, float | None]]:
    label = words.voice.label
    yield None, label("results.sheet.answers"), one.answered, None
    yield None, label("results.passed"), one.skipped, None
    for share in one.shares:
        yield None, words.choice(one.field, share), share.number, share.share
    numbers = one.numbers
    if numbers:
        yield None, label("results.mean"), round(numbers.mean, 4), None
        yield None, label("results.median"), numbers.median, None
        yield None, label("results.least"), numbers.least, None
        yield None, label("results.most"), numbers.most, None
        if one.field.kind != "rating":
            yield None, label("results.sum"), numbers.total, None
        for each in numbers.bins:
            text = bin_label(words, each, whole=one.field.kind == "whole_number")
            yield None, text, each.number, each.number / numbers.count
    for cut in one.cuts:
        country = words.voice.country(cut.country)
        if cut.shares is None:
            yield country, label("results.too_few"), None, None
        for share in cut.shares or ():
            yield country, words.choice(one.field, share), share.number, share.share


def questions_sheet(words: Wording, definition: Definition) -> Sheet:
    """Return the sheet of the questions, so that the other two can be understood without the form."""
    label = words.voice.label
    columns = [
        (label("results.column.number"), 6),
        (label("results.column.short_name"), 16),
        (label("results.column.question"), 60),
        (label("results.column.kind"), 16),
        (label("results.column.choices"), 60),
        (label("results.column.required"), 12),
        (label("results.column.condition"), 30),
    ]
    asked = [one for one in definition.fields if one.is_asked]
    return Sheet(
        label("results.sheet.questions"), columns, (_question(words, at, one) for at, one in enumerate(asked, 1))
    )


def _question(words: Wording, number: int, field: Field) -> list[Cell]:
    question = field.question
    choices = "\n".join(f"{code}: {field.label_of(code, words.voice.language)}" for code in question.options)
    required = words.yes("yes" if question.required else "no")
    return [
        number, field.name, words.read(question.label), field.kind, choices, required, question.condition or "",
    ]  # fmt: skip
