"""The last places of a form, while everybody sends, withdraws and takes at once, on both databases."""

from __future__ import annotations

import asyncio
import random
from collections import Counter
from collections.abc import Awaitable, Iterable, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any, TypeVar

import pytest

from bot.forms.definition import Definition, build
from bot.forms.filling import Filling
from bot.forms.library import Library
from bot.forms.sending import Sent, ahead_of, offer_places, send, take_offer, withdraw
from bot.forms.session import REVIEW, Session
from bot.network.audiences import Reader
from storage import accounts, drafts, submissions
from storage.database import Database, Transaction
from storage.submissions import HOLDING, State, Submission
from tests.conftest import Opener
from tests.forms.small import awake_at, form, question
from tests.support.sample import stranger

NOW = datetime(2027, 5, 3, 2, tzinfo=UTC)
CONNECTIONS = 3
T = TypeVar("T")


class Hall:
    """A form with places, people who send it, and several connections to one database."""

    def __init__(self, databases: Sequence[Database], definition: Definition) -> None:
        self.databases, self.definition = databases, definition
        self._filling = Filling(Library())

    async def invite(self, people: Iterable[int], *, size: int = 1) -> None:
        """Let everybody have answered up to the review, each for a delegation of that size."""
        async with self.databases[0].transaction() as tx:
            for number in people:
                await accounts.add(tx, "telegram", number, f"P{number}", "en", NOW)
                session = Session(
                    form="visit", version=self.definition.version, step=REVIEW, answers=_answers(size), begun=NOW,
                    changed=NOW,
                )  # fmt: skip
                await drafts.keep(tx, "visit", f"a:{number}", session.written(), number, NOW, seen=None)

    async def send(self, number: int, city: str | None = None, device: int = 0, now: datetime = NOW) -> Sent:
        """Send what somebody has answered, as a tap on Send does."""
        async with self._at(number + device).transaction() as tx:
            return await self.send_in(tx, number, city, now)

    async def send_in(self, tx: Transaction, number: int, city: str | None = None, now: datetime = NOW) -> Sent:
        reader = _reader(number, city)
        standing = await self._filling.stand(tx, reader, self.definition, now)
        return await send(tx, reader, standing, now)

    async def filled(self, people: Iterable[int], city: str | None = None) -> None:
        """Let people send one after the other."""
        async with self.databases[0].transaction() as tx:
            for number in people:
                assert (await self.send_in(tx, number, city)).outcome == "sent"

    async def leave(self, one: Submission, device: int = 0, now: datetime = NOW) -> tuple[bool, list[Submission]]:
        """Withdraw it and offer what comes free, as a tap on Withdraw does."""
        async with self._at(one.place + device).transaction() as tx:
            done = await withdraw(tx, one, now)
            return done, await offer_places(tx, self.definition, awake_at(now)) if done else []

    async def offer(self, device: int = 0, now: datetime = NOW) -> list[Submission]:
        async with self._at(device).transaction() as tx:
            return await offer_places(tx, self.definition, awake_at(now))

    async def take(self, one: Submission, now: datetime) -> Submission | None:
        async with self._at(one.place).transaction() as tx:
            return await take_offer(tx, self.definition.form, one, now)

    async def all(self) -> list[Submission]:
        async with self.databases[-1].snapshot() as read:
            return await submissions.of_form(read, "visit")

    async def by_state(self) -> dict[State, list[int]]:
        """State → the places of those who are in it, in order."""
        found: dict[State, list[int]] = {}
        for one in await self.all():
            found.setdefault(one.state, []).append(one.place)
        return found

    def _at(self, number: int) -> Database:
        return self.databases[number % len(self.databases)]


def _reader(number: int, city: str | None) -> Reader:
    return stranger().model_copy(update={"account": number, "address": number, "organisation": city})


def _answers(size: int) -> dict[str, str]:
    names = {f"name@{one}": f"P{one}" for one in range(1, size + 1)}
    return names | {f"more@{one}": "yes" if one < size else "no" for one in range(1, size + 1)}


async def at_once(doing: Iterable[Awaitable[T]]) -> list[T]:
    return list(await asyncio.gather(*doing))


@pytest.fixture
async def databases(database: Database, opener: Opener) -> list[Database]:
    return [database, *[await opener() for _ in range(CONNECTIONS - 1)]]


def hall(databases: Sequence[Database], **more: Any) -> Hall:
    given = {"waiting_list": True, "offer_hours": 24} | more
    return Hall(databases, build(form(**given), [question("name", 1, "short_text", each_person=True)]))


