"""The files that went through a chat: kept in a folder, a subfolder a chat, and given back to that chat alone."""

from __future__ import annotations

import secrets
from pathlib import Path, PurePosixPath
from typing import NamedTuple

from starlette.concurrency import run_in_threadpool

from storage import web
from storage.database import Transaction
from storage.web import StoredFile
from web.parameters import Upload

LARGEST = 20 * 1024 * 1024
"""Bytes of a file that a person may send: what a bot may fetch from Telegram."""


class Kept(NamedTuple):
    """A file on the disk that no row names yet."""

    path: str
    size: int


class FileStore:
    """The folder of the web channel's files."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    async def keep(self, chat: int, content: bytes) -> Kept:
        """Write a file for a chat, under a name that cannot be guessed."""
        path = f"{chat}/{secrets.token_urlsafe(16)}"
        await run_in_threadpool(_write, self._folder / path, content)
        return Kept(path, len(content))

    async def read(self, stored: StoredFile) -> bytes:
        """Return a file's content; raises OSError if it is not there any more."""
        return await run_in_threadpool(self.place(stored).read_bytes)

    def place(self, stored: StoredFile) -> Path:
        """Return where a file lies."""
        return self._folder / stored.path

    async def drop(self, kept: Kept) -> None:
        """Take back what ``keep`` wrote."""
        await run_in_threadpool((self._folder / kept.path).unlink, True)


async def add(write: Transaction, kept: Kept, upload: Upload) -> StoredFile:
    """Keep the row of a file."""
    name = PurePosixPath(upload.name.replace("\\", "/")).name[:200] or "file"
    number = await web.add_file(write, name, upload.mime, kept.size, kept.path)
    return StoredFile(number, name, upload.mime, kept.size, kept.path)


def belongs(stored: StoredFile, chat: int) -> bool:
    """Whether the file went through that chat."""
    return stored.path.startswith(f"{chat}/")


def _write(path: Path, content: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)
