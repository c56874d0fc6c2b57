"""What lies between the outbox and a mailbox breaks, and mends: a real SMTP server, the real page."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from email.message import EmailMessage
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
import regex

from bot.app_email import bounce_hook, email_channel
from bot.clock import SimulatedClock
from bot.delivery.dispatcher import Dispatcher
from bot.delivery.email import EMAIL, PAUSE
from bot.delivery.outbox import queue as queue_message
from bot.delivery.outcome import Api
from bot.delivery.pace import Limits, Pace
from bot.links import signing_secret
from bot.members.identify import Identify
from bot.settings import Settings
from bot.texts.reply import File, Reply
from locales import Html
from storage.database import Database
from storage.outbox import IfUnknown
from tests.delivery.test_bounces import bounce
from tests.support.fakes import FakeApi, Naps, eventually
from tests.support.letters import CATALOGUES, person, queue
from tests.support.mail import PASSWORD, USER, PostOffice, certificate, cut
from tests.web.stand import browser
from web.channel import WebChannel
from web.site import build_site

BOUNCE_SECRET = "0123456789abcdef"


class House:
    """A dispatcher with e-mail beside Telegram, as `bot.app` wires them."""

    def __init__(self, database: Database, office: PostOffice, email: Api, settings: Settings, secret: str) -> None:
        self.database, self.office, self.secret = database, office, secret
        self.telegram = FakeApi()
        self.clock, self._settings = SimulatedClock(datetime(2027, 5, 3, tzinfo=UTC)), settings
        self.seconds = 0.0
        self.dispatcher = Dispatcher(
            database,
            {EMAIL: email, "telegram": self.telegram},
            self.clock,
            paces={EMAIL: Pace(Limits(overall=1_000.0))},
            sleep=Naps(),
            seconds=lambda: self.seconds,
            luck=lambda: 0.5,
        )

    async def write(self, key: str, number: int, text: str = "Bonjour", **more: Any) -> None:
        files = more.pop("files", ())
        async with self.database.transaction() as tx:
            await queue(tx, key, number, Reply(Html(text), files=files), self.clock, **more)

    async def person(self, code: str, **more: Any) -> int:
        async with self.database.transaction() as tx:
            return await person(tx, code, f"{code}@hue.test", **more)

    async def send(self, later: timedelta = timedelta(0)) -> None:
        """Move the clocks, and try once what is due then."""
        self.clock.advance(later)
        self.seconds += 10.0 + later.total_seconds()
        await self.dispatcher.once()

    async def rows(self, what: str = "state") -> list[Any]:
        async with self.database.snapshot() as read:
            return [row[0] for row in await read.fetch_all(f"SELECT {what} FROM outbox ORDER BY id")]

    async def mailboxes(self) -> list[tuple[Any, ...]]:
        """Who wants no letters, and whose letters come back."""
        async with self.database.snapshot() as read:
            found = await read.fetch_all(
                "SELECT person, unsubscribed IS NOT NULL, bounced IS NOT NULL FROM mailboxes ORDER BY person"
            )
        return [(row[0], bool(row[1]), bool(row[2])) for row in found]

    @asynccontextmanager
    async def page(self, folder: Path) -> AsyncIterator[Any]:
        """A browser, at the page as it is served with a token."""
        channel = WebChannel(self.database, self.clock, Identify("Asia/Phnom_Penh", "fr"), CATALOGUES, folder)

        async def receive(channel: str, updates: object) -> None: ...

        hook = bounce_hook(self._settings, self.database, self.clock, self.secret)
        async with browser(build_site(channel, receive, secret=self.secret, bounces=hook)) as client:
            yield client


@pytest.fixture
async def house(database: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[House]:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate(tmp_path)))
    clock = SimulatedClock(datetime(2027, 5, 3, tzinfo=UTC))
    async with PostOffice.started() as office:
        settings = Settings.model_validate(
            {
                "smtp_host": "localhost", "smtp_port": office.port, "smtp_user": USER, "smtp_password": PASSWORD,
                "smtp_from": "Réseau des villes <secretariat@relais.test>", "web_url": "https://relais.test",
                "bounce_address": "bounces@relais.test", "bounce_secret": BOUNCE_SECRET,
            }
        )  # fmt: skip
        secret = await signing_secret(database)
        apis: dict[str, Api] = {}
        async with email_channel(settings, database, CATALOGUES, clock, secret, apis, {}):
            yield House(database, office, apis[EMAIL], settings, secret)


def text_of(message: EmailMessage) -> str:
    body = message.get_body(("plain",))
    assert body is not None
    return str(body.get_content())


async def test_a_greylisted_letter_is_accepted_later_once(house: House) -> None:
    mai = await house.person("mai")
    house.office.scripted = {"RCPT": ["450 4.2.0 greylisted"], "DATA": ["451 4.7.1 greylisted, try later"]}
    await house.write("a", mai)
    for seconds in (0, 2, 4):
        await house.send(timedelta(seconds=seconds))
    assert (await house.rows(), len(house.office.taken), await house.mailboxes()) == (["sent"], 1, [])


async def test_a_mailbox_that_is_gone_is_marked_and_the_others_get_theirs(house: House) -> None:
    mai, sok = await house.person("mai"), await house.person("sok")
    house.office.unknown = {"mai@hue.test"}
    await house.write("a", mai)
    await house.write("b", sok)
    await house.send()
    assert (await house.rows(), await house.mailboxes()) == (["unreachable", "sent"], [("mai", False, True)])
    assert await house.rows("failure") == ["550 5.1.1 <…>: Recipient address rejected: User unknown", None]


@pytest.mark.parametrize(("if_unknown", "states", "letters"), [("held", ["unknown"], 1), ("again", ["sent"], 2)])
async def test_a_letter_cut_off_after_it_was_sent_is_held_or_repeated_recognisably(
    house: House, if_unknown: IfUnknown, states: list[str], letters: int
) -> None:
    house.office.scripted = {"DATA": [cut]}
    await house.write("a", await house.person("mai"), if_unknown=if_unknown)
    await house.send()
    await house.send(timedelta(seconds=5))
    assert (await house.rows(), len(house.office.taken)) == (states, letters)
    assert len({str(message["Message-ID"]) for message in house.office.letters}) == 1


async def test_a_letter_cut_off_before_it_was_sent_goes_again_even_if_held(house: House) -> None:
    house.office.scripted = {"MAIL": [cut], "RCPT": [cut]}
    await house.write("a", await house.person("mai"), if_unknown="held")
    for _ in range(3):
        await house.send(timedelta(seconds=5))
    assert (await house.rows(), len(house.office.taken)) == (["sent"], 1)


async def test_a_name_with_line_breaks_writes_no_header(house: House) -> None:
    name = "Mai\r\nBcc: everybody@hue.test\r\n\r\nboo"
    await house.write("a", await house.person("mai", name=name), name)
    await house.send()
    (message,), (taken,) = house.office.letters, house.office.taken
    assert (message["Bcc"], taken.rcpt_tos) == (None, ["mai@hue.test"])
    assert message["To"].addresses[0].display_name == "Mai Bcc: everybody@hue.test boo"


async def test_a_khmer_letter_reads_as_it_was_written(house: House, tmp_path: Path) -> None:
    text = "📅 <b>កិច្ចប្រជុំប្រចាំឆ្នាំរបស់បណ្តាញ</b>\nថ្ងៃអង្គារ ទី១៨ ខែឧសភា"
    (tmp_path / "a").write_bytes(b"BEGIN:VCALENDAR\r\nMETHOD:PUBLISH\r\nEND:VCALENDAR\r\n")
    mai = await house.person("mai", language="km")
    await house.write("a", mai, text, language="km", files=(File("កិច្ចប្រជុំ.ics", tmp_path / "a"),))
    await house.send()
    (message,) = house.office.letters
    assert message["Subject"] == "📅 កិច្ចប្រជុំប្រចាំឆ្នាំរបស់បណ្តាញ"
    assert "ថ្ងៃអង្គារ ទី១៨ ខែឧសភា" in text_of(message)
    (calendar,) = message.iter_attachments()
    assert (calendar.get_content_type(), calendar.get_param("method"), calendar.get_filename()) == (
        "text/calendar", "PUBLISH", "កិច្ចប្រជុំ.ics",
    )  # fmt: skip
    assert regex.findall(r"\X", str(message["Subject"]))[0] == "📅"


async def test_the_links_of_a_letter_lead_where_they_say(house: House, tmp_path: Path) -> None:
    await house.write("a", await house.person("mai", language="vi"), language="vi")
    await house.send()
    (message,) = house.office.letters
    in_text = re.findall(r"https://relais\.test(/\S*)", text_of(message))
    one_click = re.fullmatch(r"<https://relais\.test(/\S+)>", str(message["List-Unsubscribe"]))
    assert one_click is not None
    assert in_text == [urlsplit(in_text[0])._replace(scheme="", netloc="").geturl(), one_click[1]]
    async with house.page(tmp_path) as client:
        chat = await client.get(in_text[0])
        assert (chat.status_code, CATALOGUES["vi"].say("web.send") in chat.text) == (200, True)
        assert CATALOGUES["vi"].say("mail.ask") in (await client.get(one_click[1])).text
        assert await house.mailboxes() == []
        assert (await client.post(one_click[1], data={"List-Unsubscribe": "One-Click"})).status_code == 200
    assert await house.mailboxes() == [("mai", True, False)]
    await house.write("b", await house.person("mai"))
    await house.send()
    assert (await house.rows(), await house.rows("failure")) == (["sent", "failed"], [None, "letters are unwanted"])


async def test_a_letter_that_comes_back_marks_its_mailbox(house: House, tmp_path: Path) -> None:
    await house.write("a", await house.person("mai"))
    await house.send()
    ((message,), (taken,)) = house.office.letters, house.office.taken
    assert taken.mail_from == "bounces@relais.test"
    returned = str(message["Message-ID"])
    headers = {"Authorization": f"Bearer {BOUNCE_SECRET}"}
    async with house.page(tmp_path) as client:
        for raw in (bounce("<relais.1.1.0@x>"), bounce(returned, "4.2.2"), bounce(returned), bounce(returned)):
            assert (await client.post("/mail/bounces", content=raw, headers=headers)).status_code == 200
    assert await house.mailboxes() == [("mai", False, True)]


async def test_a_wrong_password_pauses_letters_and_nothing_else(house: House) -> None:
    mai = await house.person("mai")
    house.office.password = "changed"
    await house.write("a", mai)
    async with house.database.transaction() as tx:
        await queue_message(tx, "t", "telegram", 5, Reply(Html("bonjour")), house.clock.now())
    await house.send()
    assert (await house.rows(), house.telegram.texts) == (["queued", "sent"], ["bonjour"])
    house.office.password = PASSWORD
    await house.send(timedelta(seconds=PAUSE / 2))
    assert house.office.taken == []
    await house.send(timedelta(seconds=PAUSE))
    assert await house.rows() == ["sent", "sent"]


async def test_letters_keep_the_pace_of_the_mail_server(database: Database, tmp_path: Path) -> None:
    from tests.support.letters import email_api  # noqa: PLC0415  only here

    clock, naps, now = SimulatedClock(datetime(2027, 5, 3, tzinfo=UTC)), Naps(), [0.0]

    async def sleep(seconds: float) -> None:
        now[0] += seconds
        await naps(seconds)

    async with PostOffice.started() as office, email_api(database, office, clock) as api:
        async with database.transaction() as tx:
            for number in range(12):
                row = await person(tx, f"p{number}", f"p{number}@hue.test")
                await queue(tx, f"k{number}", row, Reply(Html("Bonjour")), clock)
        paces = {EMAIL: Pace(Limits(overall=4.0))}
        dispatcher = Dispatcher(
            database, {EMAIL: api}, clock, paces=paces, sleep=sleep, seconds=lambda: now[0], luck=lambda: 0.5
        )
        turns = 0
        while len(office.taken) < 12:
            await dispatcher.once()
            now[0] += 0.05
            turns += 1
        assert 11 / 4.0 <= now[0] < 3.5
    assert turns > 1


async def test_a_mail_server_that_is_away_is_waited_for(house: House) -> None:
    async def nothing() -> bool:
        return await house.rows() == ["queued"]

    await house.write("a", await house.person("mai"))
    house.office.scripted = {"MAIL": ["421 4.3.2 shutting down"] * 2}
    await house.send()
    await eventually(nothing)
    await house.send(timedelta(seconds=2))
    await house.send(timedelta(seconds=3))
    assert await house.rows() == ["sent"]
