"""How the action plan is read: the lines by axis with their state, and the columns of one."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from itertools import groupby

from bot.answers.actions import PAGE, STATES, ActionCard, ActionsPage, ActionsRequest, state_of
from bot.network.records import Action
from bot.texts import dates
from bot.texts.layout import in_rows, labelled, lines, page_line, pager, paragraphs
from bot.texts.narrowed import Part, arguments, narrowed_line, parts_of, read_arguments, take_away
from bot.texts.reply import Button, Listing, Reply, Rows, Tap
from bot.texts.voice import Voice
from locales import Html


def actions_list(voice: Voice, page: ActionsPage) -> Reply:
    """Render a page of the plan, by axis."""
    request = page.request
    found = _parts(voice, page)
    heading = voice.say("actions.heading", narrowed=narrowed_line(found))
    away = take_away(found, lambda without: list_tap(replace(request, page=0, **without)))
    if not page.actions:
        return _nothing(voice, page, heading, away)
    blocks = [
        lines(voice.say("actions.axis", axis=voice.noted(axis)), *(_row(voice, one, page.today) for one in group))
        for axis, group in groupby(page.actions, key=lambda one: one.axis)
    ]
    cards = tuple(
        Button(dates.number(voice, one.number), Tap.to("ac", one.id, *_arguments(request))) for one in page.actions
    )
    turn = pager(voice, request.page, page.pages, lambda number: list_tap(replace(request, page=number)))
    text = paragraphs(heading, *blocks, page_line(voice, request.page, page.pages))
    buttons = tuple(row for row in (cards, turn, *away, *_states(voice, page), _own(voice, page)) if row)
    first, lines_of = request.page * PAGE + 1, (one.number for one in page.actions)
    return Reply(text, buttons, listing=Listing.of(list_tap(request), "line", lines_of, first, page.total))


def action_card(voice: Voice, card: ActionCard, back: ActionsRequest) -> Reply:
    """Render one line of the plan with its columns."""
    one = card.action
    state = state_of(one, card.today)
    columns = {"done": one.done, "planned": one.planned, "proposed": one.proposed, "who": one.who}
    title = voice.say("actions.title", number=dates.number(voice, one.number), title=voice.noted(one.title))
    facts = lines(
        labelled(voice, "actions.state", voice.say(f"actions.state.{state}")),
        labelled(voice, "actions.due", _day(voice, one.due, card.today)) if one.due else None,
        labelled(voice, "actions.organisations", voice.joined(voice.text(place.name) for place in card.organisations))
        if card.organisations
        else None,
        labelled(voice, "meetings.themes", voice.joined(voice.text(theme.name) for theme in card.themes))
        if card.themes
        else None,
    )
    told = [labelled(voice, f"actions.{name}", voice.noted(said)) for name, said in columns.items() if said]
    text = paragraphs(lines(title, Html(f"<i>{voice.noted(one.axis)}</i>")), facts, *told)
    return Reply(text, ((Button(voice.label("common.back"), list_tap(back)),),))


def list_tap(request: ActionsRequest) -> Tap:
    """Return the tap that shows the plan."""
    return Tap.to("a", *_arguments(request))


def request_of(tap: Tap, start: int = 0) -> ActionsRequest:
    """Return the request that a tap carries from its argument ``start`` on; what cannot be read asks for nothing."""
    state = tap.number(start + 1)
    return ActionsRequest(
        page=tap.number(start) or 0,
        state=STATES[state] if state is not None and state < len(STATES) else None,
        **read_arguments(tap, start + 2),
    )


def _arguments(request: ActionsRequest) -> tuple[object, ...]:
    return (request.page, STATES.index(request.state) if request.state else None, *arguments(request))


def _parts(voice: Voice, page: ActionsPage) -> tuple[Part, ...]:
    state = page.request.state
    found = parts_of(voice, page.request, page.named)
    return (Part(("state",), voice.say(f"actions.state.{state}")), *found) if state else found


def _nothing(voice: Voice, page: ActionsPage, heading: Html, away: Rows) -> Reply:
    if not (page.may_join or page.members_only):
        return Reply(paragraphs(heading, voice.say("actions.none")), away)
    join = ((Button(voice.label("menu.join"), Tap.to("join")),),) if page.may_join else ()
    return Reply(paragraphs(heading, voice.say("actions.for_members")), (*away, *join))


def _row(voice: Voice, one: Action, today: date) -> Html:
    state = state_of(one, today)
    said = voice.say(f"actions.state.{state}")
    facts = [Html(f"<b>{said}</b>") if state == "late" else said]
    if one.due and state != "done":
        due = voice.say(
            "actions.due_in_list",
            day=dates.short_day(voice, one.due, today),
            distance=dates.distance(voice, one.due, today),
        )
        facts.append(due)
    return voice.say(
        "actions.row",
        number=dates.number(voice, one.number),
        title=voice.noted(one.title),
        facts=Html(" · ".join(facts)),
    )


def _day(voice: Voice, day: date, today: date) -> Html:
    return voice.say("actions.day", day=dates.day(voice, day), distance=dates.distance(voice, day, today))


def _states(voice: Voice, page: ActionsPage) -> Rows:
    """Return the buttons that show one state only, with how many lines are in it."""
    if page.request.state or len(page.states) < 2:
        return ()
    buttons = [
        Button(
            voice.label(
                "actions.only", state=voice.say(f"actions.state.{state}"), count=dates.number(voice, page.states[state])
            ),
            list_tap(replace(page.request, page=0, state=state)),
        )
        for state in page.states
    ]
    return in_rows(buttons, 2)


def _own(voice: Voice, page: ActionsPage) -> tuple[Button, ...]:
    if page.own is None or page.named.city is not None:
        return ()
    return (Button(voice.label("actions.mine"), list_tap(replace(page.request, page=0, city=page.own.id))),)
