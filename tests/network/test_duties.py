from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

import pytest

from bot.network.audiences import Reader
from bot.network.content import Content
from bot.network.duties import Duty, Stance, Standing
from tests.support.sample import stranger

DUE = datetime(2027, 5, 18, 17, tzinfo=UTC)
DAY, TODAY = date(2027, 5, 19), date(2027, 5, 3)


def duty(**more: Any) -> Duty:
    known = {"all_day": False, "time_zone": "Asia/Ho_Chi_Minh", "audience": "members"}
    return Duty("deadline", 1, "report", Content.of("fr", fr="Rapport"), DUE, **(known | more))


def somebody(code: str = "mai", **more: Any) -> Reader:
    known = {"person": code, "role": "focal_point", "organisation": "hue", "country": "VN", "themes": ("water",)}
    return stranger("vi").model_copy(update=known | more)


def said(code: str, stance: Any, *, colleague: str | None = None, organisation: str = "hue") -> Stance:
    return Stance(code, organisation, "deadline:report", stance, None, colleague)


def awaited(standing: Standing, one: Duty, *codes: str) -> list[str]:
    people = {"mai": somebody(), "kha": somebody("kha", role="member"), "dara": somebody("dara", organisation="pp")}
    return [code for code in codes if standing.is_awaited(one, people[code], TODAY, DAY)]


CITY = duty(of_city=True)


@pytest.mark.parametrize(
    ("stances", "found"),
    [
        ((), ["mai", "dara"]),
        ((said("mai", "done"),), ["dara"]),
        ((said("kha", "done"),), ["dara"]),  # a colleague did it for the city
        ((said("kha", "declined"),), ["mai", "dara"]),
        ((said("mai", "declined"),), ["dara"]),
        ((said("mai", "passed", colleague="kha"),), ["kha", "dara"]),
        ((said("mai", "passed", colleague="kha"), said("kha", "done")), ["dara"]),
        ((said("mai", "passed", colleague="kha"), said("kha", "declined")), ["mai", "dara"]),
        ((said("mai", "passed", colleague=None),), ["mai", "dara"]),  # whoever took it has left
        ((said("mai", "asked"),), ["mai", "dara"]),
    ],
)
def test_what_a_city_owes_is_asked_of_whoever_answers_for_it(stances: tuple[Stance, ...], found: list[str]) -> None:
    standing = Standing(stances, focal=("hue", "pp"))
    assert awaited(standing, CITY, "mai", "kha", "dara") == found


def test_a_city_without_a_focal_point_is_asked_through_its_members() -> None:
    assert awaited(Standing(focal=("pp",)), CITY, "kha") == ["kha"]


@pytest.mark.parametrize(
    ("reader", "one", "concerned"),
    [
        (somebody(), duty(audience="everyone", themes=("water",)), True),
        (somebody(), duty(audience="everyone", themes=("heritage",)), False),
        (somebody(), duty(audience="members", themes=("heritage",)), True),
        (somebody(), duty(audience="everyone"), True),
        (somebody(role="guest"), duty(audience="everyone"), False),
        (somebody(role="guest"), duty(audience="everyone", themes=("water",)), True),
        (somebody(role="guest"), duty(audience="members", themes=("water",)), False),
        (somebody(role="coordinator"), duty(audience="everyone"), False),
        (somebody(), duty(organisations=("can-tho",)), False),
        (somebody(), duty(audience="members_paid"), False),
    ],
)
def test_a_thing_concerns_those_whose_audience_and_themes_it_has(reader: Reader, one: Duty, concerned: bool) -> None:
    assert Standing(focal=("hue",)).concerns(one, reader, TODAY) == concerned


def test_participants_are_known_by_their_place_or_their_word() -> None:
    meeting = duty(entrance="deadline:reg", entrance_form="visit")
    word = Stance("mai", "hue", "deadline:reg", "done", None, None)
    assert [
        standing.concerns(meeting, somebody(), TODAY)
        for standing in (Standing(), Standing(attending={"visit": {"mai"}}), Standing((word,)))
    ] == [False, True, True]


def test_paid_dues_and_sent_forms_are_done() -> None:
    paid = somebody(dues_paid_until=date(2027, 12, 31))
    assert Standing().is_done(duty(dues=True), paid, DAY)
    assert not Standing().is_done(duty(dues=True), somebody(), DAY)
    sent = Standing(answered={"visit": {"o:hue"}})
    assert (sent.is_done(duty(form="visit"), paid, DAY), sent.is_done(duty(), paid, DAY)) == (True, False)
