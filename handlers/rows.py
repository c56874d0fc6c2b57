"""What is meant by its place beside what was shown: "la deuxième", "le lien de la 4", "celui d'avant", "la suite"."""

from __future__ import annotations

from dataclasses import replace

from bot.answers.subjects import seen_by
from bot.ask.aspects import Aspect, asked_alone, without_asking
from bot.ask.leaning import LISTED
from bot.ask.normalise import Normalised, normalise
from bot.ask.numbered import axis_number, line_number
from bot.ask.question import Question, Stated, Understood
from bot.ask.titles import Entry, Titles
from bot.ask.turns import leaves_out, parted, place_in_row, row_number, says_only, spans
from bot.texts import dates
from bot.texts.ask import with_coordination, with_line
from bot.texts.reply import Reply
from bot.texts.schedule import SCREEN as SCHEDULE
from handlers.answering import why_not_shown
from handlers.listed import OnScreen, page_after, shown_again
from handlers.meant import Answered, entry_of, rows_of
from handlers.replies import Replies
from handlers.turn import Turn
from storage.network import DOCUMENTS, NEWS

_WEEK = 7
_OF_WHAT_GOES: tuple[Aspect | None, ...] = ("who", "send", "when", "count", "comes", "how")
"""What is asked of the list of what goes out."""
_STOPS = frozenset({"withdraw", "stop", "cancel_mine", "pause_it"})
"""The concepts of a message that wants something of it not to go out."""


class Rows:
    """Answers with a row, or a page, that is told by where it stands."""

    def __init__(self, replies: Replies) -> None:
        self._replies = replies

    async def answer(
        self, turn: Turn, question: Question | None, found: Understood, screen: OnScreen | None
    ) -> Answered | None:
        """Answer what leans on a place; None where the message says more, or something else.

        Args:
            turn: The update.
            question: What was asked before.
            found: What the message was understood to ask for.
            screen: The list that was shown last.
        """
        message = normalise(turn.incoming.text)
        if screen is not None and screen.last and screen.listing.tap.screen == SCHEDULE:
            own = found.matter is not None or found.question.stated.names_place
            asks = not own and asked_alone(message, turn.reader.language)[1] in _OF_WHAT_GOES
            stops = not found.sure and not _STOPS.isdisjoint(found.ranked.said)
            reply = await self._replies.going_out(turn) if asks or stops else None
            return Answered(reply, Question("help")) if reply else None
        if question is None or question.offered:
            return None
        if question.intent == "action_plan" and found.question.stated.first is None:
            answered = await self._line(turn, message, screen) if _of_the_plan(found) else None
            return answered or await self._page(turn, question, message, found, screen)
        if screen is not None and screen.last and leaves_out(message, turn.reader.language):
            shown = await shown_again(turn, screen.listing)
            if shown is not None:
                return Answered(with_line(turn.voice.say("ask.leaves_nothing_out"), shown), question)
        lacking = await self._lacking(turn, found, screen) if screen is not None and screen.last else None
        if lacking is not None:
            return Answered(lacking, question)
        step = await self._step(turn, question, message, screen)
        page = await self._page(turn, question, message, found, screen) if step is None else None
        return step or page or await self._numbered(turn, question, message, found.question.stated, screen)

    async def _lacking(self, turn: Turn, found: Understood, screen: OnScreen) -> Reply | None:
        """Answer "celui sur le patrimoine ?" with the list and why it may lack that: no shown row is called so.

        Whether there is such a row is not looked at: who may not see it is not to learn of it here.
        """
        titles, message = await self._replies.known.titles(turn.tx), normalise(found.text)
        rows = rows_of(titles, screen.listing)
        names = any(not message.text[:start].strip() for start, _ in spans("one_about", message, turn.reader.language))
        all_seen = turn.reader.audiences(turn.reader.today(turn.now)) is None
        other = found.sure and found.question.intent != "out_of_scope"
        if other or all_seen or not names or len({(one.noun, one.kind) for one in rows}) != 1:
            return None
        if titles.only_one_of(without_asking(message, turn.reader.language), rows) is not None:
            return None
        shown = await shown_again(turn, screen.listing)
        return why_not_shown(turn, shown) if shown else None

    async def _line(self, turn: Turn, message: Normalised, screen: OnScreen | None) -> Answered | None:
        """Answer with a line of the plan: by its own number, or by its place on the screen."""
        language = turn.reader.language
        if axis_number(message, language) is not None:
            return None
        line = line_number(message, language, of_plan=True)
        if line is None:
            line, _ = row_number(message, language) or (None, "")
        if line is None and screen is not None:
            place, _ = place_in_row(message, language) or (0, "")
            row = screen.listing.at(place) if place else None
            line = row[1] if row else None
        return await self._replies.line(turn, line) if line is not None else None

    async def _numbered(
        self, turn: Turn, question: Question, message: Normalised, stated: Stated, screen: OnScreen | None
    ) -> Answered | None:
        place, more = place_in_row(message, turn.reader.language) or (0, "")
        listing = screen.listing if screen else None
        day = listing and stated.first and await self._replies.spoken.is_on(turn, listing, stated.first)
        if not place or day or _names_month(stated, question.stated):
            return None
        nth = await self._replies.nth(turn, question, place, listing)
        if nth is None and not more and (screen is None or screen.last):
            return await self._without(turn, question, place)
        answered = await self._of_row(turn, nth, more) if nth and more else nth
        if answered is None and nth is not None and parted(message, more):
            told = with_coordination(turn.voice, with_line(turn.voice.say("ask.not_told"), nth.reply))
            return replace(nth, reply=told)
        return answered

    async def _without(self, turn: Turn, question: Question, place: int) -> Answered | None:
        """Answer with the list once more: it has no row of that number.  None where there is no list."""
        shown = (await self._replies.of(turn, replace(question, about=None))).reply
        line = turn.voice.say("ask.no_such_row", number=dates.number(turn.voice, place))
        return Answered(with_line(line, shown), question) if shown.listing else None

    async def _of_row(self, turn: Turn, nth: Answered, more: str) -> Answered | None:
        """Answer what is asked of a row beside its number; None where that is more than an aspect of it."""
        language = turn.reader.language
        understanding = await self._replies.known.understanding(turn.tx)
        found = understanding.understand(more, language, turn.reader.today(turn.now), nth.question)
        return await self._replies.to(turn, found) if found.aspect is not None else None

    async def _page(
        self, turn: Turn, question: Question, message: Normalised, found: Understood, screen: OnScreen | None
    ) -> Answered | None:
        """Answer "la suite" with the next page of the list; with the last one again where there is none."""
        asked = says_only("next_page", message, turn.reader.language)
        more = question.stated == Stated() and asked_alone(message, turn.reader.language)[1] == "more"
        if screen is None or not screen.last or not (asked or more):
            return None
        reply = await page_after(turn, screen.listing)
        if reply is None:
            return None
        if not screen.listing.goes_on:
            reply = with_line(turn.voice.say("ask.no_more"), reply)
        return Answered(reply, question)

    async def _step(
        self, turn: Turn, question: Question, message: Normalised, screen: OnScreen | None
    ) -> Answered | None:
        """Answer "celui d'avant" or "la suivante" with the neighbour of the row that was shown."""
        later = says_only("one_after", message, turn.reader.language)
        titles = await self._replies.known.titles(turn.tx)
        entry = entry_of(titles, question.about)
        if entry is None or not (later or says_only("one_before", message, turn.reader.language)):
            return None
        beside = _below(titles, entry, screen) if later else None
        beside = beside or await self._neighbour(turn, titles, entry, later=later)
        shown = await self._replies.opened(turn, beside or entry, question)
        if shown is None or beside is not None:
            return shown
        return replace(shown, reply=with_line(turn.voice.say("ask.no_other"), shown.reply))

    async def _neighbour(self, turn: Turn, titles: Titles, entry: Entry, *, later: bool) -> Entry | None:
        """Return the next row of the same sort by date, or the one before."""
        seen = seen_by(turn.reader, turn.now)
        alike = [
            one
            for one in titles.of_noun(entry.noun)
            if one.kind == entry.kind and seen(one) and _sort_of_event(titles, one) == _sort_of_event(titles, entry)
        ]
        days = {one.code: float(one.first) for one in alike}
        if entry.noun in ("document", "news"):
            days = await _days(turn, entry.noun, set(days))
        place, key = days[entry.code], lambda one: days[one.code]
        near = [one for one in alike if (days[one.code] > place if later else days[one.code] < place)]
        return (min if later else max)(near, key=key, default=None)


