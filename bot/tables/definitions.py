"""What is wrong with forms and their questions only when they are seen together."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from bot.forms.definition import FormError, build
from bot.network.forms import Form, Question
from bot.tables.problems import Problems
from bot.tables.sheets import Sheet


def check_definitions(sheets: Iterable[Sheet], tables: Mapping[str, tuple[Any, ...]], problems: Problems) -> None:
    """Add what keeps a form from being asked, at the cell that has to be mended."""
    sheet = next((one for one in sheets if one.table == "questions"), None)
    if sheet is None:
        return
    if "forms" not in tables:
        problems.table(sheet.label, "has questions, but the table forms is missing.")
    questions: tuple[Question, ...] = tables["questions"]
    for form in tables.get("forms", ()):
        _check_form(form, [one for one in questions if one.form == form.code], sheet, problems)


def _check_form(form: Form, questions: list[Question], sheet: Sheet, problems: Problems) -> None:
    try:
        build(form, questions)
    except FormError as error:
        for code, column, text in error.problems:
            rows = [row for row in sheet.rows if f"{row.cells.get('form')}.{row.cells.get('name')}" == code]
            row = rows[-1]  # the last of two that share a name
            problems.cell(sheet.label, row.number, column, row.cells.get(column, ""), text)
