"""The figures of one question."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import compress
from statistics import fmean, median
from typing import Any

from bot.forms.definition import RATING, Field
from bot.forms.session import key_of
from bot.results.fitting import fitting
from bot.results.shapes import FEWEST, Bin, Cut, Numbers, Open, QuestionFigures, Share
from storage.submissions import Submission

_CHOSEN = frozenset({"one_choice", "several_choices", "yes_no", "consent", "rating"})
"""The kinds whose answers are few and known beforehand."""
_NAMED = frozenset({"city", "person"})
_DATED = frozenset({"date", "date_range", "time"})
_COLUMNS = 8
"""About how many columns a histogram has."""
_LONGEST_RANGE = 366
"""Days; a longer range counts on its first day only."""


@dataclass(frozen=True)
class _Written:
    """What somebody wrote where a place or a person was asked for."""

    text: str


def question_figures(
    field: Field, counting: Sequence[Submission], countries: Sequence[str | None], *, anonymous: bool
) -> QuestionFigures:
    """Count the answers to one question.

    Args:
        field: The question.
        counting: The submissions that count.
        countries: The country of each of them; empty if the form is anonymous.
        anonymous: Whether texts are given without whose they are, in the order of the alphabet.
    """
    everything, places = _answers(field, counting)
    kept = fitting(field.kind, everything)
    given, skipped = list(compress(everything, kept)), everything.count(None)
    places = list(compress(places, kept))
    kind = field.kind
    revealing = anonymous and field.question.known is not None
    counted = not revealing and (kind in _CHOSEN or kind in _NAMED or kind in _DATED)
    alike = _hashable(given) if counted else []
    return QuestionFigures(
        field=field,
        answered=len(given),
        skipped=skipped,
        shares=_shares(field, Counter(alike)) if alike else (),
        numbers=_numbers(field, given),
        texts=_texts(field, given, places, counting, anonymous=anonymous),
        cuts=_cuts(field, alike, places, countries) if countries and kind in _CHOSEN else (),
    )


def _answers(field: Field, counting: Sequence[Submission]) -> tuple[list[Any], list[int]]:
    """Return the answers, None for those who passed, and the place of the submission of each."""
    name = field.name
    if not field.question.each_person:
        places = [place for place, one in enumerate(counting) if name in one.answers]
        return [counting[place].answers[name] for place in places], places
    found = [
        (one.answers[key], place)
        for place, one in enumerate(counting)
        for person in range(1, one.people + 1)
        if (key := key_of(name, person)) in one.answers
    ]
    return [value for value, _ in found], [place for _, place in found]


def _hashable(values: Sequence[Any]) -> list[Any]:
    """Return the answers so that equal ones can be counted together: lists become tuples."""
    return [
        tuple(value) if isinstance(value, list) else _Written(value["written"]) if isinstance(value, dict) else value
        for value in values
    ]


def _shares(field: Field, alike: Counter[Any]) -> tuple[Share, ...]:
    counts: Counter[tuple[str, bool]] = Counter()
    for value, number in alike.items():
        for code in _codes(field, value):
            counts[code] += number
    if field.kind in _NAMED:
        found = sorted(counts, key=lambda each: (-counts[each], each))
    elif field.kind in _DATED:
        found = sorted(counts)
    else:
        known = [(code, False) for code in _known(field)]
        found = [*known, *sorted(set(counts) - set(known))]
    of = alike.total() or 1
    return tuple(Share(code, counts[code, written], counts[code, written] / of, written) for code, written in found)


def _codes(field: Field, value: Any) -> Iterator[tuple[str, bool]]:
    """Give what one answer counts for."""
    match value:
        case _Written(text=text):
            yield text, True
        case (str(first), str(last)) if field.kind == "date_range":
            begins, ends = date.fromisoformat(first), date.fromisoformat(last)
            length = (ends - begins).days + 1
            for number in range(length if length <= _LONGEST_RANGE else 1):
                yield (begins + timedelta(number)).isoformat(), False
        case tuple():
            for code in dict.fromkeys(value):
                yield str(code), False
        case _:
            yield str(value), False


def _known(field: Field) -> Iterable[str]:
    """Give the answers that the question has whether or not somebody gave them."""
    if field.kind == "rating":
        most = field.most if isinstance(field.most, int) else RATING
        return [str(mark) for mark in range(1, most + 1)]
    return field.question.options or ("yes", "no")


def _numbers(field: Field, values: Sequence[Any]) -> Numbers | None:
    if not values or field.kind not in ("whole_number", "decimal", "rating"):
        return None
    bins = () if field.kind == "rating" else _bins(values, whole=field.kind == "whole_number")
    return Numbers(len(values), sum(values), fmean(values), median(values), min(values), max(values), bins)


def _bins(values: Sequence[float], *, whole: bool) -> tuple[Bin, ...]:
    counts = Counter(values)
    least, most = min(counts), max(counts)
    if whole and most - least < 1.5 * _COLUMNS:
        return tuple(Bin(one, one, counts[one]) for one in range(int(least), int(most) + 1))
    width = _round(((most - least) / _COLUMNS) or 1.0)
    width = max(width, 1.0) if whole else width
    start = math.floor(least / width)
    number = math.floor(most / width) - start + 1 if whole else max(math.ceil(most / width) - start, 1)
    placed: Counter[int] = Counter()
    for one, times in counts.items():
        placed[min(math.floor(one / width) - start, number - 1)] += times
    return tuple(Bin((start + at) * width, (start + at + 1) * width, placed[at]) for at in range(number))


def _round(width: float) -> float:
    """Return the next of 1, 2, 5, 10, 20 … that is not smaller."""
    power: float = 10.0 ** math.floor(math.log10(width))
    return next(step * power for step in (1, 2, 5, 10) if step * power >= width * 0.999)


def _texts(
    field: Field, given: Sequence[str], places: Sequence[int], counting: Sequence[Submission], *, anonymous: bool
) -> tuple[Open, ...]:
    if field.kind not in ("short_text", "long_text") or field.question.known is not None:
        return ()
    if anonymous:
        return tuple(sorted(Open(text, counting[at].language, None) for text, at in zip(given, places, strict=True)))
    return tuple(
        Open(text, counting[at].language, counting[at].organisation) for text, at in zip(given, places, strict=True)
    )


def _cuts(
    field: Field, alike: Sequence[Any], places: Sequence[int], countries: Sequence[str | None]
) -> tuple[Cut, ...]:
    of = [countries[place] for place in places]
    sizes = Counter(of) if not field.question.each_person else Counter(countries[place] for place in set(places))
    if len(sizes) < 2:
        return ()
    parts: dict[str | None, Counter[Any]] = {country: Counter() for country in sizes}
    for (country, value), number in Counter(zip(of, alike, strict=True)).items():
        parts[country][value] = number
    hidden = _hidden(sizes)
    order = [share.code for share in _shares(field, Counter(alike))]
    found = sorted((country, counts) for country, counts in parts.items() if country is not None)
    return tuple(
        Cut(country, None if country in hidden else _in_order(order, _shares(field, counts)))
        for country, counts in found
    )


def _in_order(order: Sequence[str], shares: Iterable[Share]) -> tuple[Share, ...]:
    by_code = {one.code: one for one in shares}
    return tuple(by_code.get(code, Share(code, 0, 0.0)) for code in order)


def _hidden(sizes: Mapping[str | None, int]) -> set[str | None]:
    """Return the parts to keep back: the small ones, and others until nothing follows from the whole."""
    hidden = {part for part, size in sizes.items() if part is None or size < FEWEST}
    for part, _ in sorted(sizes.items(), key=lambda each: (each[1], str(each[0]))):
        if not hidden or sum(sizes[one] for one in hidden) >= FEWEST:
            break
        hidden.add(part)
    return hidden
