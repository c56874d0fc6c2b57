from __future__ import annotations

import pytest

from bot.network.spelling import EXACT, fold, likeness, mention, nearness


@pytest.mark.parametrize(
    ("written", "folded"),
    [
        ("  HUẾ ", "hue"),
        ("Hué", "hue"),
        ("Đà-Nẵng", "da nang"),
        ("TP.HCM", "tp hcm"),
        ("📅 Réunions", "reunions"),
        ("ភ្នំ\u200bពេញ", "ភ្នំពេញ"),
        ("បណ្ដាញ", "បណ្តាញ"),
        ("ວຽງຈັນ", "ວຽງຈັນ"),
        ("Cœur", "coeur"),
        ("!?…", ""),
    ],
)
def test_fold_keeps_what_makes_a_word(written: str, folded: str) -> None:
    assert fold(written) == folded


@pytest.mark.parametrize(
    ("written", "name", "near"),
    [
        ("siemreap", "siem reap", True),
        ("siem rep", "siem reap", True),
        ("meting", "meeting", True),
        ("cam on", "cam pot", False),
        ("vietniane", "vientiane", True),
        ("reste", "brest", False),
        ("que", "hue", False),
        ("", "hue", False),
        ("phnom penh", "siem reap", False),
    ],
)
def test_nearness_forgives_a_slip_or_two(written: str, name: str, near: bool) -> None:
    assert (nearness(written, name) > 0) is near


def test_nearness_is_full_for_the_same_letters() -> None:
    assert nearness("hai phong", "haiphong") == EXACT


@pytest.mark.parametrize(
    ("written", "name", "found"),
    [
        ("qui est le point focal de hue", "hue", True),
        ("la reunion de siem rep", "siem reap", True),
        ("ce que je veux", "hue", False),
        ("អ្នកណាជាជនបង្គោលនៅសៀមរាប", "សៀមរាប", True),
        ("អ្នកណា", "សៀមរាប", False),
    ],
)
def test_mention_finds_a_name_in_a_sentence(written: str, name: str, found: bool) -> None:
    assert (mention(written, name) > 0) is found


def test_likeness_offers_what_only_resembles() -> None:
    assert likeness("mairie de poitiers", "grand poitiers") >= 60 > likeness("zzzz", "grand poitiers")
