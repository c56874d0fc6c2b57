"""The mail server, over STARTTLS, and how handing over a letter may end."""

from __future__ import annotations

import asyncio

import pytest

from bot.delivery.outcome import Outcome
from bot.delivery.smtp import CONNECTIONS, MailServer
from tests.support.mail import USER, PostOffice, cut, silence

LETTER = b"Subject: x\r\n\r\nhello\r\n.dot\r\n"


async def deliver(client: MailServer, to: str = "mai@hue.test") -> Outcome:
    return await client.deliver("secretariat@relais.test", to, LETTER)


@pytest.mark.parametrize("security", ["starttls", "tls", "none"])
async def test_a_letter_arrives_as_it_was_written(security: str) -> None:
    async with PostOffice.started(security) as office:  # type: ignore[arg-type]  # the three there are
        user = None if security == "none" else USER
        async with office.client(office.server(security=security, user=user)) as client:
            assert await deliver(client) == Outcome("sent")
        (taken,) = office.taken
        assert (taken.mail_from, taken.rcpt_tos, taken.content) == (
            "secretariat@relais.test", ["mai@hue.test"], LETTER,
        )  # fmt: skip
        assert f"SIZE={len(LETTER)}" in taken.mail_options
        assert office.logins == ([] if user is None else [USER])


async def test_a_connection_is_kept_and_many_letters_share_a_few() -> None:
    async with PostOffice.started() as office, office.client() as client:
        for _ in range(3):
            await deliver(client)
        assert (office.connections, len(office.taken)) == (1, 3)
        assert {one.kind for one in await asyncio.gather(*(deliver(client) for _ in range(20)))} == {"sent"}
        assert len(office.taken) == 23
        assert office.connections <= CONNECTIONS + 1


async def test_a_refusal_leaves_the_connection_for_the_next_letter() -> None:
    async with PostOffice.started() as office, office.client() as client:
        office.unknown = {"nobody@hue.test"}
        kinds = [(await deliver(client, to)).kind for to in ("nobody@hue.test", "mai@hue.test", "nobody@hue.test")]
        assert (kinds, office.connections) == (["unreachable", "sent", "unreachable"], 1)


async def test_a_connection_that_went_stale_is_made_anew() -> None:
    async with PostOffice.started() as office, office.client() as client:
        await deliver(client)
        office.scripted = {"MAIL": [cut]}
        assert (await deliver(client)).kind == "sent"
        office.scripted = {"MAIL": ["421 4.4.2 timeout exceeded"]}
        assert (await deliver(client)).kind == "sent"
        assert (len(office.taken), office.connections) == (3, 3)


async def test_an_idle_connection_is_not_trusted_for_long() -> None:
    now = 0.0
    async with PostOffice.started() as office, office.client(seconds=lambda: now) as client:
        await deliver(client)
        now = 60.0
        await deliver(client)
        assert office.connections == 2


@pytest.mark.parametrize(
    ("command", "trouble", "outcome"),
    [
        ("RCPT", "450 4.2.0 greylisted", Outcome("busy", reason="450 4.2.0 greylisted")),
        ("RCPT", cut, Outcome("busy", reason="SMTPServerDisconnected")),
        ("DATA", cut, Outcome("unknown", reason="SMTPServerDisconnected")),
        ("DATA", "554 5.7.1 spam", Outcome("refused", reason="554 5.7.1 spam")),
        ("DATA", "421 4.3.0 closing", Outcome("busy", reason="421 4.3.0 closing")),
        ("MAIL", "553 5.7.1 not yours", Outcome("unauthorised", reason="553 5.7.1 not yours")),
    ],
)
async def test_trouble_says_whether_the_letter_may_have_arrived(
    command: str, trouble: object, outcome: Outcome
) -> None:
    async with PostOffice.started() as office, office.client() as client:
        office.scripted = {command: [trouble]}  # type: ignore[list-item]  # one of the two kinds
        assert await deliver(client) == outcome
        assert (await deliver(client)).kind == "sent"


@pytest.mark.parametrize(("command", "kind"), [("MAIL", "busy"), ("RCPT", "busy"), ("DATA", "unknown")])
async def test_a_server_that_says_nothing_more_is_not_waited_for(command: str, kind: str) -> None:
    async with PostOffice.started() as office, office.client(patience=0.3) as client:
        office.scripted = {command: [silence]}
        assert (await deliver(client)).kind == kind


async def test_no_server_is_offline() -> None:
    async with PostOffice.started() as office:
        pass
    async with office.client() as client:
        assert await deliver(client) == Outcome("offline", reason="SMTPConnectError")


async def test_a_wrong_password_is_unauthorised() -> None:
    async with PostOffice.started() as office, office.client(office.server(password="wrong")) as client:
        assert (await deliver(client)).kind == "unauthorised"
        assert office.taken == []


async def test_a_server_that_cannot_be_trusted_gets_neither_password_nor_letter() -> None:
    async with PostOffice.started() as office, MailServer(office.server()) as client:
        assert (await deliver(client)).kind == "offline"
        assert (office.logins, office.taken) == ([], [])


async def test_a_server_without_encryption_gets_neither_password_nor_letter() -> None:
    async with PostOffice.started("none") as office, office.client() as client:
        outcome = await deliver(client)
        assert (outcome.kind, "STARTTLS" in outcome.reason) == ("offline", True)
        assert (office.logins, office.taken) == ([], [])


async def test_the_server_can_be_tried_out() -> None:
    async with PostOffice.started() as office:
        async with office.client() as client:
            assert await client.try_out() == Outcome("sent")
        async with office.client(office.server(password="wrong")) as client:
            assert (await client.try_out()).kind == "unauthorised"
        assert office.taken == []
