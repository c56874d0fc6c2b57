"""The Message-ID of a letter: the same for the same row, and signed.

So a repeat is recognised, and a bounce tells whose letter came back and cannot be made up.
"""

from __future__ import annotations

import hashlib
import hmac
import re

_ID = re.compile(r"<?relais\.(\d{1,18})\.(\d{1,18})\.([0-9a-f]{24})@[^\s<>@]{1,255}>?")


def message_id(secret: str, row: int, person: int, domain: str) -> str:
    """Return the Message-ID of the letter of that row of the outbox to the person of that row."""
    return f"<relais.{row}.{person}.{_sign(secret, row, person)}@{domain}>"


def person_of(secret: str, reference: str) -> int | None:
    """Return the number of the person's row to whom the letter of that Message-ID went; None if it is not ours."""
    found = _ID.fullmatch(reference.strip())
    if not found or not secret:
        return None
    row, person = int(found[1]), int(found[2])
    return person if hmac.compare_digest(found[3], _sign(secret, row, person)) else None


def _sign(secret: str, row: int, person: int) -> str:
    return hmac.new(secret.encode(), f"relais letter\n{row}|{person}".encode(), hashlib.sha256).hexdigest()[:24]
