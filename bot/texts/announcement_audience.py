"""Whom an announcement is for, as its coordinator reads and chooses it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Literal

from bot.announcements.audience import KINDS, Audience, Term, TermKind
from bot.announcements.content import Announcement
from bot.texts import dates
from bot.texts.announcement_sight import Sight, counted, people, tap
from bot.texts.layout import in_rows, lines, page_line, pager, paragraphs
from bot.texts.reply import Button, Reply, Tap
from bot.texts.voice import Voice
from locales import Html

Side = Literal["only", "but"]
PAGE = 10
"""Values a page."""
_SHOWN = 15
"""People named who will not get it."""


def told(voice: Voice, audience: Audience, names: Mapping[str, str]) -> Html:
    """Return whom it is for: ``Vietnam ou Laos, points focaux, sauf Huế``."""
    by_kind: dict[TermKind, list[str]] = {}
    for term in audience.only:
        by_kind.setdefault(term.kind, []).append(name(names, term))
    groups = [Html(voice.say("announce.or").join(voice.joined([one]) for one in found)) for found in by_kind.values()]
    only = voice.joined(groups) if groups else voice.say("announce.everybody")
    if not audience.but:
        return only
    but = voice.joined(name(names, term) for term in audience.but)
    return voice.say("announce.but", only=only, but=but)


def name(names: Mapping[str, str], term: Term) -> str:
    """Return what a term is called."""
    return names.get(f"{term.kind}:{term.value}", term.value)


def audience(voice: Voice, sight: Sight) -> Reply:
    """Render whom it is for, how many they are, and what can be changed."""
    one, found = sight.announcement, sight.reach
    chosen = one.content.audience
    taken = [
        Button(voice.label(f"announce.take_{side}", term=name(sight.names, term)), _tap(one, "turn", side, term))
        for side in ("only", "but")
        for term in getattr(chosen, side)
    ]
    numbers = lines(
        people(voice, len(found.people)),
        _line(voice, "by_language", [(voice.say(f"language.{code}"), n) for code, n in found.languages.most_common()]),
        _line(
            voice,
            "by_channel",
            [(voice.say(f"announce.channel.{code}"), n) for code, n in found.channels(sight.channels).most_common()],
        ),
        _line(
            voice,
            "by_country",
            [
                (voice.country(code) if code else voice.say("announce.no_country"), n)
                for code, n in found.countries.most_common()
            ],
        ),
    )
    narrow = (
        Button(voice.label("announce.only"), tap(one, "kinds", "only")),
        Button(voice.label("announce.except"), tap(one, "kinds", "but")),
    )
    missing = one.content.missing(found.languages)
    after = tap(one, "langs" if missing else "")
    unreached = (Button(voice.label("announce.button.unreached"), tap(one, "unreached")),)
    rows = (
        *in_rows(taken, 1), narrow, *((unreached,) if found.unreached else ()),
        (Button(voice.label("announce.button.go_on"), after),),
    )  # fmt: skip
    heading = lines(voice.say("announce.audience_heading"), told(voice, chosen, sight.names))
    return Reply(paragraphs(heading, numbers), rows)


def kinds(voice: Voice, one: Announcement, side: Side) -> Reply:
    """Render by what the audience can be narrowed."""
    buttons = [Button(voice.label(f"announce.kind.{kind}"), tap(one, "pick", side, kind)) for kind in KINDS]
    back = (Button(voice.label("common.back"), tap(one, "who")),)
    return Reply(voice.say(f"announce.{side}_whom"), (*in_rows(buttons, 1), back))


def values(
    voice: Voice, one: Announcement, side: Side, kind: TermKind, options: Sequence[tuple[str, str, str]], page: int
) -> Reply:
    """Render a page of what a kind offers: labels, values and what their buttons carry; the chosen ones are marked."""
    back = (Button(voice.label("common.back"), tap(one, "kinds", side)),)
    done = (Button(voice.label("announce.button.go_on"), tap(one, "who")),)
    heading = lines(voice.say(f"announce.{side}_whom"), voice.say(f"announce.kind.{kind}"))
    if not options:
        return Reply(paragraphs(heading, voice.say("announce.nothing_to_choose")), (back,))
    pages = -(-len(options) // PAGE)
    page = min(max(page, 0), pages - 1)
    chosen = {term.value for term in getattr(one.content.audience, side) if term.kind == kind}
    buttons = []
    for place, (label, value, key) in enumerate(options):
        if page * PAGE <= place < (page + 1) * PAGE:
            mark = voice.label("announce.chosen" if value in chosen else "announce.not_chosen", what=label)
            buttons.append(Button(mark, tap(one, "mark", side, kind, key)))
    turn = pager(voice, page, pages, lambda wanted: tap(one, "pick", side, kind, wanted))
    width = 1 if kind in ("registered", "unanswered") else 2
    rows = tuple(row for row in (*in_rows(buttons, width), turn, done) if row)
    return Reply(paragraphs(heading, page_line(voice, page, pages)), rows)


def unreached(voice: Voice, sight: Sight, places: Mapping[str, str]) -> Reply:
    """Render who will not get it, and why; ``places`` names organisations by code."""
    found = sight.reach.unreached
    rows = [
        voice.say(
            "announce.unreached_row",
            name=one.reader.name,
            place=places.get(one.reader.organisation or "", ""),
            why=voice.say(f"announce.unreached.{why}"),
        )
        for one, why in found[:_SHOWN]
    ]
    more = len(found) - _SHOWN
    rest = voice.count("announce.and_more", more, number=dates.number(voice, more)) if more > 0 else None
    back = (Button(voice.label("common.back"), tap(sight.announcement, "who")),)
    return Reply(paragraphs(voice.say("announce.unreached_heading"), lines(*rows, rest)), (back,))


def _tap(one: Announcement, step: str, side: str, term: Term) -> Tap:
    place = getattr(one.content.audience, side).index(term)
    return tap(one, step, side, place)


def _line(voice: Voice, key: str, pairs: Sequence[tuple[object, int]]) -> Html | None:
    if not pairs:
        return None
    return voice.say(f"announce.{key}", counted=counted(voice, pairs))
