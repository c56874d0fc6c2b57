"""The last questions before an announcement goes: the preview, whom it reaches, who must agree."""

from __future__ import annotations

from collections.abc import Sequence

from bot.announcements.content import Announcement
from bot.network.languages import Language
from bot.texts import dates
from bot.texts.announcement_audience import told
from bot.texts.announcement_report import tap as sent_tap
from bot.texts.announcement_sight import Sight, counted, headline, people, tap
from bot.texts.announcements import moment
from bot.texts.layout import in_rows, labelled, lines, paragraphs
from bot.texts.reply import Button, Reply, Tap
from bot.texts.voice import Voice
from locales import Html


def preview(voice: Voice, sight: Sight, language: Language, bubble: Reply, offered: Sequence[Language]) -> Reply:
    """Render the real bubble in a language, with its buttons, under a line that says that it is a preview."""
    one = sight.announcement
    number = sight.reach.languages[language]
    name = voice.say(f"language.{language}")
    key = "announce.preview_heading" if number else "announce.preview_nobody"
    heading = voice.say(key, language=name, people=people(voice, number)) if number else voice.say(key, language=name)
    others = [
        Button(voice.label("announce.chosen", what=label) if code == language else label, tap(one, "preview", code))
        for code in offered
        for label in (voice.label(f"language.{code}"),)
    ]
    back = (Button(voice.label("announce.button.to_draft"), tap(one)),)
    return Reply(paragraphs(heading, bubble.text), (*bubble.buttons, *in_rows(others, 3), back))


def confirm(voice: Voice, sight: Sight, delayed: int, approval: int | None) -> Reply:
    """Ask whether it is to be sent; ``approval``: the number above which somebody else must agree, if that is so."""
    one, found = sight.announcement, sight.reach
    number = len(found.people)
    back = (Button(voice.label("announce.button.to_draft"), tap(one)),)
    if not number:
        choose = (Button(voice.label("announce.button.audience"), tap(one, "who")),)
        return Reply(voice.say("announce.nobody_to_send"), (choose, back))
    by_language = [(voice.say(f"language.{code}"), n) for code, n in found.languages.most_common()]
    channels = found.channels(sight.channels).most_common()
    by_channel = [(voice.say(f"announce.channel.{code}"), n) for code, n in channels]
    missed = len(found.unreached)
    facts = lines(
        labelled(voice, "announce.audience", told(voice, one.content.audience, sight.names)),
        labelled(voice, "announce.when", moment(voice, one.content)),
        labelled(voice, "announce.languages", counted(voice, by_language)),
        labelled(voice, "announce.by", counted(voice, by_channel)),
        voice.count("announce.not_reached", missed, number=dates.number(voice, missed)) if missed else None,
        voice.count("announce.delayed", delayed, number=dates.number(voice, delayed)) if delayed else None,
    )
    rule = voice.say("announce.needs_approval", number=dates.number(voice, approval)) if approval is not None else None
    label = voice.label("announce.button.ask_approval")
    if approval is None:
        label = voice.plain(voice.count("announce.send_to", number, number=dates.number(voice, number)))
    heading = lines(voice.say("announce.confirm_heading"), _quoted(voice, one))
    return Reply(paragraphs(heading, facts, rule), ((Button(label, tap(one, "go", one.version)),), back))


def waits(voice: Voice, one: Announcement) -> Reply:
    """Render that somebody else must agree first."""
    text = voice.say("announce.waits_for_approval", headline=headline(one.content, voice))
    return Reply(text, ((Button(voice.label("announce.button.unschedule"), sent_tap(one, "unschedule")),),))


def nobody_to_approve(voice: Voice, one: Announcement) -> Reply:
    """Render that there is nobody else who could agree."""
    back = (Button(voice.label("announce.button.to_draft"), tap(one)),)
    return Reply(voice.say("announce.nobody_to_approve"), (back,))


def please_approve(voice: Voice, one: Announcement, author: str, number: int, bubble: Reply) -> Reply:
    """Ask another coordinator, who sees the real bubble."""
    asks = voice.say(
        "announce.please_approve", name=author, people=people(voice, number), headline=headline(one.content, voice)
    )
    rows = (
        (Button(voice.label("announce.button.approve"), sent_tap(one, "approve", one.version)),),
        (Button(voice.label("announce.button.refuse"), sent_tap(one, "refuse", one.version)),),
    )
    return Reply(paragraphs(asks, bubble.text), rows)


def plain(voice: Voice, key: str, **values: object) -> Reply:
    """Return a bubble with one sentence, and the way to all announcements."""
    return Reply(voice.say(key, **values), ((Button(voice.label("announce.button.sent"), Tap.to("al", 0)),),))


def _quoted(voice: Voice, one: Announcement) -> Html:
    return Html(f"<i>{voice.joined([headline(one.content, voice)])}</i>")
