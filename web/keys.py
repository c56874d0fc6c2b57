"""The key in a personal link: who may open what, and until when, signed."""

from __future__ import annotations

import base64
import binascii
import hashlib
import hmac
from datetime import datetime
from typing import Literal

_DIGEST = hashlib.sha256
_SIGNATURE_BYTES = 32
Lock = Literal["page", "letters", "issue"]
"""What a key opens: the chat page, only the choice whether to receive letters, or an issue of the watch."""


def sign_key(secret: str, person: str, expires: datetime, lock: Lock = "page") -> str:
    """Return a key (URL-safe) that opens the lock as the person of that code until ``expires``."""
    claim = f"{person}|{int(expires.timestamp())}".encode()
    return _encode(claim + _sign(secret, claim, lock))


def read_key(secret: str, key: str, now: datetime, lock: Lock = "page") -> str | None:
    """Return the code of the person whose key it is; None if it is not ours, was changed, or has expired."""
    try:
        signed = _decode(key)
    except (ValueError, binascii.Error):
        return None
    claim, signature = signed[:-_SIGNATURE_BYTES], signed[-_SIGNATURE_BYTES:]
    if not secret or not hmac.compare_digest(signature, _sign(secret, claim, lock)):
        return None
    person, _, expires = claim.decode().rpartition("|")
    return person if now.timestamp() < int(expires) else None


def _sign(secret: str, claim: bytes, lock: Lock) -> bytes:
    return hmac.new(secret.encode(), f"relais {lock}\n".encode() + claim, _DIGEST).digest()


def _encode(raw: bytes) -> str:
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode()


def _decode(key: str) -> bytes:
    padded = key.encode("ascii") + b"=" * (-len(key) % 4)
    return base64.b64decode(padded, altchars=b"-_", validate=True)
