from __future__ import annotations

from datetime import date

from bot.network.audiences import Reader
from storage import accounts
from storage.database import Database, Transaction
from storage.network import ORGANISATIONS, PEOPLE
from tests.storage.rows import HUE, MAI, UTC_NOON

ZONE = "Asia/Phnom_Penh"
STRANGER = Reader(
    account=1, channel="telegram", address=42, person=None, name="Mai", role="stranger", organisation=None,
    country=None, groups=(), themes=(), dues_paid_until=None, language="fr", language_chosen=False, time_zone=ZONE,
    digits="latin",
)  # fmt: skip
KNOWN = STRANGER.model_copy(
    update={
        "person": "mai", "name": "Trần Thị Mai", "role": "focal_point", "organisation": "hue", "country": "VN",
        "groups": ("viet-nam",), "themes": ("water",), "dues_paid_until": date(2027, 12, 31), "language": "vi",
        "time_zone": "Asia/Ho_Chi_Minh",
    }
)  # fmt: skip


async def arrive(write: Transaction, channel: str = "telegram", address: int = 42) -> Reader | None:
    await accounts.add(write, channel, address, "Mai", "fr", UTC_NOON)
    return await accounts.find(write, channel, address, ZONE)


async def know_mai(write: Transaction) -> None:
    await ORGANISATIONS.put(write, HUE)
    await PEOPLE.put(write, MAI)


async def test_nobody_is_found_who_never_spoke(database: Database) -> None:
    async with database.snapshot() as read:
        assert await accounts.find(read, "telegram", 42, ZONE) is None
        assert await accounts.numbered(read, 1, ZONE) is None


async def test_newcomer_is_a_stranger_in_the_guessed_language(database: Database) -> None:
    async with database.transaction() as write:
        assert await arrive(write) == STRANGER


async def test_person_of_that_telegram_id_is_known(database: Database) -> None:
    async with database.transaction() as write:
        await know_mai(write)
        assert await arrive(write) == KNOWN
        assert await accounts.numbered(write, 1, ZONE) == KNOWN
        assert await accounts.of_role(write, "focal_point", ZONE) == [KNOWN]
        assert await accounts.of_role(write, "coordinator", ZONE) == []


async def test_person_is_known_by_telegram_id_once_the_table_says_so(database: Database) -> None:
    async with database.transaction() as write:
        assert await arrive(write) == STRANGER
        await know_mai(write)
        assert await accounts.find(write, "telegram", 42, ZONE) == KNOWN


async def test_telegram_id_means_nothing_in_another_channel(database: Database) -> None:
    async with database.transaction() as write:
        await know_mai(write)
        found = await arrive(write, "web")
    assert found == STRANGER.model_copy(update={"channel": "web"})


async def test_link_comes_before_the_telegram_id(database: Database) -> None:
    other = MAI.model_copy(update={"code": "a-lan", "name": "Lan", "telegram_id": None})
    async with database.transaction() as write:
        await know_mai(write)
        await PEOPLE.put(write, other)
        await arrive(write)
        await accounts.link(write, 1, "a-lan")
        found = await accounts.find(write, "telegram", 42, ZONE)
    assert found is not None
    assert found.person == "a-lan"


async def test_removed_person_becomes_a_stranger_again(database: Database) -> None:
    async with database.transaction() as write:
        await know_mai(write)
        await arrive(write, "web", 7)
        await accounts.link(write, 1, "mai")
        linked = await accounts.find(write, "web", 7, ZONE)
    async with database.transaction() as write:
        await PEOPLE.remove(write, "mai")
    async with database.snapshot() as read:
        left = await accounts.find(read, "web", 7, ZONE)
    assert [one.person if one else "" for one in (linked, left)] == ["mai", None]


async def test_choices_come_before_what_the_tables_say(database: Database) -> None:
    async with database.transaction() as write:
        await know_mai(write)
        await arrive(write)
        await accounts.choose_language(write, 1, "km")
        await accounts.choose_zone(write, 1, "Europe/Paris")
        await accounts.choose_digits(write, 1, "native")
        chosen = {"language": "km", "language_chosen": True, "time_zone": "Europe/Paris", "digits": "native"}
        assert await accounts.find(write, "telegram", 42, ZONE) == KNOWN.model_copy(update=chosen)
        await accounts.choose_zone(write, 1, None)
        chosen["time_zone"] = "Asia/Ho_Chi_Minh"
        assert await accounts.find(write, "telegram", 42, ZONE) == KNOWN.model_copy(update=chosen)


async def test_account_is_added_once(database: Database) -> None:
    async with database.transaction() as write:
        assert await arrive(write) == await arrive(write)


async def test_quiet_hours_are_the_person_s_in_every_channel(database: Database) -> None:
    async with database.transaction() as write:
        await know_mai(write)
        await arrive(write)
        await arrive(write, "web", 7)
        await arrive(write, "telegram", 43)
        await accounts.link(write, 2, "mai")
        await accounts.choose_quiet(write, 1, "20-7")
        assert [await accounts.quiet_of(write, one) for one in (1, 2, 3)] == ["20-7", "20-7", None]
        await accounts.choose_quiet(write, 2, "none")
        await arrive(write, "web", 8)
        await accounts.link(write, 4, "mai")
        assert [await accounts.quiet_of(write, one) for one in (1, 2, 3, 4)] == ["none", "none", None, "none"]
