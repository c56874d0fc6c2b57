"""How a stranger is asked, and how a request is shown to the coordinators and answered."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from bot.network.audiences import Reader, Role
from bot.network.records import Organisation, Person
from bot.texts.cut import shorten
from bot.texts.dates import number
from bot.texts.layout import lines, paragraphs
from bot.texts.members import command_button, registration, requests_row
from bot.texts.reply import Button, Reply, Rows, Tap
from bot.texts.voice import Voice
from locales import Html
from storage.members import JoinDraft, JoinRequest, Step

_ASKED: tuple[Step, ...] = ("name", "organisation", "function")
_LABEL = 40


def question(
    voice: Voice,
    draft: JoinDraft,
    organisation: Organisation | None,
    resembling: tuple[Organisation, ...],
    offered: str | None,
    problem: str | None,
) -> Reply:
    """Render the question that is open, with what was answered before it; or everything, to be sent."""
    if draft.step == "review":
        return _review(voice, draft, organisation, problem)
    place = number(voice, _ASKED.index(draft.step) + 1)
    step = voice.say("join.step", number=place, count=number(voice, len(_ASKED)))
    written = voice.say("join.which_one", written=draft.organisation_text) if resembling else None
    asked = written or voice.say(f"join.{draft.step}")
    text = paragraphs(_problem(voice, problem), lines(step, *_answers(voice, draft, organisation)), asked)
    keep = voice.title(organisation.name) if organisation and draft.step == "organisation" else offered
    rows = _places(voice, resembling) if resembling else _offer(draft.step, keep)
    return Reply(text, (*rows, _steps_away(voice, draft.step)))


def sent(voice: Voice) -> Reply:
    """Render that the request is on its way."""
    return Reply(voice.say("join.sent"))


def pending(voice: Voice) -> Reply:
    """Render that a request was sent before and waits for an answer."""
    return Reply(voice.say("join.pending"))


def stopped(voice: Voice) -> Reply:
    """Render that nothing was sent."""
    return Reply(voice.say("join.stopped"), ((command_button(voice, "join"),),))


def nothing_open(voice: Voice) -> Reply:
    """Render that there is nothing to stop."""
    return Reply(voice.say("join.nothing_open"), place="new")


def member_already(voice: Voice, reader: Reader, organisation: Organisation | None) -> Reply:
    """Render that the reader belongs to the network already."""
    place = voice.text(organisation.name) if organisation else ""
    return Reply(voice.say("join.member_already", role=voice.say(f"role.{reader.role}"), organisation=place))


def request_bubble(
    voice: Voice,
    request: JoinRequest,
    account_name: str,
    organisation: Organisation | None,
    resembling: tuple[Organisation, ...],
    roles: tuple[Role, ...],
) -> Reply:
    """Render a request for a coordinator, with what can be decided about it."""
    text = paragraphs(_request(voice, request, account_name, organisation), _hint(voice, organisation, resembling))
    if organisation is None:
        decisions = [(Button(voice.title(one.name), Tap.to("rq", request.id, one.id)),) for one in resembling] or [
            (Button(voice.label("request.look_again"), Tap.to("rq", request.id)),)
        ]
    else:
        decisions = [(_accept(voice, request, organisation, role),) for role in roles]
        if request.organisation != organisation.code:
            decisions.append((Button(voice.label("request.other_organisation"), Tap.to("rq", request.id)),))
    refuse = (Button(voice.label("request.refuse"), Tap.to("rqr", request.id)),)
    return Reply(text, (*decisions, refuse))


def decided_bubble(
    voice: Voice,
    request: JoinRequest,
    account_name: str,
    organisation: Organisation | None,
    decided_by: str,
    person: Person | None,
    *,
    fresh: bool,
) -> Reply:
    """Render a request that is decided; ``fresh``: by the coordinator who reads it, just now."""
    if fresh and person is not None:
        verdict = voice.say("request.accepted", name=decided_by, role=voice.say(f"role.{person.role}"))
    elif fresh:
        verdict = voice.say("request.refused", name=decided_by)
    elif request.state == "settled":
        verdict = voice.say("request.settled")
    else:
        verdict = voice.say(f"request.{request.state}_before", name=decided_by)
    return Reply(paragraphs(_request(voice, request, account_name, organisation), verdict))


def no_requests(voice: Voice) -> Reply:
    """Render that nobody waits for an answer."""
    return Reply(voice.say("request.none"))


def with_next(voice: Voice, bubble: Reply, waiting: int) -> Reply:
    """Return the bubble of a decided request with the button to those that still wait."""
    return replace(bubble, buttons=(*bubble.buttons, *requests_row(voice, waiting)))


def accepted(voice: Voice, person: Person, organisation: Organisation) -> Reply:
    """Render to the requester that they now belong to the network."""
    return Reply(lines(voice.say("join.accepted"), registration(voice, person, organisation), voice.say("start.offer")))


def refused(voice: Voice) -> Reply:
    """Render to the requester that the coordination could not accept."""
    coordination = Button(voice.label("contacts.coordination"), Tap.to("cs"))
    return Reply(voice.say("join.refused"), ((coordination,),))


def _review(voice: Voice, draft: JoinDraft, organisation: Organisation | None, problem: str | None) -> Reply:
    answers = lines(voice.say("join.review"), *_answers(voice, draft, organisation))
    text = paragraphs(_problem(voice, problem), answers, voice.say("join.send_question"))
    return Reply(text, ((Button(voice.label("join.send"), Tap.to("join", "send")),), _steps_away(voice, "review")))


def _answers(voice: Voice, draft: JoinDraft, organisation: Organisation | None) -> list[Html]:
    """Return what was answered before the open question."""
    before = _ASKED if draft.step == "review" else _ASKED[: _ASKED.index(draft.step)]
    place = voice.text(organisation.name) if organisation else draft.organisation_text
    answers = {"name": draft.name, "organisation": place, "function": draft.function}
    return [voice.say(f"join.answer_{step}", answer=answers[step] or "") for step in before]


def _problem(voice: Voice, problem: str | None) -> Html | None:
    return voice.say(problem) if problem else None


def _places(voice: Voice, resembling: Iterable[Organisation]) -> Rows:
    buttons = [(Button(voice.title(one.name), Tap.to("join", "org", one.id)),) for one in resembling]
    return (*buttons, (Button(voice.label("join.another_organisation"), Tap.to("join", "other")),))


def _offer(step: Step, offered: str | None) -> Rows:
    return ((Button(shorten(offered, _LABEL), Tap.to("join", "keep", step)),),) if offered else ()


def _steps_away(voice: Voice, step: Step) -> tuple[Button, ...]:
    stop = Button(voice.label("join.stop"), Tap.to("join", "stop"))
    return (stop,) if step == "name" else (Button(voice.label("common.back"), Tap.to("join", "back", step)), stop)


def _request(voice: Voice, request: JoinRequest, account_name: str, organisation: Organisation | None) -> Html:
    place = voice.text(organisation.name) if organisation else request.organisation
    return lines(
        voice.say("request.title"),
        voice.say("join.answer_name", answer=request.name),
        voice.say("join.answer_organisation", answer=place),
        voice.say("request.written_organisation", written=request.organisation)
        if organisation and organisation.code != request.organisation
        else None,
        voice.say("join.answer_function", answer=request.function),
        voice.say("request.account", name=account_name),
    )


def _hint(voice: Voice, organisation: Organisation | None, resembling: tuple[Organisation, ...]) -> Html | None:
    if organisation is not None:
        return None
    return voice.say("request.choose_organisation" if resembling else "request.unknown_organisation")


def _accept(voice: Voice, request: JoinRequest, organisation: Organisation, role: Role) -> Button:
    label = voice.label("request.accept", role=voice.say(f"role.{role}"))
    return Button(label, Tap.to("rqa", request.id, organisation.id, role))
