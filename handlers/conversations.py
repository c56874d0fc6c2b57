"""All conversations, in the order in which they are asked: order is behaviour, and the last one takes anything."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from bot.ask.intents import IntentReader, shipped
from bot.ask.known import Known
from bot.members.admission import Admission
from bot.members.identify import Identify
from bot.members.invitations import Invitations
from bot.members.joining import Joining
from bot.members.requests import Requests
from bot.members.suggestions import Suggestions
from bot.members.zones import Zones
from handlers.actions import ACTIONS
from handlers.again import Again
from handlers.ask import ask
from handlers.contacts import CONTACTS
from handlers.deadlines import DEADLINES
from handlers.documents import documents
from handlers.dues import DUES
from handlers.help import HELP
from handlers.join import join
from handlers.keyboard import keyboard
from handlers.language import language
from handlers.meetings import MEETINGS
from handlers.menu import KEYBOARD, commands_for
from handlers.misses import MISSES
from handlers.news import NEWS
from handlers.register import REGISTER
from handlers.requests import requests
from handlers.settings import Link, settings
from handlers.start import start
from handlers.teach import TEACH
from handlers.turn import Conversation, Handler
from handlers.unknown import unknown
from locales import Catalogues


def conversations(catalogues: Catalogues, identify: Identify, files: Path, link: Link) -> tuple[Conversation, ...]:
    """Return the conversations; ``files`` holds the network's documents, ``link`` gives a reader's own page."""
    again, admission = Again(identify, catalogues), Admission(catalogues)
    deciding = Requests(admission, identify)
    by_command = (
        start(Invitations(admission), deciding, again),
        MEETINGS,
        DEADLINES,
        CONTACTS,
        documents(files),
        NEWS,
        ACTIONS,
        DUES,
        REGISTER,
        language(again),
        settings(again, Zones(), link),
        HELP,
    )
    keys = [name for row in KEYBOARD for name in row]
    return (
        keyboard(catalogues, _handlers(by_command, keys)),  # before those who wait for words: a key is never an answer
        *by_command,
        join(Joining(), deciding, again),
        requests(deciding, again),
        MISSES,
        TEACH,
        ask(Known(IntentReader(shipped())), again),
        unknown(Suggestions(catalogues, commands_for("stranger"))),
    )


def _handlers(found: tuple[Conversation, ...], names: list[str]) -> Mapping[str, Handler]:
    every = {name: handler for one in found for name, handler in one.commands.items()}
    return {name: every[name] for name in names}
