"""Bubbles with a file, and the way back to the file."""

from __future__ import annotations

from typing import Any

from storage import web
from storage.web import StoredFile
from web.channel import WebChannel
from web.errors import bad_request
from web.files import add
from web.methods.messages import send
from web.parameters import Parameters, Upload
from web.pictures import picture_size
from web.shown import Attached, Shown

_PREFIX = "web-"
_UNAVAILABLE = "wrong file_id or the file is temporarily unavailable"


async def send_document(channel: WebChannel, parameters: Parameters) -> dict[str, Any]:
    """Show a bubble with a file to download."""
    upload = await _upload(channel, parameters, "document")
    return await _send(channel, parameters, upload, None)


async def send_photo(channel: WebChannel, parameters: Parameters) -> dict[str, Any]:
    """Show a bubble with a picture."""
    upload = await _upload(channel, parameters, "photo")
    size = picture_size(upload.content)
    if size is None:
        raise bad_request("IMAGE_PROCESS_FAILED")
    return await _send(channel, parameters, upload, size)


async def get_file(channel: WebChannel, parameters: Parameters) -> dict[str, Any]:
    """Return a ``File``, whose ``file_path`` the request layer can fetch."""
    stored = await _stored(channel, parameters.text("file_id"))
    file_id = f"{_PREFIX}{stored.id}"
    path = f"files/{stored.id}"
    return {"file_id": file_id, "file_unique_id": file_id, "file_size": stored.size, "file_path": path}


async def _upload(channel: WebChannel, parameters: Parameters, field: str) -> Upload:
    """Return the file that came with the call, or the one that its ``file_id`` names."""
    upload = parameters.upload(field)
    if upload is None:
        if not parameters.text(field):
            raise bad_request(f"there is no {field} in the request")
        stored = await _stored(channel, parameters.text(field))
        upload = Upload(stored.name, await _content(channel, stored), stored.mime)
    if not upload.content:
        raise bad_request("file must be non-empty")
    return upload


async def _stored(channel: WebChannel, file_id: str) -> StoredFile:
    number = file_id.removeprefix(_PREFIX)
    if file_id == number or not (number.isascii() and number.isdigit()):
        raise bad_request("wrong file identifier/HTTP URL specified")
    async with channel.database.snapshot() as read:
        stored = await web.file(read, int(number))
    if stored is None:
        raise bad_request(_UNAVAILABLE)
    return stored


async def _content(channel: WebChannel, stored: StoredFile) -> bytes:
    try:
        return await channel.files.read(stored)
    except OSError:
        raise bad_request(_UNAVAILABLE) from None


async def _send(
    channel: WebChannel, parameters: Parameters, upload: Upload, picture: tuple[int, int] | None
) -> dict[str, Any]:
    text, entities = parameters.caption()
    kept = await channel.files.keep(parameters.chat, upload.content)
    try:
        async with channel.conversation(parameters.chat) as chat:
            file = Attached.of(await add(chat.tx, kept, upload), picture)
            return await send(chat, parameters.markup, Shown.of_assistant(text=text, entities=entities, file=file))
    except BaseException:  # whatever happened, no row names what lies there
        await channel.files.drop(kept)
        raise
