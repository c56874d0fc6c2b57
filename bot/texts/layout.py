"""What lists and cards have in common: numbered rows, pages, labelled lines."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from bot.texts.dates import number
from bot.texts.reply import Button, Rows, Tap
from bot.texts.voice import Voice
from locales import Html


def paragraphs(*blocks: Html | None) -> Html:
    """Join the blocks that are there with an empty line between them."""
    return Html("\n\n".join(block for block in blocks if block))


def lines(*parts: Html | None) -> Html:
    """Join the parts that are there, a line each."""
    return Html("\n".join(part for part in parts if part))


def labelled(voice: Voice, key: str, value: object) -> Html:
    """Return a line such as ``Où : Phnom Penh``, its label in bold."""
    return voice.say("common.labelled", label=voice.say(key), value=value)


def numbered(voice: Voice, taps: Iterable[Tap], first: int = 1) -> tuple[Button, ...]:
    """Return a row of buttons 1, 2, 3 … for the numbered rows of a list."""
    return tuple(Button(number(voice, place), tap) for place, tap in enumerate(taps, first))


def pager(voice: Voice, page: int, pages: int, tap: Callable[[int], Tap]) -> tuple[Button, ...]:
    """Return the buttons to the page before and the page after, where there are any."""
    buttons = []
    if page > 0:
        buttons.append(Button(voice.label("common.previous"), tap(page - 1)))
    if page + 1 < pages:
        buttons.append(Button(voice.label("common.next"), tap(page + 1)))
    return tuple(buttons)


def page_line(voice: Voice, page: int, pages: int) -> Html | None:
    """Return the line that says which page this is; None if there is only one."""
    if pages < 2:
        return None
    return voice.say("common.page", page=number(voice, page + 1), pages=number(voice, pages))


def in_rows(buttons: Iterable[Button], width: int) -> Rows:
    """Return the buttons in rows of ``width``."""
    all_of_them = tuple(buttons)
    return tuple(all_of_them[start : start + width] for start in range(0, len(all_of_them), width))
