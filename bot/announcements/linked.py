"""What of the network's tables an announcement leads to."""

from __future__ import annotations

from typing import NamedTuple

from bot.announcements.content import Content
from bot.network.forms import Form
from bot.network.records import Document, Event
from storage.database import Transaction
from storage.network import DOCUMENTS, EVENTS, FORMS


class Linked(NamedTuple):
    """An event, a form and a document, as far as they are there."""

    event: Event | None = None
    form: Form | None = None
    document: Document | None = None


async def linked_to(read: Transaction, content: Content) -> Linked:
    """Return what the announcement leads to."""
    return Linked(
        await EVENTS.get(read, content.event) if content.event else None,
        await FORMS.get(read, content.form) if content.form else None,
        await DOCUMENTS.get(read, content.document) if content.document else None,
    )
