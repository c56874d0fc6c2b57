"""What somebody did under a question of a form: an answer, a request for help, a question of their own."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from bot.forms.engine import Advance
from bot.forms.entries import (
    AsWritten,
    Attached,
    Back,
    Done,
    Entry,
    Kept,
    Picked,
    Skipped,
    Ticked,
    Unreadable,
    Went,
    Written,
)
from bot.forms.path import field_of, steps
from bot.forms.session import REVIEW
from bot.forms.standing import Standing
from handlers.turn import Turn
from storage.network import ORGANISATIONS, PEOPLE

_QUESTION_MARKS = ("?", "\uff1f")
_SIMPLE: Mapping[str, Entry] = {"d": Done(), "w": AsWritten(), "k": Kept(), "s": Skipped(), "b": Back()}
"""The buttons that carry nothing."""
_NUMBERED: Mapping[str, Callable[[str], Entry]] = {"i": Picked, "t": Ticked, "g": Went}
"""The buttons that carry the number of a choice or of a step."""


async def tapped(turn: Turn, standing: Standing, action: str) -> Entry | None:
    """Return what a button means; None for one that means nothing at this question."""
    value, number = turn.tap.text(3), turn.tap.number(3)
    if action in _SIMPLE:
        return _SIMPLE[action]
    if action == "p" and value:
        return Picked(value)
    if number is None or standing.session is None:
        return None
    field = field_of(standing.definition, standing.session.step)
    if action == "c" and field is not None:
        row = await (ORGANISATIONS if field.kind == "city" else PEOPLE).numbered(turn.tx, number)
        return Picked(row.code) if row else None
    options = field.question.options if field else ()
    path = [key for key, _ in steps(standing.definition, standing.session.answers)] if action == "g" else options
    making: Callable[[str], Entry] | None = _NUMBERED.get(action)
    return making(path[number]) if making and number < len(path) else None


def written(turn: Turn) -> Entry:
    """Return what was written, sent or shared, as an answer."""
    incoming = turn.incoming
    if incoming.attachment is not None:
        sent = incoming.attachment
        return Attached(sent.name, sent.size, incoming.channel, sent.handle, photo=sent.photo)
    if incoming.phone:
        return Written(incoming.phone)
    return Written(incoming.text) if incoming.kind == "text" else Unreadable()


def asks_what_to_do(turn: Turn) -> bool:
    """Whether nothing but question marks was written."""
    text = turn.incoming.text.strip() if turn.incoming.attachment is None else ""
    return bool(text) and not text.strip("".join((*_QUESTION_MARKS, " ")))


def how_doubtful(turn: Turn, standing: Standing, came: Advance) -> bool | None:
    """Return whether what may be a question may as well be the answer; None for what is none.

    It is surely none where many words are asked for, and surely one where it ends like one and cannot be the answer.
    """
    if turn.incoming.kind != "text" or turn.incoming.attachment is not None:
        return None
    assert standing.session is not None
    field = field_of(standing.definition, standing.session.step)
    if standing.session.step == REVIEW:
        return False
    if field is not None and field.kind == "long_text":
        return None
    asks = turn.incoming.text.rstrip().endswith(_QUESTION_MARKS)
    return not asks or (came.problem is None and field is not None and field.kind != "short_text")
