"""``/contributions``, for coordinators: what members gave, accepted, merged, put off or refused; the giver hears."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import replace

from bot.delivery.errands import Owed
from bot.delivery.outbox import notify
from bot.members.identify import Identify
from bot.texts import contribution_decisions as texts
from bot.texts.contributions import every_language
from bot.texts.reply import Reply
from bot.watch import contributing
from bot.watch.contribution import Given
from bot.watch.duplicates import Twin
from handlers.again import Again
from handlers.awaiting import await_nothing, left
from handlers.contribution_files import CONTRIBUTED
from handlers.giving import Giving
from handlers.turn import Conversation, Turn
from storage import accounts, audit, contributions
from storage.network import ORGANISATIONS

TOPIC = "contribution"
MOST_TWINS = 6
_FARTHEST = 35.0
"""From 0 to 100: what resembles a contribution less is not offered to be merged with it."""
Action = Callable[[Turn, Given], Awaitable[Reply]]


def decisions(giving: Giving, identify: Identify, again: Again, owed: Owed) -> Conversation:
    """Return the conversation in which coordinators decide; to others it is unknown."""
    desk = _Decisions(giving, identify, again, owed)
    return Conversation(
        name="contributions",
        commands={"contributions": desk.list},
        taps={(texts.SCREEN, 1): desk.tap, (texts.LIST, 1): desk.list},
        stale=desk.list,
        words=desk.reason,
        afterwards=left(TOPIC),
        roles=frozenset({"coordinator"}),
    )


class _Decisions:
    def __init__(self, giving: Giving, identify: Identify, again: Again, owed: Owed) -> None:
        self._giving, self._identify, self._again, self._owed = giving, identify, again, owed
        self._actions: Mapping[str, Action] = {
            "accept": self._accept, "merge": self._merge, "into": self._into, "later": self._later,
            "refuse": self._refuse, "no": self._refused, "file": self._file,
        }  # fmt: skip

    async def list(self, turn: Turn) -> Reply:
        """Show what waits."""
        await await_nothing(turn, TOPIC)
        page = turn.tap.number(0) or 0 if turn.incoming.tap else 0
        waiting = await contributing.waiting(turn.tx)
        places = await ORGANISATIONS.several(turn.tx, {one.organisation for one in waiting if one.organisation})
        names = {code: turn.voice.title(place.name) for code, place in places.items()}
        found = [(one, names.get(one.organisation or "", "")) for one in waiting]
        return texts.listed(turn.voice, found, page, turn.now)

    async def tap(self, turn: Turn) -> Reply:
        """Decide; what was decided meanwhile says by whom."""
        one = await contributing.get(turn.tx, turn.tap.number(0) or 0)
        if one is None or one.state in ("draft", "dropped"):
            return replace(await self.list(turn), notice=turn.voice.say("common.refreshed"))
        action = turn.tap.text(1) or ""
        if one.state != "waiting" and action != "file":
            return await self._giving.to_decide(turn, one)
        await await_nothing(turn, TOPIC)
        return await self._actions.get(action, self._giving.to_decide)(turn, one)

    async def reason(self, turn: Turn) -> Reply | None:
        """Take the reason of a refusal."""
        kept = await accounts.awaited(turn.tx, turn.reader.account, TOPIC)
        if kept is None or turn.incoming.kind != "text" or turn.incoming.text.startswith("/"):
            return None
        await accounts.set_awaited(turn.tx, turn.reader.account, TOPIC, None)
        one = await contributing.get(turn.tx, kept["id"])
        if one is None:
            return None
        return await self._refusal(turn, one, turn.incoming.text)

    async def _accept(self, turn: Turn, one: Given) -> Reply:
        if turn.tap.number(2) != one.version:  # it was edited since this bubble was shown
            again = await self._giving.to_decide(turn, one)
            return replace(again, notice=turn.voice.say("common.refreshed"))
        if one.content.step() is not None:
            return replace(every_language(turn.voice, one), notice=turn.voice.say("decide.no_day"))
        if not await contributing.accept(turn.tx, one, turn.reader, turn.now):
            return await self._giving.to_decide(turn, one)
        return await self._settled(turn, one, "accepted")

    async def _refuse(self, turn: Turn, one: Given) -> Reply:
        await accounts.set_awaited(turn.tx, turn.reader.account, TOPIC, {"id": one.id})
        return texts.why(turn.voice, one)

    async def _refused(self, turn: Turn, one: Given) -> Reply:
        return await self._refusal(turn, one)

    async def _later(self, turn: Turn, one: Given) -> Reply:
        await contributions.put_off(turn.tx, one.id, turn.now)
        return replace(await self.list(turn), notice=turn.voice.say("decide.kept_for_later"))

    async def _merge(self, turn: Turn, one: Given) -> Reply:
        return texts.with_what(turn.voice, one, (await self._targets(turn, one))[:MOST_TWINS])

    async def _targets(self, turn: Turn, one: Given) -> tuple[Twin, ...]:
        """Return what it may be merged with: what may yet be refused promises nothing."""
        return tuple(twin for twin in await self._giving.twins(turn, one, _FARTHEST) if not twin.waits)

    async def _into(self, turn: Turn, one: Given) -> Reply:
        found = await self._targets(turn, one)
        wanted = (turn.tap.text(2), turn.tap.number(3))
        twin = next((twin for twin in found if (twin.key.partition(":")[0], twin.number) == wanted), None)
        if twin is None:
            return await self._merge(turn, one)
        if not await contributing.merge(turn.tx, one, twin.key, turn.reader, turn.now):
            return await self._giving.to_decide(turn, one)
        return await self._settled(turn, one, "merged", into=turn.voice.title(twin.titles, 90))

    async def _refusal(self, turn: Turn, one: Given, reason: str | None = None) -> Reply:
        by = turn.reader.name
        if not await contributions.turn(turn.tx, one.id, "waiting", "refused", turn.now, by=by, reason=reason):
            return await self._giving.to_decide(turn, one)
        return await self._settled(turn, one, "refused")

    async def _settled(self, turn: Turn, one: Given, state: str, into: str = "") -> Reply:
        """Tell whoever gave it, and show what was decided."""
        done = await contributing.get(turn.tx, one.id)
        assert done is not None
        subject = f"contribution:{one.id}:{one.version}"
        await audit.note(turn.tx, turn.reader.account, turn.reader.name, state, subject, turn.now, done.reason)
        giver = await self._identify.again(turn.tx, one.account)
        voice = self._again.voice(giver)
        names = await self._giving.names(turn, voice, done)
        bubble = texts.told(voice, done, names.get(f"city:{one.organisation}", giver.name), into)
        key = f"contribution:{one.id}:decided:{giver.account}"
        await notify(turn.tx, key, giver, bubble, turn.now)
        return await self._giving.to_decide(turn, done)

    async def _file(self, turn: Turn, one: Given) -> Reply:
        await self._owed.owe(turn.tx, CONTRIBUTED, turn.reader.account, {"contribution": one.id}, turn.now)
        return texts.file_under_way(turn.voice)
