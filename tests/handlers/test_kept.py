"""A screen that is kept must be, word for word, the one that would be made now, for this reader and no other."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any, Literal, cast
from zoneinfo import ZoneInfo

from hypothesis import given, settings
from hypothesis import strategies as st

from bot.answers.meetings import MeetingsRequest, meetings
from bot.delivery.incoming import Incoming
from bot.network.audiences import Reader
from bot.network.content import Content
from bot.network.languages import LANGUAGES
from bot.network.records import Event
from bot.texts.meetings import meetings_list
from bot.texts.reply import Reply
from bot.texts.voice import Voice
from handlers import kept
from handlers.meetings import show
from handlers.turn import Turn
from storage.database import Database, Transaction
from storage.network import EVENTS, ORGANISATIONS
from tests.answers.visibility import MAY_SEE, somebody
from tests.members.network import CATALOGUES
from tests.support.sample import NOW

ZONES = ("Asia/Phnom_Penh", "Europe/Paris", "America/St_Johns", "Pacific/Kiritimati", "Africa/Cairo")
REQUESTS = (
    MeetingsRequest(), MeetingsRequest(page=1), MeetingsRequest(past=True), MeetingsRequest(theme=1),
    MeetingsRequest(country="VN"), MeetingsRequest(first=NOW.date(), last=NOW.date() + timedelta(days=40)),
)  # fmt: skip
NUMBERS = itertools.count()


@st.composite
def readers(draw: st.DrawFn) -> tuple[str, dict[str, Any]]:
    """A person, and how they wish to read."""
    digits: Literal["latin", "native"] = draw(st.sampled_from(("latin", "native")))
    chosen = {"language": draw(st.sampled_from(LANGUAGES)), "time_zone": draw(st.sampled_from(ZONES)), "digits": digits}
    dues = draw(st.sampled_from((None, NOW.date(), NOW.date() + timedelta(days=30))))
    return draw(st.sampled_from(tuple(MAY_SEE))), chosen | ({"dues_paid_until": dues} if dues else {})


def moments(events: list[Event]) -> Iterator[datetime]:
    """The moments around which a list changes, and their neighbours."""
    days = [datetime(2027, 3, day, tzinfo=ZoneInfo(zone)) for day in range(10, 31) for zone in ZONES]
    for moment in (*(event.ends for event in events), *days):
        yield from (moment - timedelta(seconds=1), moment - timedelta(milliseconds=1), moment)


async def change(tx: Transaction, what: str, events: list[Event], number: int) -> None:
    """Change the tables a little."""
    one = events[number % len(events)]
    if what == "title":
        await EVENTS.put(tx, one.model_copy(update={"title": Content.of("fr", fr=f"Titre {next(NUMBERS)}")}))
    elif what == "audience":
        await EVENTS.put(
            tx, one.model_copy(update={"audience": ("coordinators", "members_paid", "everyone")[number % 3]})
        )
    elif what == "end":
        await EVENTS.put(tx, one.model_copy(update={"ends": one.ends + timedelta(hours=1 + number % 50)}))
    elif what == "add":
        await EVENTS.put(tx, one.model_copy(update={"code": f"extra-{number % 3}"}))
    elif what == "remove":
        await EVENTS.remove(tx, f"extra-{number % 3}")
    else:
        place = (await ORGANISATIONS.all(tx))[number % 5]
        await ORGANISATIONS.put(tx, place.model_copy(update={"name": Content.of("fr", fr=f"Ville {next(NUMBERS)}")}))


async def fresh(turn: Turn, request: MeetingsRequest) -> Reply:
    """The list as it is made from the tables."""
    return meetings_list(turn.voice, await meetings(turn.tx, turn.reader, turn.now, request), turn.now)


STEPS = st.lists(
    st.one_of(
        st.tuples(st.just("read"), st.lists(readers(), min_size=1, max_size=3), st.sampled_from(REQUESTS)),
        st.tuples(st.just("clock"), st.integers(0, 10_000), st.booleans()),
        st.tuples(
            st.sampled_from(("title", "audience", "end", "add", "remove", "place")), st.integers(0, 200), st.booleans()
        ),
    ),
    min_size=4, max_size=25,
)  # fmt: skip


@given(steps=STEPS)
@settings(max_examples=60)
async def test_what_is_kept_is_what_would_be_made_now(sample_network: Database, steps: list[Any]) -> None:
    async with sample_network.snapshot() as read:
        every = await EVENTS.all(read)
    turning, now = sorted(moments(every)), NOW
    for what, first, second in steps:
        if what == "clock":
            now = turning[first % len(turning)] if second else max(now, NOW) + timedelta(minutes=first)
            continue
        if what == "read":
            async with sample_network.snapshot() as read:
                for code, chosen in first * 2:
                    turn = _turn(read, (await somebody(read, code)).model_copy(update=chosen), now)
                    assert await show(turn, second) == await fresh(turn, second)
            continue
        try:
            async with sample_network.transaction() as write:
                await change(write, what, every, first)
                turn = _turn(write, await somebody(write, "helene-marchand"), now)
                assert await show(turn, MeetingsRequest()) == await fresh(turn, MeetingsRequest())
                if second:
                    raise LookupError
        except LookupError:
            pass


async def test_a_screen_is_made_once_for_all_who_would_read_the_same(sample_network: Database) -> None:
    made = []

    async def until(read: Transaction, now: datetime) -> datetime:
        return now + timedelta(hours=1)

    async def make() -> Reply:
        made.append(1)
        return Reply(CATALOGUES["fr"].say("meetings.none"))

    screens = kept.Kept(until)
    async with sample_network.snapshot() as read:
        for code in ("tran-thi-mai", "tran-thi-mai", "stranger", "agathe-brisson", "stranger"):
            await screens.get(_turn(read, await somebody(read, code), NOW), "list", make)
        assert len(made) == 3  # the third time for another zone
        for moved, times in ((59, 3), (60, 4), (0, 5)):
            later = NOW + timedelta(minutes=moved)
            await screens.get(_turn(read, await somebody(read, "tran-thi-mai"), later), "list", make)
            assert len(made) == times


def _turn(tx: Transaction, reader: Reader, now: datetime) -> Turn:
    return Turn(tx, now, reader, Voice.of(CATALOGUES, reader), cast("Incoming", None))
