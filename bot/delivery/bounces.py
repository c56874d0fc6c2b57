"""Letters that come back (RFC 3464): which of our people's mailboxes takes none any more."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from email import message_from_bytes, message_from_string
from email.message import Message
from typing import NamedTuple

from bot.delivery.headers import REFERENCE
from bot.delivery.references import person_of
from bot.delivery.replies import is_policy, means_gone, scrubbed, status_in
from storage import mailboxes
from storage.database import Database

LARGEST = 10 * 1024 * 1024
"""Bytes of a message that is read."""
_UNCLEAR = "5.0.0"
"""What servers say that do not say why."""


class Returned(NamedTuple):
    """A letter that came back for good."""

    reference: str
    """Its Message-ID, as the returned headers have it; whether it is ours is not known yet."""
    reason: str


def read(raw: bytes) -> Returned | None:
    """Return which letter came back because its mailbox is gone; None for anything else, delays too."""
    message = message_from_bytes(raw)
    parts = _held(message)
    reference = next((found for part in parts if (found := _reference(part))), "")
    reasons = [reason for part in parts for block in _recipients(part) if (reason := _failure(block)) is not None]
    return Returned(reference, reasons[0]) if reference and reasons else None


async def note(database: Database, raw: bytes, secret: str, now: datetime) -> bool:
    """Mark the mailbox from which one of our letters came back for good; False if nothing was to be marked.

    Only the returned letter's signed Message-ID counts: anybody can write a message that looks like a bounce.
    """
    returned = read(raw)
    person = person_of(secret, returned.reference) if returned else None
    if returned is None or person is None:
        return False
    async with database.transaction() as tx:
        await mailboxes.bounced(tx, person, returned.reason, now)
    return True


def _reference(part: Message) -> str:
    kind, held = part.get_content_type(), _held(part)
    if kind == "message/rfc822" and held:
        headers = held[0]
    elif kind == "text/rfc822-headers":
        headers = message_from_string(_text(part))
    else:
        return ""
    return str(headers.get(REFERENCE) or headers.get("Message-ID") or "").strip()


def _held(part: Message) -> list[Message]:
    """Return the parts of a part."""
    held = part.get_payload() if part.is_multipart() else []
    return [one for one in held if isinstance(one, Message)]


def _text(part: Message) -> str:
    content = part.get_payload(decode=True)
    return content.decode("utf-8", "replace") if isinstance(content, bytes) else ""


def _recipients(part: Message) -> Iterator[Message]:
    """Give what is said of each recipient."""
    if part.get_content_type() == "message/delivery-status":
        yield from (block for block in _held(part) if "Status" in block)


def _failure(block: Message) -> str | None:
    """Return why the mailbox takes no letter any more; None if it does, or nobody knows."""
    if str(block.get("Action", "")).strip().lower() != "failed":
        return None
    words = str(block.get("Diagnostic-Code", "")).partition(";")[2].strip()
    status = status_in(str(block["Status"])) or ""
    clearer = status_in(words)
    if status == _UNCLEAR and clearer is None and is_policy(words):
        return None
    gone = means_gone(clearer if status == _UNCLEAR and clearer else status)
    return f"{status} {scrubbed(words)}".strip() if gone else None
