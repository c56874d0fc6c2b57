"""A message as a row of tokens of time: numbers, months, weekdays, "before", "next" … and a letter for each.

The grammar reads the letters; between two tokens that anything else parts stands an ``x``.

N number 1-99 · Y year · S date in figures · D two numbers with a dot · M month · u perhaps a month · W weekday ·
R so many units from now · H half-year · E season · K "t5" ·
d m y q h w the words day, month, year, quarter, half-year, week ·
P start, middle or end · B before · U until · F from · f perhaps from · I since · A after · & between · T to ·
t to or until · v to or next · b before or last · a after or next · , and · n next · l last · c this ·
o onwards · G moved · i in · j inside · g left · z before a day after a weekday ·
O first to fourth · r recurring · - hyphen · / stroke · _ a word that changes nothing
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from bot.ask.normalise import Normalised
from bot.ask.periods.points import MOON
from bot.ask.phrases import Phrases, starts
from bot.ask.wordlists import table
from bot.network.languages import LANGUAGES, Language

WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


@dataclass(frozen=True, slots=True)
class Token:
    """A word of time, with what it says."""

    letter: str
    start: int
    end: int
    numbers: tuple[int, ...] = ()
    """N Y M u W O H E K: one number; S: day, month, year (0: not said); D: day, month; R: how many units from now."""
    unit: str = ""
    """R: day, week, weekend, month, quarter, half or year; P: start, middle or end; N: "th" or "e" for an ordinal,
    "word" for "two"; d: "the", or "z" for ទី."""


_Meaning = tuple[str, tuple[int, ...], str]

_LETTERS = {
    "units": {
        "day": "d", "day_before": "d", "day_mark": "z", "week": "w", "month": "m", "quarter": "q", "half": "h",
        "year": "y",
    },
    "bounds": {
        "before": "B", "until": "U", "from": "F", "weak_from": "f", "since": "I", "after": "A", "between": "&",
        "to_or_next": "v", "to": "T", "to_or_until": "t", "and": ",", "onwards": "o", "moved": "G", "in": "i",
        "inside": "j", "left": "g", "before_or_last": "b", "after_or_next": "a",
    },
    "modifiers": {"next": "n", "last": "l", "this": "c"},
    "recurring": {"every": "r"},
    "ignored": {"fillers": "_", "never": "x"},
}  # fmt: skip


def _meanings(words: dict[str, dict[str, list[str]]]) -> Iterator[tuple[str, _Meaning]]:
    """Yield the words of one language's file with their meanings; of two equal ones the earlier counts."""
    numbered = {"months": "M", "months_unsure": "u", "halves": "H", "seasons": "E", "numbers": "N", "ordinals": "O"}
    for section, letter in numbered.items():
        for number, found in words.get(section, {}).items():
            unit = "word" if section == "numbers" else ""
            yield from ((word, (letter, (int(number),), unit)) for word in found)
    for feast, found in words.get("feasts", {}).items():
        number, month = feast.split("/")
        yield from ((word, ("S", (int(number), int(month), 0), "")) for word in found)
    for name, found in words.get("moon_feasts", {}).items():
        yield from ((word, ("E", (MOON + list(table("feasts.toml")).index(name),), "")) for word in found)
    for at, day in enumerate(WEEKDAYS):
        yield from ((word, ("W", (at,), "")) for word in words["weekdays"][day])
    for name, found in words["relative"].items():
        unit, sign, count = re.split("([+-])", name)
        yield from ((word, ("R", (int(sign + count),), unit)) for word in found)
    for part in ("start", "middle", "end"):
        yield from ((word, ("P", (), part)) for word in words["parts"][part])
    for section, letters in _LETTERS.items():
        for name, letter in letters.items():
            yield from ((word, (letter, (), "")) for word in words[section].get(name, ()))


@lru_cache(maxsize=1)
def _phrases() -> Phrases[_Meaning]:
    return Phrases(
        (word, meaning, language) for language in LANGUAGES for word, meaning in _meanings(table(f"{language}.toml"))
    )


_HOUR_WORD = "heures?|hrs?|h|giờ|gio|g|am|pm|a\\.m\\.?|p\\.m\\.?|o'clock|ម៉ោង|ໂມງ|%|€|\\$|(?<=\\d)k"
_HOUR = re.compile(rf"\d{{1,2}}(?:[:.]\d{{2}})? ?(?:{_HOUR_WORD})(?![a-z])\d{{0,2}}|\d{{1,2}}:\d{{2}}(?!\d)")
_HOUR_BEFORE = re.compile("(?:ម៉ោង|ໂມງ|ເວລາ|lúc|luc) ?$")
_ISO = re.compile(r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?!\d)")
_DAY_MONTH_YEAR = re.compile(r"(\d{1,2}) ?([/.-]) ?(\d{1,2}) ?\2 ?(\d{4}|\d{2})(?!\d)")
_DAY_MONTH = re.compile(r"(\d{1,2}) ?/ ?(\d{1,2})(?![\d/])")
_MONTH_YEAR = re.compile(r"(\d{1,2}) ?[/.-] ?(\d{4})(?!\d)")
_DOTTED = re.compile(r"(\d{1,2})\.(\d{1,2})(?![\d.])")
_ORDINAL = re.compile(r"(\d{1,2}) ?(er|nd|rd|st|th|eme|e)(?![a-z0-9])")
_NUMBER = re.compile(r"\d+")
_LETTER_NUMBER = re.compile(r"(thg|th|t|q|s|h)(\.? ?)(\d{1,2})(?![\d:h])(?! ?(?:gio|h)(?![a-z]))")