async def test_two_hundred_at_once_for_ten_places(databases: list[Database]) -> None:
    one = hall(databases, places=10)
    await one.invite(range(1, 201))
    came = await at_once(one.send(number) for number in range(1, 201))
    assert Counter(sent.outcome for sent in came) == {"sent": 200}
    assert await one.by_state() == {"confirmed": [*range(1, 11)], "waiting": [*range(11, 201)]}
    async with databases[0].snapshot() as read:
        told = {sent.submission.place: await ahead_of(read, sent.submission) for sent in came if sent.submission}
    assert told == {place: max(0, place - 11) for place in range(1, 201)}


async def test_without_a_waiting_list_those_who_come_too_late_keep_their_drafts(databases: list[Database]) -> None:
    one = hall(databases, places=10, waiting_list=False)
    await one.invite(range(1, 41))
    came = await at_once(one.send(number) for number in range(1, 41))
    assert Counter(sent.outcome for sent in came) == {"sent": 10, "full": 30}
    assert [each.state for each in await one.all()] == ["confirmed"] * 10
    async with databases[0].snapshot() as read:
        assert len(await read.fetch_all("SELECT owner FROM drafts")) == 40


async def test_one_person_on_many_devices_sends_once(databases: list[Database]) -> None:
    one = hall(databases, places=10)
    await one.invite([1])
    came = await at_once(one.send(1, device=device) for device in range(12))
    assert Counter(sent.outcome for sent in came) == {"sent": 1, "sent_before": 11}
    assert len(await one.all()) == 1


async def test_colleagues_of_one_city_send_once(databases: list[Database]) -> None:
    one = hall(databases, answers="one_per_city")
    await one.invite(range(1, 13))
    came = await at_once(one.send(number, "hue") for number in range(1, 13))
    assert Counter(sent.outcome for sent in came) == {"sent": 1, "sent_before": 11}
    assert [each.owner for each in await one.all()] == ["o:hue"]


async def test_withdrawn_on_many_devices_and_sent_again_is_one_submission_with_a_new_place(
    databases: list[Database],
) -> None:
    one = hall(databases, places=1)
    await one.invite(range(1, 4))
    await one.filled(range(1, 4))
    first = (await one.all())[0]
    left = await at_once(one.leave(first, device) for device in range(6))
    assert sorted(done for done, _ in left) == [False] * 5 + [True]
    assert [each.place for _, offered in left for each in offered] == [2]
    came = await at_once(one.send(1, device=device) for device in range(6))
    assert sorted(sent.outcome == "sent" for sent in came) == [False] * 5 + [True]
    assert {sent.outcome for sent in came} <= {"sent", "sent_before", "changed_meanwhile"}
    again = await one.all()
    assert [(each.id == first.id, each.state) for each in again] == [
        (False, "offered"), (False, "waiting"), (True, "waiting"),
    ]  # fmt: skip


async def test_each_place_that_comes_free_is_offered_to_the_next_and_nobody_twice(databases: list[Database]) -> None:
    one = hall(databases, places=10)
    await one.invite(range(1, 31))
    await one.filled(range(1, 31))
    holders = (await one.all())[:10]
    left = await at_once(one.leave(holder) for holder in holders[:7])
    assert [len(offered) for _, offered in left] == [1] * 7
    assert sorted(each.place for _, offered in left for each in offered) == [*range(11, 18)]
    state = await one.by_state()
    assert state == {"withdrawn": [*range(1, 8)], "confirmed": [8, 9, 10], "offered": [*range(11, 18)],
                     "waiting": [*range(18, 31)]}  # fmt: skip


async def test_places_that_came_free_together_are_offered_once(databases: list[Database]) -> None:
    one = hall(databases, places=5)
    await one.invite(range(1, 16))
    await one.filled(range(1, 16))
    async with databases[0].transaction() as tx:
        for holder in (await one.all())[:3]:
            assert await withdraw(tx, holder, NOW)
    offered = await at_once(one.offer(device) for device in range(9))
    assert [each.place for every in offered for each in every] == [6, 7, 8]
    assert await one.offer() == []


async def test_offer_holds_to_its_last_second_and_then_goes_to_the_next(databases: list[Database]) -> None:
    one = hall(databases, places=2, offer_hours=3)
    await one.invite(range(1, 7))
    await one.filled(range(1, 7))
    left = await at_once(one.leave(holder) for holder in (await one.all())[:2])
    third, fourth = sorted((each for _, offered in left for each in offered), key=lambda each: each.place)
    end = NOW + timedelta(hours=3)
    assert await one.take(third, end - timedelta(seconds=1)) == third._replace(
        state="confirmed", offered_until=None, version=third.version + 1
    )
    assert await one.take(fourth, end) is None
    async with databases[0].snapshot() as read:
        assert await submissions.run_out(read, end - timedelta(seconds=1)) == []
        assert await submissions.run_out(read, end) == [fourth]
    assert [each.place for each in (await one.leave(fourth, now=end))[1]] == [5]
    assert await one.take(fourth, end - timedelta(seconds=1)) is None
    assert await one.by_state() == {"withdrawn": [1, 2, 4], "confirmed": [3], "offered": [5], "waiting": [6]}


