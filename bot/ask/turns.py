"""How a message stands in a conversation: a greeting, thanks, or a question that leans on the last one."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import Literal

from bot.ask import kinds
from bot.ask.normalise import Normalised, Span
from bot.ask.phrases import Phrases
from bot.ask.wordlists import table
from bot.network.languages import LANGUAGES, Language

Manner = Literal["hello", "thanks", "bye"]
MANNERS: tuple[Manner, ...] = ("thanks", "bye", "hello")
"""The likelier to be meant first, where several are said."""
_PLACES = ("first", "second", "third", "fourth", "fifth")
_LONGEST_PLACE = 48
"""Characters of "la deuxième s'il vous plaît": what is longer says more."""
_SHORTEST_PLACE = 4
"""Letters: "un" and "2" begin other questions too."""
_LETTER = re.compile(r"[^\W_]")
_ROW = re.compile(
    r"(?<![\w/:,.+-])([1-9][0-9]?)(?![\w/:%+-]|[.,][0-9])|(?<=[\u1780-\u17ff\u0e80-\u0eff])([1-9][0-9]?)(?![0-9/:%+-])"
)
"""A number that may be that of a row; in Khmer and Lao also where it stands close to the word before it."""
_PARTED = re.compile(r"[,;:?]\s*$")
"""What stands between a row's place and what is said of it."""
_THANKING = re.compile("[🙏👍👌❤👏💐🌹🌸🎉✅]")


def manner(message: Normalised, language: Language | None) -> Manner:
    """Return what a greeting is: thanks where it thanks, else a farewell, else a hello."""
    for one in MANNERS:
        if _words(one).find(message, language):
            return one
    return "thanks" if _THANKING.search(message.text) else "hello"


def begins_with_and(message: Normalised, language: Language | None) -> bool:
    """Whether the message begins as if it went on: "et …", "còn …", "what about …"."""
    first = next(iter(_words("and").find(message, language)), None)
    return first is not None and first.value and not _LETTER.search(message.text[: first.start])


def is_question(message: Normalised, language: Language | None) -> bool:
    """Whether the message begins or ends as questions do: "qu'est-ce qu'on a en mai", "tháng 5 có gì"."""
    found, last = spans("question", message, language), len(message.text)
    return any(
        not _LETTER.search(message.text[:start]) or not _LETTER.search(message.text[end:last]) for start, end in found
    )


def looks_back(message: Normalised, language: Language | None) -> bool:
    """Whether the message asks for what is past: "la dernière réunion", "lần trước"."""
    return bool(_words("past").find(message, language))


def asks_for_the_next(message: Normalised, language: Language | None) -> bool:
    """Whether the first of what is to come is meant: "le prochain bureau", "cuộc họp gần nhất"."""
    return bool(spans("next_one", message, language))


def was_missed(message: Normalised, language: Language | None) -> bool:
    """Whether the message asks for what somebody was away for: "qu'est-ce qu'on a raté ?"."""
    return bool(spans("missed", message, language))


def points_there(message: Normalised, language: Language | None) -> bool:
    """Whether the message points to the place of the question before: "là-bas", "ở đó", "ទីនោះ"."""
    return bool(spans("there", message, language))


def points_to_it(message: Normalised, language: Language | None) -> bool:
    """Whether the message points to what was shown: "cette réunion", "hội thảo đó"."""
    return bool(spans("it", message, language))


def points_to_person(message: Normalised, language: Language | None) -> bool:
    """Whether the message points to the person of the answer before: "son tel ?"."""
    return bool(spans("theirs", message, language))


def place_in_row(message: Normalised, language: Language | None) -> tuple[int, str] | None:
    """Return which row of a list a message means, and what it says of it: "la deuxième, c'est où ?", "le lien de la 4".

    Rows count from 1; -1 is the last one.  What it says is "" where it says nothing else.
    """
    if len(message.text) > _LONGEST_PLACE:
        return None
    for place, name in (*enumerate(_PLACES, 1), (-1, "last_one")):
        for start, end in spans(name, message, language)[:1]:
            rest = _rest(message, start, end, language)
            by_day = place < 0 and bool(kinds.spans(message))  # "the minutes of the last meeting"
            if not rest or (end - start >= _SHORTEST_PLACE and not by_day):
                return place, rest
    return row_number(message, language)


