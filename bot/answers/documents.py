"""Documents: minutes, reports, guides, by kind, theme, place and period, newest first."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import get_args

from bot.answers.narrowed import Named, Narrowed, page_within, resolved
from bot.network.audiences import Reader
from bot.network.languages import Language
from bot.network.records import Document, DocumentKind
from storage import library
from storage.database import Transaction
from storage.library import LibraryFilter

PAGE = 5
"""Documents a page."""
DOCUMENT_KINDS: tuple[DocumentKind, ...] = get_args(DocumentKind)


@dataclass(frozen=True, kw_only=True)
class DocumentsRequest(Narrowed):
    """Which documents; a city or country is that of the organisation or of the event, the days are the documents'."""

    page: int = 0
    kind: DocumentKind | None = None


@dataclass(frozen=True)
class DocumentsPage:
    """One page of documents."""

    request: DocumentsRequest
    """As it was understood: with a page that exists."""
    documents: tuple[Document, ...]
    total: int
    pages: int
    named: Named
    today: date


async def documents(read: Transaction, reader: Reader, now: datetime, request: DocumentsRequest) -> DocumentsPage:
    """Return a page of the documents that the reader may see; a page past the end becomes the last one."""
    request, named = await resolved(read, request)
    today = reader.today(now)
    audiences, wanted = reader.audiences(today), _wanted(request, named)
    total = await library.count_documents(read, audiences, wanted)
    page, pages = page_within(request.page, total, PAGE)
    found = await library.documents(read, audiences, wanted, limit=PAGE, offset=page * PAGE)
    return DocumentsPage(replace(request, page=page), tuple(found), total, pages, named, today)


async def documents_in(
    read: Transaction, reader: Reader, now: datetime, request: DocumentsRequest, language: Language
) -> list[Document]:
    """Return the documents of all pages that are written in a language."""
    request, named = await resolved(read, request)
    audiences, wanted = reader.audiences(reader.today(now)), _wanted(request, named)
    total = await library.count_documents(read, audiences, wanted)
    found = await library.documents(read, audiences, wanted, limit=total, offset=0)
    return [one for one in found if language in one.languages]


def _wanted(request: DocumentsRequest, named: Named) -> LibraryFilter:
    return LibraryFilter(
        theme=named.theme.code if named.theme else None,
        city=named.city.code if named.city else None,
        country=request.country,
        first=request.first,
        last=request.last,
        kind=request.kind,
    )
