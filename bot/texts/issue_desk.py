"""An issue of the watch as its coordinator sees it: at a glance, entry by entry, its opening word, its languages."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import NamedTuple

from bot.network.languages import LANGUAGES, Language
from bot.texts import dates
from bot.texts.announcement_sight import counted, people
from bot.texts.cut import shorten
from bot.texts.layout import in_rows, labelled, lines, page_line, pager, paragraphs
from bot.texts.reply import Button, Reply, Rows, Tap
from bot.texts.voice import Voice
from bot.watch.issue import CHANGEABLE, SECTIONS, Entry, Issue, lacks_opening
from bot.watch.sharing import Shares
from locales import Html, escape

SCREEN = "gk"
"""Everything that a coordinator does with an issue."""
PAGE = 12
_TITLE = 70
_NAMED = 4
_WIDTH = 6


class Desk(NamedTuple):
    """An issue with all that its coordinator must know."""

    issue: Issue
    entries: Sequence[Entry]
    """What is in, in its order."""
    missing: Mapping[Language, Sequence[Entry]]
    """What is not translated, by language that is read and not waived."""
    shares: Shares
    starts: datetime | None
    """When its first reader gets it."""
    standing: Counter[str]
    """Messages by state, once it is on its way."""
    waiting: int
    """Contributions that wait for a decision."""

    @property
    def languages(self) -> list[Language]:
        """Return the languages that its readers read."""
        return [code for code in LANGUAGES if code in self.shares.languages]


def tap(one: Issue, step: str = "", *more: object) -> Tap:
    """Return the tap that goes on with an issue."""
    return Tap.to(SCREEN, one.id, step, *more)


def glance(voice: Voice, desk: Desk) -> Reply:
    """Render an issue at a glance."""
    one = desk.issue
    state = "unapproved" if one.state == "missed" and one.approved_by is None else one.state
    heading = lines(
        voice.say("issue.desk.heading", month=dates.month(voice, one.month)),
        voice.say(f"issue.state.{state}", name=one.approved_by or ""),
        voice.say("issue.desk.starts", moment=dates.instant(voice, desk.starts.astimezone(voice.zone)))
        if desk.starts
        else None,
    )
    sections = Counter(entry.section for entry in desk.entries)
    inside = counted(voice, [(voice.say(f"issue.name.{name}"), sections[name]) for name in SECTIONS if sections[name]])
    left = len(desk.shares.left_out)
    facts = lines(
        labelled(voice, "issue.desk.inside", inside or voice.say("issue.desk.nothing")),
        labelled(voice, "issue.desk.opening", _opening_state(voice, desk)),
        labelled(voice, "issue.desk.missing", missing_line(voice, desk)) if desk.missing else None,
        labelled(voice, "issue.desk.readers", people(voice, len(desk.shares.people))),
        labelled(voice, "issue.desk.left_out", people(voice, left)) if left else None,
        voice.count("issue.desk.waiting", desk.waiting, number=dates.number(voice, desk.waiting))
        if desk.waiting
        else None,
    )
    standing = None
    if desk.standing:
        told = [
            voice.say(f"announce.state.{name}", number=dates.number(voice, number))
            for name, number in desk.standing.most_common()
        ]
        standing = labelled(voice, "issue.desk.standing", voice.joined(told))
    return Reply(paragraphs(heading, facts, standing), _rows(voice, desk))


def counting(voice: Voice) -> Reply:
    """Say that it is being found out who gets it."""
    return Reply(voice.say("issue.desk.counting"))


def not_counted(voice: Voice) -> Reply:
    """Say that it could not be found out."""
    return Reply(voice.say("issue.desk.not_counted"))


def missing_line(voice: Voice, desk: Desk) -> Html:
    """Return in which languages how much is not translated."""
    return counted(voice, [(voice.say(f"language.{code}"), len(found)) for code, found in desk.missing.items()])


def content(voice: Voice, one: Issue, every: Sequence[Entry], page: int) -> Reply:
    """Render what is in, and after it what was dropped, page by page."""
    pages = max(-(-len(every) // PAGE), 1)
    page = min(max(page, 0), pages - 1)
    shown = list(enumerate(every, 1))[page * PAGE : (page + 1) * PAGE]
    rows = [_row(voice, one, entry, place) for place, entry in shown]
    buttons = [
        Button(dates.number(voice, place), tap(one, "entry", entry.section, entry.number)) for place, entry in shown
    ]
    turn = pager(voice, page, pages, lambda number: tap(one, "inside", number))
    text = paragraphs(voice.say("issue.desk.content"), lines(*rows), page_line(voice, page, pages))
    return Reply(text, tuple(row for row in (*in_rows(buttons, _WIDTH), turn, (back(voice, one),)) if row))


def entry(voice: Voice, one: Issue, found: Entry) -> Reply:
    """Render one entry with what can be done about it."""
    dropped = found.name in one.content.dropped
    where = (found.section, found.number)
    rows: list[tuple[Button, ...]] = []
    if one.state in CHANGEABLE:
        if not dropped:
            pinned = found.name in one.content.pinned
            label = voice.label("issue.desk.unpin" if pinned else "issue.desk.pin")
            rows.append(
                (
                    Button(voice.label("issue.desk.up"), tap(one, "up", *where)),
                    Button(voice.label("issue.desk.down"), tap(one, "down", *where)),
                    Button(label, tap(one, "pin", *where)),
                )
            )
        rows.append((Button(voice.label("issue.desk.restore" if dropped else "issue.desk.drop"),
                            tap(one, "drop", *where)),))  # fmt: skip
    if found.section == "cities":
        rows.append((Button(voice.label("decide.edit"), Tap.to("gv", found.number, "edit")),))
    lacking = [voice.say(f"language.{code}") for code in LANGUAGES if found.lacks(code)]
    body = escape(shorten(found.body.read(voice.language).text, 600)) if found.body else None
    text = paragraphs(
        lines(voice.say(f"issue.section.{found.section}"), voice.noted(found.title)),
        body,
        labelled(voice, "issue.desk.lacks", voice.joined(lacking)) if lacking else None,
    )
    to_list = Button(voice.label("issue.desk.to_content"), tap(one, "inside"))
    return Reply(text, (*rows, (to_list, back(voice, one))))


def opening(voice: Voice, one: Issue) -> Reply:
    """Render the opening word in every language, to be written."""
    written = [
        lines(Html(f"<b>{voice.say(f'language.{code}')}</b>"), escape(shorten(text, 400)))
        for code, text in one.content.opening.items()
    ]
    buttons = [
        Button(
            voice.label(
                "give.text_there" if code in one.content.opening else "give.text_missing",
                language=voice.say(f"language.{code}"),
            ),
            tap(one, "write", code),
        )
        for code in LANGUAGES
    ]
    heading = voice.say("issue.desk.opening_heading")
    return Reply(paragraphs(heading, *written), (*in_rows(buttons, 2), (back(voice, one),)))


def write_opening(voice: Voice, one: Issue, language: Language, *, too_long: int | None = None) -> Reply:
    """Ask for the opening word in a language."""
    asks = voice.say("issue.desk.write_opening", language=voice.say(f"language.{language}"))
    problem = voice.say("issue.desk.opening_too_long", limit=too_long) if too_long else None
    rows = [(back(voice, one),)]
    if language in one.content.opening:
        rows.insert(0, (Button(voice.label("issue.desk.without_opening"), tap(one, "unwrite", language)),))
    return Reply(paragraphs(problem, asks), tuple(rows))


def translations(voice: Voice, desk: Desk) -> Reply:
    """Render what is not translated, language by language, with leave to do without."""
    one = desk.issue
    blocks = []
    buttons = []
    for code in desk.languages:
        name = voice.say(f"language.{code}")
        if code in one.content.waived:
            blocks.append(voice.say("issue.desk.waived", language=name))
        elif code in desk.missing:
            found = desk.missing[code]
            titles = [voice.say("issue.desk.lacking", title=voice.title(one.title, _TITLE)) for one in found[:_NAMED]]
            more = len(found) - _NAMED
            rest = voice.count("issue.desk.and_more", more, number=dates.number(voice, more)) if more > 0 else None
            number = dates.number(voice, len(found))
            blocks.append(lines(voice.say("issue.desk.lacks_some", language=name, number=number), *titles, rest))
        else:
            blocks.append(voice.say("issue.desk.complete", language=name))
        if one.state in CHANGEABLE and (code in one.content.waived or code in desk.missing):
            key = "issue.desk.unwaive" if code in one.content.waived else "issue.desk.waive"
            buttons.append(Button(voice.label(key, language=name), tap(one, "waive", code)))
    text = paragraphs(voice.say("issue.desk.translations"), *blocks)
    return Reply(text, (*in_rows(buttons, 1), (back(voice, one),)))


def back(voice: Voice, one: Issue) -> Button:
    """Return the way back to the glance."""
    return Button(voice.label("issue.desk.to_issue"), tap(one))


def _opening_state(voice: Voice, desk: Desk) -> Html:
    content = desk.issue.content
    if not content.opening:
        return voice.say("issue.desk.no_opening")
    written = voice.joined(voice.say(f"language.{code}") for code in LANGUAGES if code in content.opening)
    lacking = [voice.say(f"language.{code}") for code in desk.languages if lacks_opening(content, code)]
    if not lacking:
        return written
    return lines(written, voice.say("announce.to_write", languages=voice.joined(lacking)))


def _row(voice: Voice, one: Issue, found: Entry, place: int) -> Html:
    content = one.content
    mark = "dropped" if found.name in content.dropped else "pinned" if found.name in content.pinned else "usual"
    number, title = dates.number(voice, place), voice.title(found.title, _TITLE)
    return voice.say(
        f"issue.desk.row_{mark}", number=number, title=title, section=voice.say(f"issue.name.{found.section}")
    )


def _rows(voice: Voice, desk: Desk) -> Rows:
    one = desk.issue
    look = (
        Button(voice.label("issue.desk.button.preview"), tap(one, "preview")),
        Button(voice.label("issue.desk.button.readers"), tap(one, "readers")),
    )
    inside = Button(voice.label("issue.desk.button.inside"), tap(one, "inside"))
    waiting = (Button(voice.label("menu.contributions"), Tap.to("gl", 0)),) if desk.waiting else ()
    if one.state in CHANGEABLE:
        return tuple(
            row
            for row in (
                (inside, Button(voice.label("issue.desk.button.opening"), tap(one, "opening"))),
                (Button(voice.label("issue.desk.button.translations"), tap(one, "langs")), look[0]),
                (look[1], Button(voice.label("issue.desk.button.test"), tap(one, "test"))),
                waiting,
                (Button(voice.label("issue.desk.button.approve"), tap(one, "check")),),
            )
            if row
        )
    taking = (Button(voice.label("issue.desk.button.back"), tap(one, "unapprove")),) if one.state == "approved" else ()
    return tuple(row for row in ((inside,), look, taking) if row)


def first_reader(starts: int | None) -> datetime | None:
    """Return when an approved issue goes to its first reader."""
    return datetime.fromtimestamp(starts, UTC) if starts is not None else None
