from __future__ import annotations

import shutil
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from storage import held, outbox
from storage.database import Database
from tests.storage.queued import row, states
from tests.support.answering import COORDINATOR
from tests.support.bot import TestBot
from tests.support.people import CAMILLE
from tests.support.sample import NOW, linked
from tests.support.whole import whole

WAIT = "3 messages attendent votre décision."


@pytest.fixture
async def bot(tmp_path: Path, sample_file: Path) -> AsyncIterator[TestBot]:
    """A restored copy that has three messages to send."""
    shutil.copy(sample_file, tmp_path / "relais.db")

    async def restored(database: Database) -> None:
        await linked(database, "camille-lefort", CAMILLE)
        await linked(database, "helene-marchand", COORDINATOR)
        async with database.transaction() as tx:
            await outbox.add_many(tx, [row(key) for key in "abc"], NOW)
            await held.hold(tx)

    async with await TestBot.start(tmp_path, whole(tmp_path), now=NOW, prepare=restored) as started:
        yield started


def read(bot: TestBot) -> str:
    return bot.phone(COORDINATOR).last.text.replace("\u202f", " ").replace("\xa0", " ")


async def audited(bot: TestBot) -> list[tuple[object, ...]]:
    async with bot.database.snapshot() as tx:
        return [tuple(one) for one in await tx.fetch_all("SELECT action, subject, detail FROM audit")]


async def is_held(bot: TestBot) -> bool:
    async with bot.database.snapshot() as tx:
        return await held.is_held(tx)


async def test_coordinators_are_told_what_waits_others_are_not(bot: TestBot) -> None:
    await bot.say("/announce", COORDINATOR)
    assert "Nouvelle annonce" in read(bot)
    assert WAIT in read(bot)
    assert "Dernier événement connu : mercredi 10 mars 2027 à 9 h" in read(bot)
    await bot.say("/meetings", CAMILLE)
    assert "Copie restaurée" not in bot.phone(CAMILLE).last.text


@pytest.mark.parametrize(
    ("label", "asks", "yes", "then", "action"),
    [
        ("Envoyer ce qui attend", "Envoyer 3 messages ?", "Oui, envoyer", "queued", "backup.send"),
        ("Abandonner ce qui attend", "Abandonner 3 messages ?", "Oui, abandonner", "cancelled", "backup.drop"),
    ],
)
async def test_what_waits_is_sent_or_dropped_after_a_second_question(
    bot: TestBot, label: str, asks: str, yes: str, then: str, action: str
) -> None:
    await bot.say("/announce", COORDINATOR)
    await bot.tap("Ce qui attend…", COORDINATOR)
    await bot.tap(label, COORDINATOR)
    assert (asks in read(bot), await is_held(bot), await audited(bot)) == (True, True, [])
    await bot.tap("Retour", COORDINATOR)
    assert WAIT in read(bot)
    await bot.tap(label, COORDINATOR)
    await bot.tap(yes, COORDINATOR)
    assert (await is_held(bot), await audited(bot)) == (False, [(action, "outbox", "3 messages")])
    assert set((await states(bot.database)).values()) == {then}
    await bot.say("/announce", COORDINATOR)
    assert "Copie restaurée" not in read(bot)


async def test_what_was_decided_is_decided_once(bot: TestBot) -> None:
    await bot.say("/announce", COORDINATOR)
    async with bot.database.transaction() as tx:
        await held.release(tx)
    await bot.tap("Ce qui attend…", COORDINATOR)
    assert "La décision est déjà prise." in read(bot)
    await bot.tap_data("held1:drop:yes", COORDINATOR)
    assert (set((await states(bot.database)).values()), await audited(bot)) == ({"queued"}, [])


async def test_who_is_no_coordinator_decides_nothing(bot: TestBot) -> None:
    await bot.say("/meetings", CAMILLE)
    await bot.tap_data("held1:drop:yes", CAMILLE)
    assert (await is_held(bot), await audited(bot)) == (True, [])
