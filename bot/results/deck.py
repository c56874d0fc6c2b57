"""Slides: a title, one question a slide with a chart that can be edited, then what comes next."""

from __future__ import annotations

import io
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

from pptx import Presentation
from pptx.util import Inches

from bot.results.blocks import MOST_BARS, bin_label
from bot.results.shapes import QuestionFigures, Results, Share
from bot.results.slides import Painter
from bot.results.wording import Wording, facts, heading, under
from bot.texts.cut import shorten
from bot.texts.voice import Voice

_AUTHOR = "Relais"
_MOST_TEXTS = 6
"""Answers in free words that a slide shows; the notes have more."""
_MOST_NOTES = 40
_LONGEST = 220
"""Letters of such an answer on the slide."""


def deck(results: Results, voice: Voice, now: datetime) -> bytes:
    """Return the slides as PPTX; while the results are secret there are only the first and the last."""
    words = Wording.of(results, voice)
    presentation = Presentation()
    presentation.slide_width, presentation.slide_height = Inches(13.333), Inches(7.5)
    painter = Painter(presentation, voice.language)
    form = results.definition.form
    lines = [*heading(words, results), voice.label("results.made", day=words.day(now.astimezone(voice.zone).date()))]
    painter.title(words.read(form.title), voice.label("results.title"), lines)
    for one in results.questions:
        _question(painter, words, one)
    following = words.read(form.next_steps).split("\n") if form.next_steps else []
    painter.listing(
        voice.label("results.next"), "", [(line, "") for line in (*following, voice.label("results.thanks"))]
    )
    about = presentation.core_properties
    about.title, about.author, about.last_modified_by = words.read(form.title), _AUTHOR, _AUTHOR
    about.created = about.modified = now.astimezone(UTC).replace(tzinfo=None)
    written = io.BytesIO()
    presentation.save(written)
    return written.getvalue()


def _question(painter: Painter, words: Wording, one: QuestionFigures) -> None:
    title, note = words.read(one.field.question.label), under(words, one)
    said = [f"{name} {value}" for name, value in facts(words, one)]
    line = " · ".join([note, *said])
    if one.texts:
        _texts(painter, words, one, title, line)
    elif one.shares:
        labels, counts = _shown(words, one)
        painter.bars(title, line, labels, counts, words.voice.label("results.sheet.answers"))
        painter.notes(
            [title, note, *said, *(f"{words.choice(one.field, each)} – {words.counted(each)}" for each in one.shares)]
        )
    elif one.numbers:
        whole = one.field.kind == "whole_number"
        labels = [bin_label(words, each, whole=whole) for each in one.numbers.bins]
        counts = [each.number for each in one.numbers.bins]
        painter.columns(title, line, labels, counts, words.voice.label("results.sheet.answers"))
        painter.notes(
            [title, note, *said, *(f"{label} – {count}" for label, count in zip(labels, counts, strict=True))]
        )
    else:
        painter.listing(title, line, [])
        painter.notes([title, note])


def _shown(words: Wording, one: QuestionFigures) -> tuple[list[str], list[int]]:
    """Return the labels and numbers of the bars; what is too many for a slide is put together."""
    shares: Sequence[Share] = one.shares
    shown, rest = (shares, ()) if len(shares) <= MOST_BARS else (shares[: MOST_BARS - 1], shares[MOST_BARS - 1 :])
    labels = [words.choice(one.field, each) for each in shown]
    counts = [each.number for each in shown]
    if rest:
        labels.append(words.counting("results.others", len(rest)))
        counts.append(sum(each.number for each in rest))
    return labels, counts


def _texts(painter: Painter, words: Wording, one: QuestionFigures, title: str, line: str) -> None:
    def by(each: Any) -> str:
        place = [words.place(each.organisation)] if each.organisation else []
        return " · ".join([*place, words.language(each.language)])

    rows = [(_cut(each.text), by(each)) for each in one.texts[:_MOST_TEXTS]]
    if len(one.texts) > len(rows):
        rows.append(("", words.counting("results.more", len(one.texts) - len(rows))))
    painter.listing(title, line, rows)
    painter.notes([title, line, *(f"{each.text} ({by(each)})" for each in one.texts[:_MOST_NOTES])])


def _cut(text: str) -> str:
    return shorten(" ".join(text.split()), _LONGEST)
