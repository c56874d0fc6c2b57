from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.ask.scrub import LONGEST, scrubbed


@pytest.mark.parametrize(
    ("text", "names", "kept"),
    [
        ("mon mail est a.b@c.fr et mon tel 06 12 34 56 78", (), "mon mail est … et mon tel …"),
        ("écrivez-moi sur https://t.me/x ou @camille", (), "écrivez-moi sur … ou …"),
        ("Mme Vilay à Vientiane est-elle remplacée ?", (), "Mme … à Vientiane est-elle remplacée ?"),
        ("où est Trần Thị Mai en mai 2027", ("Trần Thị Mai",), "où est … en mai …"),
        ("où est trần thị mai", ("Trần Thị Mai",), "où est …"),
        ("chị Mai ở Huế, gọi 0905.123.456", ("Trần Thị Mai",), "chị … ở Huế, gọi …"),
        ("ông Nguyễn Văn An có họp không", (), "ông … có họp không"),
        ("តើលោក សុខ ដារ៉ា នៅណា", (), "តើលោក … នៅណា"),
        ("០១២ ៣៤៥ ៦៧៨ លេខខ្ញុំ", (), "… លេខខ្ញុំ"),
        ("Jean-Pierre Dupont n'est pas là", ("Jean-Pierre Dupont",), "… n'est pas là"),
        ("une question   sur\nles déchets", (), "une question sur les déchets"),
        ("123 456", (), None),
        ("😀", (), None),
        ("", ("Mai",), None),
    ],
)
def test_what_is_personal_is_taken_out(text: str, names: tuple[str, ...], kept: str | None) -> None:
    assert scrubbed(text, names) == kept


@given(st.text(max_size=400), st.lists(st.text(max_size=20), max_size=3))
def test_no_number_and_no_address_is_ever_kept(text: str, names: list[str]) -> None:
    kept = scrubbed(f"{text} a@b.cd", names)
    assert kept is None or (re.search(r"\d|@", kept), len(kept) <= LONGEST) == (None, True)
