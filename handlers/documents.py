"""``/documents``: the list; and the documents of lists and cards, sent as files."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from bot.answers.documents import DocumentsRequest
from bot.answers.documents import documents as documents_page
from bot.texts.documents import documents_list, request_of
from bot.texts.reply import File, Reply
from handlers.turn import Conversation, Turn
from storage import agenda


async def show(turn: Turn, request: DocumentsRequest) -> Reply:
    """Answer with the documents that are asked for."""
    return documents_list(turn.voice, await documents_page(turn.tx, turn.reader, turn.now, request))


async def _command(turn: Turn) -> Reply:
    return await show(turn, DocumentsRequest())


async def _page(turn: Turn) -> Reply:
    return await show(turn, request_of(turn.tap))


async def _stale(turn: Turn) -> Reply:
    if turn.tap.screen == "doc":
        return Reply(turn.voice.say("documents.gone"), place="new")
    return replace(await _command(turn), notice=turn.voice.say("common.refreshed"))


def documents(folder: Path) -> Conversation:
    """Return the conversation that lists and sends documents; ``folder`` holds the network's files."""

    async def send(turn: Turn) -> Reply:
        number = turn.tap.number(0) or 0
        found = await agenda.document(turn.tx, turn.reader.audiences(turn.reader.today(turn.now)), number)
        path = folder / found.file if found and found.file else None
        if found is None or path is None or not _inside(folder, path):
            return Reply(turn.voice.say("documents.gone"), place="new")
        title = turn.voice.say("documents.sent", title=turn.voice.noted(found.title))
        return Reply(title, place="new", files=(File(path.name, path),))

    return Conversation(
        name="documents",
        commands={"documents": _command},
        taps={("docs", 1): _page, ("doc", 1): send},
        stale=_stale,
    )


def _inside(folder: Path, path: Path) -> bool:
    """Whether the file is there, in the network's own folder whatever its row says."""
    return path.is_file() and path.resolve().is_relative_to(folder.resolve())
