"""The period that a message states, by the rules of the network's question set, in five languages mixed at will."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import lru_cache
from typing import Literal

from bot.ask.normalise import Normalised, Span
from bot.ask.periods.grammar import Row, point_at
from bot.ask.periods.points import Point, joined, resolve
from bot.ask.periods.tokens import Token, tokens
from bot.ask.phrases import Phrases
from bot.ask.wordlists import table
from bot.network.languages import LANGUAGES, Language

Back = Literal["", "near", "past"]


@dataclass(frozen=True, slots=True)
class Period:
    """Days, both ends included; an end that is not said is open (None)."""

    first: date | None
    last: date | None
    span: Span
    """Where it stands in the normalised text."""
    rank: int = 0
    """0 for what was said plainly, more for what may be said by the way (today, this year)."""
    every: bool = False
    """Whether it stands right after "every": ប្រជុំប្រចាំឆ្នាំ២០២៥ names the annual meeting and a year."""


def find(
    message: Normalised, language: Language | None, today: date, *, back: Back = "", habits: bool = False
) -> Period | None:
    """Return the period of a message, if it states one.

    Args:
        message: The message; what is a place is masked in it, best.
        language: The language the message is written in, for words that two languages share ("mai").
        today: The reader's day.
        back: Where a month without a year is looked for: "" the coming one, "near" in this year, "past" the nearest.
        habits: Whether the message sets a habit (a subscription): then weekdays and days say when, not which.
    """
    row = _row(message, language)
    letters = "".join(token.letter for token in row)
    if not back and _looking_back().find(message, language):
        back = "near"
    best: Period | None = None
    at = 0
    while at < len(row):
        period, end = _period_at(row, letters, at, today, back, habits)
        at = max(end, at + 1)
        if period is not None and (best is None or period.rank < best.rank):
            best = period
    return best


@lru_cache(maxsize=1)
def _looking_back() -> Phrases[bool]:
    return Phrases(
        (word, True, language)
        for language in LANGUAGES
        for word in table(f"{language}.toml")["ignored"].get("past", ())
    )


@lru_cache(maxsize=2)
def _after_a_month(name: str) -> frozenset[str]:
    return frozenset(word for language in LANGUAGES for word in table(f"{language}.toml")["month_nouns"].get(name, ()))


@lru_cache(maxsize=1)
def _weekday_signs() -> Phrases[bool]:
    return Phrases((word, True, "vi") for word in table("vi.toml")["weekday_signs"]["words"])


def _row(message: Normalised, language: Language | None) -> Row:
    """Return the tokens that count, the unsure ones decided by what stands beside them."""
    found = _without_hyphens(tokens(message, language))
    if any(token.letter in "uK" for token in found):
        found = [_decided(found, at, message, language) for at in range(len(found))]
    kept = [token for token in found if token.letter != "_"]
    return [token for at, token in enumerate(kept) if token.letter not in "dij" or _needed(kept, at)]


def _without_hyphens(found: list[Token]) -> list[Token]:
    """Return the tokens without the hyphen of mi-juin, and the mark before a day as what it is there."""
    kept: list[Token] = []
    for at, token in enumerate(found):
        before = kept[-1].letter if kept else "x"
        after = found[at + 1].letter if at + 1 < len(found) else "x"
        if token.letter == "z":
            dated = before in "WtTU,&-_wqh" and after == "N"
            kept.append(replace(token, letter="d" if dated else "x", unit="z"))
        elif token.letter != "-" or before != "P":
            kept.append(token)
    return kept


def _needed(row: list[Token], at: int) -> bool:
    """Return whether a word says something here: "le 15", "3 ngày", not "le vendredi"; "in 3 days", not "in May"."""
    after = row[at + 1].letter if at + 1 < len(row) else ""
    before = row[at - 1].letter if at else ""
    if row[at].letter == "j":
        return after in ("m", "y", "w", "q", "h")
    return after in ("N", "S", "D", "K") or before == "N"


def _decided(found: list[Token], at: int, message: Normalised, language: Language | None) -> Token:
    token = found[at]
    before = found[at - 1].letter if at else "x"
    after = found[at + 1].letter if at + 1 < len(found) else "x"
    if token.letter == "u":
        return replace(token, letter="M" if _is_month(found, at, before, after, message, language) else "x")
    if token.letter == "K":
        return _month_or_weekday(token, before, after, message)
    return token


def _is_month(
    found: list[Token], at: int, before: str, after: str, message: Normalised, language: Language | None
) -> bool:
    """Return whether "may" or "sept" is a month: by the tokens or words beside it."""
    token = found[at]
    word = _next_word(message, token.end)
    if word in _after_a_month("verbs") and after not in "NY":
        return False
    beside = "NPtTF&UBf" if token.numbers[0] == 9 else "NBUFAIPcnl&T_dmbiftva"  # sept is seven, កញ្ញា is Miss
    listed = before == "," and at > 1 and found[at - 2].letter in "Mu"
    last = language == "en" and not message.text[token.end :].strip(" ?.!")
    return before in beside or listed or last or after in "NY/-T" or word in _after_a_month("nouns")


_WORD_AHEAD = re.compile(r" ([a-z]+)")


def _next_word(message: Normalised, end: int) -> str:
    """Return the Latin word that follows, folded; "" if there is none."""
    found = _WORD_AHEAD.match(message.folded, end)
    return found[1] if found else ""


def _month_or_weekday(token: Token, before: str, after: str, message: Normalised) -> Token:
    """Return what "t5" is: a month beside a year or another month's words, a Thursday beside hours or weeks."""
    number = token.numbers[0]
    month = token.unit == "sure" or not 2 <= number <= 7 or after in "Y/y" or before in "PTF" or after in "Tt"
    near = message.masked([(0, max(0, token.start - 12)), (token.end + 16, len(message.text))])
    if month or not _weekday_signs().find(near, "vi"):
        return token
    return replace(token, letter="W", numbers=(number - 2,))


