"""A form with one question of every way of asking, for tests."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from datetime import UTC, datetime
from typing import Any

from bot.forms.definition import Definition, build
from bot.network.content import Content
from bot.network.forms import Form, Question
from storage.submissions import Submission

CLOSES = datetime(2027, 5, 31, 17, 0, tzinfo=UTC)


def form(**more: Any) -> Form:
    """A registration that closes at the end of May 2027 in Phnom Penh."""
    given: dict[str, Any] = {
        "code": "visit", "title": Content.of("en", en="Visit", fr="Visite", km="ទស្សនកិច្ច"), "kind": "registration",
        "closes": CLOSES, "time_zone": "Asia/Phnom_Penh",
    }  # fmt: skip
    return Form(**{**given, **more})


def question(name: str, number: int, kind: str, **more: Any) -> Question:
    """A question of the form."""
    label = more.pop("label", name.replace("_", " ").capitalize())
    owner = more.pop("form", "visit")
    said = Content.of("en", en=label)
    return Question(code=f"{owner}.{name}", form=owner, name=name, number=number, kind=kind, label=said, **more)


def visit(**more: Any) -> Definition:
    """Name, arrival, whether one stays, for how many nights, the meal, what to see, remarks."""
    return build(form(**more), VISIT)


VISIT = (
    question("name", 10, "short_text", known="name"),
    question("arrival", 20, "date", at_least="2027-05-10", at_most="2027-05-20"),
    question("stays", 30, "yes_no"),
    question("nights", 40, "whole_number", at_least="1", at_most="5", condition="stays = yes"),
    question(
        "meal", 50, "one_choice", options=("rice", "noodles"),
        choices=Content.of("en", en="Rice; Noodles", fr="Riz; Nouilles"),
    ),
    question(
        "sights", 60, "several_choices", options=("market", "temple", "river"), at_least="1", at_most="2",
        choices=Content.of("en", en="Market; Temple; River"),
    ),
    question("remarks", 70, "long_text", required=False),
)  # fmt: skip


def awake_at(moment: datetime) -> Callable[[Submission], Awaitable[datetime]]:
    """Whoever waits for a place, they are told of an offer at that moment."""

    async def told(_: Submission) -> datetime:
        return moment

    return told
