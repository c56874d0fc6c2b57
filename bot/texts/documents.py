"""How documents are read: the list, whose numbers open or send them."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from bot.answers.documents import DOCUMENT_KINDS, PAGE, DocumentsPage, DocumentsRequest
from bot.network.records import Document
from bot.texts import dates
from bot.texts.layout import page_line, pager, paragraphs
from bot.texts.narrowed import arguments, narrowed_line, parts_of, read_arguments, take_away
from bot.texts.reply import Button, Listing, Reply, Tap
from bot.texts.voice import Voice
from locales import Html


def documents_list(voice: Voice, page: DocumentsPage) -> Reply:
    """Render a page of documents."""
    request = page.request
    kind = voice.say(f"documents.kind.{request.kind}") if request.kind else None
    found = parts_of(voice, request, page.named, kind=kind)
    heading = voice.say("documents.heading", narrowed=narrowed_line(found))
    away = take_away(found, lambda without: list_tap(replace(request, page=0, **without)))
    if not page.documents:
        return Reply(paragraphs(heading, voice.say("documents.none")), away, listing=Listing(list_tap(request)))
    first = request.page * PAGE + 1
    rows = [_row(voice, document, place, page.today) for place, document in enumerate(page.documents, first)]
    buttons = tuple(_button(voice, document, place) for place, document in enumerate(page.documents, first))
    turn = pager(voice, request.page, page.pages, lambda number: list_tap(replace(request, page=number)))
    text = paragraphs(heading, *rows, page_line(voice, request.page, page.pages))
    listing = Listing.of(list_tap(request), "document", (document.id for document in page.documents), first, page.total)
    return Reply(text, tuple(row for row in (buttons, turn, *away) if row), listing=listing)


def list_tap(request: DocumentsRequest) -> Tap:
    """Return the tap that shows the list."""
    kind = DOCUMENT_KINDS.index(request.kind) if request.kind else None
    return Tap.to("docs", request.page, kind, *arguments(request))


def request_of(tap: Tap) -> DocumentsRequest:
    """Return the request that a tap carries; what cannot be read asks for nothing."""
    kind = tap.number(1)
    return DocumentsRequest(
        page=tap.number(0) or 0,
        kind=DOCUMENT_KINDS[kind] if kind is not None and kind < len(DOCUMENT_KINDS) else None,
        **read_arguments(tap, 2),
    )


def _row(voice: Voice, document: Document, place: int, today: date) -> Html:
    facts = [voice.say(f"documents.kind.{document.kind}"), dates.short_day(voice, document.dated, today)]
    if document.languages and voice.language not in document.languages:
        languages = voice.joined(voice.say(f"language.{code}") for code in document.languages)
        facts.append(voice.say("documents.written_in", languages=languages))
    return voice.say(
        "documents.row",
        number=dates.number(voice, place),
        title=voice.noted(document.title),
        facts=Html(" · ".join(facts)),
    )


def _button(voice: Voice, document: Document, place: int) -> Button:
    label = dates.number(voice, place)
    return Button(label, url=document.link) if document.link else Button(label, Tap.to("doc", document.id))
