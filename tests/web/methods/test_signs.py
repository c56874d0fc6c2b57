"""What is shown for a moment."""

from __future__ import annotations

import pytest

from tests.web.stand import Stand


@pytest.mark.parametrize("query", ["", "nonsense", "1.unknown-tap", "99.unknown-tap"])
async def test_answer_to_a_tap_that_was_never_made_is_refused(stand: Stand, mai: int, query: str) -> None:
    reason = await stand.refusal("answerCallbackQuery", callback_query_id=query)
    assert reason == "Query is too old and response timeout expired or query id is invalid"


async def test_chat_action_must_be_one(stand: Stand, mai: int) -> None:
    assert await stand.call("sendChatAction", chat_id=mai, action="typing") is True
    assert await stand.refusal("sendChatAction", chat_id=mai, action="dancing") == "Wrong parameter action in request"
    assert await stand.refusal("sendChatAction", chat_id=99, action="typing") == "Chat not found"
