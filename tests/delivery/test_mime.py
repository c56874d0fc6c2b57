"""Letters as messages, read back by the standard library's parser."""

from __future__ import annotations

import unicodedata
from datetime import UTC, datetime
from email import message_from_bytes
from email.header import decode_header, make_header
from email.message import EmailMessage
from email.policy import compat32, default
from email.utils import parseaddr
from typing import Any

import pytest
import regex
from hypothesis import given
from hypothesis import strategies as st

from bot.delivery.mime import Letter, Sender, clean, write
from bot.network.languages import LANGUAGES
from locales import Catalogues

CATALOGUES = Catalogues.load()
NOW = datetime(2027, 5, 18, 2, 30, tzinfo=UTC)
SENDER = Sender("Réseau des villes", "secretariat@relais.test", "reponses@relais.test")
LETTER = Letter(
    "<relais.7.5.0123@relais.test>", "Trần Thị Mai", "mai@hue.test", "<b>Réunion</b> annuelle\n\nÀ Huế, le 18 mai.",
    (("Programme", "https://relais.test/p?a=1&b=2"), ("J’ai lu", None), ("Je viens", None)),
    "https://relais.test/?key=abc", "https://relais.test/letters?key=" + "k" * 160 + "&language=fr",
)  # fmt: skip


def arrived(letter: Letter = LETTER, sender: Sender = SENDER, language: str = "fr") -> Any:
    """The letter as it travels, read back."""
    raw = write(letter, sender, CATALOGUES[language], NOW).as_bytes()
    assert raw.isascii()
    assert max(len(line) for line in raw.split(b"\r\n")) < 998
    assert b"\n" not in raw.replace(b"\r\n", b"")
    return message_from_bytes(raw, policy=default)


def texts(message: EmailMessage) -> tuple[str, str]:
    found = [message.get_body((kind,)) for kind in ("plain", "html")]
    return tuple(part.get_content() for part in found if part is not None)  # type: ignore[return-value]


