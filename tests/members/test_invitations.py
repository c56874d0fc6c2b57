from __future__ import annotations

import asyncio
from datetime import UTC, datetime, timedelta

import pytest

from bot.members.admission import Admission
from bot.members.errors import MemberError
from bot.members.identify import Identify
from bot.members.invitations import Invitations, Welcome, invite
from bot.network.audiences import Reader, Role
from storage import members
from storage.database import Database, Transaction
from storage.network import ORGANISATIONS, PEOPLE
from tests.conftest import Opener
from tests.members.network import CATALOGUES, HELENE, MAI, ZONE, fill
from tests.support.people import CAMILLE, LINH, Somebody

NOW = datetime(2027, 5, 3, 2, 0, tzinfo=UTC)
WEEK = timedelta(days=7)
IDENTIFY = Identify(ZONE, "en")
INVITATIONS = Invitations(Admission(CATALOGUES))


@pytest.fixture
async def network(database: Database) -> Database:
    await fill(database)
    return database


async def meet(tx: Transaction, who: Somebody) -> Reader:
    return await IDENTIFY(tx, "telegram", who.id, who.first_name, who.language_code, NOW)


async def invited(
    network: Database, role: Role | None, organisation: str | None = None, person: str | None = None
) -> str:
    async with network.transaction() as tx:
        return await invite(tx, role, organisation, person, NOW, WEEK)


async def accept(network: Database, who: Somebody, code: str, now: datetime = NOW) -> Welcome:
    async with network.transaction() as tx:
        return await INVITATIONS.accept(tx, await meet(tx, who), code, now)


async def refused(network: Database, who: Somebody, code: str, now: datetime = NOW) -> str:
    with pytest.raises(MemberError) as caught:
        await accept(network, who, code, now)
    return caught.value.key


async def test_accept_makes_a_person_of_a_stranger(network: Database) -> None:
    welcome = await accept(network, LINH, await invited(network, "focal_point", "hue"))
    assert (welcome.person.name, welcome.person.role, welcome.organisation.code) == ("Linh", "focal_point", "hue")
    assert welcome.person.function.read("vi").text == "cán bộ đầu mối"
    assert welcome.person.code.startswith("linh-")
    async with network.transaction() as tx:
        reader = await meet(tx, LINH)
    assert (reader.person, reader.role, reader.organisation, reader.language) == (
        welcome.person.code, "focal_point", "hue", "vi",
    )  # fmt: skip


async def test_accept_gives_an_invited_person_their_row(network: Database) -> None:
    welcome = await accept(network, CAMILLE, await invited(network, None, None, "dara"))
    assert (welcome.person.code, welcome.person.name, welcome.person.role) == ("dara", "Dara", "member")
    async with network.transaction() as tx:
        assert (await meet(tx, CAMILLE)).language == "km"  # as the row says, until another is chosen


async def test_a_coordinator_belongs_to_the_secretariat(network: Database) -> None:
    welcome = await accept(network, CAMILLE, await invited(network, "coordinator"))
    assert (welcome.organisation.code, welcome.person.role) == ("secretariat", "coordinator")


async def test_only_the_digest_of_a_code_is_stored(network: Database) -> None:
    code = await invited(network, "member", "hue")
    async with network.snapshot() as read:
        rows = [tuple(row) for row in await read.fetch_all("SELECT * FROM invitations")]
    assert len(code) == 32
    assert code not in repr(rows)


async def test_accept_refuses_a_wrong_code(network: Database) -> None:
    await invited(network, "member", "hue")
    for code in ("x", "A" * 32, "' OR 1=1 --", "A" * 500):
        assert await refused(network, LINH, code) == "invitation.wrong"


async def test_accept_refuses_a_used_code(network: Database) -> None:
    code = await invited(network, "member", "hue")
    await accept(network, LINH, code)
    assert await refused(network, CAMILLE, code) == "invitation.used"
    assert await refused(network, LINH, code) == "invitation.used_by_you"


async def test_accept_refuses_an_expired_code(network: Database) -> None:
    code = await invited(network, "member", "hue")
    assert await refused(network, LINH, code, NOW + WEEK) == "invitation.expired"
    assert (await accept(network, LINH, code, NOW + WEEK - timedelta(seconds=1))).person.name == "Linh"


async def test_accept_at_once_by_two_people_admits_one(opener: Opener, network: Database) -> None:
    code, other = await invited(network, "member", "hue"), await opener()
    outcomes = await asyncio.gather(accept(network, LINH, code), accept(other, CAMILLE, code), return_exceptions=True)
    assert sorted(type(one).__name__ for one in outcomes) == ["MemberError", "Welcome"]
    async with network.snapshot() as read:
        assert len(await PEOPLE.all(read)) == 5


async def test_a_coordinator_who_tries_a_link_does_not_use_it_up(network: Database) -> None:
    code = await invited(network, "member", "hue")
    assert await refused(network, HELENE, code) == "invitation.known_already"
    assert (await accept(network, LINH, code)).person.role == "member"


async def test_accept_can_give_a_person_more_than_they_had(network: Database) -> None:
    welcome = await accept(network, MAI, await invited(network, "coordinator"))
    assert (welcome.person.code, welcome.person.role, welcome.organisation.code) == (
        "mai",
        "coordinator",
        "secretariat",
    )


async def test_accept_settles_what_was_asked(network: Database) -> None:
    async with network.transaction() as tx:
        asked = await members.add_request(tx, (await meet(tx, LINH)).account, "Linh", "hue", "Chef", NOW)
    assert asked is not None
    await accept(network, LINH, await invited(network, "member", "hue"))
    async with network.snapshot() as read:
        settled = await members.request(read, asked.id)
    assert settled is not None
    assert settled.state == "settled"


@pytest.mark.parametrize(
    ("role", "organisation", "person", "key"),
    [
        ("member", None, None, "invitation.no_organisation"),
        ("member", "atlantis", None, "invitation.unknown_organisation"),
        (None, None, "nobody", "invitation.unknown_person"),
        ("stranger", "hue", None, "invitation.unknown_role"),
        (None, "hue", None, "invitation.unknown_role"),
    ],
)
async def test_invite_says_what_is_missing(
    network: Database, role: Role | None, organisation: str | None, person: str | None, key: str
) -> None:
    with pytest.raises(MemberError) as caught:
        await invited(network, role, organisation, person)
    assert caught.value.key == key
    assert str(caught.value).endswith(".")


async def test_invite_needs_the_secretariat_for_a_coordinator(network: Database) -> None:
    async with network.transaction() as tx:
        for code in ("helene", "sokunthea"):
            await PEOPLE.remove(tx, code)
        await ORGANISATIONS.remove(tx, "secretariat")
    with pytest.raises(MemberError) as caught:
        await invited(network, "coordinator")
    assert caught.value.key == "invitation.unknown_organisation"
