"""How forms are listed, resumed and told of once they are sent."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime, time
from zoneinfo import ZoneInfo

from bot.forms.definition import Definition
from bot.forms.path import progress
from bot.forms.sending import Sent
from bot.forms.session import REVIEW
from bot.forms.standing import Standing, changes_freely
from bot.network.records import Event
from bot.network.schedule import last_day
from bot.texts import dates
from bot.texts.form_button import RESULTS, SENT, opening_tap
from bot.texts.form_tap import tap
from bot.texts.form_values import moment, opening, short_moment
from bot.texts.layout import in_rows, lines, numbered, paragraphs
from bot.texts.reply import Button, Listing, Reply, Rows, Tap
from bot.texts.voice import Voice
from locales import Html
from storage.submissions import OPEN, Submission


def forms_list(voice: Voice, found: Sequence[Standing], now: datetime, *, coordinates: bool) -> Reply:
    """Render the forms that are for the reader."""
    heading = voice.say("forms.list")
    tables = ((Button(voice.label("forms.results"), Tap.to(RESULTS)),),) if coordinates else ()
    if not found:
        return Reply(paragraphs(heading, voice.say("forms.none")), tables)
    rows = [
        voice.say(
            "forms.row",
            number=dates.number(voice, place),
            title=voice.text(one.form.title),
            state=state_line(voice, one, now),
        )
        for place, one in enumerate(found, 1)
    ]
    return Reply(
        paragraphs(heading, *rows),
        (*in_rows(numbered(voice, (opening_tap(one.form.id) for one in found)), 6), *tables),
        listing=Listing.of(Tap.to("fl"), "form", (one.form.id for one in found), total=len(found)),
    )


def state_line(voice: Voice, standing: Standing, now: datetime) -> Html:
    """Say in a line where the reader stands with a form."""
    form, zone = standing.form, ZoneInfo(standing.form.time_zone)
    if standing.is_sent:
        state = standing.submission.state if standing.submission else "confirmed"
        return voice.say(f"forms.state.{state}")
    if standing.opening == "not_yet" and form.opens is not None:
        return voice.say("forms.opens", at=opening(voice, form.opens, zone))
    if standing.opening == "closed":
        return voice.say("forms.closed")
    closing = _closing(voice, standing, now)
    if standing.session is not None and standing.session.answers:
        return lines(voice.say("forms.begun", **_progress(voice, standing)), closing)
    return closing


def _closing(voice: Voice, standing: Standing, now: datetime) -> Html:
    form, zone = standing.form, ZoneInfo(standing.form.time_zone)
    if form.closes is None:
        return voice.say("forms.no_closing")
    today = now.astimezone(zone).date()
    whole_day = form.closes.astimezone(zone).time() == time(0)
    last = last_day(form.closes, all_day=whole_day, zone=zone)
    distance = dates.distance(voice, max(last, today), today)
    return voice.say("forms.closes", at=short_moment(voice, form.closes, zone, today), distance=distance)


def _progress(voice: Voice, standing: Standing) -> dict[str, str]:
    session = standing.session
    assert session is not None
    at, total = progress(standing.definition, session.answers, session.step)
    if session.step == REVIEW:
        at = total
    return {"at": dates.number(voice, at), "total": dates.number(voice, total)}


def resume(voice: Voice, standing: Standing) -> Reply:
    """Offer to go on with what was begun, or to begin again."""
    session = standing.session
    assert session is not None
    day = dates.day(voice, session.changed.astimezone(voice.zone).date())
    text = voice.say("forms.resume", title=voice.text(standing.form.title), day=day, **_progress(voice, standing))
    return Reply(
        text,
        (
            (Button(voice.label("forms.go_on"), tap(standing, "go")),),
            (Button(voice.label("forms.anew"), tap(standing, "new")),),
        ),
    )


def not_open(voice: Voice, standing: Standing) -> Reply:
    """Say that a form is not open yet, or closed; what was begun stays."""
    form, zone = standing.form, ZoneInfo(standing.form.time_zone)
    title = voice.text(form.title)
    if standing.opening == "not_yet" and form.opens is not None:
        return Reply(voice.say("forms.not_yet", title=title, at=opening(voice, form.opens, zone)), _elsewhere(voice))
    assert form.closes is not None
    kept = voice.say("forms.draft_stays") if standing.session else None
    told = voice.say("forms.has_closed", title=title, at=moment(voice, form.closes, zone))
    return Reply(paragraphs(told, kept), _elsewhere(voice))


def _elsewhere(voice: Voice) -> Rows:
    return (
        (Button(voice.label("forms.all"), Tap.to("fl")),),
        (Button(voice.label("forms.coordination"), Tap.to("cs")),),
    )


def left(voice: Voice, standing: Standing) -> Reply:
    """Say that the draft is kept."""
    again = Button(voice.label("forms.go_on"), tap(standing, "go"))
    return Reply(voice.say("forms.kept", title=voice.text(standing.form.title)), ((again,),))


def deleted(voice: Voice, standing: Standing) -> Reply:
    """Say that the draft is gone."""
    return Reply(voice.say("forms.deleted", title=voice.text(standing.form.title)), _elsewhere(voice)[:1])


def answered_secretly(voice: Voice, standing: Standing) -> Reply:
    """Say that an anonymous form was answered, and cannot be found again."""
    told = voice.say("forms.sent_secretly", title=voice.text(standing.form.title))
    return Reply(paragraphs(told, _next(voice, standing.definition)), _elsewhere(voice)[:1])


def not_sent(voice: Voice, standing: Standing, sent: Sent) -> Reply:
    """Say why it could not be sent; the draft is as it was."""
    told = voice.say(f"forms.not_sent.{sent.outcome}", title=voice.text(standing.form.title))
    return Reply(told, ((Button(voice.label("forms.go_on"), opening_tap(standing.form.id)),), *_elsewhere(voice)[1:]))


def card(voice: Voice, definition: Definition, one: Submission, now: datetime, *, event: Event | None, ahead: int,
         fresh: str | None = None) -> Reply:  # fmt: skip
    """Render what was sent: its state, its reference, what happens next.

    Args:
        voice: The reader's.
        definition: The form.
        one: What was sent.
        now: The moment.
        event: The event that it is for.
        ahead: How many stand before it on the waiting list.
        fresh: What was just done: ``sent``, ``changed``, ``requested``, ``unchanged``; None if it is looked at again.
    """
    heading = voice.say(f"forms.done.{fresh}" if fresh else "forms.yours", title=voice.text(definition.form.title))
    return Reply(
        paragraphs(
            heading,
            None if fresh and one.state == "confirmed" else _state(voice, one, ahead),
            _event(voice, event) if event else None,
            voice.say("forms.reference", reference=one.reference) if one.state in OPEN else None,
            _next(voice, definition) if one.state in ("confirmed", "pending") else None,
            voice.say("forms.change_waits") if one.proposed is not None else None,
        ),
        _card_buttons(voice, definition, one, now, event),
    )


def colleagues_card(voice: Voice, definition: Definition, one: Submission, answers: Html) -> Reply:
    """Render what a colleague has sent, to be read only."""
    heading = voice.say("forms.yours", title=voice.text(definition.form.title))
    return Reply(paragraphs(heading, voice.say(f"forms.state.{one.state}"), answers), _elsewhere(voice)[:1])


def sent_list(voice: Voice, found: Sequence[tuple[Definition, Submission]]) -> Reply:
    """Render what the reader has sent, each with its state."""
    heading = voice.say("forms.mine")
    open_ones = (Button(voice.label("forms.registrations"), Tap.to("rg")),)
    if not found:
        return Reply(paragraphs(heading, voice.say("forms.mine_none")), (open_ones, *_elsewhere(voice)[:1]))
    rows = [
        voice.say(
            "forms.row",
            number=dates.number(voice, place),
            title=voice.text(definition.form.title),
            state=voice.say(f"forms.state.{one.state}"),
        )
        for place, (definition, one) in enumerate(found, 1)
    ]
    cards = numbered(voice, (Tap.to(SENT, one.id, one.version, "show") for _, one in found))
    return Reply(paragraphs(heading, *rows), (*in_rows(cards, 6), open_ones, *_elsewhere(voice)[:1]))


def _state(voice: Voice, one: Submission, ahead: int) -> Html:
    if one.state == "waiting":
        return voice.say("forms.place_on_list", place=dates.number(voice, ahead + 1))
    if one.state == "offered" and one.offered_until is not None:
        until = datetime.fromtimestamp(one.offered_until, UTC).astimezone(voice.zone)
        return voice.say("forms.offer", until=dates.instant(voice, until))
    if one.state == "refused" and one.reason:
        return voice.say("forms.refused_because", reason=one.reason)
    return voice.say(f"forms.state.{one.state}")


def _event(voice: Voice, event: Event) -> Html:
    when = dates.when(voice, event.begins, event.ends, all_day=event.all_day, zone=ZoneInfo(event.time_zone))
    return lines(voice.noted(event.title), when, voice.noted(event.place) if event.place else None)


def _next(voice: Voice, definition: Definition) -> Html | None:
    steps = definition.form.next_steps
    return voice.noted(steps) if steps else None


def _card_buttons(voice: Voice, definition: Definition, one: Submission, now: datetime, event: Event | None) -> Rows:
    if one.state not in OPEN:
        again = Button(voice.label("forms.again"), Tap.to(SENT, one.id, one.version, "again"))
        return ((again,), *_elsewhere(voice)[1:])
    rows: list[tuple[Button, ...]] = []
    if one.state == "offered":
        rows.append((Button(voice.label("forms.take"), Tap.to(SENT, one.id, one.version, "take")),))
    free = changes_freely(definition.form, now)
    change = voice.label("forms.change" if free else "forms.ask_change")
    rows.append((Button(change, Tap.to(SENT, one.id, one.version, "change")),))
    rows.append((Button(voice.label("forms.withdraw"), Tap.to(SENT, one.id, one.version, "gone")),))
    if event is not None:
        rows.append((Button(voice.label("forms.calendar"), Tap.to(SENT, one.id, one.version, "ics")),))
    if definition.form.seen_by == "members":
        rows.append((Button(voice.label("forms.results"), Tap.to(RESULTS, definition.form.id)),))
    return tuple(rows)


def offer_over(voice: Voice, definition: Definition, one: Submission) -> Reply:
    """Say that a place was not taken in time."""
    again = Button(voice.label("forms.again"), Tap.to(SENT, one.id, one.version + 1, "again"))
    return Reply(voice.say("forms.offer_over", title=voice.text(definition.form.title)), ((again,),))


def reminder(voice: Voice, standing: Standing, now: datetime) -> Reply:
    """Remind of what was begun and not sent."""
    closing = _closing(voice, standing, now)
    text = voice.say(
        "forms.reminder", title=voice.text(standing.form.title), closes=closing, **_progress(voice, standing)
    )
    return Reply(text, ((Button(voice.label("forms.go_on"), tap(standing, "go")),),), place="new")


def withdrawing(voice: Voice, definition: Definition, one: Submission) -> Reply:
    """Ask whether it is to be withdrawn."""
    return Reply(
        voice.say("forms.withdrawing", title=voice.text(definition.form.title)),
        (
            (Button(voice.label("forms.withdraw_yes"), Tap.to(SENT, one.id, one.version, "yes")),),
            (Button(voice.label("forms.withdraw_no"), Tap.to(SENT, one.id, one.version, "show")),),
        ),
    )


def withdrawn(voice: Voice, definition: Definition) -> Reply:
    """Say that it is withdrawn."""
    return Reply(voice.say("forms.withdrawn", title=voice.text(definition.form.title)), _elsewhere(voice))
