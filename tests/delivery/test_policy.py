from __future__ import annotations

from datetime import UTC, datetime, timedelta
from itertools import product
from typing import get_args

import pytest

from bot.delivery.outcome import Kind, Outcome
from bot.delivery.policy import GIVEN_UP, Attempt, Next, after
from storage.outbox import IfUnknown

NOW = datetime(2027, 5, 3, 9, tzinfo=UTC)
YOUNG, OLD = NOW - timedelta(minutes=1), NOW - GIVEN_UP - timedelta(seconds=1)
AGAIN, HELD = get_args(IfUnknown)
MIDDLE = 0.5
"""The luck that neither hastens nor delays."""
LATER = NOW + timedelta(seconds=4)
"""When what failed for the third time is tried again."""

ALWAYS: dict[Kind, Next] = {
    "sent": Next("sent", NOW),
    "unreachable": Next("unreachable", NOW, "why"),
    "refused": Next("failed", NOW, "why"),
    "unauthorised": Next("queued", NOW, "why", stop=True),
    "wait": Next("queued", NOW + timedelta(seconds=7), "why"),
    "moved": Next("queued", NOW, "why", address=-100),
}
"""What follows whatever the message's kind and age."""
TROUBLES: dict[tuple[Kind, IfUnknown, datetime], Next] = {
    ("offline", AGAIN, YOUNG): Next("queued", LATER, "why"),
    ("offline", HELD, YOUNG): Next("queued", LATER, "why"),
    ("offline", AGAIN, OLD): Next("failed", NOW, "why"),
    ("offline", HELD, OLD): Next("failed", NOW, "why"),
    ("busy", AGAIN, YOUNG): Next("queued", LATER, "why"),
    ("busy", HELD, YOUNG): Next("queued", LATER, "why"),
    ("busy", AGAIN, OLD): Next("failed", NOW, "why"),
    ("busy", HELD, OLD): Next("failed", NOW, "why"),
    ("conflict", AGAIN, YOUNG): Next("queued", LATER, "why"),
    ("conflict", HELD, YOUNG): Next("queued", LATER, "why"),
    ("conflict", AGAIN, OLD): Next("failed", NOW, "why"),
    ("conflict", HELD, OLD): Next("failed", NOW, "why"),
    ("unknown", AGAIN, YOUNG): Next("queued", LATER, "why"),
    ("unknown", HELD, YOUNG): Next("unknown", NOW, "why"),
    ("unknown", AGAIN, OLD): Next("unknown", NOW, "why"),
    ("unknown", HELD, OLD): Next("unknown", NOW, "why"),
}


def judged(kind: Kind, if_unknown: IfUnknown, queued: datetime, attempts: int = 3, luck: float = MIDDLE) -> Next:
    outcome = Outcome(kind, -100 if kind == "moved" else None, 7.0, "" if kind == "sent" else "why")
    return after(Attempt(attempts, if_unknown, queued), outcome, NOW, luck)


@pytest.mark.parametrize("queued", [YOUNG, OLD], ids=["young", "old"])
@pytest.mark.parametrize("if_unknown", [AGAIN, HELD])
@pytest.mark.parametrize("kind", ALWAYS)
def test_outcome_that_speaks_for_itself_is_followed(kind: Kind, if_unknown: IfUnknown, queued: datetime) -> None:
    assert judged(kind, if_unknown, queued) == ALWAYS[kind]


@pytest.mark.parametrize(("kind", "if_unknown", "queued"), TROUBLES)
def test_trouble_is_waited_out_held_or_given_up(kind: Kind, if_unknown: IfUnknown, queued: datetime) -> None:
    assert judged(kind, if_unknown, queued) == TROUBLES[kind, if_unknown, queued]


def test_table_knows_every_outcome() -> None:
    assert {*ALWAYS, *(kind for kind, _, _ in TROUBLES)} == set(get_args(Kind))
    assert set(TROUBLES) == set(product({kind for kind, _, _ in TROUBLES}, (AGAIN, HELD), (YOUNG, OLD)))


@pytest.mark.parametrize(
    ("kind", "waits"),
    [
        ("offline", [1, 2, 4, 8, 16, 32, 60, 60]),
        ("busy", [1, 2, 4, 8, 16, 32, 60, 60]),
        ("unknown", [1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 1024, 2048, 3600, 3600]),
    ],
)
def test_waits_grow_longest_for_what_may_have_arrived(kind: Kind, waits: list[int]) -> None:
    tries = [judged(kind, AGAIN, YOUNG, attempts) for attempts in range(1, len(waits) + 1)]
    assert [(one.at - NOW).total_seconds() for one in tries] == waits


def test_luck_spreads_the_next_tries_by_a_quarter_to_each_side() -> None:
    assert [(judged("busy", AGAIN, YOUNG, 3, luck).at - NOW).total_seconds() for luck in (0.0, 0.5, 1.0)] == [3, 4, 5]


def test_many_attempts_do_not_overflow() -> None:
    assert judged("offline", AGAIN, YOUNG, 10_000).at == NOW + timedelta(seconds=60)


@pytest.mark.parametrize("seconds", [0.0, 1.0, 3_600.0, 86_400.0])
def test_a_429_waits_exactly_as_long_as_told(seconds: float) -> None:
    found = after(Attempt(50, HELD, OLD), Outcome("wait", seconds=seconds), NOW, 0.9)
    assert found == Next("queued", NOW + timedelta(seconds=seconds), "wait")
