from __future__ import annotations

from datetime import date

import pytest

from bot.network.content import Content
from bot.watch.issue import Entry, IssueContent, Wish, arranged, concerns, missing
from tests.support.sample import stranger

TODAY = date(2027, 4, 1)
TITLE = Content.of("fr", fr="Titre", vi="Tin")
READER = stranger("vi").model_copy(
    update={"person": "mai", "role": "focal_point", "organisation": "hue", "themes": ("water",)}
)


def entry(name: str, section: str = "news", **more: object) -> Entry:
    return Entry(name, "", section, 1, TITLE)._replace(**more)


@pytest.mark.parametrize(
    ("more", "wish", "expected"),
    [
        ({}, Wish(), True),
        ({"audience": "members"}, Wish(), True),
        ({"audience": "members_paid"}, Wish(), False),
        ({"audience": "group:board"}, Wish(), False),
        ({"only": ("hue",)}, Wish(), True),
        ({"only": ("can-tho",)}, Wish(), False),
        ({"themes": ("water",)}, Wish(), True),
        ({"themes": ("tourism",)}, Wish(), False),
        ({"themes": ("tourism",)}, Wish(themes=("tourism",)), True),
        ({"themes": ("tourism",)}, Wish(themes=()), True),
        ({"themes": ("tourism",), "of": ("hue",)}, Wish(), True),
        ({"name": "pinned", "themes": ("tourism",)}, Wish(), True),
        ({"name": "pinned", "audience": "coordinators"}, Wish(), False),
    ],
)
def test_audiences_hide_and_themes_choose(more: dict[str, object], wish: Wish, expected: bool) -> None:
    assert concerns(entry("a")._replace(**more), READER, TODAY, wish, ("pinned",)) is expected


def test_an_issue_is_ordered_by_section_and_by_its_coordinator() -> None:
    every = [
        entry("old", begins=1.0), entry("new", begins=2.0), entry("late", "events", begins=9.0),
        entry("soon", "events", begins=3.0), entry("gone"),
    ]  # fmt: skip
    content = IssueContent(dropped=("gone",))
    assert [one.name for one in arranged(every, content)] == ["soon", "late", "new", "old"]
    moved = content.model_copy(update={"first": ("late",), "pinned": ("old",)})
    assert [one.name for one in arranged(every, moved)] == ["old", "late", "soon", "new"]
    approved = content.model_copy(update={"entries": ("new", "soon")})
    assert [one.name for one in arranged(every, approved)] == ["new", "soon"]


def test_what_is_not_translated_is_told_for_languages_that_are_read_and_not_waived() -> None:
    assert missing([entry("a")], IssueContent(waived=("km",)), {"fr", "vi", "km", "lo"}) == {"lo": [entry("a")]}


def test_an_event_that_moved_is_new_again() -> None:
    assert entry("event:a")._replace(version="1").key != entry("event:a")._replace(version="2").key
