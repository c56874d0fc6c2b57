from __future__ import annotations

from typing import Any

import pytest

from bot.delivery.calls import Call
from bot.delivery.outcome import Outcome
from bot.delivery.sending import answer
from bot.errors import SettingsError
from tests.support.fakes import FakeApi, Naps


def said(text: str, **more: Any) -> Call:
    return Call(method="sendMessage", parameters={"chat_id": 5, "text": text}, **more)


EDIT = Call(method="editMessageText", parameters={"chat_id": 5, "message_id": 9, "text": "new"})
TAPPED = Call(method="answerCallbackQuery", parameters={"callback_query_id": "q"}, optional=True)


async def test_answer_makes_the_calls_in_order() -> None:
    api, naps = FakeApi(), Naps()
    assert await answer(api, (said("one"), said("two")), naps) == "sent"
    assert (api.texts, naps.seconds) == (["one", "two"], [])


async def test_answer_waits_longer_and_longer_while_the_channel_is_out_of_reach() -> None:
    api, naps = FakeApi(*[Outcome("offline")] * 5, *[Outcome("unknown")] * 4), Naps()
    assert await answer(api, (said("one"), said("two")), naps) == "sent"
    assert naps.seconds == [1, 2, 4, 8, 16, 32, 60, 60, 60]
    assert api.texts == ["one"] * 10 + ["two"]


async def test_answer_waits_as_long_as_it_is_told() -> None:
    api, naps = FakeApi(Outcome("wait", seconds=17.0)), Naps()
    assert await answer(api, (said("one"),), naps) == "sent"
    assert (api.texts, naps.seconds) == (["one", "one"], [17.0])


async def test_answer_stops_at_a_person_who_is_gone() -> None:
    api = FakeApi(Outcome("unreachable"))
    assert await answer(api, (said("one"), said("two")), Naps()) == "unreachable"
    assert api.texts == ["one"]


async def test_answer_goes_on_after_a_refusal() -> None:
    api = FakeApi(Outcome("refused", reason="Bad Request: can't parse entities"))
    assert await answer(api, (said("one"), said("two")), Naps()) == "sent"
    assert api.texts == ["one", "two"]


@pytest.mark.parametrize("kind", ["wait", "offline", "unknown", "refused", "unreachable"])
async def test_answer_makes_an_optional_call_once(kind: Any) -> None:
    api, naps = FakeApi(Outcome(kind, seconds=9.0)), Naps()
    assert await answer(api, (TAPPED, said("one")), naps) == "sent"
    assert ([call.method for call in api.calls], naps.seconds) == (["answerCallbackQuery", "sendMessage"], [])


@pytest.mark.parametrize(
    "reason",
    [
        "Message to edit not found",
        "Message can't be edited",
        "MESSAGE_ID_INVALID",
        "There is no text in the message to edit",
    ],
)
async def test_answer_sends_anew_what_cannot_be_edited(reason: str) -> None:
    api = FakeApi(Outcome("refused", reason=reason))
    assert await answer(api, (EDIT,), Naps()) == "sent"
    assert api.calls == [EDIT, Call(method="sendMessage", parameters={"chat_id": 5, "text": "new"})]


async def test_answer_leaves_a_bubble_that_would_not_change() -> None:
    api = FakeApi(Outcome("refused", reason="Message is not modified: specified new message content is the same"))
    assert await answer(api, (EDIT,), Naps()) == "sent"
    assert api.calls == [EDIT]


@pytest.mark.parametrize("call", [TAPPED, EDIT])
async def test_answer_stops_everything_for_a_wrong_token(call: Call) -> None:
    with pytest.raises(SettingsError, match="RELAIS_TOKEN"):
        await answer(FakeApi(Outcome("unauthorised")), (call,), Naps())
