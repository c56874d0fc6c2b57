"""Every conversation, as the assistant has them, for tests that talk to the whole of it."""

from __future__ import annotations

from pathlib import Path

from bot.delivery.made import Made
from bot.forms.filling import Filling
from bot.forms.library import Library
from bot.members.identify import Identify
from handlers.arrivals import arrival_code
from handlers.conversations import conversations
from handlers.turn import Conversation
from storage.submissions import Submission
from tests.members.network import CATALOGUES
from tests.support.sample import TABLES, ZONE


def whole(folder: Path) -> tuple[Conversation, ...]:
    """The conversations; files that are made lie in ``folder``."""
    made, filling = Made(folder / "made"), Filling(Library())
    return conversations(CATALOGUES, Identify(ZONE, "en"), TABLES, lambda reader: None, made, filling, _badge)


async def _badge(one: Submission) -> str:
    return arrival_code(one)
