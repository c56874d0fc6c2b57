"""Reads Telegram's HTML into what a letter shows: paragraphs of HTML for mail clients, and the same as plain text."""

from __future__ import annotations

import html
import re
from html.parser import HTMLParser
from typing import NamedTuple

PARAGRAPH = '<p style="margin:0 0 1em">'
_SAME = {
    "b": "strong", "strong": "strong", "i": "em", "em": "em", "u": "u", "ins": "u", "s": "s", "strike": "s", "del": "s",
    "code": "code",
}  # fmt: skip
"""Telegram's tag → the letter's; a tag that is in neither table is left out, its text stays."""
_BLOCKS = {
    "blockquote": '<blockquote style="margin:0 0 1em;padding:0 0 0 .75rem;border-left:3px solid #0c6a64">',
    "pre": '<pre style="margin:0 0 1em;white-space:pre-wrap">',
}
_LINKS = re.compile(r"(?:https?://|mailto:|tel:)", re.IGNORECASE)
_EMPTY = re.compile(rf"{re.escape(PARAGRAPH)}\s*</p>\n?")


class Shown(NamedTuple):
    """What a letter shows."""

    html: str
    plain: str


def read(source: str) -> Shown:
    """Return what the HTML shows; only known tags, and links to the web, to a mailbox or a phone, get through."""
    reader = _Reader()
    reader.feed(source.strip())
    reader.close()
    return reader.shown()


class _Reader(HTMLParser):
    """Goes through the source once; an empty line ends a paragraph, except in a quotation or a block of code."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self._html: list[str] = [PARAGRAPH]
        self._plain: list[str] = []
        self._open: list[tuple[str, str]] = []
        """Tags within a paragraph that wait for their end: Telegram's name and how ours begins."""
        self._block: tuple[str, int] | None = None
        """The quotation or code that is open, and where its plain text begins."""
        self._links: list[tuple[str, int]] = []

    def shown(self) -> Shown:
        self._between("", "")
        text = "".join(self._html) + "</p>"
        return Shown(_EMPTY.sub("", text), re.sub(r"\n{3,}", "\n\n", "".join(self._plain).strip()))

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in _BLOCKS and self._block is None:
            self._between(f"</p>\n{_BLOCKS[tag]}", "")
            self._block = (tag, len(self._plain))
        elif tag == "a":
            self._starts_link(str(dict(attrs).get("href") or ""))
        elif tag in _SAME:
            self._open.append((tag, f"<{_SAME[tag]}>"))
            self._html.append(f"<{_SAME[tag]}>")

    def handle_endtag(self, tag: str) -> None:
        if self._block is not None and tag == self._block[0]:
            self._ends_block(*self._block)
        elif any(name == tag for name, _ in self._open):
            while self._open:  # what is nested wrongly ends here too
                name, begun = self._open.pop()
                self._html.append(_end(begun))
                if name == "a":
                    self._ends_link(*self._links.pop())
                if name == tag:
                    return

    def handle_data(self, data: str) -> None:
        self._plain.append(data)
        if self._block is not None:
            lines = html.escape(data, quote=False)
            self._html.append(lines if self._block[0] == "pre" else lines.replace("\n", "<br>\n"))
            return
        first, *others = re.split(r"\n\s*\n", html.escape(data, quote=False))
        self._html.append(first.replace("\n", "<br>\n"))
        for paragraph in others:
            self._between("</p>\n", PARAGRAPH)
            self._html.append(paragraph.replace("\n", "<br>\n"))

    def _starts_link(self, address: str) -> None:
        if _LINKS.match(address):
            begun = f'<a href="{html.escape(address)}">'
            self._open.append(("a", begun))
            self._links.append((address, len(self._plain)))
            self._html.append(begun)

    def _ends_link(self, address: str, begun: int) -> None:
        label = "".join(self._plain[begun:]).strip()
        if label not in (address, address.partition(":")[2], address.partition("://")[2]):
            self._plain.append(f" ({address})")

    def _ends_block(self, tag: str, begun: int) -> None:
        self._block = None
        self._between(f"</{tag}>\n", PARAGRAPH)
        if tag == "blockquote":
            lines = "".join(self._plain[begun:]).strip().split("\n")
            self._plain[begun:] = ["\n".join(f"> {line}" for line in lines)]
        self._plain.insert(begun, "\n" if "".join(self._plain[:begun]).strip() else "")
        self._plain.append("\n")

    def _between(self, ends: str, begins: str) -> None:
        """End what is open within the paragraph, write, and begin it anew."""
        self._html += [_end(begun) for _, begun in reversed(self._open)]
        self._html += [ends, begins]
        self._html += [begun for _, begun in self._open] if ends else []


def _end(begun: str) -> str:
    return f"</{begun.strip('<>').partition(' ')[0]}>"
