"""No more letters, or letters again, without a cookie; and letters that come back."""

from __future__ import annotations

from datetime import timedelta

import httpx
import pytest

from storage.database import Database
from tests.web.stand import CATALOGUES, SECRET, Stand, browser
from web.bounces import BounceHook
from web.keys import sign_key
from web.site import build_site


def key(stand: Stand, person: str = "sok-dara", days: int = 1, lock: str = "letters") -> str:
    return sign_key(SECRET, person, stand.clock.now() + timedelta(days=days), lock)  # type: ignore[arg-type]  # one of two


async def unsubscribed(database: Database) -> list[str]:
    async with database.snapshot() as read:
        return [row[0] for row in await read.fetch_all("SELECT person FROM mailboxes WHERE unsubscribed IS NOT NULL")]


async def test_opening_the_link_changes_nothing(stand: Stand, quick: Database) -> None:
    async with browser(stand.site(sample=False)) as client:
        page = await client.get(f"/letters?key={key(stand)}")
        await client.head(f"/letters?key={key(stand)}")
    say = CATALOGUES["km"].say
    assert (page.status_code, page.headers["cache-control"]) == (200, "no-store")
    assert all(say(f"mail.{word}") in page.text for word in ("title", "ask", "unsubscribe"))
    assert (page.text.count("<button"), "set-cookie" in page.headers) == (1, False)
    assert await unsubscribed(quick) == []


async def test_the_letter_s_language_is_the_page_s(stand: Stand) -> None:
    async with browser(stand.site(sample=False)) as client:
        page = (await client.get(f"/letters?key={key(stand)}&language=vi")).text
        other = (await client.get(f"/letters?key={key(stand)}&language=%22%3E")).text
    assert CATALOGUES["vi"].say("mail.ask") in page
    assert '<html lang="km">' in other


@pytest.mark.parametrize(
    "body", [{"data": {"List-Unsubscribe": "One-Click"}}, {"files": {"List-Unsubscribe": (None, b"One-Click")}}, {}]
)
async def test_one_click_of_a_mail_client_is_enough(stand: Stand, quick: Database, body: dict[str, object]) -> None:
    async with browser(stand.site(sample=False)) as client:
        first = await client.post(f"/letters?key={key(stand)}&language=km", **body)  # type: ignore[arg-type]  # a form or none
        again = await client.post(f"/letters?key={key(stand)}&language=km", **body)  # type: ignore[arg-type]
    assert (first.status_code, again.status_code) == (200, 200)
    assert await unsubscribed(quick) == ["sok-dara"]


async def test_it_can_be_undone(stand: Stand, quick: Database) -> None:
    say = CATALOGUES["km"].say
    async with browser(stand.site(sample=False)) as client:
        stopped = (await client.post(f"/letters?key={key(stand)}")).text
        assert all(say(f"mail.{word}") in stopped for word in ("stopped", "undo"))
        back = await client.post(f"/letters/again?key={key(stand)}")
        assert all(say(f"mail.{word}") in back.text for word in ("restored", "unsubscribe"))
    assert await unsubscribed(quick) == []


async def test_no_other_key_opens_it(stand: Stand, quick: Database) -> None:
    keys = ["", "x", key(stand, lock="page"), key(stand, days=-1), key(stand, "nobody")]
    async with browser(stand.site()) as client:
        answers: list[httpx.Response] = []
        for one in keys:
            answers += [
                await client.get(f"/letters?key={one}"), await client.post(f"/letters?key={one}"),
                await client.post(f"/letters/again?key={one}"),
            ]  # fmt: skip
        assert (await client.get(f"/?key={key(stand)}")).status_code == 403
    assert {answer.status_code for answer in answers} == {403}
    assert await unsubscribed(quick) == []


@pytest.mark.parametrize(
    ("header", "status"),
    [
        ("Bearer right", 200),
        ("bearer  right", 200),
        ("Bearer wrong", 401),
        ("Bearer", 401),
        ("Basic right", 401),
        ("", 401),
    ],
)
async def test_letters_that_come_back_are_taken_from_who_knows_the_secret(
    stand: Stand, header: str, status: int
) -> None:
    taken: list[bytes] = []

    async def note(raw: bytes) -> bool:
        taken.append(raw)
        return True

    site = build_site(stand.channel, stand.receive, bounces=BounceHook("right", note, 10))
    async with browser(site) as client:
        answer = await client.post("/mail/bounces", content=b"raw", headers={"Authorization": header})
        large = await client.post("/mail/bounces", content=b"x" * 11, headers={"Authorization": "Bearer right"})
    assert (answer.status_code, taken) == (status, [b"raw"] if status == 200 else [])
    assert large.status_code == 413


async def test_without_a_secret_there_is_no_such_address(stand: Stand) -> None:
    async with browser(stand.site()) as client:
        assert (await client.post("/mail/bounces", content=b"raw")).status_code == 404
