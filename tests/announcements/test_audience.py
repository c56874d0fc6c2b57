from __future__ import annotations

from datetime import date

import pytest

from bot.announcements.audience import Audience, Facts, Term, holds, read
from bot.network.audiences import Reader

FACTS = Facts(
    today=date(2027, 3, 10),
    answered={"visit": {"p:mai", "o:hue"}, "poll": set()},
    asked={"visit": {"mai", "dara", "linh"}, "poll": {"mai"}},
)


def somebody(person: str, **more: object) -> Reader:
    values = {
        "account": 1, "channel": "web", "address": 1, "person": person, "name": person, "role": "focal_point",
        "organisation": "hue", "country": "VN", "groups": (), "themes": ("water",), "dues_paid_until": None,
        "language": "vi", "language_chosen": True, "time_zone": "Asia/Ho_Chi_Minh", "digits": "latin", **more,
    }  # fmt: skip
    return Reader.model_validate(values)


MAI = somebody("mai")
LINH = somebody("linh", role="member", dues_paid_until=date(2027, 12, 31))
DARA = somebody("dara", organisation="phnom-penh", country="KH", themes=(), dues_paid_until=date(2027, 3, 10))
EMBASSY = somebody("embassy", role="partner", organisation="embassy", country="FR", themes=())
EVERYBODY = (MAI, LINH, DARA)


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("everybody", "mai linh dara"),
        ("country:VN", "mai linh"),
        ("country:VN country:KH", "mai linh dara"),
        ("country:VN role:focal_point", "mai"),
        ("role:focal_point -country:KH", "mai"),
        ("-organisation:hue", "dara"),
        ("theme:water", "mai linh"),
        ("dues:paid", "linh dara"),
        ("dues:unpaid", "mai"),
        ("registered:visit", "mai linh"),
        ("unanswered:visit", "dara"),
        ("unanswered:poll", "mai"),
        ("unanswered:absent", ""),
        ("-registered:visit", "dara"),
        ("country:LA", ""),
    ],
)
def test_audience_holds_whom_its_terms_name(written: str, expected: str) -> None:
    assert " ".join(one.name for one in EVERYBODY if holds(read(written), one, FACTS)) == expected


@pytest.mark.parametrize("written", ["pays:VN", "country:", "country", "-", ":VN"])
def test_a_word_that_is_no_term_is_named(written: str) -> None:
    with pytest.raises(ValueError, match=f"^{written}$"):
        read(f"country:VN {written}")


def test_a_term_tapped_twice_is_gone() -> None:
    term = Term(kind="country", value="VN")
    once = Audience().toggled("but", term)
    assert (once.but, once.toggled("but", term)) == ((term,), Audience())


def test_audience_says_of_which_forms_it_must_know_the_answers() -> None:
    assert read("registered:visit -unanswered:poll country:VN").forms == {"visit", "poll"}


def test_partners_owe_no_dues() -> None:
    assert [one.name for one in (MAI, EMBASSY) if holds(read("dues:unpaid"), one, FACTS)] == ["mai"]
