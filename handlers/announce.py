"""``/announce``, for coordinators: the text in each language, what goes with it, and everything that leads up to it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from bot.announcements.content import ANSWERS, Announcement, Attached
from bot.ask.known import Known
from bot.ask.matters import Matter
from bot.ask.normalise import normalise
from bot.ask.turns import says_only
from bot.network.languages import LANGUAGES, Language
from bot.texts import announcements as texts
from bot.texts.reply import Reply
from bot.texts.voice import Voice
from handlers.announce_audience import Audiences
from handlers.announce_drafts import Drafts, Step, refreshed
from handlers.announce_report import Reports
from handlers.announce_sending import Sending
from handlers.announce_when import Whens
from handlers.turn import Conversation, Turn
from storage import announcements
from storage.network import DOCUMENTS, EVENTS, FORMS

_ASKING = 60
"""Characters of "je voudrais faire une annonce": a text is longer."""


def announce(drafts: Drafts, sending: Sending, reports: Reports, known: Known) -> Conversation:
    """Return the conversation in which coordinators announce; to others it is unknown."""
    desk = _Announce(drafts, sending, reports, known)
    return Conversation(
        name="announce",
        commands={"announce": desk.command},
        taps={("an", 1): desk.tap, ("av", 1): reports.tap, ("al", 1): reports.every},
        stale=reports.every,
        words=desk.words,
        roles=frozenset({"coordinator"}),
    )


class _Announce:
    def __init__(self, drafts: Drafts, sending: Sending, reports: Reports, known: Known) -> None:
        self._drafts, self._reports, self._known = drafts, reports, known
        self._audiences, self._whens = Audiences(drafts), Whens(drafts)
        self._steps: Mapping[str, Step] = {
            "": self._show, "langs": self._languages, "write": self._write, "waive": self._waive, "with": self._with,
            "a-event": self._choose, "a-form": self._choose, "a-document": self._choose, "put-event": self._put,
            "put-form": self._put, "put-document": self._put, "answers": self._answers, "answer": self._answer,
            "said": self._said, "delete": self._delete, "delete-yes": self._delete_surely,
            **self._audiences.steps, **self._whens.steps, **sending.steps,
        }  # fmt: skip

    async def command(self, turn: Turn) -> Reply:
        """Open the draft, or begin one."""
        one = await self._drafts.composing.draft(turn.tx, turn.reader.account, turn.reader.language, turn.now)
        return await self._show(turn, one)

    async def tap(self, turn: Turn) -> Reply:
        """Go on with a draft; one that was sent off meanwhile shows how it stands."""
        number = turn.tap.number(0)
        if number is None:
            return await self.command(turn)
        one = await self._drafts.composing.get(turn.tx, number)
        if one is None or one.state == "deleted":
            return refreshed(turn, await self._reports.every(turn))
        if one.state != "draft":
            return refreshed(turn, await self._reports.show(turn, one))
        step = turn.tap.text(1) or ""
        if step.startswith("drop-"):
            return await self._drop(turn, one)
        return await self._steps.get(step, self._stale)(turn, one)

    async def words(self, turn: Turn) -> Reply | None:
        """Take what a coordinator was asked to write."""
        if turn.incoming.kind not in ("text", "other") or turn.incoming.text.startswith("/"):
            return None
        asked = await self._drafts.awaited(turn)
        one = await self._drafts.composing.get(turn.tx, int(asked["id"])) if asked else None
        if asked is None or one is None:
            return None
        if asked["what"] == "correction":
            return await self._reports.written(turn, one, asked)
        if one.state != "draft":
            await self._drafts.await_words(turn, None)
        elif asked["what"] == "time":
            return await self._whens.written(turn, one)
        elif asked["what"] != "file" or turn.incoming.attachment is not None:
            return await self._begun_or_written(turn, one, asked)
        return None  # a question or a greeting, which others answer

    async def _asks_for(self, turn: Turn) -> Matter | None:
        """Return what a short message asks for that writes no text: another announcement, or a reminder to others."""
        text, reader = turn.incoming.text, turn.reader
        if len(text) > _ASKING or turn.incoming.attachment is not None:
            return None
        understanding = await self._known.understanding(turn.tx)
        return understanding.understand(text, reader.language, reader.today(turn.now)).matter

    async def _show(self, turn: Turn, one: Announcement) -> Reply:
        if not one.content.texts:
            await self._drafts.await_words(turn, {"id": one.id, "what": "text", "language": one.content.source})
            return texts.write(turn.voice, one)
        return await self._drafts.show(turn, one)

    async def _stale(self, turn: Turn, one: Announcement) -> Reply:
        return refreshed(turn, await self._show(turn, one))

    async def _begun_or_written(self, turn: Turn, one: Announcement, asked: dict[str, Any]) -> Reply | None:
        if says_only("calls_off", normalise(turn.incoming.text), turn.reader.language):
            return await self._delete(turn, one)
        matter = await self._asks_for(turn)
        if matter == "chasing":
            return None  # those who are meant may be others than before
        begins = matter == "announcing"
        return await (self._show(turn, one) if begins else self._written(turn, one, asked, turn.incoming.text))

    async def _said(self, turn: Turn, one: Announcement) -> Reply:
        """Take for the text what was answered as a question."""
        asked = await self._drafts.awaited(turn) or {}
        said = asked.get("said")
        return await (self._written(turn, one, asked, said) if said else self._stale(turn, one))

    async def _written(self, turn: Turn, one: Announcement, asked: dict[str, Any], words: str) -> Reply:
        voice = turn.voice
        first = not one.content.texts
        language: Language | None = asked.get("language")
        if language is not None and not words:
            key = None if first else language
            return texts.write(voice, one, key, voice.say("announce.needs_words"))
        if len(words) > texts.LIMIT:
            numbers = {"count": len(words), "limit": texts.LIMIT}
            return texts.write(voice, one, None if first else language, voice.say("announce.too_long", **numbers))
        changed: dict[str, Any] = {}
        if language is not None:
            changed["texts"] = {**one.content.texts, language: words}
            changed["waived"] = [code for code in one.content.waived if code != language]
        file = turn.incoming.attachment
        if file is not None:
            attached = Attached(name=file.name, channel=turn.incoming.channel, handle=file.handle, photo=file.photo)
            changed["attached"] = [*one.content.attached, attached]
        one = await self._drafts.keep(turn, one, **changed)
        await self._drafts.await_words(turn, None)
        if language is None:
            return await self._with(turn, one)
        return await self._audiences.show(turn, one) if first else await self._languages(turn, one)

    async def _languages(self, turn: Turn, one: Announcement) -> Reply:
        await self._drafts.await_words(turn, None)
        return texts.languages(turn.voice, await self._drafts.sight(turn, one))

    async def _write(self, turn: Turn, one: Announcement) -> Reply:
        language = _language(turn)
        if language is None:
            return await self._stale(turn, one)
        await self._drafts.await_words(turn, {"id": one.id, "what": "text", "language": language})
        return texts.write(turn.voice, one, language)

    async def _waive(self, turn: Turn, one: Announcement) -> Reply:
        language = _language(turn)
        if language is None or language in one.content.texts:
            return refreshed(turn, await self._languages(turn, one))
        waived = [code for code in one.content.waived if code != language]
        if language not in one.content.waived:
            waived.append(language)
        return await self._languages(turn, await self._drafts.keep(turn, one, waived=waived))

    async def _with(self, turn: Turn, one: Announcement) -> Reply:
        await self._drafts.await_words(turn, {"id": one.id, "what": "file"})
        return texts.with_what(turn.voice, await self._drafts.sight(turn, one))

    async def _choose(self, turn: Turn, one: Announcement) -> Reply:
        what = (turn.tap.text(1) or "").removeprefix("a-")
        return texts.choices(turn.voice, one, what, await _offered(turn, what), turn.tap.number(2) or 0)

    async def _put(self, turn: Turn, one: Announcement) -> Reply:
        what, number = (turn.tap.text(1) or "").removeprefix("put-"), turn.tap.number(2) or 0
        found = await _TABLES[what].numbered(turn.tx, number)
        if found is None:
            return refreshed(turn, await self._with(turn, one))
        return await self._with(turn, await self._drafts.keep(turn, one, **{what: found.code}))

    async def _drop(self, turn: Turn, one: Announcement) -> Reply:
        what = (turn.tap.text(1) or "").removeprefix("drop-")
        if what in _TABLES:
            return await self._with(turn, await self._drafts.keep(turn, one, **{what: None}))
        place = what.removeprefix("file")
        left = [file for number, file in enumerate(one.content.attached) if str(number) != place]
        return await self._with(turn, await self._drafts.keep(turn, one, attached=left))

    async def _answers(self, turn: Turn, one: Announcement) -> Reply:
        return texts.answers(turn.voice, one)

    async def _answer(self, turn: Turn, one: Announcement) -> Reply:
        chosen = next((answer for answer in ANSWERS if answer == turn.tap.text(2)), None)
        if chosen is None:
            return await self._stale(turn, one)
        present = set(one.content.answers) ^ {chosen}
        return texts.answers(
            turn.voice, await self._drafts.keep(turn, one, answers=[one for one in ANSWERS if one in present])
        )

    async def _delete(self, turn: Turn, one: Announcement) -> Reply:
        return texts.delete_surely(turn.voice, one)

    async def _delete_surely(self, turn: Turn, one: Announcement) -> Reply:
        await announcements.turn(turn.tx, one.id, ("draft",), "deleted", turn.now)
        await self._drafts.await_words(turn, None)
        return Reply(turn.voice.say("announce.deleted"))


_TABLES: Mapping[str, Any] = {"event": EVENTS, "form": FORMS, "document": DOCUMENTS}


async def _offered(turn: Turn, what: str) -> list[tuple[str, object]]:
    """Return what may be attached: coming events, forms, the newest documents first."""
    voice: Voice = turn.voice
    if what == "event":
        found = [one for one in await EVENTS.all(turn.tx) if one.ends > turn.now and one.status != "cancelled"]
        return [(voice.title(one.title, 40), one.id) for one in sorted(found, key=lambda one: one.begins)]
    if what == "form":
        return [(voice.title(one.title, 40), one.id) for one in await FORMS.all(turn.tx)]
    documents = sorted(await DOCUMENTS.all(turn.tx), key=lambda one: one.dated, reverse=True)
    return [(voice.title(one.title, 40), one.id) for one in documents]


def _language(turn: Turn) -> Language | None:
    return next((code for code in LANGUAGES if code == turn.tap.text(2)), None)
