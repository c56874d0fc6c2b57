"""Hours of the day, as they are said: ``14h30``, ``2.30 pm``, ``2 giờ rưỡi chiều``, ``ម៉ោង ២ រសៀល``, ``8 ໂມງເຄິ່ງ``."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import time
from functools import lru_cache

from bot.ask.normalise import Normalised
from bot.ask.phrases import Phrases, starts
from bot.forms.around import Around, Problem
from bot.forms.definition import Field
from bot.forms.entries import Value
from bot.forms.kinds import numerals
from bot.forms.kinds.words import Entry, entries, found_at, message, table
from bot.network.languages import Language

_LETTERS = {
    "hour": "H", "minute": "M", "half": "h", "quarter": "q", "quarter_less": "Q", "less": "-", "to": "<",
    "past": ">", "and": "+", "noon": "T", "midnight": "Z", "until": "~", "about": "a",
}  # fmt: skip
_NOON, _NIGHT = 10, 18
"""Where the twelve hours begin that "noon" and "midnight" beside an hour choose from."""
_FORMS = tuple(
    re.compile(form)
    for form in (
        "H?(?P<hour>N)(?P<colon>:)(?P<minute>N)(?::N)?[HM]?",
        r"H?(?P<hour>N)H?\+?(?P<half>h)",
        r"H?(?P<hour>N)H?\+?(?P<quarter>q)",
        "H?(?P<hour>N)H?(?:Q|-q)(?P<less_quarter>)",
        "H?(?P<hour>N)H?-(?P<less>N)M?",
        r"(?P<hour>N)H\+?(?P<minute>N)M?",
        r"H(?P<hour>N)(?:H|\+)?(?P<minute>N)M?",
        r"(?P<half>h)>(?P<hour>N)H?",
        r"(?P<quarter>q)>(?P<hour>N)H?",
        "(?P<minute>N)M?>(?P<hour>N)H?",
        "q<(?P<hour>N)H?(?P<less_quarter>)",
        "(?P<less>N)M?<(?P<hour>N)H?",
        "(?P<hour>N)(?P<minute>N)",
        "H?(?P<hour>N)H?",
        r"(?P<noon>T)\+?(?P<half>h)",
        "(?P<noon>T)",
        "(?P<midnight>Z)",
    )
)
_CLOCK = re.compile(r"([01]\d|2[0-3]):[0-5]\d")


@dataclass(frozen=True, slots=True)
class _Token:
    letter: str
    value: int = 0
    """N: the number; P: the hour with which its twelve hours begin."""
    figures: int = 0
    """N: how many figures it has; 0 in words."""


@lru_cache(maxsize=1)
def _phrases() -> Phrases[_Token]:
    return Phrases(_words())


def _words() -> Iterator[Entry]:
    words = table("hours.toml")
    for name, letter in _LETTERS.items():
        yield from entries(words[name], _Token(letter))
    for part in words["parts"].values():
        yield from entries(part, _Token("P", part["opens"]))
    for name in ("polite", "weak"):
        yield from entries(table("words.toml")[name], _Token("_"))


def read(field: Field, text: str, around: Around) -> Value:
    """Return the one hour of a text as HH:MM; raises Problem not_a_time, time_too_early or time_too_late.

    Where neither the half of the day nor more than twelve is said, the hour is the one inside the question's limits.
    """
    written = message(text)
    row = [token for token in _tokens(written, around.language) if token.letter != "_"]
    found = _found(row)
    if found is None:
        raise Problem("not_a_time")
    hour, minute, opens = found
    if opens is None and 0 < hour < 12 and not _inside(field, time(hour, minute)):
        later = time(hour + 12, minute)
        hour = later.hour if _inside(field, later) else hour
    return check(field, f"{hour:02}:{minute:02}", around)


def check(field: Field, value: Value, around: Around) -> Value:
    """Return an hour HH:MM inside its limits; raises Problem not_a_time, time_too_early or time_too_late."""
    if not isinstance(value, str) or not value.isascii() or not _CLOCK.fullmatch(value):
        raise Problem("not_a_time")
    hour = time.fromisoformat(value)
    least, most = _limits(field)
    if least and hour < least:
        raise Problem("time_too_early", least=least)
    if most and hour > most:
        raise Problem("time_too_late", most=most)
    return value


def _limits(field: Field) -> tuple[time | None, time | None]:
    least = field.least if isinstance(field.least, time) else None
    return least, field.most if isinstance(field.most, time) else None


def _inside(field: Field, hour: time) -> bool:
    least, most = _limits(field)
    return (least is None or least <= hour) and (most is None or hour <= most)


def _tokens(written: Normalised, language: Language) -> Iterator[_Token]:
    """Yield what the message says of an hour, and an ``x`` for anything else."""
    folded, done = written.folded, 0
    for start in starts(folded):
        if start < done:
            continue
        found = _token(written, start, language)
        if found is None:
            continue
        yield from _between(folded, done, start)
        token, done = found
        yield token
    yield from _between(folded, done, len(folded))


def _token(written: Normalised, start: int, language: Language) -> tuple[_Token, int] | None:
    folded = written.folded
    if folded[start].isdigit():
        end = start
        while end < len(folded) and folded[end].isdigit():
            end += 1
        if end - start > 4:
            return _Token("~"), end
        return _Token("N", int(folded[start:end]), end - start), end
    match = found_at(_phrases(), written, start, language)
    number = numerals.words_at(written, start, language)
    if number is not None and (match is None or number[0] > match.end):
        return _Token("N", number[1]), number[0]
    return None if match is None else (match.value, match.end)


def _between(folded: str, start: int, end: int) -> Iterator[_Token]:
    gap = folded[start:end]
    if gap.strip() in (":", ".") and start and end < len(folded):
        yield _Token(":" if gap.strip() == ":" or gap == "." else "_")
    elif any(sign in gap for sign in "-/→~>"):
        yield _Token("~")
    elif gap.strip(" .,;!()\"'"):
        yield _Token("x")


def _found(row: list[_Token]) -> tuple[int, int, int | None] | None:
    """Return hour, minute and the part of the day that is said beside them; None if it is not one hour."""
    said = [token for token in row if token.letter != "P"]
    parts = [token.value for token in row if token.letter == "P"]
    letters = "".join(token.letter for token in said)
    best: tuple[int, re.Match[str]] | None = None
    for start in range(len(letters)):
        matches = [match for form in _FORMS if (match := form.match(letters, start))]
        if matches:
            best = start, max(matches, key=lambda match: match.end())
            break
    if best is None:
        return None
    start, match = best
    beside = letters[:start] + letters[match.end() :]
    if set(beside) - set("axTZM:"):
        return None
    if "T" in beside or "Z" in beside:
        parts.append(_NOON if "T" in beside else _NIGHT)
    if not parts and not set(match[0]) & set("H:hqQTZ<>") and ("x" in beside or not _is_bare_hour(match, said)):
        return None
    return _clock(match, said, parts[0] if parts else None)


def _is_bare_hour(match: re.Match[str], said: list[_Token]) -> bool:
    """Whether an hour without its word can be one: 14, 1430, 14 30, eight thirty."""
    named = _named(match)
    if "minute" not in named:
        return True
    hour, minute = said[named["hour"]], said[named["minute"]]
    return hour.figures == minute.figures and minute.figures in (0, 2) and (minute.figures == 2 or minute.value >= 10)


def _named(match: re.Match[str]) -> dict[str, int]:
    return {name: match.start(name) for name, found in match.groupdict().items() if found is not None}


def _clock(match: re.Match[str], said: list[_Token], opens: int | None) -> tuple[int, int, int | None] | None:
    named = _named(match)
    if "hour" not in named:
        return (0, 0, _NIGHT) if "midnight" in named else (12, 30 if "half" in named else 0, _NOON)
    hour, minute = _figures(named, said)
    less = 15 if "less_quarter" in named else said[named["less"]].value if "less" in named else 0
    placed = _placed(hour % 24, opens)
    if placed is None or minute > 59 or less > 59 or hour > 24 or (hour == 24 and minute):
        return None
    minutes = (placed * 60 + minute - less) % (24 * 60)
    return minutes // 60, minutes % 60, opens


def _figures(named: dict[str, int], said: list[_Token]) -> tuple[int, int]:
    """Return hour and minute as they are said; hour 99 where they make none: 2:5, 1430:10."""
    at = said[named["hour"]]
    if at.figures >= 3:
        return divmod(at.value, 100) if len(named) == 1 else (99, 0)
    if "minute" in named:
        minute = said[named["minute"]]
        return (99, 0) if "colon" in named and minute.figures != 2 else (at.value, minute.value)
    return at.value, 30 if "half" in named else 15 if "quarter" in named else 0


def _placed(hour: int, opens: int | None) -> int | None:
    """Return the hour of the day for one that is said with its part of the day; None where they exclude each other."""
    if opens is None:
        return hour
    if 1 <= hour <= 12:
        return (opens + (hour - opens) % 12) % 24
    return hour if (hour - opens) % 24 < 12 else None
