"""The whole sample network, in every language, for everybody: nothing breaks, and nothing is broken."""

from __future__ import annotations

import re

import pytest

from bot.delivery.calls import bubbles
from bot.network.audiences import Reader
from bot.network.languages import LANGUAGES, Language
from bot.texts.reply import Reply
from storage.database import Database, Transaction
from tests.botapi.check_calls import check_calls
from tests.support.sample import NOW, reader, stranger
from tests.texts.walk import screens

PEOPLE = ("stranger", "tran-thi-mai", "helene-marchand")
"""A stranger, a member in Huế, the coordinator."""
_LEFT_OPEN = re.compile(r"[{}]|\n\n\n|^\s|\s$| {2}|None|<i></i>|<b></b>|\(\)")


async def known(read: Transaction, code: str, language: Language) -> Reader:
    return stranger(language) if code == "stranger" else await reader(read, code, language=language)


def problems_of(reply: Reply) -> list[str]:
    """What Telegram, or a reader, would not like about it."""
    calls = [{"method": call.method, "params": call.parameters} for call in bubbles(1, reply)]
    labels = [button.label for row in reply.buttons for button in row]
    return [
        *check_calls(calls),
        *(f"left open: {found[0]!r} in {reply.text}" for found in _LEFT_OPEN.finditer(reply.text)),
        *(f"label: {label!r}" for label in labels if _LEFT_OPEN.search(label)),
        *(f"row of {len(row)} buttons" for row in reply.buttons if not 1 <= len(row) <= 8),
    ]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("code", PEOPLE)
async def test_every_screen_is_whole(sample_network: Database, code: str, language: Language) -> None:
    problems, count = [], 0
    async with sample_network.snapshot() as read:
        async for path, reply in screens(read, await known(read, code, language), NOW):
            problems += [f"{path}: {problem}" for problem in problems_of(reply)]
            count += 1
    assert problems == []
    assert count > {"stranger": 150}.get(code, 200)


@pytest.mark.parametrize("language", ["km", "lo"])
async def test_every_screen_is_whole_in_native_digits(sample_network: Database, language: Language) -> None:
    async with sample_network.snapshot() as read:
        speaks = (await known(read, "camille-lefort", language)).model_copy(update={"digits": "native"})
        problems = [
            f"{path}: {problem}" async for path, reply in screens(read, speaks, NOW) for problem in problems_of(reply)
        ]
    assert problems == []
