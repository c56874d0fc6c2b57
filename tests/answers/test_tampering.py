"""Forged buttons: every number, on every screen, from somebody who may see little."""

from __future__ import annotations

import html
import itertools
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.network.content import Content
from bot.network.records import Record
from bot.texts.reply import Reply, Tap
from handlers.documents import documents
from storage.database import Database, Transaction
from storage.network import ACTIONS, DEADLINES, DOCUMENTS, EVENTS, NEWS, ORGANISATIONS, PEOPLE, THEMES
from tests.answers.visibility import MAY_SEE, somebody
from tests.support.sample import NOW, TABLES
from tests.texts.walk import screens, tapped, turn_of

_HIGHEST = 120
READERS = ("stranger", "gwenael-lucas-brun", "touch-sreyleak")


async def secrets(read: Transaction, code: str) -> set[str]:
    """Every title, in every language, that this reader may not see, unless something that they may see has it too."""
    hidden: set[str] = set()
    public: set[str] = set()
    for table in (EVENTS, DEADLINES, DOCUMENTS, NEWS, ACTIONS):
        for record in await table.all(read):
            (public if record.audience in MAY_SEE[code] else hidden).update(_texts(record))
    public.update(*map(_texts, await ORGANISATIONS.all(read)), *map(_texts, await THEMES.all(read)))
    known = "\n".join(public)
    found = {text for text in hidden if text not in known}
    if "members" not in MAY_SEE[code]:
        people = [one for one in await PEOPLE.all(read) if one.role != "coordinator"]
        found.update(text for one in people for text in (one.name, one.phone, one.email) if text)
    if code == "stranger":
        coordinators = [one for one in await PEOPLE.all(read) if one.role == "coordinator"]
        found.update(text for one in coordinators for text in (one.name, one.phone) if text)
    return found


def _texts(record: Record) -> set[str]:
    contents = [value for _, value in record if isinstance(value, Content)]
    return {version.text for content in contents for version in content.root.values()}


async def forged(read: Transaction, code: str) -> AsyncIterator[tuple[str, Reply]]:
    """What every number on every screen shows."""
    reader = await somebody(read, code)
    send = documents(TABLES).taps["doc", 1]
    for number in range(_HIGHEST):
        taps = [
            Tap.to("e", number), Tap.to("dl", number, 0, 0), Tap.to("co", number), Tap.to("ct", number),
            Tap.to("m", "n", 0, number), Tap.to("m", "p", 0, None, number), Tap.to("d", number, number % 2),
            Tap.to("d", 0, 0, None, None, number), Tap.to("docs", 0, None, None, number), Tap.to("nw", number),
            Tap.to("n", 0, None, number), Tap.to("ac", number), Tap.to("a", 0, None, None, number),
            Tap.to("rg", 0, None, None, number), Tap.to("du", number),
        ]  # fmt: skip
        if number < 25:  # there are fewer themes
            taps += [Tap.to("mf", "m", "n", 0, number), Tap.to("mf", "t", "p", 0, None, number)]
        for tap in taps:
            yield tap.data, await tapped(read, reader, NOW, tap)
        yield f"doc{number}", await send(turn_of(read, reader, NOW, Tap.to("doc", number)))
    for kind, side in itertools.product(range(11), "np"):
        for page in range(3):
            tap = Tap.to("m", side, page, None, None, None, None, None, kind)
            yield tap.data, await tapped(read, reader, NOW, tap)


def leaks(reply: Reply, hidden: set[str]) -> list[str]:
    """What of the hidden titles can be read, or fetched, in a reply."""
    labels = [f"{button.label} {button.url or ''}" for row in reply.buttons for button in row]
    files = [str(file.path) for file in reply.files]
    shown = html.unescape("\n".join((reply.text, reply.notice, *labels, *files)))
    return [text for text in hidden if text in shown]


@pytest.mark.parametrize("code", READERS)
async def test_forged_numbers_open_nothing(sample_network: Database, code: str) -> None:
    async with sample_network.snapshot() as read:
        highest = max([event.id for event in await EVENTS.all(read)])
        hidden = await secrets(read, code)
        found = [f"{path}: {text}" async for path, reply in forged(read, code) for text in leaks(reply, hidden)]
    assert found == []
    assert (len(hidden) > 20, highest < _HIGHEST) == (True, True)


@pytest.mark.parametrize("code", READERS)
async def test_screens_that_are_offered_show_nothing_hidden(sample_network: Database, code: str) -> None:
    async with sample_network.snapshot() as read:
        hidden = await secrets(read, code)
        found = [
            f"{path}: {text}"
            async for path, reply in screens(read, await somebody(read, code), NOW)
            for text in leaks(reply, hidden)
        ]
    assert found == []


async def test_secrets_are_looked_for_in_earnest(sample_network: Database) -> None:
    """The same search finds them where they may be seen."""
    async with sample_network.snapshot() as read:
        hidden = await secrets(read, "stranger")
        coordinator = await somebody(read, "helene-marchand")
        seen = {text async for _, reply in screens(read, coordinator, NOW) for text in leaks(reply, hidden)}
    assert len(seen) > 100


@pytest.mark.parametrize(
    "data",
    [
        "e1", "e1:", "e1:x", "e1:-1", "e1:999999999999999", "m1", "m1:p:-1", "m1:x:x:x:x:x:x:x:x", "m1:n:0:::zz",
        "m1:n:0::::99991231:00010101", "m1:n:0::::20270301:20260301", "m1:n:999999999999999:1:1:KH", "mf1", "mf1:q",
        "mf1:t:p:3:9:9:XX:20270101:20270131:77", "d1", "d1:x:x", "d1:999999999999999:1", "dl1", "dl1:0", "cc1",
        "cc1:XX:0", "cc1:KH:99", "ct1", "ct1:0", "co1", "co1:1:2:3:4:5", "cts1:9", "cs1:9", "c1:9",
        "d1:0:0:99:9999:9999:zz:99999999:00000101", "docs1:9:99:x:y:z", "docs1:0::::VN:20270101", "n1:x:x:x:x:x:x",
        "nw1", "nw1:0:9", "a1:9:9:9:9:9:9", "ac1:x", "rg1:9:99:1:1:XX", "du1:x",
    ],
)  # fmt: skip
async def test_forged_data_always_shows_something(sample_network: Database, data: str) -> None:
    tap = Tap.read(data)
    assert tap is not None
    async with sample_network.snapshot() as read:
        reply = await tapped(read, await somebody(read, "stranger"), NOW, tap)
    assert reply.text.strip()
    assert [button for row in reply.buttons for button in row if button.tap]


async def test_document_outside_the_folder_cannot_be_named(sample_network: Database, tmp_path: Path) -> None:
    (tmp_path / "secret.txt").write_text("secret")
    (tmp_path / "files").mkdir()
    async with sample_network.transaction() as write:
        one = (await DOCUMENTS.all(write))[0]
        outside = one.model_copy(update={"file": "../secret.txt", "link": None, "audience": "everyone"})
        await DOCUMENTS.put(write, outside)
        send = documents(tmp_path / "files").taps["doc", 1]
        reply = await send(turn_of(write, await somebody(write, "stranger"), NOW, Tap.to("doc", one.id)))
    assert reply.files == ()
