from __future__ import annotations

import pytest

from bot.network.languages import LANGUAGES
from bot.texts.cut import units
from handlers.menu import commands_for, profile_calls
from tests.botapi.check_calls import check_calls
from tests.members.network import CATALOGUES


def test_profile_calls_are_what_telegram_takes() -> None:
    calls = profile_calls(CATALOGUES)
    assert check_calls([{"method": one.method, "params": one.parameters, "files": {}} for one in calls]) == []
    assert all(one.optional for one in calls)


def test_profile_calls_set_everything_in_every_language() -> None:
    said = [(one.method, one.parameters.get("language_code")) for one in profile_calls(CATALOGUES)]
    for_each = ("setMyCommands", "setMyDescription", "setMyShortDescription")
    assert said == [("setMyName", None), *((method, code) for code in (None, *LANGUAGES) for method in for_each)]


@pytest.mark.parametrize("language", LANGUAGES)
def test_profile_texts_fit(language: str) -> None:
    lengths = [
        units(CATALOGUES[language].say(f"profile.{name}")) for name in ("name", "description", "short_description")
    ]
    assert all(length <= limit for length, limit in zip(lengths, (64, 512, 120), strict=True))


@pytest.mark.parametrize("language", LANGUAGES)
def test_command_descriptions_fit(language: str) -> None:
    assert all(units(CATALOGUES[language].say(f"menu.{name}")) <= 256 for name in commands_for("stranger"))


def test_only_strangers_are_offered_to_join() -> None:
    assert "join" in commands_for("stranger")
    assert "join" not in commands_for("member")
