"""``/dues``: the state of the reader's own dues; for coordinators, who has not paid."""

from __future__ import annotations

from dataclasses import replace

from bot.answers.dues import dues, unpaid
from bot.texts.dues import dues_answer, unpaid_list
from bot.texts.reply import Reply
from handlers.turn import Conversation, Turn


async def show(turn: Turn, city: int | None = None, page: int = 0, country: str | None = None) -> Reply:
    """Answer with the state of the dues.

    Args:
        turn: The update.
        city: The row's number of the organisation that was asked about.
        page: Of those who have not paid.
        country: Theirs, as ISO 3166-1 alpha-2; None for every country.
    """
    lacking = await unpaid(turn.tx, turn.reader, turn.now, page, country)
    if lacking is not None and city is None:
        return unpaid_list(turn.voice, lacking)
    found = await dues(turn.tx, turn.reader, turn.now, city)
    return dues_answer(turn.voice, found, lists_unpaid=lacking is not None)


async def _command(turn: Turn) -> Reply:
    return await show(turn)


async def _page(turn: Turn) -> Reply:
    return await show(turn, page=turn.tap.number(0) or 0, country=turn.tap.text(1))


async def _stale(turn: Turn) -> Reply:
    return replace(await _command(turn), notice=turn.voice.say("common.refreshed"))


DUES = Conversation(name="dues", commands={"dues": _command}, taps={("du", 1): _page}, stale=_stale)
