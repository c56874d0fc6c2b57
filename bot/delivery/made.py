"""Files that the assistant makes: calendars, charts, tables, reports; kept until they have surely been sent."""

from __future__ import annotations

import hashlib
import os
from pathlib import Path

from bot.clock import SystemClock
from bot.texts.reply import File
from locales import Html

_UNCAPTIONED = Html("")

KEPT_FOR = 7 * 24 * 3600
"""Seconds; a message that still waits to be sent after a week is dropped by the outbox itself."""


class Made:
    """A folder of made files, each under the digest of what it holds: made twice, it stands there once."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def file(self, name: str, content: bytes, *, caption: Html = _UNCAPTIONED, photo: bool = False) -> File:
        """Keep the content and return the file that is sent under ``name``."""
        path = self._folder / hashlib.sha256(content).hexdigest()[:32]
        try:
            os.utime(path)
        except FileNotFoundError:
            self._folder.mkdir(parents=True, exist_ok=True)
            new = path.with_suffix(".new")
            new.write_bytes(content)
            new.replace(path)
        return File(name, path, caption, photo=photo)

    async def sweep(self) -> None:
        """Remove what was made long ago: by the machine's clock, which dates files, not by a sample's."""
        now = SystemClock().now()
        for path in self._folder.glob("*") if self._folder.is_dir() else ():
            if now.timestamp() - path.stat().st_mtime > KEPT_FOR:
                path.unlink(missing_ok=True)
