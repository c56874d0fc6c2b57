from __future__ import annotations

from pathlib import Path

import pytest
from telegram.error import NetworkError, TimedOut

from bot.delivery.calls import Call
from bot.delivery.outcome import Outcome
from bot.delivery.telegram import NotConnectedError, TelegramApi
from tests.support.capture import Answer, CapturingRequest, refusal

HELLO = Call(
    method="sendMessage", parameters={"chat_id": 5, "text": "hello", "link_preview_options": {"is_disabled": True}}
)
PAGE = b"<html>Forbidden</html>"


async def outcome(answer: Answer) -> Outcome:
    request = CapturingRequest()
    request.scripted["sendMessage"] = [answer]
    return await TelegramApi(request, "https://api.telegram.org", "1:token").make(HELLO)


@pytest.mark.parametrize(
    ("answer", "expected"),
    [
        ((200, b'{"ok": true, "result": {"message_id": 7}}'), Outcome("sent", {"message_id": 7})),
        (
            refusal(429, "Too Many Requests", retry_after=14),
            Outcome("wait", None, 14.0, "too many calls: again in 14 s"),
        ),
        (refusal(429, "Too Many Requests"), Outcome("wait", None, 5.0, "too many calls: again in 5 s")),
        ((429, PAGE), Outcome("wait", None, 5.0, "too many calls: again in 5 s")),
        (NotConnectedError("refused"), Outcome("offline", reason="refused")),
        (TimedOut(), Outcome("unknown", reason="Timed out")),
        (NetworkError("cut"), Outcome("unknown", reason="cut")),
    ],
)
async def test_make_tells_how_a_call_ended(answer: Answer, expected: Outcome) -> None:
    assert await outcome(answer) == expected


@pytest.mark.parametrize(
    "description",
    [
        "Forbidden: bot was blocked by the user",
        "Forbidden: user is deactivated",
        "Forbidden: bot can't initiate conversation with a user",
        "Forbidden: bot was kicked from the supergroup chat",
    ],
)
async def test_a_person_is_unreachable_only_by_the_words_of_telegram(description: str) -> None:
    assert await outcome(refusal(403, description)) == Outcome("unreachable", reason=description)


@pytest.mark.parametrize("code", [200, 301, 302, 400, 401, 403, 404, 407, 413, 500, 502, 503])
@pytest.mark.parametrize("body", [PAGE, b"", b"[]", b'{"error": "denied"}', b"\xff"])
async def test_what_is_not_an_answer_of_telegram_leaves_the_outcome_unknown(code: int, body: bytes) -> None:
    reason = f"HTTP {code} from something that is not Telegram"
    assert await outcome((code, body)) == Outcome("unknown", reason=reason)


@pytest.mark.parametrize(
    ("code", "description", "kind"),
    [
        (400, "Chat not found", "refused"),
        (400, "Message is not modified", "refused"),
        (403, "Forbidden: not enough rights to send text messages to the chat", "refused"),
        (404, "Not Found: method not found", "refused"),
        (413, "Request Entity Too Large", "refused"),
        (401, "Unauthorized", "unauthorised"),
        (404, "Not Found", "unauthorised"),
        (409, "Conflict: terminated by other getUpdates request", "conflict"),
        (500, "Internal Server Error", "busy"),
        (502, "Bad Gateway", "busy"),
    ],
)
async def test_a_refusal_of_telegram_is_told_by_its_code_and_words(code: int, description: str, kind: str) -> None:
    found = await outcome(refusal(code, description))
    assert (found.kind, found.reason) == (kind, description)


async def test_a_group_that_moved_says_where_it_is_now() -> None:
    answer = refusal(400, "Bad Request: group chat was upgraded to a supergroup chat", migrate_to_chat_id=-100)
    found = await outcome(answer)
    assert (found.kind, found.result) == ("moved", -100)


async def test_a_call_travels_as_a_form() -> None:
    request = CapturingRequest()
    await TelegramApi(request, "https://api.telegram.org/", "1:token").make(HELLO)
    assert request.calls[0].params == {"chat_id": "5", "text": "hello", "link_preview_options": '{"is_disabled":true}'}


async def test_a_file_travels_with_its_name(tmp_path: Path) -> None:
    path = tmp_path / "4711"
    path.write_bytes(b"content")
    request = CapturingRequest()
    call = Call(method="sendDocument", parameters={"chat_id": 5}, files={"document": ("minutes.pdf", path)})
    assert (await TelegramApi(request, "https://api.telegram.org", "1:token").make(call)).kind == "sent"
    assert request.calls[0].files == {"document": ("minutes.pdf", b"content")}


async def test_a_file_that_is_gone_refuses_the_call(tmp_path: Path) -> None:
    call = Call(method="sendDocument", parameters={"chat_id": 5}, files={"document": ("a.pdf", tmp_path / "gone")})
    found = await TelegramApi(CapturingRequest(), "https://api.telegram.org", "1:token").make(call)
    assert found == Outcome("refused", reason="the file cannot be read: No such file or directory")
