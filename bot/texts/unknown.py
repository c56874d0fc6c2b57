"""What is said to words that no conversation takes: what was understood, and the nearest things that can be done."""

from __future__ import annotations

from collections.abc import Sequence

from bot.network.records import Organisation
from bot.texts.cut import shorten
from bot.texts.members import command_button
from bot.texts.reply import Button, Reply, Tap
from bot.texts.voice import Voice

_SHOWN = 40


def not_understood(voice: Voice, written: str, commands: Sequence[str], *, near: bool, command: bool) -> Reply:
    """Render the nearest commands; ``near``: at least one of them is near what was written."""
    subject = "command" if command else "text"
    key = f"unknown.{subject}_near" if near else f"unknown.{subject}"
    text = voice.say(key, written=shorten(written, _SHOWN))
    return Reply(text, tuple((command_button(voice, name),) for name in commands), place="new")


def about_organisation(voice: Voice, organisation: Organisation, commands: Sequence[str], near: int) -> Reply:
    """Render what can be asked about an organisation whose name was written; what was asked with it stands first."""
    name = voice.title(organisation.name, 28)
    contacts = Button(voice.label("unknown.contacts_of", place=name), Tap.to("co", organisation.id))
    meetings = Button(voice.label("unknown.meetings_in", place=name), Tap.to("m", "n", 0, None, organisation.id))
    wanted = (meetings, contacts) if commands[:1] == ("meetings",) and near else (contacts, meetings)
    other = next(name for name in commands if name not in ("meetings", "contacts"))
    rows = tuple((button,) for button in (*wanted, command_button(voice, other)))
    return Reply(voice.say("unknown.organisation", place=voice.text(organisation.name)), rows, place="new")


def reads_text_only(voice: Voice, commands: Sequence[str]) -> Reply:
    """Render the answer to what cannot be read: a voice note, a sticker, a photo without words."""
    rows = tuple((command_button(voice, name),) for name in commands)
    return Reply(voice.say("unknown.text_only"), rows, place="new")
