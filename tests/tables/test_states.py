from __future__ import annotations

import pytest

from bot.network.content import Content, State
from bot.network.languages import Language
from bot.network.records import Theme
from bot.tables.states import settled

Said = dict[Language, tuple[str, State]]


def theme(said: Said) -> Theme:
    versions = {language: {"text": text, "state": state} for language, (text, state) in said.items()}
    return Theme(code="water", name=Content.model_validate(versions), axis="main")


STORED: Said = {"fr": ("Eau", "source"), "vi": ("nước", "machine"), "km": ("ទឹក", "human")}


@pytest.mark.parametrize(
    ("new", "stated", "expected"),
    [
        pytest.param(
            {"fr": ("Eau", "source"), "vi": ("nước", "human"), "km": ("ទឹក", "human")}, (), STORED,
            id="nothing changed: as stored",
        ),
        pytest.param(
            {"fr": ("Eaux", "source"), "vi": ("nước", "human"), "km": ("ទឹក", "human")}, (),
            {"fr": ("Eaux", "source"), "vi": ("nước", "stale"), "km": ("ទឹក", "stale")},
            id="source changed: what did not change is stale",
        ),
        pytest.param(
            {"fr": ("Eaux", "source"), "vi": ("các nước", "human"), "lo": ("ນ້ຳ", "human")}, (),
            {"fr": ("Eaux", "source"), "vi": ("các nước", "human"), "lo": ("ນ້ຳ", "human")},
            id="source changed: what changed or is new is by a person",
        ),
        pytest.param(
            {"fr": ("Eaux", "source"), "vi": ("nước", "human"), "km": ("ទឹក", "machine")}, ("name_vi", "name_km"),
            {"fr": ("Eaux", "source"), "vi": ("nước", "human"), "km": ("ទឹក", "machine")},
            id="what the row says wins",
        ),
        pytest.param(
            {"fr": ("Eau", "human"), "vi": ("nước sạch", "source"), "km": ("ទឹក", "human")}, (),
            {"fr": ("Eau", "stale"), "vi": ("nước sạch", "source"), "km": ("ទឹក", "stale")},
            id="another source, which changed",
        ),
        pytest.param(
            {"fr": ("Eau", "human"), "vi": ("nước", "source"), "km": ("ទឹក", "human")}, (),
            {"fr": ("Eau", "human"), "vi": ("nước", "source"), "km": ("ទឹក", "human")},
            id="another source, which did not change",
        ),
        pytest.param(
            {"vi": ("nước", "human"), "km": ("ទឹក", "human"), "en": ("Water", "source")}, (),
            {"vi": ("nước", "stale"), "km": ("ទឹក", "stale"), "en": ("Water", "source")},
            id="the source is gone and a new one came",
        ),
        pytest.param(
            {"fr": ("Eau", "human"), "vi": ("nước", "human"), "km": ("ទឹក", "human"), "en": ("Water", "source")}, (),
            {"fr": ("Eau", "human"), "vi": ("nước", "machine"), "km": ("ទឹក", "human"), "en": ("Water", "source")},
            id="a new source beside the old one, which did not change",
        ),
    ],
)  # fmt: skip
def test_states_follow_the_source(new: Said, stated: tuple[str, ...], expected: Said) -> None:
    assert settled("themes", theme(STORED), theme(new), stated) == theme(expected)


def test_states_of_a_field_that_was_empty_are_the_row_s() -> None:
    new = theme(STORED)
    assert settled("themes", new, new, ()) == new