_BOUNDS = "BUFfIA&TGbavtgi"


def _period_at(row: Row, letters: str, at: int, today: date, back: Back, habits: bool) -> tuple[Period | None, int]:
    """Return the period that starts at this token, its bound included, and the token after what was read."""
    bound = letters[at] if letters[at] in _BOUNDS else ""
    start = at + 1 if bound else at
    if letters[at] == "G" and start < len(letters) and letters[start] in "TUvt":
        start += 1
    ranged = _range_at(row, letters, start, today, back)
    if ranged is not None and not _is_hyphened(row, letters, start, ranged[1], today):
        days, end = ranged
        return Period(*days, (row[at].start, row[end - 1].end)), end
    found = point_at(row, letters, start, today)
    if found is None and bound and bound in "igU":
        found = point_at(row, letters, at, today)
    if found is None:
        return None, at
    point, end = found
    days_found = resolve(_looked(point, back, bound), today)
    if days_found is None or _habitual(point, letters, start, end) or (habits and not bound and _how_often(point)):
        return None, end
    if point.unit == "days" and bound in WEAK and days_found[1] < today:
        bound = ""  # "from last week", "about last month"
    if letters[end : end + 1] == "o":
        bound, end = "F", end + 1
    first, last = _bounded(point, days_found, bound, back)
    span = (row[at if bound else start].start, row[end - 1].end)
    return Period(first, last, span, _rank(point, bound), letters[max(0, start - 1) : start] == "r"), end


def _is_hyphened(row: Row, letters: str, start: int, end: int, today: date) -> bool:
    """Return whether what looks like a range is a date written with a hyphen: ngày 18-5."""
    found = point_at(row, letters, start, today) if letters[start:end].endswith("N-N") else None
    return found is not None and found[1] == end


def _looked(point: Point, back: Back, bound: str) -> Point:
    """Return the point looked for in the past, where the message looks back and the point says nothing itself."""
    if bound == "I":
        back = "past"
    free = (
        not point.turn and (point.month or point.unit in ("quarter", "half")) and bound not in ("B", "U", "b", "t", "v")
    )
    return replace(point, turn=back) if back and free else point


