"""``/watch``, and whatever is passed on: a member gives an event or a piece of news to the network."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import replace
from typing import Any

from bot.delivery.outbox import notify
from bot.members.identify import Identify
from bot.network.audiences import MEMBER_ROLES
from bot.network.languages import LANGUAGES, Language
from bot.network.organisations import named
from bot.texts import contributions as texts
from bot.texts.reply import Reply
from bot.watch import contributing
from bot.watch.composing import month_of
from bot.watch.contribution import KINDS, LONGEST, NO_THEME, Given, Sent
from bot.watch.reading import days_of, is_bare_link, read, says_something, with_words
from handlers.again import Again
from handlers.awaiting import left
from handlers.giving import TOPIC, Giving
from handlers.turn import Conversation, Turn
from handlers.watch_reading import WatchReading
from storage import contributions
from storage.network import ORGANISATIONS, THEMES

IfAsked = Callable[[Turn], Awaitable[Reply | None]]
Step = Callable[[Turn, Given], Awaitable[Reply]]


def watch(
    giving: Giving, reading: WatchReading, identify: Identify, again: Again, if_asked: IfAsked, ask: IfAsked
) -> Conversation:
    """Return the conversation of who gives something; ``ask`` answers what was a question after all."""
    desk = _Watch(giving, reading, identify, again, if_asked, ask)
    return Conversation(
        name="watch",
        commands={"watch": desk.command},
        taps={(texts.SCREEN, 1): desk.tap},
        stale=desk.tap,
        words=desk.answered,
        afterwards=left(TOPIC),
    )


def passed_on(giving: Giving) -> Conversation:
    """Return the conversation that takes what is passed on: a forwarded message, a bare link, a photo or document."""

    async def words(turn: Turn) -> Reply | None:
        incoming = turn.incoming
        if incoming.kind not in ("text", "other") or incoming.text.startswith("/"):
            return None
        if incoming.attachment is not None and not incoming.text:
            one = await contributing.draft(turn.tx, turn.reader)
            if one is not None and one.content.file is None:  # the photo of what was written just before
                return await giving.next(turn, await giving.keep(turn, one, file=_file(turn)), first=True)
        passed = incoming.attachment is not None or (incoming.forwarded and incoming.text)
        return await begun(giving, turn) if passed or is_bare_link(incoming.text) else None

    return Conversation(name="passed on", words=words, roles=frozenset(MEMBER_ROLES))


async def begun(giving: Giving, turn: Turn) -> Reply:
    """Begin a contribution with what came in."""
    incoming = turn.incoming
    understanding = await giving.known.understanding(turn.tx)
    content = read(
        understanding, turn.reader, incoming.text, turn.reader.today(turn.now), link=incoming.hidden_link,
        file=_file(turn),
    )  # fmt: skip
    return await giving.next(turn, await contributing.begin(turn.tx, turn.reader, content, turn.now), first=True)


class _Watch:
    def __init__(
        self, giving: Giving, reading: WatchReading, identify: Identify, again: Again, if_asked: IfAsked, ask: IfAsked
    ) -> None:
        self._giving, self._reading, self._identify, self._again = giving, reading, identify, again
        self._if_asked, self._ask_instead = if_asked, ask
        self._steps: Mapping[str, Step] = {
            "kindis": self._kind, "cityis": self._city, "themeis": self._theme, "send": self._send,
            "drop": self._drop, "differs": self._differs, "ask": self._ask, "edit": self._edit,
            "kind": self._ask_kind, "day": self._ask_day, "city": self._ask_city, "theme": self._ask_theme,
            "words": self._ask_words,
        }  # fmt: skip

    async def command(self, turn: Turn) -> Reply:
        """Show a past issue (``/watch 2027-02``), or begin, or go on with what was begun."""
        month = month_of(turn.incoming.text)
        if month is not None:
            return await self._reading.month(turn, month)
        if turn.reader.role not in MEMBER_ROLES:
            return await self._reading.months(turn)
        if turn.incoming.text:
            return await begun(self._giving, turn)
        one = await contributing.draft(turn.tx, turn.reader)
        if one is not None:
            return await self._giving.next(turn, one)
        await self._giving.await_first(turn)
        return texts.first(turn.voice)

    async def tap(self, turn: Turn) -> Reply:
        """Go on; what is gone, sent or decided says so."""
        number, step = turn.tap.number(0) or 0, turn.tap.text(1) or ""
        if turn.reader.role not in MEMBER_ROLES:
            return Reply(turn.voice.say("give.members_only"))
        if number == 0:
            await self._giving.await_words(turn, None)
            return texts.dropped(turn.voice) if step == "leave" else await self.command(turn)
        await self._giving.await_words(turn, None)  # the step asks for words again if it needs some
        one = await self._giving.mine(turn, number)
        if one is None and await self._giving.waits(turn, number):  # a second tap
            return texts.sent(turn.voice)
        if one is None:
            return Reply(turn.voice.say("give.gone"), notice=turn.voice.say("common.refreshed"))
        return await self._steps.get(step, self._giving.next)(turn, one)

    async def answered(self, turn: Turn) -> Reply | None:
        """Take what somebody was asked to write or to send."""
        if turn.incoming.kind not in ("text", "other") or turn.incoming.text.startswith("/"):
            return None
        asked = await self._giving.awaited(turn)
        if asked is None or not (turn.incoming.text or turn.incoming.attachment):
            return None
        if asked["what"] == "first":
            await self._giving.await_words(turn, None)
            return await begun(self._giving, turn)
        one = await self._giving.mine(turn, int(asked["id"]))
        if one is None:
            await self._giving.await_words(turn, None)
            return None
        takes = {"words": self._words, "day": self._day, "city": self._place}
        return await takes[asked["what"]](turn, one, asked)

    async def _words(self, turn: Turn, one: Given, asked: dict[str, Any]) -> Reply | None:
        text = turn.incoming.text
        language = next((code for code in LANGUAGES if code == asked.get("language")), None)
        if len(text) > LONGEST:
            return Reply(turn.voice.say("give.too_long", limit=LONGEST, count=len(text)))
        if language is not None:
            if not text:
                return texts.ask_words(turn.voice, one, language)
            texts_by_language = {**one.content.texts, language: text}
            return await self._giving.next(turn, await self._giving.keep(turn, one, texts=texts_by_language))
        if not says_something(text):
            return texts.ask_words(turn.voice, one)
        understanding = await self._giving.known.understanding(turn.tx)
        today = turn.reader.today(turn.now)
        content = with_words(understanding, one.content, text, today)
        changed: dict[str, Any] = content.model_dump()
        if changed["file"] is None:
            changed["file"] = _file(turn)
        return await self._giving.next(turn, await self._giving.keep(turn, one, **changed))

    async def _day(self, turn: Turn, one: Given, _asked: dict[str, Any]) -> Reply | None:
        understanding = await self._giving.known.understanding(turn.tx)
        today, text = turn.reader.today(turn.now), turn.incoming.text
        days = days_of(understanding.stated(text, turn.reader.language, today)[0].period) if text else None
        if days is None:
            return await self._if_asked(turn) or texts.ask_day(turn.voice, one, again=True)
        return await self._giving.next(turn, await self._giving.keep(turn, one, first=days[0], last=days[1]))

    async def _place(self, turn: Turn, one: Given, _asked: dict[str, Any]) -> Reply | None:
        found = named(await ORGANISATIONS.all(turn.tx), turn.incoming.text)
        if len(found) != 1:
            return await self._if_asked(turn) or await self._ask_city(turn, one)
        return await self._giving.next(turn, await self._giving.keep(turn, one, city=found[0].code))

    async def _kind(self, turn: Turn, one: Given) -> Reply:
        chosen = next((kind for kind in KINDS if kind == turn.tap.text(2)), one.content.kind)
        one = await self._giving.keep(turn, one, kind=chosen)
        return await (self._giving.next(turn, one) if one.content.step() != "day" else self._giving.ask(turn, one))

    async def _city(self, turn: Turn, one: Given) -> Reply:
        found = await ORGANISATIONS.numbered(turn.tx, turn.tap.number(2) or 0)
        city = found.code if found else one.content.city
        return await self._giving.next(turn, await self._giving.keep(turn, one, city=city))

    async def _theme(self, turn: Turn, one: Given) -> Reply:
        found = await THEMES.numbered(turn.tx, turn.tap.number(2) or 0)
        everybody = NO_THEME if turn.tap.text(2) == NO_THEME else one.content.theme
        theme = found.code if found else everybody
        return await self._giving.next(turn, await self._giving.keep(turn, one, theme=theme))

    async def _send(self, turn: Turn, one: Given) -> Reply:
        if one.state != "draft" or one.content.step() is not None:
            return await self._giving.next(turn, one)
        if not await contributions.turn(turn.tx, one.id, "draft", "waiting", turn.now):
            return Reply(turn.voice.say("give.gone"))
        one = one._replace(state="waiting", sent=int(turn.now.timestamp()), version=one.version + 1)
        readers = await self._identify.coordinators(turn.tx)
        bubbles = await self._giving.decisions(turn, [self._again.voice(reader) for reader in readers], one)
        for reader, bubble in zip(readers, bubbles, strict=True):
            key = f"contribution:{one.id}:{reader.account}"
            await notify(turn.tx, key, reader, bubble, turn.now)
        return texts.sent(turn.voice)

    async def _drop(self, turn: Turn, one: Given) -> Reply:
        await self._giving.await_words(turn, None)
        await contributions.turn(turn.tx, one.id, "draft", "dropped", turn.now)
        return texts.dropped(turn.voice)

    async def _differs(self, turn: Turn, one: Given) -> Reply:
        return await self._giving.next(turn, await self._giving.keep(turn, one, unlike=True))

    async def _ask(self, turn: Turn, one: Given) -> Reply:
        if one.state != "draft":
            return await self._giving.next(turn, one)
        await self._drop(turn, one)
        question = replace(turn.incoming, kind="text", text=one.content.texts.get(one.content.source, ""))
        reply = await self._ask_instead(replace(turn, incoming=question))
        return reply or texts.dropped(turn.voice)

    async def _edit(self, turn: Turn, one: Given) -> Reply:
        return texts.every_language(turn.voice, one)

    async def _ask_kind(self, turn: Turn, one: Given) -> Reply:
        return texts.ask_kind(turn.voice, one)

    async def _ask_day(self, turn: Turn, one: Given) -> Reply:
        await self._giving.await_words(turn, one, "day")
        return texts.ask_day(turn.voice, one)

    async def _ask_city(self, turn: Turn, one: Given) -> Reply:
        await self._giving.await_words(turn, one, "city")
        page = turn.tap.number(2) or 0 if turn.incoming.tap else 0
        return texts.ask_city(turn.voice, one, await ORGANISATIONS.all(turn.tx), page)

    async def _ask_theme(self, turn: Turn, one: Given) -> Reply:
        return texts.ask_theme(turn.voice, one, await THEMES.all(turn.tx))

    async def _ask_words(self, turn: Turn, one: Given) -> Reply:
        wanted: Language = next((code for code in LANGUAGES if code == turn.tap.text(2)), one.content.source)
        await self._giving.await_words(turn, one, "words", wanted)
        return texts.ask_words(turn.voice, one, wanted)


def _file(turn: Turn) -> Sent | None:
    file = turn.incoming.attachment
    if file is None:
        return None
    return Sent(name=file.name, channel=turn.incoming.channel, handle=file.handle, photo=file.photo)
