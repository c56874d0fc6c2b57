"""Forms, one question a bubble: ``/forms``, every tap under a question, and whatever is written while one is open."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import replace
from datetime import date
from typing import Protocol

from bot.forms.engine import Advance
from bot.forms.filling import Filling, Step
from bot.forms.path import field_of
from bot.forms.sending import send
from bot.forms.standing import Standing
from bot.texts import form_cards as cards
from bot.texts import form_decisions as decisions
from bot.texts import form_people as people
from bot.texts import form_rosters as rosters
from bot.texts.form_button import RESULTS, SCREEN, SENT
from bot.texts.form_steps import asked, stopping
from bot.texts.form_tap import tap
from bot.texts.layout import paragraphs
from bot.texts.reply import NOTHING, STILL, Button, Reply, Share, Tap
from handlers.form_entries import asks_what_to_do, how_doubtful, tapped, written
from handlers.form_lists import to_answer
from handlers.form_news import FormNews
from handlers.form_rosters import Rosters
from handlers.form_twice import with_notice
from handlers.menu import KEYBOARD
from handlers.submissions import Submissions
from handlers.turn import Conversation, Handler, Turn

_ABOUT_FORMS = frozenset({SCREEN, SENT, RESULTS, decisions.SCREEN, "fl", "fy"})
"""The screens under which the way back would say what they say."""


class Answering(Protocol):
    """Answers what is surely a question to the assistant, or about a row (noun and code); None for anything else."""

    async def __call__(self, turn: Turn, about: str | None, *, doubtful: bool) -> Reply | None:
        """``doubtful``: it may as well be the answer to the open question."""


def forms(
    filling: Filling, sent: Submissions, news: FormNews, lists: Rosters, if_asked: Answering, otherwise_stop: Handler
) -> Conversation:
    """Return the conversation that asks forms; ``otherwise_stop`` answers ``/stop`` while none is open."""
    asking = Forms(filling, sent, news, lists, if_asked, otherwise_stop)
    return Conversation(
        name="forms",
        commands={"forms": asking.list, "stop": asking.stop},
        taps={(SCREEN, 1): asking.tapped, ("fl", 1): asking.list, (STILL.screen, 1): asking.nothing},
        stale=asking.stale,
        words=asking.words,
        afterwards=asking.afterwards,
    )


class Forms:
    """Asks the questions of forms."""

    def __init__(
        self,
        filling: Filling,
        sent: Submissions,
        news: FormNews,
        lists: Rosters,
        if_asked: Answering,
        otherwise_stop: Handler,
    ) -> None:
        self._filling, self._sent, self._news, self._lists = filling, sent, news, lists
        self._if_asked, self._otherwise_stop = if_asked, otherwise_stop
        self._actions: Mapping[str, Callable[[Turn, Standing], Awaitable[Reply]]] = {
            "o": self.opened, "go": self._go_on, "new": self._anew, "x": self._stopping, "kd": self._keep,
            "dd": self._delete, "m": self._month, "ok": self._send, rosters.SHEET: lists.sheet,
            rosters.ADD: self._keeping, rosters.REPLACE: self._replacing,
            people.PERSON: self._person,
        }  # fmt: skip

    async def list(self, turn: Turn) -> Reply:
        """Show the forms that are for the reader."""
        return await to_answer(turn, self._filling)

    async def stale(self, turn: Turn) -> Reply:
        """Show the forms in place of an outdated bubble."""
        return replace(await self.list(turn), notice=turn.voice.say("common.refreshed"))

    async def nothing(self, turn: Turn) -> Reply:
        """Leave everything as it is: what was tapped is no button."""
        return Reply(NOTHING)

    async def stop(self, turn: Turn) -> Reply:
        """Ask what becomes of the open form."""
        standing = await self._filling.active(turn.tx, turn.reader, turn.now)
        return stopping(turn.voice, standing) if standing else await self._otherwise_stop(turn)

    async def tapped(self, turn: Turn) -> Reply:
        """Carry out what is tapped under a question; an old button shows the current step."""
        standing = await self._filling.find(turn.tx, turn.reader, turn.tap.number(0), turn.now)
        if standing is None:
            return replace(await self.list(turn), notice=turn.voice.say("forms.not_yours"))
        action = turn.tap.text(2) or "o"
        if action == "o" or standing.session is None:
            return await (self.opened if action == "o" else self._settled)(turn, standing)
        if turn.tap.number(1) != standing.session.turn:
            return await self._shown(turn, standing, notice="forms.at_this_step")
        if action in self._actions:
            return await self._actions[action](turn, standing)
        entry = await tapped(turn, standing, action)
        if entry is None:
            return await self._shown(turn, standing)
        return await self._take(turn, standing, self._filling.weigh(standing, entry, turn.now))

    async def opened(self, turn: Turn, standing: Standing) -> Reply:
        """Open a form, or say why it cannot be: what was sent is shown, what was begun is offered."""
        begun = standing.session is not None and bool(standing.session.answers)
        if standing.is_sent and not begun:
            return await self._settled(turn, standing)
        if standing.opening != "open" and not (begun and standing.is_sent):
            return cards.not_open(turn.voice, standing)
        if begun:
            return cards.resume(turn.voice, standing)
        return await self._shown(turn, await self._filling.open(turn.tx, turn.reader, standing, turn.now))

    async def words(self, turn: Turn) -> Reply | None:
        """Take what is written as the answer to the open question, unless it is surely a question itself."""
        if turn.incoming.kind not in ("text", "other") or turn.incoming.text.startswith("/"):
            return None
        standing = await self._filling.active(turn.tx, turn.reader, turn.now)
        if standing is None or standing.session is None:
            return None
        if standing.opening == "closed" and not standing.is_sent:
            await self._filling.leave(turn.tx, turn.reader)
            return cards.not_open(turn.voice, standing)
        return await self._answered(turn, standing)

    async def _answered(self, turn: Turn, standing: Standing) -> Reply:
        if asks_what_to_do(turn):
            return await self._asked(turn, Step(standing, explains=True))
        listed = await self._lists.came(turn, standing)
        if listed is not None:
            return listed
        came = self._filling.weigh(standing, written(turn), turn.now)
        doubt = how_doubtful(turn, standing, came)
        if doubt is not None:
            reply = await self._if_asked(turn, f"form:{standing.form.code}", doubtful=doubt)
            if reply is not None:
                told = turn.voice.say("forms.not_taken")
                return _with_way_back(turn, standing, replace(reply, text=paragraphs(reply.text, told)))
        return await self._take(turn, standing, came)

    async def afterwards(self, turn: Turn, reply: Reply) -> Reply:
        """Add the way back to the open form under what another conversation has answered."""
        tapped = turn.incoming.tap
        if not (reply.text and turn.reader.asked) or (tapped is not None and tapped.screen in _ABOUT_FORMS):
            return reply
        standing = await self._filling.active(turn.tx, turn.reader, turn.now)
        return _with_way_back(turn, standing, reply) if standing and standing.opening == "open" else reply

    async def _take(self, turn: Turn, standing: Standing, came: Advance) -> Reply:
        if standing.opening == "closed" and not standing.is_sent:
            return cards.not_open(turn.voice, standing)
        step = await self._filling.take(turn.tx, turn.reader, standing, came, turn.now)
        return await self._asked(turn, step)

    async def _asked(self, turn: Turn, step: Step, month: date | None = None) -> Reply:
        field = field_of(step.standing.definition, step.standing.session.step) if step.standing.session else None
        near = {}
        if step.problem is not None and field is not None:
            known = step.standing.around.organisations() if field.kind == "city" else step.standing.around.people()
            near = {one.code: one for one in known if one.code in step.problem.near}
        reply = rosters.with_offer(turn.voice, step.standing, asked(turn.voice, step, month=month, near=near))
        reply = await with_notice(turn.tx, turn.reader, turn.voice, step.standing, reply)
        wants_phone = field is not None and field.kind == "phone" and step.problem is None
        if not wants_phone or turn.incoming.channel != "telegram":
            return reply
        keys = tuple(tuple(turn.voice.label(f"menu.{name}") for name in row) for row in KEYBOARD)
        share = Share(turn.voice.say("forms.share_hint"), turn.voice.label("forms.share"), keys)
        return replace(reply, share=share)

    async def _shown(self, turn: Turn, standing: Standing, *, notice: str | None = None) -> Reply:
        reply = await self._asked(turn, Step(standing))
        return replace(reply, notice=turn.voice.say(notice)) if notice else reply

    async def _settled(self, turn: Turn, standing: Standing) -> Reply:
        """Show what was sent; where nothing was and nothing is begun, open the form."""
        if standing.has_answered:
            return cards.answered_secretly(turn.voice, standing)
        if standing.submission is not None and standing.is_sent:
            return await self._sent.show(turn, standing.definition, standing.submission)
        return await self.opened(turn, standing)

    async def _go_on(self, turn: Turn, standing: Standing) -> Reply:
        return await self._shown(turn, await self._filling.open(turn.tx, turn.reader, standing, turn.now))

    async def _anew(self, turn: Turn, standing: Standing) -> Reply:
        if standing.opening != "open":
            return cards.not_open(turn.voice, standing)
        return await self._shown(turn, await self._filling.anew(turn.tx, turn.reader, standing, turn.now))

    async def _stopping(self, turn: Turn, standing: Standing) -> Reply:
        return stopping(turn.voice, standing)

    async def _keep(self, turn: Turn, standing: Standing) -> Reply:
        await self._filling.leave(turn.tx, turn.reader)
        return cards.left(turn.voice, standing)

    async def _delete(self, turn: Turn, standing: Standing) -> Reply:
        await self._filling.forget(turn.tx, turn.reader, standing)
        if standing.session is not None and standing.session.amends and standing.submission is not None:
            return await self._sent.show(turn, standing.definition, standing.submission, fresh="unchanged")
        return cards.deleted(turn.voice, standing)

    async def _keeping(self, turn: Turn, standing: Standing) -> Reply:
        return await self._lists.keeping(turn, standing) or await self._shown(turn, standing)

    async def _replacing(self, turn: Turn, standing: Standing) -> Reply:
        return await self._lists.replacing(turn, standing) or await self._shown(turn, standing)

    async def _person(self, turn: Turn, standing: Standing) -> Reply:
        return people.person(turn.voice, standing, turn.tap.number(3) or 1)

    async def _month(self, turn: Turn, standing: Standing) -> Reply:
        return await self._asked(turn, Step(standing), _month_of(turn.tap))

    async def _send(self, turn: Turn, standing: Standing) -> Reply:
        came = await send(turn.tx, turn.reader, standing, turn.now)
        if came.outcome not in ("sent", "changed", "requested"):
            return cards.not_sent(turn.voice, standing, came)
        await self._filling.forget(turn.tx, turn.reader, standing)
        assert came.submission is not None
        if came.outcome == "changed":
            await self._news.move_up(turn.tx, standing.definition, turn.now)
        if standing.form.anonymous:
            return cards.answered_secretly(turn.voice, standing)
        await self._news.announce(turn.tx, standing.definition, came.submission, turn.now)
        return await self._sent.show(turn, standing.definition, came.submission, fresh=came.outcome)


def _with_way_back(turn: Turn, standing: Standing, reply: Reply) -> Reply:
    label = turn.voice.label("forms.way_back", title=turn.voice.title(standing.form.title, 30))
    return replace(reply, buttons=(*reply.buttons, (Button(label, tap(standing, "go")),)))


def _month_of(tapped: Tap) -> date | None:
    text = tapped.text(3) or ""
    try:
        return date(int(text[:4]), int(text[4:]), 1)
    except ValueError:
        return None
