"""Answers about one thing that a question names: its card, or the documents that belong to it."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import replace

from bot.answers.asked import Asked
from bot.answers.deadlines import DeadlinesRequest, deadline
from bot.answers.documents import DocumentsPage, DocumentsRequest
from bot.answers.meetings import MeetingCard, MeetingsRequest, meeting
from bot.answers.narrowed import Named
from bot.answers.news import NewsRequest, news_card
from bot.ask.titles import Entry, Noun
from bot.forms.filling import Filling
from bot.network.records import Document
from bot.texts import form_cards
from bot.texts import news as news_texts
from bot.texts.ask import with_line
from bot.texts.deadlines import deadline_card
from bot.texts.documents import documents_list
from bot.texts.meetings import meeting_card
from bot.texts.reply import Reply, Tap
from handlers.given import credit
from handlers.turn import Turn
from storage import agenda

THESE = Tap("these")
"""In place of the tap of a list that no request makes: documents that were found by their titles."""


class Subjects:
    """Shows the row that a question is about; None where this reader may not see it (any more)."""

    def __init__(self, filling: Filling) -> None:
        self._filling = filling
        self._cards: Mapping[Noun, Callable[[Turn, Entry, Asked], Awaitable[Reply | None]]] = {
            "event": _event, "deadline": _deadline, "news": _news, "document": _document, "form": self._form,
        }  # fmt: skip

    async def show(self, turn: Turn, entry: Entry, asked: Asked) -> Reply | None:
        """Answer what was asked for about that row."""
        return await self._cards[entry.noun](turn, entry, asked)

    async def _form(self, turn: Turn, entry: Entry, _asked: Asked) -> Reply | None:
        standing = await self._filling.find(turn.tx, turn.reader, entry.number, turn.now)
        if standing is None:
            return None
        return form_cards.forms_list(turn.voice, [standing], turn.now, coordinates=turn.reader.is_coordinator)


async def card_of(turn: Turn, entry: Entry) -> Reply | None:
    """Answer with the card of an event."""
    card = await meeting(turn.tx, turn.reader, turn.now, entry.number)
    return await _shown(turn, card) if card else None


async def _shown(turn: Turn, card: MeetingCard) -> Reply:
    return meeting_card(turn.voice, card, turn.now, MeetingsRequest(), await credit(turn, card.event))


async def _event(turn: Turn, entry: Entry, asked: Asked) -> Reply | None:
    card = await meeting(turn.tx, turn.reader, turn.now, entry.number)
    if card is None:
        return None
    shown = await _shown(turn, card)
    if asked.intent == "documents":
        return papers_of(turn, card, asked.kind, shown)
    if asked.intent == "deadlines" and len(card.deadlines) == 1:
        return await _due(turn, card.deadlines[0].id) or shown
    return shown


def papers_of(turn: Turn, card: MeetingCard, kind: str | None, shown: Reply) -> Reply:
    """Answer with a meeting's documents, of one kind or all; with its card where that is the programme, or has none."""
    found = [one for one in card.documents if kind in (None, one.kind)]
    if not found and kind == "agenda" and card.event.programme:
        return shown
    if not found:
        return with_line(turn.voice.say("ask.no_document_of"), shown)
    return documents_of(turn, found)


async def _due(turn: Turn, number: int) -> Reply | None:
    card = await deadline(turn.tx, turn.reader, turn.now, number)
    return deadline_card(turn.voice, card, DeadlinesRequest()) if card else None


async def _deadline(turn: Turn, entry: Entry, _asked: Asked) -> Reply | None:
    return await _due(turn, entry.number)


async def _news(turn: Turn, entry: Entry, _asked: Asked) -> Reply | None:
    card = await news_card(turn.tx, turn.reader, turn.now, entry.number)
    return news_texts.news_card(turn.voice, card, NewsRequest(), await credit(turn, card.item)) if card else None


async def _document(turn: Turn, entry: Entry, _asked: Asked) -> Reply | None:
    return await those(turn, [entry])


async def those(turn: Turn, entries: Sequence[Entry]) -> Reply | None:
    """Answer with these documents, as far as they are there."""
    return await numbered(turn, [one.number for one in entries])


async def numbered(turn: Turn, numbers: Sequence[int]) -> Reply | None:
    """Answer with the documents of these numbers, as far as they are there."""
    audiences = turn.reader.audiences(turn.reader.today(turn.now))
    found = [await agenda.document(turn.tx, audiences, one) for one in numbers]
    shown = [one for one in found if one]
    return documents_of(turn, shown) if shown else None


def documents_of(turn: Turn, found: Sequence[Document]) -> Reply:
    """Answer with a list of these documents alone."""
    page = DocumentsPage(DocumentsRequest(), tuple(found), len(found), 1, Named(), turn.reader.today(turn.now))
    shown = documents_list(turn.voice, page)
    return replace(shown, listing=replace(shown.listing, tap=THESE) if shown.listing else None)
