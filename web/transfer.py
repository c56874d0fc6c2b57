"""Files to and from the page; a file goes back only to the chat that it went through."""

from __future__ import annotations

import re

from starlette.datastructures import UploadFile
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import FileResponse, Response

from storage import web
from web.actions import Actions
from web.channel import WebChannel
from web.door import Door, Visitor
from web.errors import ApiError
from web.files import LARGEST, belongs
from web.origin import Origins, language_of
from web.parameters import Upload
from web.pictures import SHOWN_MIMES

_AROUND_A_FILE = 64 * 1024
"""Bytes of a request beside its file."""
_CLIENT = re.compile(r"^[A-Za-z0-9_-]{8,40}$")
_MIME = re.compile(r"^[a-z0-9.+-]{1,64}/[a-z0-9.+-]{1,96}$")
_HEADERS = {"Cache-Control": "private, no-store", "Content-Security-Policy": "default-src 'none'; sandbox"}


class Transfer:
    """Answers ``/files``."""

    def __init__(self, channel: WebChannel, door: Door, actions: Actions, origins: Origins) -> None:
        self._channel, self._door, self._actions, self._origins = channel, door, actions, origins

    async def fetch(self, request: Request) -> Response:
        """Return a file of the visitor's own chat; anybody else's is not found."""
        visitor = await self._visitor(request)
        async with self._channel.database.snapshot() as read:
            stored = await web.file(read, request.path_params["number"])
        if stored is None or not belongs(stored, visitor.address) or not self._channel.files.place(stored).is_file():
            raise HTTPException(404)
        inline = stored.mime in SHOWN_MIMES and "download" not in request.query_params
        return FileResponse(
            self._channel.files.place(stored),
            media_type=stored.mime,
            filename=stored.name,
            content_disposition_type="inline" if inline else "attachment",
            headers=_HEADERS,
        )

    async def take(self, request: Request) -> Response:
        """Take a file (form fields ``file``, ``client``, ``caption``); 204 once the assistant's inbox has it."""
        visitor = await self._visitor(request)
        if not self._origins.allow(request):
            raise HTTPException(403)
        _check_length(request)
        async with request.form(max_files=1, max_fields=3, max_part_size=_AROUND_A_FILE) as form:
            file, client = form.get("file"), str(form.get("client"))
            if not isinstance(file, UploadFile) or not _CLIENT.match(client):
                raise HTTPException(400)
            content = await file.read(LARGEST + 1)
            if not content or len(content) > LARGEST:
                raise HTTPException(413 if content else 400)
            mime = file.content_type if _MIME.match(file.content_type or "") else "application/octet-stream"
            upload = Upload(file.filename or "", content, str(mime))
            caption = str(form.get("caption") or "")
        try:
            await self._actions.file(visitor.address, client, upload, caption, language_of(request))
        except ApiError as error:
            raise HTTPException(400) from error
        return Response(status_code=204)

    async def _visitor(self, request: Request) -> Visitor:
        visitor = await self._door.who(request.query_params)
        if visitor is None:
            raise HTTPException(403)
        return visitor


def _check_length(request: Request) -> None:
    length = request.headers.get("content-length", "")
    if not length.isdigit():
        raise HTTPException(411)
    if int(length) > LARGEST + _AROUND_A_FILE:
        raise HTTPException(413)
