from __future__ import annotations

import pytest

from bot.members.zones import Zones, network_zones
from tests.members.network import NETWORK


@pytest.mark.parametrize(
    ("written", "zones"),
    [
        ("Tokyo", ("Asia/Tokyo",)),
        ("tokio", ("Asia/Tokyo",)),
        ("Japon", ("Asia/Tokyo",)),
        ("តូក្យូ", ("Asia/Tokyo",)),
        ("ໂຕກຽວ", ("Asia/Tokyo",)),
        ("Montréal", ("America/Toronto",)),
        ("Saigon", ("Asia/Ho_Chi_Minh",)),
        ("asia/vientiane", ("Asia/Vientiane",)),
        ("Le Havre", ("Europe/Paris",)),
        ("huê", ("Asia/Ho_Chi_Minh",)),
        ("Zzyzx", ()),
        ("", ()),
    ],
)
def test_named_knows_cities_and_countries_in_every_language(written: str, zones: tuple[str, ...]) -> None:
    assert Zones().named(written, NETWORK) == zones


@pytest.mark.parametrize("example", ["Tokyo", "Montréal", "Paris", "តូក្យូ", "ប៉ារីស", "ໂຕກຽວ", "ປາຣີ"])
def test_named_knows_the_examples_that_the_question_gives(example: str) -> None:
    assert len(Zones().named(example)) == 1


def test_named_offers_several_where_the_name_is_not_certain() -> None:
    assert Zones().named("Oran") == ("Asia/Muscat", "Asia/Oral", "Asia/Tehran")


def test_known_refuses_what_is_no_place() -> None:
    written = ("Asia/Tokyo", "Etc/UTC", "../etc/passwd", None)
    assert [Zones.known(zone) for zone in written] == ["Asia/Tokyo", None, None, None]


def test_network_zones_are_those_of_its_members_most_of_them_first() -> None:
    assert network_zones(NETWORK) == (
        ("KH", "Asia/Phnom_Penh"),
        ("FR", "Europe/Paris"),
        ("LA", "Asia/Vientiane"),
        ("VN", "Asia/Ho_Chi_Minh"),
    )
