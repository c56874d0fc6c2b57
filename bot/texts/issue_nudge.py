"""What coordinators hear by themselves of an issue that nobody has approved."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import NamedTuple

from bot.network.languages import Language
from bot.texts import dates
from bot.texts.announcement_sight import counted, people
from bot.texts.issue_desk import tap
from bot.texts.layout import labelled, lines, paragraphs
from bot.texts.reply import Button, Reply
from bot.texts.voice import Voice
from bot.watch.issue import Issue


class Outlook(NamedTuple):
    """How an issue stands that is to be approved."""

    issue: Issue
    missing: Mapping[Language, int]
    """How much is not translated, by language that is read and not waived."""
    opening: Sequence[Language]
    """The languages in which the opening word is not written yet."""
    readers: int


def not_approved(voice: Voice, outlook: Outlook, due: date, today: date) -> Reply:
    """Say that an issue waits for its approval, and how it stands; ``due`` is the day on which its reader gets it."""
    one = outlook.issue
    missing = [(voice.say(f"language.{code}"), number) for code, number in outlook.missing.items()]
    opening = voice.joined(voice.say(f"language.{code}") for code in outlook.opening)
    text = paragraphs(
        lines(
            voice.say("issue.desk.heading", month=dates.month(voice, one.month)),
            voice.say("issue.nudge.waits", day=dates.day(voice, due), distance=dates.distance(voice, due, today)),
        ),
        lines(
            labelled(
                voice, "issue.desk.missing", counted(voice, missing) if missing else voice.say("issue.nudge.complete")
            ),
            labelled(voice, "issue.desk.opening", voice.say("announce.to_write", languages=opening))
            if outlook.opening
            else None,
            labelled(voice, "issue.desk.readers", people(voice, outlook.readers)),
        ),
        voice.say("issue.nudge.rule"),
    )
    return Reply(text, ((Button(voice.label("issue.nudge.open"), tap(one)),),), place="new")


def not_sent(voice: Voice, one: Issue) -> Reply:
    """Say that the month of an issue is over, and that it was not sent."""
    why = voice.say("issue.nudge.late" if one.approved_by else "issue.nudge.missed")
    text = paragraphs(
        lines(voice.say("issue.desk.heading", month=dates.month(voice, one.month)), why), voice.say("issue.nudge.kept")
    )
    return Reply(text, ((Button(voice.label("menu.issue"), tap(one._replace(id=0))),),), place="new")
