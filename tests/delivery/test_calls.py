from __future__ import annotations

from pathlib import Path

from bot.delivery.calls import CALLS, Call, bubbles, calls_for
from bot.delivery.incoming import Incoming, User
from bot.texts.reply import Button, File, Reply, Tap
from locales import Html
from tests.botapi.check_calls import check_call

WHO = User(id=5, first_name="Linh")
WROTE = Incoming(channel="telegram", chat=5, user=WHO, kind="text", message_id=3, text="hello")
TAPPED = Incoming(channel="telegram", chat=5, user=WHO, kind="tap", message_id=9, tap=Tap("meetings"), query="q1")
BUTTONS = ((Button("Next", Tap.to("meetings", 2)),), (Button("Site", url="https://example.org"),))
INLINE = {
    "inline_keyboard": [
        [{"text": "Next", "callback_data": "meetings1:2"}],
        [{"text": "Site", "url": "https://example.org"}],
    ]
}
KEYBOARD = {"keyboard": [[{"text": "Meetings"}]], "resize_keyboard": True, "is_persistent": True}


def shown(text: str, **more: object) -> dict[str, object]:
    return {"chat_id": 5, "text": text, "parse_mode": "HTML", "link_preview_options": {"is_disabled": True}, **more}


def told(calls: tuple[Call, ...]) -> list[tuple[str, dict[str, object]]]:
    problems = [problem for call in calls for problem in check_call({"method": call.method, "params": call.parameters})]
    assert problems == []
    return [(call.method, call.parameters) for call in calls]


def test_a_message_is_answered_below_it() -> None:
    reply = Reply(Html("hello"), BUTTONS)
    assert told(calls_for(reply, WROTE)) == [("sendMessage", shown("hello", reply_markup=INLINE))]


def test_a_tap_is_answered_and_its_bubble_edited() -> None:
    assert told(calls_for(Reply(Html("page 2"), BUTTONS, notice=Html("2 of 3")), TAPPED)) == [
        ("answerCallbackQuery", {"callback_query_id": "q1", "text": "2 of 3"}),
        ("editMessageText", shown("page 2", reply_markup=INLINE, message_id=9)),
    ]


def test_a_tap_may_be_answered_below() -> None:
    assert told(calls_for(Reply(Html("card"), place="new"), TAPPED)) == [
        ("answerCallbackQuery", {"callback_query_id": "q1"}),
        ("sendMessage", shown("card")),
    ]


def test_a_tap_with_nothing_to_say_only_stops_the_spinner() -> None:
    assert told(calls_for(Reply(Html("")), TAPPED)) == [("answerCallbackQuery", {"callback_query_id": "q1"})]


def test_an_edited_bubble_carries_buttons_but_no_keyboard() -> None:
    both = Reply(Html("a"), BUTTONS, keyboard=(("Meetings",),))
    assert told(tuple(bubbles(5, both, 9))) == [("editMessageText", shown("a", reply_markup=INLINE, message_id=9))]
    alone = Reply(Html("a"), keyboard=(("Meetings",),))
    assert told(tuple(bubbles(5, alone, 9))) == [("editMessageText", shown("a", message_id=9))]
    assert told(tuple(bubbles(5, alone))) == [("sendMessage", shown("a", reply_markup=KEYBOARD))]


def test_a_long_text_becomes_bubbles_with_the_buttons_under_the_last() -> None:
    calls = bubbles(5, Reply(Html("\n\n".join(["x" * 1500] * 4)), BUTTONS), 9)
    assert [call.method for call in calls] == ["editMessageText", "sendMessage"]
    assert ["reply_markup" in call.parameters for call in calls] == [False, True]


def test_files_follow_the_text() -> None:
    file = File("minutes.pdf", Path("/tmp/4711"), Html("<b>Minutes</b>"))
    calls = calls_for(Reply(Html("Here:"), files=(file, File("b.pdf", Path("/tmp/b")))), WROTE)
    assert [(call.method, call.files) for call in calls] == [
        ("sendMessage", {}),
        ("sendDocument", {"document": ("minutes.pdf", Path("/tmp/4711"))}),
        ("sendDocument", {"document": ("b.pdf", Path("/tmp/b"))}),
    ]
    assert calls[1].parameters == {"chat_id": 5, "caption": "<b>Minutes</b>", "parse_mode": "HTML"}


def test_calls_come_back_from_their_row_as_they_were() -> None:
    calls = calls_for(Reply(Html("ខ្មែរ"), BUTTONS, files=(File("a.pdf", Path("/tmp/a")),)), TAPPED)
    assert CALLS.validate_json(CALLS.dump_json(calls)) == calls
