"""What is drawn of a form's results: one block a picture, every word already said, for ``templates/blocks.typ``.

A block is ``{"name", "title", "note", "kind", …}``; by kind: ``bars`` (``rows``: label, value, part of 1), ``rating``
(bars with ``facts``), ``columns`` (``rows`` as bars, ``facts``), ``stacked`` (``ramp``, ``legend``, ``rows``: label,
note, parts), ``cities`` (``yes``, ``no``, ``rows``: label, note, done), ``texts`` (``rows``: text, by, lang;
``more``), ``count`` (nothing else).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from bot.results.shapes import Bin, QuestionFigures, Results, Share
from bot.results.wording import Wording, facts, under
from bot.texts.voice import Voice

Block = dict[str, Any]
MOST_BARS = 14
"""Bars that fit on a telephone; the rest is put together."""
_MOST_COLOURS = 10
"""Choices that can be told apart by colour."""
CITIES = "cities"
"""The name of the block that says who has answered."""


def blocks(results: Results, voice: Voice, most_texts: int = 0) -> list[Block]:
    """Return the blocks of all questions in order, then who has answered.

    Args:
        results: What to draw.
        voice: Whose words are used.
        most_texts: How many answers in people's own words a question shows; 0 leaves such questions out.
    """
    words = Wording.of(results, voice)
    found = [block for one in results.questions for block in _question(words, one, most_texts)]
    return [*found, *_cities(words, results)]


def _question(words: Wording, one: QuestionFigures, most_texts: int) -> Iterable[Block]:
    head = {"name": one.field.name, "title": words.read(one.field.question.label), "note": under(words, one)}
    if one.texts:
        if most_texts:
            yield head | _texts(words, one, most_texts)
    elif one.field.kind == "rating" and one.shares:
        marks = tuple(reversed(one.shares))
        yield head | {"kind": "rating", "rows": _bars(words, one, marks), "facts": facts(words, one)}
    elif one.shares:
        yield head | {"kind": "bars", "rows": _bars(words, one, one.shares), "facts": []}
    elif one.numbers:
        rows = _columns(words, one.numbers.bins, whole=one.field.kind == "whole_number")
        yield head | {"kind": "columns", "rows": rows, "facts": facts(words, one)}
    elif most_texts:
        yield head | {"kind": "count"}
    if one.cuts and one.field.kind != "several_choices" and len(one.shares) <= _MOST_COLOURS:
        yield head | _stacked(words, one) | {"name": f"{one.field.name}.country"}


def _bars(words: Wording, one: QuestionFigures, shares: Sequence[Share]) -> list[dict[str, Any]]:
    named = one.field.kind in ("city", "person", "date", "date_range", "time")
    shown, rest = (shares[:MOST_BARS], shares[MOST_BARS:]) if named else (shares, ())
    rows = [
        {"label": words.choice(one.field, share), "value": words.counted(share), "part": share.share} for share in shown
    ]
    if rest:
        count, part = sum(share.number for share in rest), min(sum(share.share for share in rest), 1.0)
        label = words.counting("results.others", len(rest))
        rows.append({"label": label, "value": words.counted(Share("", count, part)), "part": part})
    return rows


def _columns(words: Wording, bins: Sequence[Bin], *, whole: bool) -> list[dict[str, Any]]:
    highest = max((one.number for one in bins), default=0) or 1
    return [
        {"label": bin_label(words, one, whole=whole), "value": words.number(one.number), "part": one.number / highest}
        for one in bins
    ]


def bin_label(words: Wording, one: Bin, *, whole: bool) -> str:
    """Return what a column of a histogram holds: ``3``, ``10–19`` for whole numbers, ``2,5–5``."""
    first, last = one.first, one.last - 1 if whole and one.last > one.first else one.last
    return words.number(first, 3) if first == last else f"{words.number(first, 3)}–{words.number(last, 3)}"


def _stacked(words: Wording, one: QuestionFigures) -> Block:
    shares = one.shares
    rows = []
    for cut in one.cuts:
        total = sum(share.number for share in cut.shares or ())
        rows.append(
            {
                "label": words.voice.country(cut.country),
                "note": words.answers(total) if cut.shares else words.voice.label("results.too_few"),
                "parts": [{"part": share.share, "value": words.percent(share.share)} for share in cut.shares or ()],
            }
        )
    return {
        "kind": "stacked",
        "note": words.voice.label("results.by_country"),
        "ramp": one.field.kind == "rating",
        "legend": [words.choice(one.field, share) for share in shares],
        "rows": rows,
    }


def _texts(words: Wording, one: QuestionFigures, most: int) -> Block:
    rows = []
    for text in one.texts[:most]:
        by = [words.place(text.organisation)] if text.organisation else []
        rows.append({"text": text.text, "by": " · ".join([*by, words.language(text.language)]), "lang": text.language})
    left = len(one.texts) - len(rows)
    return {"kind": "texts", "rows": rows, "more": words.counting("results.more", left) if left else ""}


def _cities(words: Wording, results: Results) -> Iterable[Block]:
    if not results.cities:
        return
    asked, responded = words.number(results.asked), words.number(results.responded or 0)
    rows = []
    for one in sorted(results.cities, key=lambda each: (not each.answers, words.place(each.organisation.code))):
        note = words.voice.country(one.organisation.country)
        if one.people > 1:
            note += f" · {words.counting('results.people', one.people)}"
        if one.waiting:
            note += f" · {words.counting('results.waiting', one.waiting)}"
        rows.append({"label": words.read(one.organisation.name), "note": note, "done": one.answers > 0})
    yield {
        "name": CITIES,
        "title": words.voice.label("results.who_answered"),
        "note": words.voice.label("results.organisations", answered=responded, asked=asked),
        "kind": "cities",
        "rows": rows,
        "yes": words.voice.label("results.answered"),
        "no": words.voice.label("results.not_answered"),
    }
