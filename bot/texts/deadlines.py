"""How deadlines are read: the grouped list, and the card of one."""

from __future__ import annotations

from zoneinfo import ZoneInfo

from bot.answers.deadlines import PAGE, DeadlineCard, DeadlinesPage, last_day_of
from bot.network.audiences import EVERYONE
from bot.network.records import Deadline
from bot.texts import dates
from bot.texts.layout import in_rows, labelled, lines, numbered, page_line, pager, paragraphs
from bot.texts.reply import Button, Reply, Tap
from bot.texts.voice import Voice
from locales import Html

_WIDTH = 4


def deadlines_list(voice: Voice, page: DeadlinesPage) -> Reply:
    """Render a page of what is due, in groups: this week, this month, later."""
    heading = voice.say("deadlines.mine" if page.mine else "deadlines.all")
    if not page.total:
        return Reply(
            paragraphs(heading, voice.say("deadlines.none")), tuple(row for row in (_switch(voice, page),) if row)
        )
    first = page.page * PAGE + 1
    blocks: list[Html] = []
    place = first
    for key, group in (("week", page.this_week), ("month", page.this_month), ("later", page.later)):
        if group:
            rows = [_row(voice, page, one, number) for number, one in enumerate(group, place)]
            blocks.append(lines(voice.say(f"deadlines.{key}"), *rows))
            place += len(group)
    taps = (Tap.to("dl", one.id, page.page, int(page.mine)) for one in page.shown)
    buttons = in_rows(numbered(voice, taps, first), _WIDTH)
    turn = pager(voice, page.page, page.pages, lambda number: Tap.to("d", number, int(page.mine)))
    return Reply(
        paragraphs(heading, *blocks, page_line(voice, page.page, page.pages)),
        tuple(row for row in (*buttons, turn, _switch(voice, page)) if row),
    )


def deadline_card(voice: Voice, card: DeadlineCard, page: int, *, mine: bool) -> Reply:
    """Render one deadline with all that belongs to it."""
    one = card.deadline
    zone = ZoneInfo(one.time_zone)
    day = last_day_of(one, voice.zone)
    due = dates.until(voice, one.due, all_day=one.all_day, zone=zone)
    facts = lines(
        labelled(voice, "deadlines.due", due),
        dates.distance(voice, day if card.past else max(day, card.today), card.today),
        _opening(voice, card, zone),
        labelled(voice, "deadlines.concerned", _concerned(voice, card)),
        labelled(voice, "deadlines.event", voice.noted(card.event.title)) if card.event else None,
    )
    text = paragraphs(
        lines(voice.say("deadlines.title", title=voice.noted(one.title)), voice.say(f"deadlines.kind.{one.kind}")),
        facts,
        voice.noted(one.description) if one.description else None,
    )
    rows: list[tuple[Button, ...]] = []
    if one.link and not card.past and not card.not_open_yet:
        rows.append((Button(voice.label("deadlines.link"), url=one.link),))
    if card.event:
        label = voice.label("meetings.open_card", title=voice.title(card.event.title, 34))
        rows.append((Button(label, Tap.to("e", card.event.id)),))
    rows.append((Button(voice.label("common.back"), Tap.to("d", page, int(mine))),))
    return Reply(text, tuple(rows))


def _row(voice: Voice, page: DeadlinesPage, one: Deadline, place: int) -> Html:
    zone = ZoneInfo(one.time_zone)
    day = last_day_of(one, voice.zone)
    key = "deadlines.row_call" if one.opens else "deadlines.row"
    opens = dates.short_day(voice, one.opens.astimezone(zone).date(), page.today) if one.opens else ""
    return voice.say(
        key,
        number=dates.number(voice, place),
        title=voice.noted(one.title),
        distance=dates.distance(voice, max(day, page.today), page.today),
        day=dates.short_day(voice, day, page.today),
        opens=opens,
    )


def _opening(voice: Voice, card: DeadlineCard, zone: ZoneInfo) -> Html | None:
    if card.deadline.opens is None:
        return None
    day = card.deadline.opens.astimezone(zone).date()
    if card.not_open_yet:
        distance = dates.distance(voice, day, card.today)
        text = voice.say("deadlines.opens_later", day=dates.day(voice, day), distance=distance)
    else:
        text = voice.say("deadlines.open_since", day=dates.day(voice, day))
    return labelled(voice, "deadlines.opening", text)


def _concerned(voice: Voice, card: DeadlineCard) -> Html:
    if card.organisations:
        return voice.joined(voice.text(one.name) for one in card.organisations)
    if card.deadline.audience == EVERYONE:
        return voice.say("deadlines.everyone")
    return voice.say(f"audience.{card.deadline.audience.split(':')[0]}")


def _switch(voice: Voice, page: DeadlinesPage) -> tuple[Button, ...]:
    if not (page.concerns or page.mine):
        return ()
    label = voice.label("deadlines.show_all" if page.mine else "deadlines.show_mine")
    return (Button(label, Tap.to("d", 0, int(not page.mine))),)
