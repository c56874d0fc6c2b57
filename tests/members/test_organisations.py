from __future__ import annotations

import pytest

from bot.network.organisations import exactly, named, resembling
from bot.network.records import Organisation
from tests.members.network import NETWORK


def codes(found: tuple[Organisation, ...]) -> list[str]:
    return [one.code for one in found]


@pytest.mark.parametrize(
    ("written", "code"),
    [
        ("Huê", "hue"),
        ("HUE", "hue"),
        ("tp hue", "hue"),
        ("Siem Rep", "siem-reap"),
        ("ភ្នំពេញ", "phnom-penh"),
        ("ວຽງຈັນ", "vientiane"),
        ("les réunions à Pnom Penh", "phnom-penh"),
    ],
)
def test_named_finds_a_city_by_any_spelling(written: str, code: str) -> None:
    assert codes(named(NETWORK, written))[:1] == [code]


@pytest.mark.parametrize("written", ["bonjour", "que faire", "", "12345", "cảm ơn", "cán bộ", "hạn nộp"])
def test_named_finds_nothing_in_other_words(written: str) -> None:
    assert codes(named(NETWORK, written)) == []


def test_exactly_takes_marks_and_case_lightly_but_no_slip() -> None:
    assert exactly(NETWORK, "hué") == next(one for one in NETWORK if one.code == "hue")
    assert exactly(NETWORK, "Siem Rep") is None


def test_exactly_leaves_a_name_of_two_to_the_person() -> None:
    twin = NETWORK[1].model_copy(update={"code": "hue-province"})
    assert exactly((*NETWORK, twin), "Huế") is None


def test_resembling_offers_three_at_most_best_first() -> None:
    assert codes(resembling(NETWORK, "Siem Rep")) == ["siem-reap"]
    assert codes(resembling(NETWORK, "ville du Havre"))[:1] == ["le-havre"]
    assert len(resembling(NETWORK * 5, "Siem Reap")) == 3
    assert codes(resembling(NETWORK, "Ouagadougou")) == []
