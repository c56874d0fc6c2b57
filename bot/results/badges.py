"""Badges to print and cut out: name, function, city, the meeting's title, and a code to scan at the door."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterable
from typing import Any, Literal

import segno

from bot.network.content import Content
from bot.results.participants import participants
from bot.results.shapes import Results
from bot.results.typeset import document
from bot.results.wording import Wording
from bot.texts.voice import Voice
from storage.submissions import Submission

_CHECKED = 0
"""The mask of a chessboard."""
Link = Callable[[Submission, int], str]
"""From a submission and the number of a person of its delegation (0 where it is none) to what the code holds."""


def badges(
    results: Results,
    submissions: Iterable[Submission],
    voice: Voice,
    link: Link,
    each: Literal[4, 8] = 8,
    event: Content | None = None,
) -> bytes:
    """Return the badges of everybody expected as PDF, ``each`` a page of A4.

    Raises AnonymousError and StillSecretError as ``participants`` does.
    """
    return document("badges", voice, _data(results, submissions, voice, link, each, event))


def _data(
    results: Results,
    submissions: Iterable[Submission],
    voice: Voice,
    link: Link,
    each: int,
    event: Content | None,
) -> dict[str, Any]:
    found = [
        {
            "name": one.name,
            "function": one.function,
            "place": one.place,
            "country": one.country,
            "code": _code(link(one.submission, one.number)),
        }
        for one in participants(results, submissions, voice)
    ]
    title = Wording.of(results, voice).read(event or results.definition.form.title)
    return {"title": title, "each": each, "badges": found}


def _code(text: str) -> list[int]:
    """Return a QR code as the bytes of a PNG, a pixel a module; a quarter of it may be hidden by a thumb or a fold.

    The mask is given because trying all eight takes five times as long, and a thousand badges are printed at once.
    """
    drawn = io.BytesIO()
    segno.make_qr(text, error="q", mask=_CHECKED).save(drawn, kind="png", scale=1, border=2)
    return list(drawn.getvalue())
