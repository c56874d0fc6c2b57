"""``/news``: the list, and one piece in full."""

from __future__ import annotations

from dataclasses import replace

from bot.answers import news
from bot.answers.news import NewsRequest
from bot.texts.news import news_card, news_list, request_of
from bot.texts.reply import Reply
from handlers.given import credit
from handlers.turn import Conversation, Turn


async def show(turn: Turn, request: NewsRequest) -> Reply:
    """Answer with the news that is asked for."""
    return news_list(turn.voice, await news.news(turn.tx, turn.reader, turn.now, request))


async def _command(turn: Turn) -> Reply:
    return await show(turn, NewsRequest())


async def _page(turn: Turn) -> Reply:
    return await show(turn, request_of(turn.tap))


async def _card(turn: Turn) -> Reply:
    back = request_of(turn.tap, 1)
    card = await news.news_card(turn.tx, turn.reader, turn.now, turn.tap.number(0) or 0)
    if card is None:
        return replace(await show(turn, back), notice=turn.voice.say("news.gone"))
    return news_card(turn.voice, card, back, await credit(turn, card.item))


async def _stale(turn: Turn) -> Reply:
    return replace(await _command(turn), notice=turn.voice.say("common.refreshed"))


NEWS = Conversation(name="news", commands={"news": _command}, taps={("n", 1): _page, ("nw", 1): _card}, stale=_stale)
