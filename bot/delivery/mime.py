"""Writes a letter as an e-mail message: text and HTML that say the same, files, and how to have no more letters."""

from __future__ import annotations

import html
import mimetypes
import re
import unicodedata
from collections.abc import Sequence
from datetime import datetime
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from importlib.resources import files
from typing import NamedTuple

from bot.delivery.headers import REFERENCE, registry
from bot.delivery.markup import PARAGRAPH, read
from bot.texts.cut import shorten
from bot.texts.voice import Voice
from locales import Catalogue, Html, escape

_SUBJECT = 90
"""Clusters of the subject at most."""
_LEADING = {"km": "1.8", "lo": "1.7"}
"""Height of a line: vowels stand above and below the letters there."""
_FONTS = {
    "km": "'Noto Sans Khmer','Khmer OS Siemreap','Khmer Sangam MN','Leelawadee UI',",
    "lo": "'Noto Sans Lao','Phetsarath OT','Lao Sangam MN','Leelawadee UI',",
}
_MARK = re.compile(r"\{\{([a-z]+)\}\}")
_LINK = '<a href="{url}" style="{style}">{label}</a>'
_BUTTON = (
    "display:inline-block;margin:0 .5rem .5rem 0;padding:.6rem 1.1rem;border-radius:.75rem;background:#0c6a64;"
    "color:#ffffff;text-decoration:none;font-weight:bold"
)


class Letter(NamedTuple):
    """What is written, to whom."""

    reference: str
    """The Message-ID, in angle brackets."""
    name: str
    address: str
    html: str
    """Telegram's HTML."""
    links: Sequence[tuple[str, str | None]]
    """What stood on the buttons, and what they open; those that open nothing are answered in the chat."""
    page: str | None
    """The reader's own address of the chat page."""
    unsubscribe: str | None
    """The address at which the reader says that no more letters are wanted."""
    attached: Sequence[tuple[str, bytes]] = ()


class Sender(NamedTuple):
    """In whose name letters go."""

    name: str
    address: str
    reply_to: str | None = None


_POLICY = SMTP.clone(cte_type="7bit", header_factory=registry())
"""Seven bits: not every server on the way takes eight."""


def write(letter: Letter, sender: Sender, say: Catalogue, now: datetime) -> EmailMessage:
    """Return the message; raises ValueError for an address that is none.

    Line breaks and control characters in names and in the subject become spaces, so that none writes a header.
    """
    shown = read(letter.html)
    subject = clean(shorten(clean(shown.plain.split("\n")[0]), _SUBJECT)) or Voice.plain(say.say("mail.untitled"))
    message = EmailMessage(policy=_POLICY)
    message["From"] = address_of(sender.name, sender.address)
    message["To"] = address_of(letter.name, letter.address)
    if sender.reply_to:
        message["Reply-To"] = address_of(sender.name, sender.reply_to)
    message["Subject"] = subject
    message["Date"] = now
    message["Message-ID"] = message[REFERENCE] = letter.reference
    message["Auto-Submitted"] = "auto-generated"  # no answering machine answers (RFC 3834)
    if letter.unsubscribe:
        message["List-Unsubscribe"] = f"<{letter.unsubscribe}>"
        if letter.unsubscribe.startswith("https://"):
            message["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"  # RFC 8058
    message.set_content(_plain(letter, shown.plain, say))
    message.add_alternative(_page(letter, shown.html, subject, say), subtype="html")
    for name, content in letter.attached:
        _attach(message, clean(name), content)
    return message


def clean(text: str) -> str:
    """Return the text on one line, without control characters."""
    shown = "".join(" " if unicodedata.category(letter) in ("Cc", "Zl", "Zp", "Cs") else letter for letter in text)
    return " ".join(shown.split())


def address_of(name: str, address: str) -> Address:
    """Return a header's address; raises ValueError if it is none that every server takes."""
    local, _, domain = address.strip().rpartition("@")
    try:
        found = Address(clean(name), local, domain.encode("idna").decode())
        found.addr_spec.encode("ascii")
    except (UnicodeError, IndexError):
        raise ValueError("the address has letters that not every server takes") from None
    if not re.fullmatch(r"[^\s@<>()\[\],;:\\\"]+@[A-Za-z0-9.-]+", found.addr_spec):
        raise ValueError("the address is none")
    return found


def _attach(message: EmailMessage, name: str, content: bytes) -> None:
    guessed = mimetypes.guess_type(name)[0] or "application/octet-stream"
    main, _, sub = guessed.partition("/")
    calendar = {"method": "PUBLISH", "charset": "utf-8"} if guessed == "text/calendar" else {}
    message.add_attachment(content, maintype=main, subtype=sub, filename=name, params=calendar)


def _answers(letter: Letter, say: Catalogue) -> Html | None:
    """Return what says where the letter is answered: its buttons that only the chat knows."""
    labels = [label for label, url in letter.links if url is None]
    if not labels or letter.page is None:
        return None
    return say.say(
        "mail.answers", answers=Html(say.say("common.comma").join(f"<b>{escape(label)}</b>" for label in labels))
    )


def _plain(letter: Letter, text: str, say: Catalogue) -> str:
    parts = [text, *(f"{label}\n{url}" for label, url in letter.links if url is not None)]
    if letter.page is not None:
        answers = _answers(letter, say)
        parts += [Voice.plain(answers)] if answers else []
        parts.append(f"{Voice.plain(say.say('mail.open'))}\n{letter.page}")
    footer = [Voice.plain(line) for line in _footer(letter, say)]
    if letter.unsubscribe:
        footer.append(f"{Voice.plain(say.say('mail.unsubscribe'))}\n{letter.unsubscribe}")
    return "\n\n".join([*parts, "-- ", *footer]) + "\n"


def _footer(letter: Letter, say: Catalogue) -> list[Html]:
    return [say.say("mail.why"), *([say.say("mail.personal")] if letter.page else [])]


def _page(letter: Letter, text: str, subject: str, say: Catalogue) -> str:
    buttons = [_link(label, url, _BUTTON) for label, url in letter.links if url is not None]
    if letter.page is not None:
        answers = _answers(letter, say)
        buttons += [f"</p>{PARAGRAPH}{answers}</p>{PARAGRAPH}"] if answers else []
        buttons.append(_link(Voice.plain(say.say("mail.open")), letter.page, _BUTTON))
    footer = "".join(f"{PARAGRAPH}{line}</p>\n" for line in _footer(letter, say))
    if letter.unsubscribe:
        link = _link(Voice.plain(say.say("mail.unsubscribe")), letter.unsubscribe, "color:inherit")
        footer += f"{PARAGRAPH}{link}</p>"
    values = {
        "language": say.language,
        "leading": _LEADING.get(say.language, "1.5"),
        "fonts": f"{_FONTS.get(say.language, '')}system-ui,'Segoe UI',Roboto,'Noto Sans',Arial,sans-serif",
        "subject": html.escape(subject),
        "text": text,
        "links": f"{PARAGRAPH}{' '.join(buttons)}</p>" if buttons else "",
        "footer": footer,
    }
    template = files("bot.delivery").joinpath("templates", "letter.html").read_text(encoding="utf-8")
    return _MARK.sub(lambda mark: values[mark[1]], template)


def _link(label: str, url: str, style: str) -> str:
    return _LINK.format(url=html.escape(url), style=style, label=html.escape(label, quote=False))
