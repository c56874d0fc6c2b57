"""The request layer without a socket."""

from __future__ import annotations

from pathlib import Path

import pytest
from telegram.error import InvalidToken

from bot.delivery.calls import Call
from bot.delivery.outcome import Outcome
from tests.web.stand import Stand
from web.methods import METHODS


async def test_unknown_method_is_not_found_and_never_silent(stand: Stand) -> None:
    with pytest.raises(InvalidToken, match="Not Found: method not found"):
        await stand.call("sendDice", chat_id=1)
    assert "sendDice" not in METHODS


async def test_api_of_the_house_speaks_over_it(stand: Stand, mai: int, tmp_path: Path) -> None:
    path = tmp_path / "a.pdf"
    path.write_bytes(b"%PDF")
    sent = await stand.api.make(
        Call(method="sendDocument", parameters={"chat_id": mai}, files={"document": ("a.pdf", path)})
    )
    refused = await stand.api.make(Call(method="sendMessage", parameters={"chat_id": 99, "text": "x"}))
    assert (sent.kind, sent.result["document"]["file_size"]) == ("sent", 4)
    assert refused == Outcome("refused", reason="Chat not found")