async def test_offer_taken_while_it_is_given_up_is_one_or_the_other(databases: list[Database]) -> None:
    one = hall(databases, places=3)
    await one.invite(range(1, 10))
    await one.filled(range(1, 10))
    left = await at_once(one.leave(holder) for holder in (await one.all())[:3])
    offers = [each for _, offered in left for each in offered]
    doing = [(one.take(each, NOW), one.leave(each, 1)) for each in offers]
    ended = await at_once([call for pair in doing for call in pair])
    for taken, given_up in zip(ended[::2], ended[1::2], strict=True):
        assert isinstance(given_up, tuple)
        assert (taken is not None) is not given_up[0]
    holding = [each for each in await one.all() if each.state in HOLDING]
    assert len(holding) == 3


async def test_delegation_waits_for_all_its_places_and_nobody_passes_it(databases: list[Database]) -> None:
    one = hall(databases, places=4)
    await one.invite(range(1, 4))
    await one.invite([4], size=3)
    await one.invite([5, 6])
    await one.filled(range(1, 7))
    assert await one.by_state() == {"confirmed": [1, 2, 3], "waiting": [4, 5, 6]}
    first, second, *_ = await one.all()
    assert await one.offer() == []
    assert await one.leave(first) == (True, [])
    assert [each.place for each in (await one.leave(second))[1]] == [4]
    assert await one.by_state() == {"withdrawn": [1, 2], "confirmed": [3], "offered": [4], "waiting": [5, 6]}


async def test_city_over_its_quota_waits_while_another_enters(databases: list[Database]) -> None:
    one = hall(databases, places=5, places_per_city=2)
    await one.invite(range(1, 9))
    for number, city in enumerate(("hue", "hue", "hue", "kampot", "vinh", "kampot", "vinh"), 1):
        await one.filled([number], city)
    assert await one.by_state() == {"confirmed": [1, 2, 4, 5, 6], "waiting": [3, 7]}
    everybody = await one.all()
    assert [each.place for each in (await one.leave(everybody[3]))[1]] == [7]  # Kampot's place goes past Huế to Vinh
    assert [each.place for each in (await one.leave(everybody[0]))[1]] == [3]  # Huế's own comes free
    async with databases[0].snapshot() as read:
        assert [await ahead_of(read, each) for each in await submissions.waiting(read, "visit")] == []


async def test_quota_of_each_city_holds_when_all_send_at_once(databases: list[Database]) -> None:
    one = hall(databases, places_per_city=2)
    await one.invite(range(1, 31))
    cities = {number: ("hue", "kampot", "vinh")[number % 3] for number in range(1, 31)}
    await at_once(one.send(number, city) for number, city in cities.items())
    inside = Counter((each.organisation, each.state) for each in await one.all())
    assert inside == {(city, state): count for city in ("hue", "kampot", "vinh")
                      for state, count in (("confirmed", 2), ("waiting", 8))}  # fmt: skip


async def test_whatever_happens_at_once_no_place_is_given_twice_or_left_empty(databases: list[Database]) -> None:
    one, drawn = hall(databases, places=8, places_per_city=3), random.Random(8)
    await one.invite(range(1, 33))
    await one.invite(range(33, 41), size=2)
    cities = {number: drawn.choice(("hue", "kampot", "vinh", "pakse")) for number in range(1, 41)}
    for _ in range(12):
        sending = [one.send(number, cities[number]) for number in drawn.sample(range(1, 41), 6)]
        found = await one.all()
        leaving = [one.leave(each) for each in drawn.sample(found, min(3, len(found))) if each.state in HOLDING]
        taking = [one.take(each, NOW) for each in [each for each in found if each.state == "offered"][:2]]
        doing: list[Awaitable[object]] = [*sending, *leaving, *taking]
        drawn.shuffle(doing)
        await at_once(doing)
        _check(await one.all(), places=8, quota=3)


def _check(found: list[Submission], *, places: int, quota: int) -> None:
    """Nothing is given twice; the first who waits and whose city has room finds no room in all."""
    taken: Counter[str | None] = Counter()
    for each in found:
        taken[each.organisation] += each.people if each.state in HOLDING else 0
    assert taken.total() <= places
    assert max(taken.values()) <= quota
    assert len({each.owner for each in found}) == len(found)
    waiting = [each for each in found if each.state == "waiting" and taken[each.organisation] + each.people <= quota]
    assert all(taken.total() + each.people > places for each in waiting[:1])
