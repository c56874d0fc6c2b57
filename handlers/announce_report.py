"""Announcements on their way and after: progress, pause and stop, the report, sending again, corrections."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import replace
from typing import Any, cast

from bot.announcements.composing import correction, corrections
from bot.announcements.content import CORRECTABLE, Announcement, Content
from bot.announcements.course import course_of
from bot.announcements.figures import REMAINING, figures
from bot.network.languages import LANGUAGES, Language
from bot.texts import announcement_report as texts
from bot.texts import announcements as draft_texts
from bot.texts.announcement_sending import plain, waits
from bot.texts.reply import Reply
from handlers.announce_drafts import Drafts, Step, place_of, refreshed
from handlers.announce_sending import Sending
from handlers.turn import Turn
from storage import announcements, campaigns, directory
from storage.network import PEOPLE


class Reports:
    """What coordinators see of announcements that were sent off, and do about them."""

    def __init__(self, drafts: Drafts, sending: Sending) -> None:
        self._drafts, self._sending = drafts, sending
        self._steps: Mapping[str, Step] = {
            "": self.show, "pause": self._pause, "resume": self._resume, "stop": self._stop, "stop-yes": self._stop_now,
            "cities": self._cities, "again": self._again, "again-failed": self._send_again,
            "again-all": self._send_again, "correct": self._correct, "mend": self._mend, "mend-yes": self._mend_all,
            "approve": sending.approve, "refuse": sending.refuse, "unschedule": sending.unschedule,
        }  # fmt: skip

    async def every(self, turn: Turn) -> Reply:
        """Answer with the announcements that were sent off."""
        page = turn.tap.number(0) or 0 if turn.incoming.tap and turn.tap.screen == "al" else 0
        return texts.every(turn.voice, await self._drafts.composing.sent(turn.tx), page, turn.now)

    async def tap(self, turn: Turn) -> Reply:
        """Do something about an announcement that was sent off."""
        one = await self._drafts.composing.get(turn.tx, turn.tap.number(0) or 0)
        if one is None or one.state == "deleted":
            return refreshed(turn, await self.every(turn))
        return await self._steps.get(turn.tap.text(1) or "", self.show)(turn, one)

    async def show(self, turn: Turn, one: Announcement) -> Reply:
        """Answer with how it stands."""
        await self._drafts.await_words(turn, None)
        if one.state == "draft":
            return plain(turn.voice, "announce.unscheduled")
        if one.state == "approval":
            return waits(turn.voice, one)
        if one.state == "scheduled" and (one.starts or 0) > turn.now.timestamp():
            return texts.scheduled(turn.voice, one)
        course = await course_of(turn.tx, one, turn.now)
        if one.state != "sent":
            await self._watch_here(turn, one)
            return texts.progress(turn.voice, course)
        fates = await campaigns.fates(turn.tx, one.campaign) if one.campaign is not None else []
        given = await announcements.responses(turn.tx, one.id)
        answers = Counter(kind for _, kind in given)
        return texts.report(turn.voice, course, figures(fates), answers, await self._silent(turn, fates, given))

    async def written(self, turn: Turn, one: Announcement, asked: dict[str, Any]) -> Reply:
        """Take what was written as the corrected text of a language."""
        language, words = asked["language"], turn.incoming.text
        if not words or len(words) > draft_texts.LIMIT:
            key = "announce.too_long" if words else "announce.needs_words"
            problem = turn.voice.say(key, count=len(words), limit=draft_texts.LIMIT)
            return texts.write_correction(turn.voice, one, language, problem)
        await self._drafts.await_words(turn, {**asked, "text": words})
        return texts.corrected(turn.voice, one, language, words)

    async def _watch_here(self, turn: Turn, one: Announcement) -> None:
        """From now on the progress is shown in the bubble that was tapped."""
        if turn.incoming.kind == "tap" and turn.incoming.message_id is not None:
            await announcements.show_in(turn.tx, one.id, place_of(turn))

    async def _pause(self, turn: Turn, one: Announcement) -> Reply:
        if one.campaign is not None and await campaigns.turn(turn.tx, one.campaign, ("running",), "paused"):
            await self._sending.audit(turn, one, "pause")
        return await self.show(turn, one)

    async def _resume(self, turn: Turn, one: Announcement) -> Reply:
        """Go on, with corrections that went wrong and were paused too."""
        corrected = [campaign.id for campaign in await campaigns.named(turn.tx, corrections(one.id))]
        went_on = [
            campaign
            for campaign in (one.campaign, *corrected)
            if campaign is not None and await campaigns.turn(turn.tx, campaign, ("paused",), "running")
        ]
        if went_on:
            await self._sending.audit(turn, one, "resume")
        if one.state != "sent" or not went_on:
            return await self.show(turn, one)
        await self._watch_here(turn, one)
        return texts.progress(turn.voice, await course_of(turn.tx, one, turn.now))

    async def _stop(self, turn: Turn, one: Announcement) -> Reply:
        return texts.stop_surely(turn.voice, one) if one.state == "sending" else await self.show(turn, one)

    async def _stop_now(self, turn: Turn, one: Announcement) -> Reply:
        if one.campaign is not None and one.state == "sending":
            cancelled = await campaigns.stop(turn.tx, one.campaign, turn.now)
            if cancelled is not None:
                await announcements.turn(turn.tx, one.id, ("sending",), "sent", turn.now)
                await self._sending.audit(turn, one, "stop", f"{cancelled} messages")
                one = one._replace(state="sent")
        return await self.show(turn, one)

    async def _cities(self, turn: Turn, one: Announcement) -> Reply:
        fates = await campaigns.fates(turn.tx, one.campaign) if one.campaign is not None else []
        cities = {org.code: turn.voice.title(org.name, 40) for org in await directory.organisations(turn.tx)}
        people = {
            person.code: (person.name, cities.get(person.organisation, "")) for person in await PEOPLE.all(turn.tx)
        }
        return texts.cities(turn.voice, one, figures(fates), people)

    async def _silent(self, turn: Turn, fates: list[campaigns.Fate], given: list[tuple[str, str]]) -> list[str]:
        """Return the cities that were reached, and from which nobody has said that it was read."""
        homes = {person.code: person.organisation for person in await PEOPLE.all(turn.tx)}
        reached = {homes.get(fate.person or "") for fate in fates if fate.state == "sent"}
        heard = {homes.get(person) for person, _ in given}
        found = [
            org for org in await directory.organisations(turn.tx) if org.kind == "city" and org.code in reached - heard
        ]
        return sorted(turn.voice.title(org.name, 40) for org in found)

    async def _again(self, turn: Turn, one: Announcement) -> Reply:
        return texts.again(turn.voice, one, (await course_of(turn.tx, one, turn.now)).standing)

    async def _send_again(self, turn: Turn, one: Announcement) -> Reply:
        if one.state != "sent" or one.campaign is None:
            return refreshed(turn, await self.show(turn, one))
        states = ("failed",) if turn.tap.text(1) == "again-failed" else ("failed", "unknown")
        number = await campaigns.again(turn.tx, one.campaign, states, turn.now)
        if not number:
            return refreshed(turn, await self.show(turn, one))
        await announcements.turn(turn.tx, one.id, ("sent",), "sending", turn.now)
        await self._sending.audit(turn, one, "send again", f"{number} messages")
        notice = turn.voice.count("announce.again_queued", number, number=number)
        return replace(await self.show(turn, one._replace(state="sending")), notice=notice)

    async def _correct(self, turn: Turn, one: Announcement) -> Reply:
        return texts.correct(turn.voice, one) if one.state in CORRECTABLE else await self.show(turn, one)

    async def _mend(self, turn: Turn, one: Announcement) -> Reply:
        language = next((code for code in LANGUAGES if code == turn.tap.text(2)), None)
        if language is None or language not in one.content.texts:
            return refreshed(turn, await self._correct(turn, one))
        await self._drafts.await_words(turn, {"id": one.id, "what": "correction", "language": language})
        return texts.write_correction(turn.voice, one, language)

    async def _mend_all(self, turn: Turn, one: Announcement) -> Reply:
        asked = await self._drafts.awaited(turn)
        if asked is None or asked.get("what") != "correction" or "text" not in asked or one.campaign is None:
            return refreshed(turn, await self.show(turn, one))
        content = Content.model_validate(
            {**one.content.model_dump(), "texts": {**one.content.texts, asked["language"]: asked["text"]},
             "corrected": True}
        )  # fmt: skip
        one = await self._drafts.composing.keep(turn.tx, one, content, turn.now)
        assert one.campaign is not None
        await campaigns.begin(turn.tx, correction(one.id, one.version, asked["language"]), turn.now)
        fates = await campaigns.fates(turn.tx, one.campaign)
        number = sum(
            fate.state in ("sent", *REMAINING) and content.text(cast("Language", fate.language))[1] == asked["language"]
            for fate in fates
        )
        await self._sending.audit(turn, one, "correct", f"{number} messages")
        notice = turn.voice.count("announce.correction_queued", number, number=number)
        await self._drafts.await_words(turn, None)
        await self._watch_here(turn, one)
        return replace(texts.progress(turn.voice, await course_of(turn.tx, one, turn.now)), notice=notice)
