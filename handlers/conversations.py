"""All conversations, in the order in which they are asked: order is behaviour, and the last one takes anything."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from bot.announcements.composing import Composing
from bot.ask.intents import shipped_reader
from bot.ask.known import Known
from bot.delivery.errands import Owed
from bot.delivery.made import Made
from bot.forms.filling import Filling
from bot.members.admission import Admission
from bot.members.identify import Identify
from bot.members.invitations import Invitations
from bot.members.joining import Joining
from bot.members.requests import Requests
from bot.members.suggestions import Suggestions
from bot.members.zones import Zones
from bot.texts.announcement_chase import SCREEN as CHASE
from bot.texts.duties import SCREEN as DUTY
from bot.texts.form_button import RESULTS
from handlers.actions import ACTIONS
from handlers.again import Again
from handlers.announce import announce
from handlers.announce_asides import announce_asides
from handlers.announce_drafts import Drafts
from handlers.announce_report import Reports
from handlers.announce_sending import Sending
from handlers.announced import announced
from handlers.arrivals import Arrivals
from handlers.ask import Reading, ask
from handlers.chasing import chasing
from handlers.contacts import CONTACTS
from handlers.contributions import decisions
from handlers.deadlines import DEADLINES
from handlers.documents import documents
from handlers.dues import DUES
from handlers.duties import Sharing, duties
from handlers.form_answers import form_answers
from handlers.form_decisions import form_decisions
from handlers.form_news import FormNews
from handlers.form_results import form_results
from handlers.form_rosters import Rosters
from handlers.forms import forms
from handlers.giving import Giving
from handlers.held import HELD
from handlers.help import HELP
from handlers.issue import issue
from handlers.issue_desk import Issues
from handlers.issue_sending import IssueSending
from handlers.join import join
from handlers.keyboard import keyboard
from handlers.language import language
from handlers.matters import Matters
from handlers.meetings import MEETINGS
from handlers.menu import KEYBOARD, every_command
from handlers.misses import MISSES
from handlers.news import NEWS
from handlers.register import REGISTER
from handlers.replies import Replies
from handlers.requests import requests
from handlers.schedule import Schedule
from handlers.settings import Link, settings
from handlers.start import start
from handlers.submissions import Submissions
from handlers.teach import TEACH
from handlers.turn import Conversation, Handler
from handlers.unknown import unknown
from handlers.watch import passed_on, watch
from handlers.watch_reading import WatchReading
from locales import Catalogues


def conversations(
    catalogues: Catalogues,
    identify: Identify,
    files: Path,
    link: Link,
    made: Made,
    filling: Filling,
    owed: Owed,
    composing: Composing,
    issues: Issues,
    sharing: Sharing,
    schedule: Schedule,
) -> tuple[Conversation, ...]:
    """Return the conversations.

    ``files`` holds the network's documents, ``link`` gives a reader's own page, ``made`` takes the files that are made,
    ``filling`` asks forms, ``owed`` takes what is too long for one transaction,
    ``composing`` holds announcements, ``issues`` the monthly watch, ``sharing`` what people say about what is due,
    ``schedule`` what goes out by itself.
    """
    again, admission = Again(identify, catalogues), Admission(catalogues)
    news, door = FormNews(filling, identify, again), Arrivals(filling)
    sent = Submissions(filling, news, made)
    deciding = Requests(admission, identify)
    owing = duties(sharing)
    by_command = (
        start(Invitations(admission), deciding, again, door.scanned),
        MEETINGS,
        DEADLINES,
        CONTACTS,
        documents(files),
        NEWS,
        ACTIONS,
        DUES,
        owing,
        REGISTER,
        language(again),
        settings(again, Zones(), link),
        HELP,
    )
    drafts, known = Drafts(composing), Known(shipped_reader())
    sending = Sending(drafts, identify, again)
    asking_to_join = join(Joining(), deciding, again)
    brought = form_results(filling, owed)
    received = requests(deciding, again)
    announcing = announce(drafts, sending, Reports(drafts, sending), known)
    chasing_them, giving = chasing(drafts), Giving(known, identify)
    given = decisions(giving, identify, again, owed)
    going_out = schedule.conversation()
    screens = {
        "given": given.commands["contributions"],
        "results": brought.taps[RESULTS, 1],
        "requests": received.taps["rqn", 1],
        "announce": announcing.commands["announce"],
        "announced": announcing.taps["al", 1],
        "chase": chasing_them.taps[CHASE, 1],
        "schedule": going_out.commands["schedule"],
        "duty": owing.taps[DUTY, 1],
        **_handlers(by_command, ["settings", "mine"]),
    }
    matters = Matters(filling, made, screens)
    reading = Reading(Replies(known, filling, matters), again)
    keys = [name for row in KEYBOARD for name in row]
    form_desk = forms(
        filling, sent, news, Rosters(filling, made, owed), reading.if_asked, asking_to_join.commands["stop"]
    )
    opens = {key: handler for one in (*by_command, form_desk) for key, handler in one.taps.items()}
    watch_reading = WatchReading(issues, opens, owed)
    return (
        # before those who wait for words: a key is never an answer
        keyboard(catalogues, _handlers(by_command, keys), reading.of_the_list),
        *by_command,
        announce_asides(drafts, known, reading),
        announcing,
        chasing_them,
        announced(composing, identify, again),
        watch(giving, watch_reading, identify, again, reading.if_asked, reading.words),
        given,
        issue(issues, IssueSending(issues, again), owed),
        watch_reading.conversation(),
        going_out,
        form_decisions(filling, news, identify, again),  # a reason that was asked for comes before an open form
        form_desk,
        passed_on(giving),  # an open form takes files and links first
        sent.conversation(),
        brought,
        form_answers(filling, owed),
        door.conversation(),
        asking_to_join,
        received,
        MISSES,
        TEACH,
        HELD,
        ask(reading),
        unknown(Suggestions(catalogues, every_command())),
    )


def _handlers(found: tuple[Conversation, ...], names: list[str]) -> Mapping[str, Handler]:
    every = {name: handler for one in found for name, handler in one.commands.items()}
    return {name: every[name] for name in names}