WEAK = ("f", "t", "v")
"""The bounds that mean something else beside what is over."""


def _how_often(point: Point) -> bool:
    """Return whether a point says when in the week or month, in a message that sets a habit: "le vendredi"."""
    bare = point.unit == "day" and not point.month
    return bare or point.unit == "weekday" or bool(point.part) or point.length in ("day", "weekend")


def _habitual(point: Point, letters: str, start: int, end: int) -> bool:
    """Return whether the point says how often, not when: every Monday, le 15 de chaque mois."""
    said = set(letters[start:end])
    loose = not said & set("MYSDQHK") and not ("N" in said and said & set("mqhy"))
    beside = letters[max(0, start - 1) : start] == "r" or letters[end : end + 1] == "r"
    return loose and beside and point.unit != "year"


def _rank(point: Point, bound: str) -> int:
    if bound or point.unit != "days":
        return 0 if bound or point.unit != "year" else 1
    return {"year": 1, "day": 1}.get(point.length, 0) if not point.part else 0


def _bounded(point: Point, days: tuple[date, date], bound: str, back: Back) -> tuple[date | None, date | None]:
    """Return the ends that a bound leaves: before June ends with May, by June with June, by summer before it.

    Minutes from May are May's.
    """
    first, last = days
    single = first == last or bool(point.part)
    if bound in ("B", "b") or (bound == "U" and point.unit == "season"):
        return None, last if single else first - timedelta(days=1)
    if bound in ("U", "v", "t"):
        return None, last
    if bound in ("F", "I") or (bound == "f" and back != "past"):
        return first, None
    if bound in ("A", "a"):
        return (first if single else last + timedelta(days=1)), None
    return first, last


def _range_at(row: Row, letters: str, at: int, today: date, back: Back) -> tuple[tuple[date, date], int] | None:
    """Return the days from one point to another that start at this token: du 3 au 7 mai, tháng 4 đến tháng 6."""
    for left, middle in _lefts(row, letters, at, today):
        if letters[middle : middle + 1] not in ("T", "U", "v", "t", "-", ",", "/"):
            continue
        right = point_at(row, letters, middle + 1, today) or _bare(row, letters, middle + 1)
        if right is None:
            continue
        point, end = right
        if left.unit == "month" and point.unit == "day" and not point.month and "m" in letters[at:middle]:
            point = Point("month", month=point.number) if point.number <= 12 else point  # tháng 4-6
        said = left.month or point.month or left.unit != "day" or point.unit != "day"
        if not _alike(left, point, letters[middle]) or not (said or "d" in letters[max(0, at - 1) : end]):
            continue
        days = joined(_looked(left, back, ""), _looked(point, back, ""), today)
        if days is not None:
            return days, end
    return None


def _lefts(row: Row, letters: str, at: int, today: date) -> list[tuple[Point, int]]:
    """Return what may be the left end of a range here: a whole point, or a day's number alone."""
    return [found for found in (_bare(row, letters, at), point_at(row, letters, at, today)) if found is not None]


def _bare(row: Row, letters: str, at: int) -> tuple[Point, int] | None:
    """Return a day's number without its month, or a month's without its word."""
    while letters[at : at + 1] in ("d", "W", "c"):
        at += 1
    if letters[at : at + 1] != "N" or not 1 <= row[at].numbers[0] <= 31:
        return None
    number = row[at].numbers[0]
    while letters[at : at + 2] == "NN":  # le 12, 13 et 14 avril
        at += 1
    return Point("day", number), at + 1


def _alike(left: Point, right: Point, link: str) -> bool:
    """Return whether two points make a range: both days, both months …, one of them with its month."""
    if left.unit == "days" or right.unit == "days":
        return link in "TUvt" and left.unit != "year"
    if left.unit == "day" and right.unit == "day":
        return True
    if link in ",/-":
        return left.unit == right.unit and left.unit in ("month", "year", "quarter", "weekday")
    return left.unit == right.unit
