"""How the state of dues is read."""

from __future__ import annotations

from bot.answers.deadlines import last_day_of
from bot.answers.dues import PAGE, DuesAnswer, UnpaidPage
from bot.network.records import Deadline, Organisation
from bot.texts import dates
from bot.texts.announcement_chase import chase_button
from bot.texts.layout import in_rows, lines, page_line, pager, paragraphs
from bot.texts.narrowed import narrowed_line, parts, take_away
from bot.texts.reply import ORGANISATION, Button, Listing, Reply, Tap
from bot.texts.voice import Voice
from locales import Html

_MOST = 3
"""Deadlines shown."""


def dues_answer(voice: Voice, answer: DuesAnswer, *, lists_unpaid: bool = False) -> Reply:
    """Render the state of dues; ``lists_unpaid`` gives the button to those who have not paid."""
    coordination = Button(voice.label("contacts.coordination"), Tap.to("cs"))
    if answer.organisation is None:
        return Reply(
            paragraphs(voice.say("dues.heading"), voice.say("dues.stranger")),
            ((coordination,), (Button(voice.label("menu.join"), Tap.to("join")),)),
        )
    text = paragraphs(
        voice.say("dues.heading"),
        voice.say("dues.only_own") if answer.others_asked else None,
        _state(voice, answer, answer.organisation),
        lines(*(_deadline(voice, one, answer) for one in answer.deadlines[:_MOST])) or None,
        voice.say("dues.ask"),
    )
    unpaid = ((Button(voice.label("dues.show_unpaid"), Tap.to("du")),),) if lists_unpaid else ()
    cards = [
        (Button(voice.label("dues.open", title=voice.title(one.title, 34)), Tap.to("dl", one.id)),)
        for one in answer.deadlines[:_MOST]
    ]
    return Reply(text, (*cards, *unpaid, (coordination,)))


def unpaid_list(voice: Voice, page: UnpaidPage) -> Reply:
    """Render a page of the members whose dues are not paid."""
    found = parts(voice, country=page.country)
    narrowed, away = narrowed_line(found), take_away(found, lambda _without: Tap.to("du"))
    if not page.total and not found:
        return Reply(paragraphs(voice.say("dues.heading"), voice.say("dues.all_paid")))
    heading = voice.say("dues.unpaid_heading", narrowed=narrowed, count=dates.number(voice, page.total))
    if not page.total:
        return Reply(paragraphs(heading, voice.say("dues.all_paid_there")), away)
    rows = [_unpaid_row(voice, one) for one in page.organisations]
    people = [Button(voice.title(one.name, 28), Tap.to("co", one.id)) for one in page.organisations]
    turn = pager(voice, page.page, page.pages, lambda number: Tap.to("du", number, page.country))
    text = paragraphs(heading, lines(*rows), page_line(voice, page.page, page.pages))
    buttons = tuple(
        row for row in (*in_rows(people, 2), turn, *away, (chase_button(voice, country=page.country),)) if row
    )
    first, numbers = page.page * PAGE + 1, (one.id for one in page.organisations)
    shown = Tap.to("du", page.page, page.country)
    return Reply(text, buttons, listing=Listing.of(shown, ORGANISATION, numbers, first, page.total))


def _state(voice: Voice, answer: DuesAnswer, place: Organisation) -> Html:
    name = voice.text(place.name)
    if place.membership != "member":
        return voice.say("dues.not_expected", place=name)
    until = place.dues_paid_until
    if until is None:
        return voice.say("dues.unpaid", place=name)
    distance = dates.distance(voice, until, answer.today)
    key = "dues.paid" if answer.paid else "dues.expired"
    return voice.say(key, place=name, day=dates.day(voice, until), distance=distance)


def _deadline(voice: Voice, one: Deadline, answer: DuesAnswer) -> Html:
    day = max(last_day_of(one, voice.zone), answer.today)
    return voice.say(
        "meetings.deadline",
        title=voice.noted(one.title),
        day=dates.day(voice, day),
        distance=dates.distance(voice, day, answer.today),
    )


def _unpaid_row(voice: Voice, one: Organisation) -> Html:
    if one.dues_paid_until is None:
        return voice.say("dues.row_never", place=voice.text(one.name))
    return voice.say("dues.row_until", place=voice.text(one.name), day=dates.day(voice, one.dues_paid_until))