async def _days(turn: Turn, noun: str, codes: set[str]) -> dict[str, float]:
    """Return when these documents or news are dated, as days since the year 1."""
    if noun == "document":
        return {code: float(one.dated.toordinal()) for code, one in (await DOCUMENTS.several(turn.tx, codes)).items()}
    return {code: float(one.published.toordinal()) for code, one in (await NEWS.several(turn.tx, codes)).items()}


def _sort_of_event(titles: Titles, entry: Entry) -> str | None:
    """Return the kind of the meeting that a row belongs to."""
    event = titles.of("event", entry.event) if entry.event and entry.noun != "event" else None
    return event.kind if event else None


def _below(titles: Titles, entry: Entry, screen: OnScreen | None) -> Entry | None:
    """Return the row below it in the list on the screen."""
    rows = screen.listing.rows if screen else ()
    place = rows.index((entry.noun, entry.number)) + 1 if (entry.noun, entry.number) in rows else len(rows)
    return titles.numbered(*rows[place]) if place < len(rows) else None


def _of_the_plan(found: Understood) -> bool:
    """Whether a message after the plan may mean a line of it: "les dernières nouvelles de Hué" does not."""
    other = found.question.stated.names_place or (found.sure and found.question.intent in LISTED and not found.carried)
    return found.question.intent == "action_plan" or not other


def _names_month(stated: Stated, before: Stated) -> bool:
    """Whether more than days of a week are named: the 2 of "tháng 2 thì sao" is no place in a row."""
    if stated.first is None or stated.last is None or stated.first == before.first:
        return False
    return (stated.last - stated.first).days > _WEEK
