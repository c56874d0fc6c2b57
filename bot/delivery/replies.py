"""Reads what mail servers answer (RFC 5321, enhanced status codes of RFC 3463): what it means for a letter."""

from __future__ import annotations

import re
from typing import Literal

from bot.delivery.outcome import Outcome

Stage = Literal["waiting", "connecting", "sender", "recipient", "letter"]
"""How far a letter has come: waiting for a free connection, connecting and logging in, the sender is named, the
recipient is named, the letter itself goes out."""
_STATUS = re.compile(r"(?<![\d.])([245])\.(\d{1,3})\.(\d{1,3})(?![\d.])")
_SPARED = re.compile(r"5\.(?:1\.[78]|2\.[23]|3\.\d+|4\.[67]|5\.[1-9]\d*|6\.\d+|7\.\d+)")
"""Permanent, but not because the mailbox is gone: the sender's address, a full mailbox, a letter too large, a loop or a
deadline on the way, our commands, the content, a policy such as a spam filter's."""
_POLICY = re.compile(
    r"spam|block|blacklist|listed|reputation|polic|relay|denied|rate|limit|auth|quota|full", re.IGNORECASE
)
_GONE = (550, 551, 553)
_LOGIN = (530, 534, 535, 538)
_ADDRESS = re.compile(r"[^\s<>(),;:\"]*@[^\s<>(),;:\"]*")
_LONGEST = 200


def outcome_of(stage: Stage, code: int, message: str) -> Outcome:
    """Return what a server's refusal at that stage means for the letter.

    ``unauthorised`` says that our name, password or sender's address is refused: no letter of ours goes anywhere.
    """
    reason = f"{code} {scrubbed(message)}".strip()
    if code < 500:
        return Outcome("busy", reason=reason)
    if code in _LOGIN:
        return Outcome("unauthorised", reason=reason)
    if stage in ("waiting", "connecting"):
        return Outcome("busy", reason=reason)
    status = status_in(message)
    if stage == "sender":
        large = code == 552 or status in ("5.2.3", "5.3.4")
        return Outcome("refused" if large else "unauthorised", reason=reason)
    if status is None:
        gone = stage == "recipient" and code in _GONE and not is_policy(message)
    else:
        gone = means_gone(status) and (stage == "recipient" or status.startswith("5.1."))
    return Outcome("unreachable" if gone else "refused", reason=reason)


def means_gone(status: str) -> bool:
    """Whether an enhanced status code says that the mailbox will take no letter any more."""
    return status.startswith("5.") and not _SPARED.fullmatch(status)


def is_policy(message: str) -> bool:
    """Whether a server's words speak of a rule, a list or a limit rather than of the mailbox."""
    return _POLICY.search(message) is not None


def status_in(message: str) -> str | None:
    """Return the first enhanced status code in a server's words, if there is one."""
    found = _STATUS.search(message)
    return found[0] if found else None


def scrubbed(message: str) -> str:
    """Return a server's words on one line without addresses: they are kept, and stand in the log."""
    return _ADDRESS.sub("…", " ".join(message.split()))[:_LONGEST]
