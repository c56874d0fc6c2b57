"""The documents that stand under a meeting, sent as files."""

from __future__ import annotations

from pathlib import Path

from bot.texts.reply import File, Reply
from handlers.turn import Conversation, Turn
from storage import agenda


def documents(folder: Path) -> Conversation:
    """Return the conversation that sends documents; ``folder`` holds the network's files."""

    async def send(turn: Turn) -> Reply:
        number = turn.tap.number(0) or 0
        found = await agenda.document(turn.tx, turn.reader.audiences(turn.reader.today(turn.now)), number)
        path = folder / found.file if found and found.file else None
        if found is None or path is None or not _inside(folder, path):
            return Reply(turn.voice.say("documents.gone"), place="new")
        title = turn.voice.say("documents.sent", title=turn.voice.noted(found.title))
        return Reply(title, place="new", files=(File(path.name, path),))

    async def stale(turn: Turn) -> Reply:
        return Reply(turn.voice.say("documents.gone"), place="new")

    return Conversation(name="documents", taps={("doc", 1): send}, stale=stale)


def _inside(folder: Path, path: Path) -> bool:
    """Whether the file is there, in the network's own folder whatever its row says."""
    return path.is_file() and path.resolve().is_relative_to(folder.resolve())
