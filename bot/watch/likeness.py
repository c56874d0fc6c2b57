"""Whether two things say the same: the same link, or nearly the same words about nearly the same day."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import NamedTuple
from urllib.parse import parse_qsl, quote, unquote, urlencode, urlsplit

import regex
from rapidfuzz import fuzz

from bot.network.spelling import fold

ALIKE = 82.0
"""From 0 to 100: what resembles so much is shown before it is sent."""
_SURE = 100.0
_UNDATED = 8.0
"""What words must be nearer by where one of the two days is unknown."""
_DAYS = 7
"""Days that two dates of the same thing may be apart: programmes are told from their first or last day."""
_OTHER_NUMBERS = 0.8
_SHORTEST = 12
"""Letters; a shorter text is alike only as a whole."""
_FOLLOWED = regex.compile(r"^(utm_\w+|fbclid|gclid|mc_[ce]id|igshid|igsh|ref|ref_src|si|spm|_x_tr_\w+)$")
_LINK = regex.compile(r"https?://[^\s<>\"«»]+", regex.IGNORECASE)
_AFTER = ".,;:!?)]}»”’'\"។"
_INDEX = regex.compile(r"/(index|default)\.(html?|php|aspx?)$", regex.IGNORECASE)
_ONE_SCRIPT = regex.compile(r"[\p{Khmer}\p{Lao}\p{Thai}]")


class Likely(NamedTuple):
    """Something that may say the same."""

    key: str
    """``news:code``, ``event:code``, ``contribution:7``."""
    texts: tuple[str, ...]
    """All its titles, in any language."""
    days: tuple[date, date] | None
    """First and last."""
    link: str | None


def links(text: str) -> list[str]:
    """Return the links in a text, without what a sentence puts after them."""
    return [found.rstrip(_AFTER) for found in _LINK.findall(text)]


def without_links(text: str) -> str:
    """Return the text without its links."""
    return str(_LINK.sub("", text)).strip()


def normal_link(link: str) -> str:
    """Return a link without what changes nothing of what it opens: ``www.``, campaigns, the slash at the end."""
    parts = urlsplit(link.strip())
    host = (parts.hostname or "").removeprefix("www.").removeprefix("m.")
    try:
        port = f":{parts.port}" if parts.port not in (None, 80, 443) else ""
    except ValueError:
        port = ""
    path = quote(unquote(_INDEX.sub("/", parts.path)), safe="/").rstrip("/")
    kept = sorted(pair for pair in parse_qsl(parts.query, keep_blank_values=True) if not _FOLLOWED.match(pair[0]))
    fragment = f"#{parts.fragment}" if parts.fragment.startswith(("!", "/")) else ""
    return f"{host}{port}{path}{'?' + urlencode(kept) if kept else ''}{fragment}"


def likeness(one: Likely, other: Likely) -> float:
    """Return from 0 to 100 how surely the two say the same."""
    if one.link and other.link and normal_link(one.link) == normal_link(other.link):
        return _SURE
    words = max((_words(a, b) for a in one.texts for b in other.texts), default=0.0)
    if one.days is None or other.days is None:
        return max(0.0, words - _UNDATED)
    apart = max((one.days[0] - other.days[1]).days, (other.days[0] - one.days[1]).days, 0)
    return words if apart <= _DAYS else 0.0


def alike(one: Likely, others: Iterable[Likely], least: float = ALIKE) -> list[tuple[float, Likely]]:
    """Return those that resemble it, the nearest first."""
    scored = [(likeness(one, other), other) for other in others if other.key != one.key]
    return sorted((pair for pair in scored if pair[0] >= least), key=lambda pair: (-pair[0], pair[1].key))


def _words(one: str, other: str) -> float:
    a, b = fold(one), fold(other)
    if not a or not b:
        return 0.0
    if min(len(a), len(b)) < _SHORTEST:
        return _SURE if a == b else 0.0
    if _ONE_SCRIPT.search(a) or _ONE_SCRIPT.search(b):  # no spaces between words there
        return fuzz.ratio(a.replace(" ", ""), b.replace(" ", ""))
    near = max(fuzz.token_sort_ratio(a, b), 0.95 * fuzz.token_set_ratio(a, b) if _enough(a, b) else 0.0)
    return near if _same_numbers(a, b) else near * _OTHER_NUMBERS


def _same_numbers(a: str, b: str) -> bool:
    """Whether no number of one contradicts the other: the 11th and the 12th conference are two."""
    numbers_a, numbers_b = ({word for word in text.split() if word.isdigit()} for text in (a, b))
    return numbers_a <= numbers_b or numbers_b <= numbers_a


def _enough(a: str, b: str) -> bool:
    """Whether the shorter text says enough by itself to be known in the longer one."""
    return min(len(a.split()), len(b.split())) >= 4
