"""The pages, and who may see them."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest

from bot.network.languages import LANGUAGES
from locales import read_catalogues
from storage.database import Database
from storage.network import PEOPLE
from tests.web.stand import CATALOGUES, SECRET, Stand, browser
from web.keys import sign_key
from web.words import PAGE_WORDS, accepted


def key(stand: Stand, person: str = "sok-dara", days: int = 1) -> str:
    return sign_key(SECRET, person, stand.clock.now() + timedelta(days=days))


async def test_choice_offers_the_sample_people_each_in_their_language(stand: Stand) -> None:
    async with browser(stand.site()) as client:
        page = (await client.get("/", headers={"Accept-Language": "de, fr;q=0.8"})).text
    assert re.findall(r'href="/\?as=([a-z-]+)"', page) == [
        "tran-thi-mai", "sok-dara", "khamla-souvanna", "camille-lefort", "helene-marchand", "stranger",
    ]  # fmt: skip
    assert '<html lang="fr">' in page
    assert "Trưởng phòng Hợp tác quốc tế · Huế" in page
    assert "ប្រធានការិយាល័យទំនាក់ទំនងអន្តរជាតិ · ភ្នំពេញ" in page


async def test_choice_without_sample_people_offers_every_role_first(stand: Stand, quick: Database) -> None:
    async with quick.transaction() as tx:
        for person in await PEOPLE.all(tx):
            await PEOPLE.remove(tx, person.code)
            await PEOPLE.put(tx, person.model_copy(update={"code": f"{person.code}-2"}))
    async with browser(stand.site()) as client:
        page = (await client.get("/")).text
    assert re.findall(r'href="/\?as=([a-z0-9-]+)"', page) == [
        "khamla-souvanna-2", "helene-marchand-2", "camille-lefort-2", "sok-dara-2", "tran-thi-mai-2", "stranger",
    ]  # fmt: skip


async def test_names_cannot_write_into_the_page(stand: Stand, quick: Database) -> None:
    async with quick.transaction() as tx:
        mai = await PEOPLE.get(tx, "tran-thi-mai")
        assert mai is not None
        await PEOPLE.put(tx, mai.model_copy(update={"name": "<script>1</script>{{cards}}"}))
    await stand.call("setMyName", name="</script><b>{{title}}")
    async with browser(stand.site()) as client:
        for address in ("/", "/?as=tran-thi-mai"):
            page = (await client.get(address)).text
            assert "<script>1" not in page
            assert "</script><b>" not in page


async def test_chat_page_speaks_the_persons_language(stand: Stand) -> None:
    async with browser(stand.site()) as client:
        page = await client.get("/?as=sok-dara", headers={"Accept-Language": "en"})
        stranger = await client.get("/?as=stranger", headers={"Accept-Language": "lo-LA,lo;q=0.9"})
    assert (page.status_code, '<html lang="km">' in page.text, "ផ្ញើ" in page.text) == (200, True, True)
    assert '<html lang="lo">' in stranger.text


async def test_two_chats_side_by_side_are_two_frames(stand: Stand) -> None:
    async with browser(stand.site()) as client:
        page = (await client.get("/?as=tran-thi-mai&as=sok-dara&as=x%22y&as=four")).text
    assert re.findall(r'iframe src="([^"]+)"', page) == ["/?as=tran-thi-mai", "/?as=sok-dara", "/?as=x%22y"]


async def test_personal_link_opens_the_page_and_nothing_else_does(stand: Stand) -> None:
    async with browser(stand.site(sample=False)) as client:
        opened = await client.get(f"/?key={key(stand)}")
        closed = [
            await client.get(address)
            for address in (
                "/", "/?as=sok-dara", "/?as=stranger&visitor=1", "/?key=x", f"/?key={key(stand, days=-1)}",
                f"/?key={key(stand, 'nobody')}", "/?as=a&as=b",
            )
        ]  # fmt: skip
    assert (opened.status_code, "ផ្ញើ" in opened.text) == (200, True)
    assert [answer.status_code for answer in closed] == [403] * 7
    for language in LANGUAGES:
        assert CATALOGUES[language].say("web.locked_text") in closed[0].text


async def test_wrong_key_is_refused_in_a_sample_too(stand: Stand) -> None:
    async with browser(stand.site()) as client:
        assert (await client.get("/?key=x")).status_code == 403


async def test_pages_keep_to_themselves(stand: Stand) -> None:
    async with browser(stand.site()) as client:
        headers = (await client.get("/?as=sok-dara")).headers
    policy = headers["content-security-policy"]
    assert "default-src 'none'; script-src 'self'; style-src 'self'" in policy
    assert "frame-ancestors 'self'" in policy
    assert "ws://relais.test" in policy
    assert (headers["x-content-type-options"], headers["referrer-policy"]) == ("nosniff", "no-referrer")
    assert headers["cache-control"] == "no-store"


async def test_page_takes_nothing_from_elsewhere_and_is_light(stand: Stand) -> None:
    size = 0
    async with browser(stand.site()) as client:
        page = (await client.get("/?as=sok-dara")).text
        names = {name for name in re.findall(r'(?:href|src)="([^"#]+)"', page) if name != "/"}
        for name in names:
            answer = await client.get(name)
            assert (name.startswith("/static/"), answer.status_code) == (True, 200)
            size += len(answer.content)
    assert size + len(page.encode()) < 100_000
    assert "<script>" not in page
    assert " style=" not in page


async def test_templates_are_no_pages(stand: Stand) -> None:
    async with browser(stand.site()) as client:
        assert (await client.get("/static/index.html")).status_code == 404
        assert (await client.get("/static/../pages.py")).status_code == 404


async def test_health_answers(stand: Stand) -> None:
    async with browser(stand.site(sample=False)) as client:
        answer = await client.get("/health")
    assert (answer.status_code, answer.json()) == (200, {"status": "ok"})


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_language_has_every_word_of_the_page(language: str) -> None:
    english = {str(message.id) for message in read_catalogues("en")["web.po"] if message.id}
    assert {message.id for message in read_catalogues(language)["web.po"] if message.id} == english
    assert {f"web.{word}" for word in PAGE_WORDS} <= english
    assert all(CATALOGUES[language].say(key) for key in english)


@pytest.mark.parametrize(
    ("header", "language"), [("", "en"), ("de-DE,de;q=0.9", "en"), ("km-KH;q=0.9", "km"), ("xx,fr-CA", "fr")]
)
def test_first_language_that_relais_speaks_is_taken(header: str, language: str) -> None:
    assert accepted(header, "en") == language
