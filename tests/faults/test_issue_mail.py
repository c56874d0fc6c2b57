"""The month's watch through a real mail server: read back as mail programs do, its links followed."""

from __future__ import annotations

import re
from datetime import date, timedelta
from email.message import EmailMessage
from html import unescape
from pathlib import Path
from urllib.parse import urlsplit

from bot.delivery.broadcast import Broadcast
from bot.delivery.email import EMAIL
from bot.links import issue_page
from bot.pushes.watching import Watching
from bot.settings import Settings
from bot.watch.composing import Composing, entries_of
from bot.watch.sharing import Sharing
from storage import issues
from tests.faults.test_mail import House, house, text_of
from tests.handlers.test_issue import publish
from tests.support.letters import CATALOGUES
from tests.support.people import LINH
from tests.support.sample import ZONE, linked, sample

assert house  # a fixture
SERVED = ("telegram", EMAIL)
MAY = date(2027, 5, 1)
DARA, YANN, MAI = (
    "sok.dara@phnom-penh.example.org",
    "yann.delaunoy@le-havre.example.org",
    "tran.thi.mai@hue.example.org",
)


async def send_the_issue(house: House) -> None:
    """Approve May's issue as it has filled itself, and send all that is due within two days."""
    await sample(house.database)
    await publish(house.database, "fresh", day=date(2027, 5, 1))
    await linked(house.database, "tran-thi-mai", LINH)
    composing, now = Composing(ZONE, "fr"), house.clock.now()
    async with house.database.transaction() as tx:
        await tx.execute(
            "INSERT INTO accounts (channel, address, name, language, language_chosen, digits, first_seen)"
            f" VALUES ('telegram', {LINH.id}, 'Mai', 'vi', 1, 'latin', 0)"
        )
        one = await composing.open(tx, MAY, now)
        names = tuple(entry.name for entry in await entries_of(tx, one, now))
        held = one.content.model_copy(update={"entries": names})
        assert await issues.approve(tx, one.id, one.version, held.model_dump_json(), "Hélène", now, now)
    settings = Settings.model_validate({"web_url": "https://relais.test"})
    watching = Watching(
        house.database, house.clock, composing, Sharing(ZONE, "fr", SERVED), Broadcast(house.database, SERVED),
        CATALOGUES, issue_page(settings, house.clock, house.secret),
    )  # fmt: skip
    await watching.go()
    for _ in range(60):
        await house.send(timedelta(hours=1))
    await watching.go()


def html_of(message: EmailMessage) -> str:
    body = message.get_body(("html",))
    assert body is not None
    return str(body.get_content())


async def test_the_issue_is_a_letter_whose_text_page_and_links_say_the_same(house: House, tmp_path: Path) -> None:
    await send_the_issue(house)
    letters = {str(one["To"].addresses[0].addr_spec): one for one in house.office.letters}
    assert len(letters) == len(house.office.letters)  # once each
    assert (MAI in letters, len(house.telegram.texts) > 0) == (False, True)
    khmer, french = letters[DARA], letters[YANN]
    assert "ព្រឹត្តិបត្រប្រចាំខែ · ខែឧសភា ឆ្នាំ2027" in str(khmer["Subject"])
    assert "La veille du réseau · mai 2027" in str(french["Subject"])
    for message, told in ((khmer, "ព័ត៌មាន fresh"), (french, "Titre fresh")):
        assert (told in text_of(message), told in html_of(message)) == (True, True)
        assert [part.get_content_type() for part in message.walk() if not part.is_multipart()] == [
            "text/plain", "text/html",
        ]  # fmt: skip
    in_text = re.findall(r"https://relais\.test(/\S*)", text_of(khmer))
    in_html = [urlsplit(unescape(one)) for one in re.findall(r'href="(https://relais\.test/[^"]*)"', html_of(khmer))]
    assert {f"{one.path}?{one.query}" for one in in_html} == set(in_text)
    (page,) = (one for one in in_text if one.startswith("/watch"))
    (letters_page,) = (one for one in in_text if one.startswith("/letters"))
    async with house.page(tmp_path) as client:
        shown = await client.get(page)
        assert (shown.status_code, "ព័ត៌មាន fresh" in shown.text, '<html lang="km">' in shown.text) == (200, True, True)
        asked = await client.get(letters_page)
        assert CATALOGUES["km"].say("mail.ask") in asked.text
        assert await house.mailboxes() == []
        await client.post(letters_page, data={"List-Unsubscribe": "One-Click"})
    assert await house.mailboxes() == [("sok-dara", True, False)]
