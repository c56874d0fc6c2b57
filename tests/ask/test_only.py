from __future__ import annotations

import pytest

from bot.ask.normalise import normalise
from bot.ask.only import only_of
from bot.network.languages import Language


@pytest.mark.parametrize(
    ("language", "text", "only"),
    [
        ("fr", "quelles réunions sont annulées", "cancelled"),
        ("fr", "les réunions annulées ou reportées", "changed"),
        ("fr", "les réunions en visio de décembre", "video"),
        ("fr", "les réunions de décembre", None),
        ("vi", "cuộc họp nào bị hoãn", "moved"),
        ("vi", "tháng 12 có họp trực tuyến không", "video"),
        ("km", "ប្រជុំណាខ្លះត្រូវបានលុបចោល", "cancelled"),
        ("lo", "ກອງປະຊຸມໃດຖືກເລື່ອນ", "moved"),
        ("en", "face to face meetings in Laos", "in_person"),
    ],
)
def test_meetings_are_narrowed_by_how_they_stand_or_are_held(language: Language, text: str, only: str | None) -> None:
    assert only_of(normalise(text), language)[0] == only
