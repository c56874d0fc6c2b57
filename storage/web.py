"""The web channel's conversations: a row a bubble, and the files that went with them.

Message 0 of a chat is no bubble: it is what the page must know beside them (``web/state.py``).  Chat 0 is the
assistant's own profile.  Chat -1 has one row, whose number is the last update's.
"""

from __future__ import annotations

from typing import NamedTuple

from storage import updates
from storage.database import Transaction

_CHANNEL = "web"
_STATE = 0
_COUNTER = -1


class StoredFile(NamedTuple):
    """A file that went through a chat; ``path`` is relative to the folder of the web channel's files."""

    id: int
    name: str
    mime: str
    size: int
    path: str


async def last_message(read: Transaction, chat: int) -> int:
    """Return the number of the chat's newest bubble, deleted ones included; 0 if there is none."""
    row = await read.fetch_one("SELECT max(message_id) FROM web_messages WHERE chat = $1", chat)
    return int(row[0] or 0) if row else 0


async def put(write: Transaction, chat: int, message_id: int, body: str) -> None:
    """Keep a bubble's body (JSON), in place of the one that it had."""
    await write.execute(
        "INSERT INTO web_messages (chat, message_id, body) VALUES ($1, $2, $3)"
        " ON CONFLICT (chat, message_id) DO UPDATE SET body = excluded.body",
        chat, message_id, body,
    )  # fmt: skip


async def get(read: Transaction, chat: int, message_id: int) -> str | None:
    """Return a bubble's body; None if it never was, or is deleted."""
    row = await read.fetch_one(
        "SELECT body FROM web_messages WHERE chat = $1 AND message_id = $2 AND body <> ''", chat, message_id
    )
    return str(row["body"]) if row else None


async def remove(write: Transaction, chat: int, message_id: int) -> None:
    """Empty a bubble; its number is not given again."""
    await put(write, chat, message_id, "")


async def recent(read: Transaction, chat: int, limit: int) -> list[str]:
    """Return the bodies of the chat's last bubbles, the oldest first."""
    rows = await read.fetch_all(
        "SELECT body FROM web_messages WHERE chat = $1 AND message_id > $2 AND body <> ''"
        " ORDER BY message_id DESC LIMIT $3",
        chat, _STATE, limit,
    )  # fmt: skip
    return [str(row["body"]) for row in reversed(rows)]


async def state(read: Transaction, chat: int) -> str | None:
    """Return what the page of that chat must know beside its bubbles (JSON)."""
    return await get(read, chat, _STATE)


async def set_state(write: Transaction, chat: int, body: str) -> None:
    """Keep what the page of that chat must know beside its bubbles."""
    await put(write, chat, _STATE, body)


async def next_update_id(write: Transaction) -> int:
    """Return a number that no update of the web channel had before, higher than all of them."""
    row = await write.fetch_one(
        "UPDATE web_messages SET message_id = message_id + 1 WHERE chat = $1 RETURNING message_id", _COUNTER
    )
    if row is not None:
        return int(row["message_id"])
    first = (await updates.last_update_id(write, _CHANNEL) or 0) + 1
    await put(write, _COUNTER, first, "")
    return first


async def add_file(write: Transaction, name: str, mime: str, size: int, path: str) -> int:
    """Keep that a file went through a chat; return its number."""
    row = await write.fetch_one(
        "INSERT INTO web_files (name, mime, size, path) VALUES ($1, $2, $3, $4) RETURNING id", name, mime, size, path
    )
    assert row is not None
    return int(row["id"])


async def file(read: Transaction, number: int) -> StoredFile | None:
    """Return the file of that number."""
    row = await read.fetch_one("SELECT id, name, mime, size, path FROM web_files WHERE id = $1", number)
    return StoredFile(*row) if row else None
