"""Answers with documents: those that are named, the papers of a meeting, or that there is none."""

from __future__ import annotations

from collections.abc import Sequence

from bot.answers.documents import DOCUMENT_KINDS, DocumentsRequest, documents_in
from bot.answers.documents import documents as documents_page
from bot.answers.meetings import meeting
from bot.answers.narrowed import one_of
from bot.answers.subjects import documents_named, seen_by
from bot.ask import kinds
from bot.ask.aspects import asks_for
from bot.ask.languages import wanted_language
from bot.ask.normalise import normalise
from bot.ask.question import Question, Understood
from bot.ask.titles import Entry, Noun, Titles
from bot.network.languages import Language
from bot.network.records import Document
from bot.texts.ask import no_such_document, with_coordination, with_line
from bot.texts.documents import documents_list
from handlers.meant import Answered, about_row, unnarrowed
from handlers.naming import Naming
from handlers.subjects import documents_of, those
from handlers.turn import Turn
from storage.network import DOCUMENTS

_MOST = 8
"""Documents in a language that are shown."""
_NEAREST = 3
"""Documents that are shown where none is what was wanted."""


_DOCUMENTS: tuple[Noun, ...] = ("document",)


class Papers:
    """Answers with documents."""

    def __init__(self, naming: Naming) -> None:
        self._naming = naming

    async def answer(self, turn: Turn, found: Understood, titles: Titles) -> Answered | None:
        """Answer with the documents that are named; where what is wanted is in no title, say so, with the nearest.

        None where a list of documents is all there is to answer.
        """
        understanding, today = await self._naming.known.understanding(turn.tx), turn.reader.today(turn.now)
        language = found.language or turn.reader.language
        words = understanding.wanted_about(found.text, language, today)
        named = documents_named(titles, words, found.question, turn.reader, turn.now) if words else []
        reply = await those(turn, named) if named and unnarrowed(found.question.stated) else None
        if reply is not None:
            return Answered(reply, about_row(found.question, named[0] if len(named) == 1 else None))
        code, papers = _language_asked(found, language), await self._papers(turn, found, titles)
        papers = [one for one in papers if code in one.languages] or papers
        if papers:
            only = titles.of("document", papers[0].code) if len(papers) == 1 else None
            return Answered(documents_of(turn, papers), about_row(found.question, only))
        if not unnarrowed(found.question.stated):
            return None
        seen, kind, message = seen_by(turn.reader, turn.now), found.question.stated.kind, normalise(found.text)
        alike = [one for one in titles.of_noun("document") if one.kind == kind and seen(one)]
        meant = titles.only_one_of(message, alike)
        reply = await those(turn, [meant]) if meant else None
        if reply is not None:
            return Answered(reply, about_row(found.question, meant))
        theirs = await self._in_language(turn, found, language) if asks_for("translated", message, language) else None
        meetings = _of_which(found, language)
        told = meetings is not None or (words is not None and titles.tells(words, language))
        if theirs is not None or not told:
            return theirs
        wanted = await self._naming.asked(turn, found.question)
        request = DocumentsRequest(kind=one_of(DOCUMENT_KINDS, wanted.kind), **wanted.narrowed)
        page = await documents_page(turn.tx, turn.reader, turn.now, request)
        nearest = documents_of(turn, page.documents[:_NEAREST])
        reply = no_such_document(turn.voice, meetings or words or "", nearest) if page.total else None
        return Answered(reply, found.question) if reply else None

    async def of_role(self, turn: Turn, found: Understood, titles: Titles) -> Answered | None:
        """Answer what a focal point does with the documents that are called after focal points; None for a place."""
        if found.matter != "role" or found.question.stated.names_place:
            return None
        called = normalise(turn.voice.label("ask.intent.focal_point"))
        near = titles.search(called, _DOCUMENTS, seen_by(turn.reader, turn.now))
        shown = await those(turn, [one.entry for one in near[:_NEAREST]]) if near else None
        told = with_coordination(turn.voice, with_line(turn.voice.say("ask.role"), shown)) if shown else None
        return Answered(told, Question("documents")) if told else None

    async def of_language(self, turn: Turn, found: Understood, _titles: Titles) -> Answered | None:
        """Answer which of the documents that were listed are in a language; None where one document was shown."""
        listed = found.aspect == "translated" and found.question.intent == "documents" and found.question.about is None
        return await self._in_language(turn, found, found.language or turn.reader.language) if listed else None

    async def written_in(self, turn: Turn, found: Understood, named: list[Entry]) -> list[Entry]:
        """Return those of some documents that are in the language that is asked for; all where none is."""
        code = _language_asked(found, turn.reader.language)
        rows = await DOCUMENTS.several(turn.tx, {one.code for one in named}) if code else {}
        return [one for one in named if one.code in rows and code in rows[one.code].languages] or named

    async def _in_language(self, turn: Turn, found: Understood, language: Language) -> Answered | None:
        """Answer with the documents in the language that is named; where none is, say so, with the list."""
        code = wanted_language(normalise(found.text), None)
        if code is None:
            return None
        wanted = await self._naming.asked(turn, found.question)
        request = DocumentsRequest(kind=one_of(DOCUMENT_KINDS, wanted.kind), **wanted.narrowed)
        written = await documents_in(turn.tx, turn.reader, turn.now, request, code)
        named = turn.voice.say(f"language.{code}")
        if written:
            line = turn.voice.say("ask.in_language", language=named)
            return Answered(with_line(line, documents_of(turn, written[:_MOST])), found.question)
        page = await documents_page(turn.tx, turn.reader, turn.now, request)
        line = turn.voice.say("ask.none_in_language", language=named)
        return Answered(with_line(line, documents_list(turn.voice, page)), found.question)

    async def _papers(self, turn: Turn, found: Understood, titles: Titles) -> Sequence[Document]:
        """Return the papers of the meetings of a kind: "l'invitation à l'AG", "le CR du bureau"."""
        kind = kinds.find(normalise(found.text), "meetings", found.language or turn.reader.language)
        if kind is None:
            return ()
        entry = await self._naming.event(turn, found, titles) if kind.code in kinds.ONLY_ONE else None
        card = await meeting(turn.tx, turn.reader, turn.now, entry.number) if entry else None
        papers = [one for one in card.documents if found.question.stated.kind in (None, one.kind)] if card else []
        return papers or await self._naming.papers(turn, found, titles, kind.code)


def _of_which(found: Understood, language: Language | None) -> str | None:
    """Return the words for the meetings whose minutes or slides are asked for, "bureau"; None where none are named."""
    message = normalise(found.text)
    kind = kinds.find(message, "meetings", language)
    if kind is None or kind.code in (kinds.ANY, *kinds.ONLY_ONE) or found.question.stated.kind is None:
        return None
    start, end = kind.span
    return message.cased[start:end]


def _language_asked(found: Understood, language: Language) -> Language | None:
    """Return the language in which documents are asked for; None where none is named, or several."""
    message = normalise(found.text)
    return wanted_language(message, None) if asks_for("translated", message, found.language or language) else None
