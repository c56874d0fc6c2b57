"""The e-mail channel: from a call to what a mailbox gets."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot.clock import SimulatedClock
from bot.delivery.calls import Call
from bot.delivery.email import PAUSE
from bot.delivery.letters import letter
from bot.delivery.outcome import Outcome
from bot.delivery.references import person_of
from bot.texts.reply import Button, File, Reply, Tap
from locales import Html
from storage import mailboxes
from storage.database import Database
from tests.support.letters import SECRET, email_api, person
from tests.support.mail import PostOffice

CLOCK = SimulatedClock(datetime(2027, 5, 18, 2, 30, tzinfo=UTC))
HELLO = Reply(Html("<b>Hello</b>"), ((Button("Yes", Tap.to("yes")), Button("More", url="https://relais.test/m")),))


def call(number: int, reply: Reply = HELLO, row: int = 7) -> Call:
    found = letter(reply, "fr")
    return replace(found, parameters={**found.parameters, "chat_id": number, "row": row})


@pytest.fixture
async def mai(database: Database) -> int:
    async with database.transaction() as tx:
        return await person(tx, "mai", "mai@hue.test", name="Trần Thị Mai")


async def test_a_letter_goes_to_the_person_s_mailbox(database: Database, mai: int) -> None:
    async with PostOffice.started() as office, email_api(database, office, CLOCK) as api:
        assert await api.make(call(mai)) == Outcome("sent")
    (message,), (taken,) = office.letters, office.taken
    assert (taken.mail_from, taken.rcpt_tos) == ("bounces@relais.test", ["mai@hue.test"])
    assert (str(message["To"]), message["Subject"]) == ("Trần Thị Mai <mai@hue.test>", "Hello")
    assert person_of(SECRET, str(message["Message-ID"])) == mai
    assert message["List-Unsubscribe"] == "<https://relais.test/letters?key=mai&language=fr>"
    body = message.get_body(("plain",))
    assert body is not None
    assert "https://relais.test/?key=mai" in body.get_content()


async def test_the_same_row_has_the_same_message_id(database: Database, mai: int) -> None:
    async with PostOffice.started() as office, email_api(database, office, CLOCK) as api:
        for row in (7, 7, 8):
            await api.make(call(mai, row=row))
    ids = [str(message["Message-ID"]) for message in office.letters]
    assert (ids[0] == ids[1], ids[1] == ids[2]) == (True, False)


async def test_files_go_along_with_what_stands_below_them(database: Database, mai: int, tmp_path: Path) -> None:
    (tmp_path / "x").write_bytes(b"BEGIN:VCALENDAR\r\n")
    reply = Reply(Html("Hello"), files=(File("a.ics", tmp_path / "x", Html("The calendar")),))
    async with PostOffice.started() as office, email_api(database, office, CLOCK) as api:
        assert (await api.make(call(mai, reply))).kind == "sent"
        (tmp_path / "x").unlink()
        assert (await api.make(call(mai, reply))).reason == "the file cannot be read: No such file or directory"
    (message,) = office.letters
    assert [part.get_content_type() for part in message.iter_attachments()] == ["text/calendar"]
    body = message.get_body(("plain",))
    assert body is not None
    assert body.get_content().startswith("Hello\r\n\r\nThe calendar")


async def test_who_has_no_mailbox_or_wants_no_letters_gets_none(database: Database, mai: int) -> None:
    async with database.transaction() as tx:
        nobody = await person(tx, "nobody", None)
        odd = await person(tx, "odd", "odd @ hue")
        await mailboxes.unsubscribe(tx, "mai", CLOCK.now())
    async with PostOffice.started() as office, email_api(database, office, CLOCK) as api:
        outcomes = [await api.make(call(number)) for number in (nobody, mai, odd, 99)]
    assert [(one.kind, one.reason) for one in outcomes] == [
        ("refused", "there is no address any more"), ("refused", "letters are unwanted"),
        ("unreachable", "the address is none"), ("refused", "there is no address any more"),
    ]  # fmt: skip
    assert office.connections == 0


async def test_another_call_is_refused(database: Database) -> None:
    async with PostOffice.started() as office, email_api(database, office, CLOCK) as api:
        assert (await api.make(Call(method="sendMessage", parameters={"chat_id": 1}))).kind == "refused"
        assert (await api.make(Call(method="letter", parameters={"chat_id": 1}))).kind == "refused"


async def test_a_wrong_password_makes_letters_wait_and_is_said_once(
    database: Database, mai: int, capsys: pytest.CaptureFixture[str]
) -> None:
    async with PostOffice.started() as office, email_api(database, office, CLOCK) as api:
        office.password = "another"
        outcomes = [await api.make(call(mai)) for _ in range(3)]
        assert {(one.kind, one.seconds) for one in outcomes} == {("wait", PAUSE)}
        office.password = "a password of this test"
        assert (await api.make(call(mai))).kind == "sent"
    said = capsys.readouterr().out
    assert (said.count("the mail server is of no use"), said.count("letters go out again")) == (1, 1)
    assert "@" not in said
