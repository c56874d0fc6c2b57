"""What a person does on the page becomes an update of the Bot API, taken exactly once.

The page names each action.  Its bubble, the name and the update are kept in one transaction; then the inbox receives
the update; then the name is marked as received.  Whatever breaks in between, the same update (same ``update_id``) is
given again, and the inbox keeps it once.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping, Sequence
from typing import Any

from bot.texts.cut import MESSAGE_LIMIT, units
from bot.texts.reply import CALLBACK_LIMIT
from storage import web
from web.channel import CHANNEL, Conversation, WebChannel
from web.detect import detect
from web.errors import bad_request
from web.files import add
from web.methods.signs import query_id
from web.parameters import Upload
from web.pictures import SHOWN_MIMES, picture_size
from web.shown import Attached, Shown

Receive = Callable[[str, Sequence[Mapping[str, Any]]], Awaitable[None]]
Make = Callable[[Conversation], Awaitable[dict[str, Any]]]


class Actions:
    """Takes what people do on their pages."""

    def __init__(self, channel: WebChannel, receive: Receive) -> None:
        """Take ``receive(channel, updates)``, which returns once the updates are on the disk."""
        self._channel, self._receive = channel, receive

    async def text(self, chat: int, client: str, text: str, language_code: str | None) -> None:
        """Take a message; raises ApiError if it is empty or too long."""
        shown = text.strip()
        if not shown or units(shown) > MESSAGE_LIMIT:
            raise bad_request("message text is empty or too long")
        bubble = Shown(sender="person", text=shown, entities=detect(shown, []), client=client)
        await self._take(chat, client, lambda found: _message(found, bubble, language_code))

    async def contact(self, chat: int, client: str, phone: str, language_code: str | None) -> None:
        """Take a phone number that the assistant asked for."""

        async def make(found: Conversation) -> dict[str, Any]:
            contact = {"phone_number": phone.strip()[:32], "first_name": found.reader.name, "user_id": chat}
            return await _message(found, Shown(sender="person", contact=contact, client=client), language_code)

        await self._take(chat, client, make)

    async def tap(self, chat: int, client: str, message_id: int, data: str, language_code: str | None) -> None:
        """Take a tap on a button; raises ApiError if there is no such bubble."""

        async def make(found: Conversation) -> dict[str, Any]:
            shown = await found.get(message_id)
            if shown is None or len(data.encode()) > CALLBACK_LIMIT:
                raise bad_request("message to tap not found")
            query = {"id": query_id(chat, client), "from": found.person(language_code), "data": data}
            return {"callback_query": {**query, "chat_instance": str(chat), "message": found.message(shown)}}

        await self._take(chat, client, make)

    async def file(self, chat: int, client: str, upload: Upload, caption: str, language_code: str | None) -> None:
        """Take a file; a picture that the page can show is a photo, anything else a document."""
        words = caption.strip()[:1024]
        kept = await self._channel.files.keep(chat, upload.content)
        used = False

        async def make(found: Conversation) -> dict[str, Any]:
            nonlocal used
            used = True
            size = picture_size(upload.content) if upload.mime in SHOWN_MIMES else None
            file = Attached.of(await add(found.tx, kept, upload), size)
            bubble = Shown(sender="person", text=words, entities=detect(words, []), file=file, client=client)
            return await _message(found, bubble, language_code)

        await self._take(chat, client, make)
        if not used:  # the page sent it a second time
            await self._channel.files.drop(kept)

    async def resume(self, chat: int) -> None:
        """Have received what a stop left between the page and the inbox."""
        async with self._channel.glance(chat) as found:
            left = [client for client, update in found.state.taken.items() if update is not None]
        for client in left:
            await self._take(chat, client, _nothing)

    async def _take(self, chat: int, client: str, make: Make) -> None:
        async with self._channel.conversation(chat) as found:
            if client not in found.state.taken:
                made = await make(found)
                found.state.taken[client] = {"update_id": await web.next_update_id(found.tx), **made}
                found.state.forget_old()
                await found.keep_state()
            update = found.state.taken[client]
        if update is None:
            return
        await self._receive(CHANNEL, [update])
        async with self._channel.conversation(chat) as found:
            found.state.taken[client] = None
            await found.keep_state()


async def _message(found: Conversation, shown: Shown, language_code: str | None) -> dict[str, Any]:
    return {"message": found.message(await found.add(shown), language_code)}


async def _nothing(found: Conversation) -> dict[str, Any]:
    raise bad_request("nothing is left to take")
