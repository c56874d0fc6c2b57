"""Headers of letters as they travel (RFC 5322, RFC 2047).

The standard library loses or doubles spaces where a long name or subject in Khmer falls into several encoded words, and
folds addresses of pages in the middle; so these headers are written here, and read by its parsers in the tests.
"""

from __future__ import annotations

import base64
from collections.abc import Iterator
from email.headerregistry import (
    Address,
    BaseHeader,
    HeaderRegistry,
    UniqueAddressHeader,
    UniqueUnstructuredHeader,
)
from email.policy import Policy

import regex

REFERENCE = "X-Relais-Letter"
"""The Message-ID once more: some mail services write one of their own."""
_BYTES = 36
"""Bytes of UTF-8 in an encoded word: with its frame and any of our headers' names it stays within 76 letters."""


class _OneLine(UniqueUnstructuredHeader, BaseHeader):  # type: ignore[misc]  # as the registry itself puts them together
    """Plain letters, never folded: a fold inside an address makes it another one."""

    def fold(self, *, policy: Policy) -> str:
        return f"{self.name}: {self}{policy.linesep}"


class _Text(UniqueUnstructuredHeader, BaseHeader):  # type: ignore[misc]
    """Any letters."""

    def fold(self, *, policy: Policy) -> str:
        return f"{self.name}: {_text(str(self), policy.linesep)}{policy.linesep}"


class _Address(UniqueAddressHeader, BaseHeader):  # type: ignore[misc]
    """An address, with a name in any letters."""

    def fold(self, *, policy: Policy) -> str:
        written = f",{policy.linesep} ".join(_address(one, policy.linesep) for one in self.addresses)
        return f"{self.name}: {written}{policy.linesep}"


def registry() -> HeaderRegistry:
    """Return what writes a letter's headers."""
    found = HeaderRegistry()
    for name in ("list-unsubscribe", "message-id", REFERENCE.lower()):
        found.map_to_type(name, _OneLine)
    for name in ("from", "to", "reply-to"):
        found.map_to_type(name, _Address)
    found.map_to_type("subject", _Text)
    return found


def _address(address: Address, linesep: str) -> str:
    if _plain(address.display_name):
        return str(address)
    return f"{_text(address.display_name, linesep)}{linesep} <{address.addr_spec}>"


def _text(text: str, linesep: str) -> str:
    """Return plain letters as they are, others as encoded words, a line each."""
    if _plain(text):
        return text
    words = (f"=?utf-8?b?{base64.b64encode(part.encode()).decode()}?=" for part in _parts(text))
    return f"{linesep} ".join(words)


def _plain(text: str) -> bool:
    """Whether the text is itself in a header, and not taken for an encoded word."""
    return text.isascii() and "=?" not in text


def _parts(text: str) -> Iterator[str]:
    """Cut a text between clusters into parts that fit into an encoded word; a longer cluster between characters."""
    part = ""
    for cluster in regex.findall(r"\X", text):
        for piece in (cluster,) if len(cluster.encode()) <= _BYTES else cluster:
            if len((part + piece).encode()) > _BYTES:
                yield part
                part = ""
            part += piece
    yield part