def row_number(message: Normalised, language: Language | None) -> tuple[int, str] | None:
    """Return the row that is meant by the number beside it; what is more than a number needs "la", "số", "លេខ"."""
    found = [*_ROW.finditer(message.text)]
    if len(found) != 1:
        return None
    (start, end), number = found[0].span(), int(found[0][1] or found[0][2])
    before = [one for one in spans("number", message, language) if not message.text[one[1] : start].strip(" °º.")]
    rest = _rest(message, min((one[0] for one in before), default=start), end, language)
    return (number, rest) if before or not rest else None


def _rest(message: Normalised, start: int, end: int, language: Language | None) -> str:
    """Return what a message says beside a part of it; "" if those are only fillers."""
    bare = message.masked([(start, end)])
    for name in ("filler", "opening"):
        bare = bare.masked(spans(name, bare, language))
    said = f"{message.cased[:start].rstrip(' ,:;-')} {message.cased[end:].lstrip(' ,:;-')}".strip()
    return said if _LETTER.search(bare.text) else ""


def parted(message: Normalised, rest: str) -> bool:
    """Whether a comma parts what a message says of a row from its place: "la troisième, il y a du nouveau ?"."""
    return _PARTED.search(message.cased.removesuffix(rest)) is not None


def leaves_out(message: Normalised, language: Language | None) -> bool:
    """Whether nothing is said but that a kind of meeting or paper is to be left out: "enlève les webinaires"."""
    found = spans("leave_out", message, language)
    if not found or _LETTER.search(message.text[: found[0][0]].removeprefix("et")):
        return False
    rest = message.masked(found)
    named = kinds.spans(rest, language=language)
    rest = rest.masked(named)
    return bool(named) and not _LETTER.search(rest.masked(spans("filler", rest, language)).text)


def says_only(name: str, message: Normalised, language: Language | None) -> bool:
    """Whether a message says nothing but words of one list, and fillers."""
    found = spans(name, message, language)
    rest = message.masked(found)
    return bool(found) and not _LETTER.search(rest.masked(spans("filler", rest, language)).text)


def says_that_one(message: Normalised, language: Language | None) -> bool:
    """Whether the message begins with one of several that were spoken of: "celle du DCOL", "cái của Huế"."""
    return any(not _LETTER.search(message.text[:start]) for start, _ in spans("that_one", message, language))


def tells_whose_clock(message: Normalised, language: Language | None) -> bool:
    """Whether the message names a place only for its clock, or the way from it: "à quelle heure chez nous ?"."""
    return bool(spans("clock", message, language))


def calls_somebody(message: Normalised, language: Language | None) -> bool:
    """Whether the message says "Mme", "លោក" or so, as before a name."""
    return bool(_addressed().find(message, language))


def spans(name: str, message: Normalised, language: Language | None) -> list[Span]:
    """Return where words of one list stand."""
    return [(match.start, match.end) for match in _words(name).find(message, language) if match.value]


def only_slots(message: Normalised, named: Sequence[Span], language: Language | None, *more: str) -> bool:
    """Whether the message names a place, a day, a theme or a kind, and says nothing else but words of ``more``."""
    if not named:
        return False
    rest = message.masked(named)
    for name in ("and", *more, "filler"):
        rest = rest.masked([(match.start, match.end) for match in _words(name).find(rest, language) if match.value])
    return not _LETTER.search(rest.text)


@lru_cache(maxsize=1)
def _addressed() -> Phrases[bool]:
    words = table("people.toml")["addressed"]
    return Phrases((word, True, language) for language in LANGUAGES for word in words[language])


@lru_cache(maxsize=32)
def _words(name: str) -> Phrases[bool]:
    """Return the words of one list, in all languages; what only looks like one of them is no match of value."""
    lists = table("turns.toml")
    words, unlike = lists[name], lists.get(f"not_{name}", {})
    return Phrases(
        (word, counts, language)
        for language in LANGUAGES
        for found, counts in ((words[language], True), (unlike.get(language, ()), False))
        for word in found
    )
