"""The last looks at an issue: the real bubbles, who gets it and who does not, the question before it is approved."""

from __future__ import annotations

from collections import defaultdict

from bot.network.content import Content
from bot.network.languages import Language
from bot.texts import dates
from bot.texts.announcement_sight import counted, people
from bot.texts.cut import shown_units, split
from bot.texts.issue_desk import Desk, back, tap
from bot.texts.layout import in_rows, labelled, lines, paragraphs
from bot.texts.reply import Button, Reply
from bot.texts.voice import Voice
from locales import Html

_NAMED = 12


def preview(voice: Voice, desk: Desk, language: Language, bubble: Reply, held: int) -> Reply:
    """Render the real bubble of whoever gets most in a language, under its length and its parts."""
    one = desk.issue
    name = voice.say(f"language.{language}")
    readers = people(voice, desk.shares.languages[language])
    heading = voice.say(
        "issue.desk.preview", language=name, people=readers, entries=dates.number(voice, held),
        length=dates.number(voice, shown_units(bubble.text)), parts=dates.number(voice, len(split(bubble.text))),
    )  # fmt: skip
    others = [
        Button(voice.label("announce.chosen", what=label) if code == language else label, tap(one, "preview", code))
        for code in desk.languages
        for label in (voice.label(f"language.{code}"),)
    ]
    rows = (*bubble.buttons, *in_rows(others, 3), (back(voice, one),))
    return Reply(paragraphs(Html(f"<i>{heading}</i>"), bubble.text), rows)


def readers(voice: Voice, desk: Desk, channels: list[tuple[str, int]], places: dict[str, Content]) -> Reply:
    """Render how many get it by language, channel and city, and who does not and why."""
    shares = desk.shares
    by_language = [(voice.say(f"language.{code}"), number) for code, number in shares.languages.most_common()]
    by_channel = [(voice.say(f"announce.channel.{code}"), number) for code, number in channels]
    by_place = [
        (voice.text(places[f"city:{code}"]), number)
        for code, number in shares.places.most_common(_NAMED)
        if f"city:{code}" in places
    ]
    facts = lines(
        labelled(voice, "issue.desk.readers", people(voice, len(shares.people))),
        labelled(voice, "announce.languages", counted(voice, by_language)) if by_language else None,
        labelled(voice, "announce.by", counted(voice, by_channel)) if by_channel else None,
        labelled(voice, "issue.desk.cities", counted(voice, by_place)) if by_place else None,
    )
    by_reason: dict[str, list[str]] = defaultdict(list)
    for recipient, reason in shares.left_out:
        by_reason[reason].append(recipient.reader.name)
    blocks = []
    for why, names in by_reason.items():
        shown = voice.joined(sorted(names)[:_NAMED])
        more = len(names) - _NAMED
        rest = voice.count("issue.desk.and_more", more, number=dates.number(voice, more)) if more > 0 else None
        blocks.append(lines(voice.say(f"issue.left.{why}", number=dates.number(voice, len(names))), shown, rest))
    left = paragraphs(voice.say("issue.desk.left_heading"), *blocks) if blocks else None
    return Reply(paragraphs(facts, left), ((back(voice, desk.issue),),))


def confirm(voice: Voice, desk: Desk) -> Reply:
    """Ask whether the issue is approved."""
    one, number = desk.issue, len(desk.shares.people)
    if not number:
        return Reply(voice.say("issue.desk.nobody"), ((back(voice, one),),))
    starts = dates.instant(voice, desk.starts.astimezone(voice.zone)) if desk.starts else ""
    text = voice.say(
        "issue.desk.confirm", month=dates.month(voice, one.month), people=people(voice, number), moment=starts
    )
    languages = [voice.say(f"language.{code}") for code in one.content.waived]
    waived = voice.say("issue.desk.in_source", languages=voice.joined(languages)) if languages else None
    go = Button(voice.label("issue.desk.button.yes"), tap(one, "approve", one.version))
    return Reply(paragraphs(text, waived), ((go,), (back(voice, one),)))


def tested(voice: Voice, desk: Desk, number: int) -> Reply:
    """Say that the bubbles of every language are on their way to whoever asked."""
    text = voice.count("issue.desk.tested", number, number=dates.number(voice, number))
    return Reply(text, ((back(voice, desk.issue),),), place="new")