_ARTICLES = ("du", "au", " le", " the")
"""How a word such as "jusqu'au" ends when it holds the word before a day."""


def tokens(message: Normalised, language: Language | None) -> list[Token]:
    """Return the tokens of a message in order, unknown text between them as ``x``."""
    found: list[Token] = []
    done = 0
    for start in starts(message.folded):
        if start < done:
            continue
        token = _token(message, start, language)
        if token is None:
            continue
        found.extend(_between(message.folded, done, token.start))
        found.append(token)
        if token.letter in "BUFfIATt" and message.folded.endswith(_ARTICLES, start, token.end):
            found.append(Token("d", token.end, token.end))
        done = token.end
    found.extend(_between(message.folded, done, len(message.folded)))
    return found


_GAP = re.compile("[-/~→>]|[^ ,.()\"'\\[\\]:]")
_SENTENCE = re.compile("[.] |[?!;]")


def _between(folded: str, start: int, end: int) -> Iterator[Token]:
    """Yield what stands between two tokens: nothing for spaces and commas, a hyphen, a stroke, or ``x``."""
    gap = folded[start:end].strip()
    if not gap:
        return
    if gap in ("-", "/"):
        yield Token(gap, start, end)
    elif gap in ("~", "→", ">", "->", "=>", "...", "--"):
        yield Token("T", start, end)
    elif _GAP.search(gap) or _SENTENCE.search(folded[start:end]):
        yield Token("x", start, end)


def _token(message: Normalised, start: int, language: Language | None) -> Token | None:
    folded = message.folded
    match = _phrases().at(message, start, language)
    if match is not None:
        letter, numbers, unit = match.value
        if letter == "d" and folded[start : match.end] == "the":
            unit = "the"
        return Token(letter, start, match.end, numbers, unit)
    if folded[start] in "tqsh":
        short = _LETTER_NUMBER.match(folded, start)
        return _short(short, language) if short else None
    return _number(folded, start) if folded[start].isdigit() else None


def _short(found: re.Match[str], language: Language | None) -> Token | None:
    """Read t5, T2, th.6, thg 6, q3, s1: a quarter, half-year or month, by the language."""
    head, number, (start, end) = found[1], int(found[3]), found.span()
    if head == "q" and 1 <= number <= 4 and not found[2]:
        return Token("Q", start, end, (number,))
    if head in ("s", "h"):
        own = "fr" if head == "s" else "en"
        return Token("H", start, end, (number,)) if language == own and number in (1, 2) and not found[2] else None
    if head == "t" and language == "fr":
        return Token("Q", start, end, (number,)) if 1 <= number <= 4 else None
    if (head == "t" and language == "en") or not 1 <= number <= 12 or head == "q":
        return None
    return Token("K", start, end, (number,), "sure" if head != "t" else "")


def _number(folded: str, start: int) -> Token:
    """Read what starts with a digit there."""
    hour = _HOUR.match(folded, start)
    if hour or _HOUR_BEFORE.search(folded, max(0, start - 8), start):
        return Token("x", start, hour.end() if hour else _end_of_number(folded, start))
    dated = _date(folded, start)
    if dated is not None:
        return dated
    ordinal = _ORDINAL.match(folded, start)
    if ordinal:
        return Token("N", start, ordinal.end(), (int(ordinal[1]),), "e" if ordinal[2] in ("e", "eme") else "th")
    end = _end_of_number(folded, start)
    digits = folded[start:end]
    value = int(digits) if len(digits) <= 4 else 0
    if 1990 <= value <= 2110 or 2500 <= value <= 2700:
        return Token("Y", start, end, (value - 543 if value >= 2500 else value,))
    return Token("N", start, end, (value,)) if len(digits) <= 2 and value else Token("x", start, end)


def _end_of_number(folded: str, start: int) -> int:
    found = _NUMBER.match(folded, start)
    return found.end() if found else start + 1


def _date(folded: str, start: int) -> Token | None:
    """Read a date in figures: the day first always, unless the year is."""
    iso = _ISO.match(folded, start)
    if iso:
        return Token("S", start, iso.end(), (int(iso[3]), int(iso[2]), _year(iso[1])))
    full = _DAY_MONTH_YEAR.match(folded, start)
    if full:
        return Token("S", start, full.end(), (int(full[1]), int(full[3]), _year(full[4])))
    month = _MONTH_YEAR.match(folded, start)
    if month:
        return Token("S", start, month.end(), (0, int(month[1]), _year(month[2])))
    stroke = _DAY_MONTH.match(folded, start)
    if stroke:
        return Token("S", start, stroke.end(), (int(stroke[1]), int(stroke[2]), 0))
    dotted = _DOTTED.match(folded, start)
    return Token("D", start, dotted.end(), (int(dotted[1]), int(dotted[2]), 0)) if dotted else None


def _year(digits: str) -> int:
    """Return a year of two or four figures; one of the Buddhist era (2550 and later) is counted from ours."""
    value = int(digits) if len(digits) == 4 else 2000 + int(digits)
    return value - 543 if value >= 2500 else value
