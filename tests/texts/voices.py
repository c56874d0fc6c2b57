"""Voices to speak with in tests."""

from __future__ import annotations

from typing import Literal
from zoneinfo import ZoneInfo

from bot.network.languages import Language
from bot.texts.voice import Voice
from locales import Catalogues

CATALOGUES = Catalogues.load()
HUE, PARIS, PHNOM_PENH = "Asia/Ho_Chi_Minh", "Europe/Paris", "Asia/Phnom_Penh"


def voice(language: Language, zone: str = HUE, digits: Literal["latin", "native"] = "latin") -> Voice:
    return Voice(CATALOGUES[language], language, ZoneInfo(zone), digits)