def test_a_letter_has_what_mail_clients_ask_for() -> None:
    message = arrived()
    assert [str(message[name]) for name in ("From", "To", "Reply-To", "Subject", "Date", "Message-ID")] == [
        "Réseau des villes <secretariat@relais.test>", "Trần Thị Mai <mai@hue.test>",
        "Réseau des villes <reponses@relais.test>", "Réunion annuelle", "Tue, 18 May 2027 02:30:00 +0000",
        LETTER.reference,
    ]  # fmt: skip
    assert message["List-Unsubscribe"] == f"<{LETTER.unsubscribe}>"
    assert message["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert message["Auto-Submitted"] == "auto-generated"
    assert message.get_content_type() == "multipart/alternative"


def test_text_and_html_say_the_same() -> None:
    plain, page = texts(arrived())
    for text in ("À Huế, le 18 mai.", "Programme", "J’ai lu", "Je viens", "Ouvrir ma conversation", "Ne plus recevoir"):
        assert text in plain
        assert text in page
    assert "https://relais.test/p?a=1&b=2" in plain
    assert 'href="https://relais.test/p?a=1&amp;b=2"' in page
    assert "https://relais.test/?key=abc" in plain
    assert '<html lang="fr">' in page
    assert "<img" not in page


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_language_has_its_words(language: str) -> None:
    plain, page = texts(arrived(language=language))
    assert CATALOGUES[language].say("mail.why") in plain
    assert CATALOGUES[language].say("mail.unsubscribe") in page


def test_a_letter_without_a_page_promises_none() -> None:
    message = arrived(LETTER._replace(page=None, unsubscribe=None))
    assert message["List-Unsubscribe"] is None
    assert all("J’ai lu" not in text and "conversation" not in text for text in texts(message))


def test_one_click_needs_https() -> None:
    message = arrived(LETTER._replace(unsubscribe="http://127.0.0.1:8080/letters?key=a"))
    assert (message["List-Unsubscribe"], message["List-Unsubscribe-Post"]) == (
        "<http://127.0.0.1:8080/letters?key=a>", None,
    )  # fmt: skip


@pytest.mark.parametrize(
    "name", ["Mai\r\nBcc: all@hue.test", "Mai\nX: y", "Mai\x0bX", "Mai\u2028X", "Mai\x00", '"Mai" <a@b.test>, c@d.test']
)
def test_a_name_writes_no_header(name: str) -> None:
    message = arrived(LETTER._replace(name=name, html=f"{name}\n\ntext"), SENDER._replace(name=name))
    assert set(message.keys()) == set(arrived().keys())
    assert [address.addr_spec for address in message["To"].addresses] == ["mai@hue.test"]
    assert [address.addr_spec for address in message["From"].addresses] == ["secretariat@relais.test"]


@given(st.text(max_size=200) | st.text('ប្រាក់ ចាន់លីដា,"(', max_size=200))
def test_any_name_and_any_subject_come_through(text: str) -> None:
    letter = LETTER._replace(name=text, html=text.replace("&", "+").replace("<", "("))
    message = arrived(letter)
    assert [address.addr_spec for address in message["To"].addresses] == ["mai@hue.test"]
    assert set(message.keys()) == set(arrived().keys())
    assert str(message["Subject"]) == str(write(letter, SENDER, CATALOGUES["fr"], NOW)["Subject"])
    assert through(text) == clean(text)


def through(name: str) -> str:
    """The name as it arrives, by the older decoder: the newer one reads a space between the words of a name."""
    raw = write(LETTER._replace(name=name), SENDER, CATALOGUES["km"], NOW).as_bytes()
    header = str(message_from_bytes(raw, policy=compat32)["To"])
    words, address = parseaddr(" ".join(header.split()))
    assert address == "mai@hue.test"
    assert all(len(line) <= 76 for line in header.splitlines() if "=?" in line)
    return str(make_header(decode_header(words)))


@pytest.mark.parametrize(
    "name",
    ["ប្រាក់ ចាន់លីដា សុខ ដារ៉ា ប្រាក់ ចាន់លីដា", "Prak Chanlida (ប្រាក់ ចាន់លីដា)", "Trần, Mai", 'A "B" \\ C', "=?utf-8?b?QQ==?="],
)
def test_a_name_is_joined_again_from_its_encoded_words(name: str) -> None:
    assert through(name) == name


def test_a_khmer_subject_is_cut_between_letters() -> None:
    text = "សេចក្តីជូនដំណឹងស្តីពីកិច្ចប្រជុំប្រចាំឆ្នាំរបស់បណ្តាញ " * 4
    subject = str(arrived(LETTER._replace(html=text), language="km")["Subject"])
    clusters = regex.findall(r"\X", subject)
    assert (len(clusters), clusters[-1]) == (90, "…")
    assert clusters[:-1] == regex.findall(r"\X", text)[:89]
    assert unicodedata.is_normalized("NFC", subject)


def test_a_letter_without_text_has_a_subject() -> None:
    assert arrived(LETTER._replace(html=""))["Subject"] == "Un message du réseau"


def test_files_are_attached_and_a_calendar_is_one() -> None:
    calendar = "BEGIN:VCALENDAR\r\nMETHOD:PUBLISH\r\nSUMMARY:Huế\r\nEND:VCALENDAR\r\n".encode()
    letter = LETTER._replace(attached=(("huế.ics", calendar), ("minutes\r\nX: y.pdf", b"%PDF"), ("noname", b"\x00")))
    parts = list(arrived(letter).iter_attachments())
    assert [(part.get_content_type(), part.get_filename()) for part in parts] == [
        ("text/calendar", "huế.ics"), ("application/pdf", "minutes X: y.pdf"), ("application/octet-stream", "noname"),
    ]  # fmt: skip
    assert parts[0].get_param("method") == "PUBLISH"
    assert parts[0].get_payload(decode=True) == calendar


@pytest.mark.parametrize(
    "address", ["", "mai", "mai@", "@hue.test", "a b@hue.test", "a@b@c.test", "a@hue.test\r\nX: y"]
)
def test_what_is_no_address_is_refused(address: str) -> None:
    with pytest.raises(ValueError, match="address"):
        write(LETTER._replace(address=address), SENDER, CATALOGUES["fr"], NOW)


def test_a_domain_in_letters_of_its_own_is_written_as_servers_read_it() -> None:
    assert arrived(LETTER._replace(address="mai@huế.test"))["To"].addresses[0].domain == "xn--hu-07s.test"
    with pytest.raises(ValueError, match="letters"):
        write(LETTER._replace(address="huế@hue.test"), SENDER, CATALOGUES["fr"], NOW)
