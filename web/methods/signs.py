"""What is shown for a moment: the answer to a tap, the sign that the assistant is writing."""

from __future__ import annotations

from bot.texts.cut import units
from web.channel import WebChannel
from web.errors import ApiError, bad_request
from web.parameters import Parameters

_TOO_OLD = "query is too old and response timeout expired or query ID is invalid"
_ACTIONS = frozenset({
    "typing", "upload_photo", "record_video", "upload_video", "record_voice", "upload_voice", "upload_document",
    "choose_sticker", "find_location", "record_video_note", "upload_video_note",
})  # fmt: skip
_NOTICE_LIMIT = 200


def query_id(chat: int, client: str) -> str:
    """Return the id of the tap to which the page gave that name."""
    return f"{chat}.{client}"


async def answer_callback_query(channel: WebChannel, parameters: Parameters) -> bool:
    """Stop the turning sign on a tapped button, and show a notice."""
    chat, _, client = parameters.text("callback_query_id").partition(".")
    if not chat.isascii() or not chat.isdigit():
        raise bad_request(_TOO_OLD)
    notice = parameters.text("text")
    if units(notice) > _NOTICE_LIMIT:
        raise bad_request("MESSAGE_TOO_LONG")
    try:
        async with channel.glance(int(chat)) as found:
            known = client in found.state.taken
    except ApiError:
        known = False
    if not known:
        raise bad_request(_TOO_OLD)
    alert = parameters.flag("show_alert")
    channel.hub.tell(int(chat), {"type": "answer", "client": client, "text": notice, "alert": alert})
    return True


async def send_chat_action(channel: WebChannel, parameters: Parameters) -> bool:
    """Show for a few seconds that the assistant is busy with an answer."""
    if parameters.text("action") not in _ACTIONS:
        raise bad_request("wrong parameter action in request")
    async with channel.glance(parameters.chat) as found:
        channel.hub.tell(found.chat, {"type": "typing"})
    return True
