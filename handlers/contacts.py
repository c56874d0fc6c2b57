"""``/contacts``: focal points by country, organisation and theme; the coordination."""

from __future__ import annotations

from dataclasses import replace

from bot.answers import contacts
from bot.answers.contacts import ContactsAnswer
from bot.texts.contacts import organisations_list, themes_to_look_by, where_to_look, whom_to_call
from bot.texts.reply import Reply
from handlers.turn import Conversation, Turn


async def _command(turn: Turn) -> Reply:
    return where_to_look(turn.voice, await contacts.countries(turn.tx))


async def _country(turn: Turn) -> Reply:
    page = await contacts.organisations(turn.tx, turn.tap.text(0) or "", turn.tap.number(1) or 0)
    return organisations_list(turn.voice, page) if page else await _gone(turn)


async def _themes(turn: Turn) -> Reply:
    return themes_to_look_by(turn.voice, await contacts.countries(turn.tx))


async def _organisation(turn: Turn) -> Reply:
    found = await contacts.of_organisation(turn.tx, turn.reader, turn.tap.number(0) or 0)
    return whom_to_call(turn.voice, found) if found else await _gone(turn)


async def _theme(turn: Turn) -> Reply:
    found = await contacts.of_theme(turn.tx, turn.reader, turn.tap.number(0) or 0)
    return whom_to_call(turn.voice, found) if found else await _gone(turn)


async def _coordination(turn: Turn) -> Reply:
    secretariat = await contacts.coordinators(turn.tx, turn.reader)
    return whom_to_call(turn.voice, ContactsAnswer(None, None, secretariat, (), (), may_join=not turn.reader.is_known))


async def _gone(turn: Turn) -> Reply:
    return replace(await _command(turn), notice=turn.voice.say("contacts.gone"))


async def _stale(turn: Turn) -> Reply:
    return replace(await _command(turn), notice=turn.voice.say("common.refreshed"))


CONTACTS = Conversation(
    name="contacts",
    commands={"contacts": _command},
    taps={
        ("c", 1): _command,
        ("cc", 1): _country,
        ("cts", 1): _themes,
        ("ct", 1): _theme,
        ("co", 1): _organisation,
        ("cs", 1): _coordination,
    },
    stale=_stale,
)
