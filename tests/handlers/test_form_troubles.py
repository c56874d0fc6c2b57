"""What phones, networks and people do to a form that is being filled in."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import orjson
import pytest

from storage.sqlite import _Statements
from tests.forms.small import form, question
from tests.handlers.filling import begin, draft_of, fill, last, put, send_of, sent, start, started
from tests.support.bot import TestBot
from tests.support.people import JOHN, message, tap
from tests.support.phone import Bubble

STATEMENTS = 60
"""More than any update needs."""


@pytest.fixture
async def bot(tmp_path: Path, sample_file: Path) -> AsyncIterator[TestBot]:
    async with started(tmp_path, sample_file) as running:
        yield running


def data_of(bubble: Bubble, ending: str) -> str:
    found = [one.data for row in bubble.buttons for one in row if one.data and one.data.endswith(ending)]
    assert found, bubble
    return str(found[0])


async def answers(bot: TestBot) -> dict[str, Any]:
    found: dict[str, Any] = orjson.loads(await draft_of(bot))["answers"]
    return found


async def test_button_from_before_an_edit_shows_the_current_step(bot: TestBot) -> None:
    await fill(bot)
    send, edit = send_of(bot), data_of(bot.phone(JOHN).last, ":g:2")
    await bot.tap_data(edit)
    question_again = bot.phone(JOHN).last.text
    await bot.tap_data(send)
    assert (await sent(bot), bot.phone(JOHN).last.text) == ([], question_again)
    await bot.say("yes")
    await bot.say("2")
    await bot.tap_data(edit)
    assert (await answers(bot))["nights"] == 2
    await bot.tap_data(send_of(bot))
    assert [one.answers["nights"] for one in await sent(bot)] == [2]


async def test_button_from_before_a_new_version_answers_nothing(bot: TestBot) -> None:
    await begin(bot, "Mai", "18/5", "no")
    rice = bot.phone(JOHN).last.buttons[0][0].data or ""
    await put(bot.database, form(), (question("badge", 15, "short_text"),))
    await bot.tap_data(rice)
    assert await answers(bot) == {"name": "Mai", "arrival": "2027-05-18", "stays": "no"}
    assert "Badge" in last(bot)
    await bot.say("Trần Mai")
    await bot.tap_data(bot.phone(JOHN).last.buttons[0][0].data or "")
    assert await answers(bot) == {
        "name": "Mai", "badge": "Trần Mai", "arrival": "2027-05-18", "stays": "no", "meal": "rice",
    }  # fmt: skip


async def test_send_from_before_a_new_version_sends_nothing_that_is_not_complete(bot: TestBot) -> None:
    await fill(bot)
    send = send_of(bot)
    await put(bot.database, form(), (question("badge", 15, "short_text"),))
    await bot.tap_data(send)
    assert await sent(bot) == []
    await bot.say("Trần Mai")
    await bot.tap_data(send_of(bot))
    assert [one.answers["badge"] for one in await sent(bot)] == ["Trần Mai"]


async def test_edited_message_changes_no_answer(bot: TestBot) -> None:
    await begin(bot, "Mai")
    kept = await draft_of(bot)
    raw = message(901, 3, JOHN, "Somebody else")
    await bot.receive({"update_id": 901, "edited_message": raw["message"] | {"edit_date": 2}})
    assert await draft_of(bot) == kept


async def test_updates_out_of_order_are_taken_as_they_come(bot: TestBot) -> None:
    await begin(bot, "Mai", "18/5", "no")
    meal = bot.phone(JOHN).last
    rice, noodles = data_of(meal, ":i:0"), data_of(meal, ":i:1")
    await bot.receive(tap(903, meal.message_id, JOHN, noodles))
    await bot.receive(tap(902, meal.message_id, JOHN, rice))  # was tapped first, and comes too late
    await bot.receive(message(905, 905, JOHN, "market"), message(904, 904, JOHN, "temple"))
    assert await answers(bot) == {
        "name": "Mai", "arrival": "2027-05-18", "stays": "no", "meal": "noodles", "sights": ["market"],
        "remarks": "temple",
    }  # fmt: skip


class Cancelling:
    """Cancels a task at the so-manieth statement that the assistant makes."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.at = 0
        self._task: asyncio.Task[None] | None = None
        for name in ("execute", "fetch_one", "fetch_all"):
            monkeypatch.setattr(_Statements, name, self._counting(getattr(_Statements, name)))

    def _counting(self, made: Any) -> Any:
        async def counting(statements: _Statements, *arguments: Any) -> Any:
            self.at -= 1
            if self.at == 0 and self._task is not None:
                self._task.cancel()
            return await made(statements, *arguments)

        return counting

    async def run(self, bot: TestBot, at: int) -> bool:
        """Let the assistant work until that statement; return whether it had done everything before."""
        async with asyncio.TaskGroup() as group:
            self.at, self._task = at, (working := group.create_task(bot.inbox.run()))
            idle = group.create_task(bot.inbox.idle())
            await asyncio.wait((working, idle), return_when=asyncio.FIRST_COMPLETED)
            done = self.at > 0
            working.cancel()
            idle.cancel()
        self._task = None
        return done


@pytest.fixture
def cancelling(monkeypatch: pytest.MonkeyPatch) -> Cancelling:
    return Cancelling(monkeypatch)


async def test_cancelled_at_any_statement_it_has_sent_once_or_not_at_all(
    bot: TestBot, tmp_path: Path, cancelling: Cancelling
) -> None:
    await fill(bot)
    await bot.inbox.receive("telegram", [tap(910, bot.phone(JOHN).last.message_id, JOHN, send_of(bot))])
    await bot.close()
    counts = []
    for at in range(1, STATEMENTS, 2):
        async with await start(tmp_path) as again:
            done = await cancelling.run(again, at)
            counts.append(len(await sent(again)))
        if done:
            break
    assert (counts[0], counts[-1], sorted(counts)) == (0, 1, counts)
    assert len(counts) > 3  # it was cancelled so often: wherever it waits


async def test_cancelled_at_any_statement_it_has_taken_an_answer_once_or_not_at_all(
    bot: TestBot, tmp_path: Path, cancelling: Cancelling
) -> None:
    await begin(bot, "Mai")
    await bot.inbox.receive("telegram", [message(910, 910, JOHN, "18/5")])
    await bot.close()
    found = []
    for at in range(1, STATEMENTS, 2):
        async with await start(tmp_path) as again:
            done = await cancelling.run(again, at)
            kept = orjson.loads(await draft_of(again))
            found.append((kept["turn"], kept["answers"].get("arrival")))
        if done:
            break
    assert list(dict.fromkeys(found)) == [(1, None), (2, "2027-05-18")]
