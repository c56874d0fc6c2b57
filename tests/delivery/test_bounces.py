"""Letters that come back: which mailboxes are marked."""

from __future__ import annotations

from datetime import UTC, datetime
from email.message import Message
from email.mime.message import MIMEMessage
from email.mime.multipart import MIMEMultipart
from email.mime.text import MIMEText

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.delivery.bounces import note, read
from bot.delivery.headers import REFERENCE
from bot.delivery.references import message_id
from storage.database import Database
from tests.support.letters import SECRET, person

NOW = datetime(2027, 5, 18, tzinfo=UTC)


def bounce(
    reference: str,
    status: str = "5.1.1",
    action: str = "failed",
    says: str = "550 5.1.1 <mai@hue.test> unknown",
    *,
    whole: bool = False,
    header: str = "Message-ID",
) -> bytes:
    """A delivery status message as Postfix writes it; with the headers of the letter, or the whole of it."""
    report = MIMEMultipart("report", report_type="delivery-status")
    report["From"] = "MAILER-DAEMON@hue.test"
    report.attach(MIMEText("This is the mail system. Your message could not be delivered."))
    about, recipient, original = Message(), Message(), Message()
    about["Reporting-MTA"] = "dns; mx.hue.test"
    recipient["Final-Recipient"] = "rfc822; mai@hue.test"
    recipient["Action"], recipient["Status"], recipient["Diagnostic-Code"] = action, status, f"smtp; {says}"
    delivery = MIMEMessage(Message(), "delivery-status")
    delivery.set_payload([about, recipient])
    report.attach(delivery)
    original["Subject"], original[header] = "Réunion", reference
    original.set_payload("the letter")
    report.attach(
        MIMEMessage(original) if whole else MIMEText(f"Subject: x\n{header}: {reference}\n", "rfc822-headers")
    )
    return report.as_bytes()


@pytest.mark.parametrize(
    ("status", "action", "says", "gone"),
    [
        ("5.1.1", "failed", "550 5.1.1 user unknown", True),
        ("5.0.0", "failed", "550 Unrouteable address", True),
        ("5.0.0", "failed", "550 5.7.1 spam", False),
        ("5.0.0", "failed", "550 you are on a blocklist", False),
        ("5.2.2", "failed", "552 5.2.2 mailbox full", False),
        ("5.7.26", "failed", "550 5.7.26 unauthenticated sender", False),
        ("4.4.7", "failed", "451 delivery time expired", False),
        ("4.2.0", "delayed", "451 4.2.0 greylisted", False),
        ("5.1.1", "delayed", "550 5.1.1", False),
        ("2.1.5", "delivered", "250 ok", False),
        ("nonsense", "failed", "", False),
    ],
)
def test_only_a_mailbox_that_is_gone_for_good_counts(status: str, action: str, says: str, gone: bool) -> None:
    assert (read(bounce("<x@relais.test>", status, action, says)) is not None) is gone


@pytest.mark.parametrize("whole", [True, False])
@pytest.mark.parametrize("header", ["Message-ID", "message-id", REFERENCE])
def test_the_letter_is_known_by_its_reference(whole: bool, header: str) -> None:
    found = read(bounce("<x@relais.test>", whole=whole, header=header))
    assert found == ("<x@relais.test>", "5.1.1 550 5.1.1 <…> unknown")


@pytest.mark.parametrize(
    "raw",
    [
        b"",
        b"hello",
        b"Subject: out of office\r\n\r\nI am away",
        b"\xff\x00" * 50,
        b'Content-Type: text/plain; charset="a\x00"\r\n\r\n\xe9',
    ],
)
def test_anything_else_is_no_bounce(raw: bytes) -> None:
    assert read(raw) is None


@given(st.binary(max_size=400))
def test_a_broken_bounce_is_no_error(rubbish: bytes) -> None:
    whole = bounce("<x@relais.test>")
    place = len(whole) * (len(rubbish) % 7) // 7
    read(whole[:place] + rubbish + whole[place + len(rubbish) :])


async def test_a_bounce_marks_the_mailbox_of_the_letter_that_came_back(database: Database) -> None:
    async with database.transaction() as tx:
        mai, sok = await person(tx, "mai", "mai@hue.test"), await person(tx, "sok", "sok@hue.test")
    ours = message_id(SECRET, 7, mai, "relais.test")
    assert [
        await note(database, raw, SECRET, NOW)
        for raw in (b"", bounce(ours.replace(f".{mai}.", f".{sok}.")), bounce(ours, "4.2.0"), bounce(ours))
    ] == [False, False, False, True]
    async with database.snapshot() as read_only:
        rows = await read_only.fetch_all("SELECT person, bounced, reason FROM mailboxes")
    assert [tuple(row) for row in rows] == [("mai", int(NOW.timestamp()), "5.1.1 550 5.1.1 <…> unknown")]
