from __future__ import annotations

import pytest

from bot.members.suggestions import Suggestions
from bot.network.languages import LANGUAGES
from bot.texts.voice import Voice
from handlers.menu import every_command
from tests.members.network import CATALOGUES, NETWORK, organisation

COMMANDS = every_command()
SUGGESTIONS = Suggestions(CATALOGUES, COMMANDS)


@pytest.mark.parametrize(
    ("written", "command"),
    [
        ("meting", "meetings"),
        ("reunions", "meetings"),
        ("réunoins", "meetings"),
        ("cuochop", "meetings"),
        ("កិច្ចប្រជុំ", "meetings"),
        ("ກອງປະຊຸມ", "meetings"),
        ("deadline", "deadlines"),
        ("echeance", "deadlines"),
        ("hanchot", "deadlines"),
        ("ថ្ងៃផុតកំណត់", "deadlines"),
        ("contact", "contacts"),
        ("lien he", "contacts"),
        ("langue", "language"),
        ("reglages", "settings"),
        ("múi giờ", "settings"),
        ("aide", "help"),
        ("halp", "help"),
        ("ជំនួយ", "help"),
        ("rejoindre", "join"),
    ],
)
def test_nearest_knows_the_words_of_every_language(written: str, command: str) -> None:
    found = SUGGESTIONS.nearest(written, COMMANDS, ())
    assert (found.commands[0], found.near > 0, len(found.commands)) == (command, True, 3)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("command", ["meetings", "deadlines", "contacts"])
def test_nearest_understands_the_examples_of_the_help(language: str, command: str) -> None:
    example = Voice.plain(CATALOGUES[language].say(f"help.example_{command}"))
    assert SUGGESTIONS.nearest(example, COMMANDS, ()).commands[0] == command


def test_nearest_offers_what_people_ask_most_where_nothing_is_near() -> None:
    found = SUGGESTIONS.nearest("xyzzy plugh", COMMANDS, NETWORK)
    assert (found.organisation, found.commands, found.near) == (None, ("meetings", "deadlines", "contacts"), 0)


def test_nearest_never_offers_what_the_reader_may_not_do() -> None:
    assert "join" not in SUGGESTIONS.nearest("rejoindre", [one for one in COMMANDS if one != "join"], ()).commands


def test_nearest_takes_the_word_for_a_command_before_a_name() -> None:
    delegation = organisation("eu", "KH", "Asia/Phnom_Penh", ("DUE",))
    found = SUGGESTIONS.nearest("due", COMMANDS, (delegation,))
    assert (found.organisation, found.commands[0]) == (None, "deadlines")


def test_nearest_recognises_a_city() -> None:
    found = SUGGESTIONS.nearest("Siem Rep", COMMANDS, NETWORK)
    assert found.organisation is not None
    assert found.organisation.code == "siem-reap"
