"""A past issue as a page: for whoever has its link, what everybody may read."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from bot.network.content import Content
from bot.network.records import NewsItem
from bot.watch.issue import IssueContent
from storage import issues
from storage.database import Database
from storage.network import NEWS
from tests.web.stand import SECRET, Stand, browser
from web.keys import sign_key


@pytest.fixture
async def link(quick: Database, stand: Stand) -> str:
    """The address of an issue that went out."""
    now = stand.clock.now()
    month = now.date().replace(day=1)
    entries = ("news:open", "news:closed")
    content = IssueContent(entries=entries, opening={"fr": "Bonne lecture, <chers> membres."})
    async with quick.transaction() as tx:
        for code, audience in (("open", "everyone"), ("closed", "members")):
            title = Content.of("fr", fr=f"Titre {code} & cie", km=f"ចំណងជើង {code}")
            await NEWS.put(tx, NewsItem(code=code, title=title, published=_day(now.date()), audience=audience))
        kept = await issues.open_month(tx, f"{month:%Y-%m}", content.model_dump_json(), now)
        await issues.approve(tx, kept.id, 1, content.model_dump_json(), "Hélène", now, now)
        await issues.turn(tx, kept.id, ("approved",), "sent", now)
    key = sign_key(SECRET, f"{month:%Y-%m}", now + timedelta(days=10), "issue")
    return f"/watch?key={key}"


def _day(today: date) -> date:
    return today - timedelta(days=2)


async def test_the_page_shows_what_everybody_may_read_in_the_language_asked_for(stand: Stand, link: str) -> None:
    async with browser(stand.site(sample=False)) as client:
        french = (await client.get(f"{link}&language=fr")).text
        khmer = (await client.get(f"{link}&language=km")).text
    assert ("Titre open &amp; cie" in french, "closed" in french, "&lt;chers&gt;" in french) == (True, False, True)
    assert ("ចំណងជើង open" in khmer, '<html lang="km">' in khmer) == (True, True)


@pytest.mark.parametrize("lock", ["page", "letters"])
async def test_a_key_of_another_lock_opens_nothing(stand: Stand, link: str, lock: str) -> None:
    month = f"{stand.clock.now():%Y-%m}"
    key = sign_key(SECRET, month, stand.clock.now() + timedelta(days=1), lock)  # type: ignore[arg-type]  # one of them
    async with browser(stand.site(sample=False)) as client:
        assert (await client.get(f"/watch?key={key}")).status_code == 403
        assert (await client.get("/watch")).status_code == 403
        assert (await client.get(f"{link}x")).status_code == 403


async def test_an_issue_that_has_not_gone_out_stays_closed(stand: Stand, quick: Database, link: str) -> None:
    async with quick.transaction() as tx:
        await tx.execute("UPDATE issues SET state = 'approved'")
    async with browser(stand.site(sample=False)) as client:
        assert (await client.get(link)).status_code == 403
