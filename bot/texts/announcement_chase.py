"""How those who have not answered, or not paid, are written to: the key, and the question for the text."""

from __future__ import annotations

from dataclasses import replace

from bot.announcements.content import Announcement
from bot.network.forms import Form
from bot.texts import dates
from bot.texts.announcements import write
from bot.texts.reply import Button, Reply, Tap
from bot.texts.voice import Voice

SCREEN = "ch"


def chase_button(voice: Voice, form: Form | None = None, country: str | None = None) -> Button:
    """Return the key that writes to those who have not answered a form; None: to those whose dues are not paid."""
    key = "announce.chase.form" if form else "announce.chase.dues"
    return Button(voice.label(key), Tap.to(SCREEN, form.id if form else None, country))


def whom_it_chases(voice: Voice, one: Announcement, form: Form | None, people: int) -> Reply:
    """Render the question for the text, with whom it goes to."""
    who = voice.count("announce.people", people, number=dates.number(voice, people))
    key = "announce.chase.to_form" if form else "announce.chase.to_dues"
    told = voice.say(key, title=voice.text(form.title) if form else "", people=who)
    return replace(write(voice, one, problem=told), place="new")


def everybody_has(voice: Voice, form: Form | None) -> Reply:
    """Say that nobody is left to write to."""
    key = "announce.chase.none_form" if form else "announce.chase.none_dues"
    return Reply(voice.say(key, title=voice.text(form.title) if form else ""), place="new")
