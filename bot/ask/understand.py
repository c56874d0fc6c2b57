"""From what a member wrote to what is asked for: intent, slots, how sure, and what leans on the last question."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date

from bot.ask import kinds
from bot.ask.aspects import aspect_of, without_asking
from bot.ask.intents import Intent, IntentReader, Ranked
from bot.ask.leaning import LISTED, is_bare, leaning, stated_of
from bot.ask.matters import Matter, matter_of
from bot.ask.normalise import Normalised, normalise
from bot.ask.only import narrowed
from bot.ask.parts import asks, clauses, papers, sentences
from bot.ask.places import ELSEWHERE, Gazetteer, Places
from bot.ask.question import LEANED_ON, USUAL, Question, Stated, Understood
from bot.ask.slots import NO_SLOTS, Slots, slots
from bot.ask.themes import Themes
from bot.ask.turns import begins_with_and, looks_back, manner, only_slots, says_only, tells_whose_clock, was_missed
from bot.ask.wanted import wanted_about
from bot.network.languages import Language

LONGEST = 600
"""Characters of a message that are read; what follows them is left aside."""
CERTAIN = 0.9
"""How sure it must be that a message is out of scope when every word of it names a place, a day or a theme."""
_MEETING = frozenset({"event", "workshop"})
_TO_BE_MISSED = frozenset({"deadline", "call", "survey", "register"})
_NAMED: tuple[Intent, ...] = ("deadlines", "documents")
"""The intents of a message that surely names a kind of theirs, whatever another list was shown before."""
_WITH_PLACES: tuple[Matter, ...] = ("members", "is_member")
"""The matters that are about a place, whatever the message seemed to ask for."""
_ALONE = 0.7
"""How sure each of two parts must be to count as a question of its own."""
_WHATS_ON = frozenset({"is_there", "happening"})
_WHICH_CITIES = frozenset({"which_cities"})
_HALF = 0.5
_LONG = 12
"""Words from which a sentence is looked through for the clause that asks."""


class Understanding:
    """Understands messages about one network; it is built once and never changes."""

    def __init__(self, intents: IntentReader, gazetteer: Gazetteer, themes: Themes) -> None:
        self._intents, self._gazetteer, self._themes = intents, gazetteer, themes

    def understand(self, text: str, language: Language | None, today: date, last: Question | None = None) -> Understood:
        """Return what a message asks for; the arguments are those of ``_read``."""
        return narrowed(self._read(text, language, today, last), language)

    def _read(self, text: str, language: Language | None, today: date, last: Question | None) -> Understood:
        """Return what a message asks for.

        Args:
            text: As it was written: anything at all.
            language: The reader's language.
            today: The reader's day.
            last: What was asked before, if the message may lean on it.
        """
        message = normalise(text[:LONGEST])
        places = self._gazetteer.find(message, language)
        spans = [place.span for place in places.found]
        written = self._intents.detect_language(message, spans)
        ranked = self._intents.intents(message, language, spans)
        intent = _of_a_place(ranked) if spans or self._in_charge(message, ranked, language) else ranked.first
        missed = _is_news_missed(ranked, message, written or language)
        intent = "news" if missed else _of_a_call(ranked, intent)
        newest = says_only("newest", message, written or language)
        intent = "documents" if newest else intent
        found = self._slots(message, written or language, today, USUAL[0] if intent in NO_SLOTS else intent)
        elsewhere = intent == "out_of_scope" and ranked.confidence >= CERTAIN  # "weather today" names a theme and a day
        bare = not elsewhere and only_slots(message, found.spans, written or language)
        bare = bare and not (_is_meeting(message, ranked, written or language) or _is_whats_on(ranked, found, last))
        goes_on = last is not None and (last.intent == intent or begins_with_and(message, written or language))
        other = last is None or last.intent not in kinds.OF_KINDS
        certain = ranked.sure if other else ranked.confidence >= CERTAIN
        bare = bare and (goes_on or not (found.kind is not None and intent in _NAMED and certain))
        matter = matter_of(ranked.said) or _of_cities(ranked, found, bare=bare)
        planned = last is not None and last.intent == "action_plan"
        if matter is None and not planned and says_only("it_is_done", message, written or language):
            matter = "did_it"
        if intent in NO_SLOTS and matter not in _WITH_PLACES:
            intent, found = (USUAL[0], found) if bare else (intent, Slots())
        past = intent == "meetings" and found.period is None and looks_back(message, written or language)
        understood = Understood(
            question=Question(intent, replace(stated_of(found), past=past)),
            ranked=ranked,
            sure=newest or ((ranked.sure or missed) and not bare),
            language=None if bare else written,
            only_slots=bare,
            manner=manner(message, written or language),
            text=text,
            matter=matter,
        )
        outside = understood.question.intent == "out_of_scope" and understood.sure and places.city == ELSEWHERE
        if last is None or outside:
            return understood
        bare = is_bare(understood)
        aspect = aspect_of(message, language, bare=bare) or aspect_of(message, written, bare=bare)
        if spans and tells_whose_clock(message, written or language):
            aspect = aspect_of(message.masked(spans), written or language, bare=True)
            spans = [] if aspect in ("when", "where") else spans
        elif spans and last.about is not None and aspect_of(message.masked(spans), written or language) == "comes":
            aspect, spans = "comes", []  # "is Huế eligible?" asks of what was shown
        if aspect and not spans and not places.organisation and not self._names_theme(message, written or language):
            understood = replace(understood, aspect=aspect)
        return leaning(
            understood, last, message, written or language, self._slots_for(message, written or language, today)
        )

    def _in_charge(self, message: Normalised, ranked: Ranked, language: Language | None) -> bool:
        """Whether somebody is asked for who follows a theme."""
        return "in_charge" in ranked.said and self._themes.find(message, language) is not None

    def _names_theme(self, message: Normalised, language: Language | None) -> bool:
        """Whether a message names a theme beside what it asks: "មានឯកសារអំពីអនាម័យទេ" is of no row before."""
        return self._themes.find(without_asking(message, language), language) is not None

    def places(self, text: str, language: Language | None) -> Places:
        """Return the places and organisations that a text names."""
        return self._gazetteer.find(normalise(text[:LONGEST]), language)

    def theme(self, text: str, language: Language | None) -> str | None:
        """Return the theme that a text names first."""
        found = self._themes.find(normalise(text[:LONGEST]), language)
        return found.code if found else None

    def without_places(self, message: Normalised) -> Normalised:
        """Return a text with its places hidden."""
        return message.masked(self._gazetteer.find(message).hidden)

    def _slots(self, message: Normalised, language: Language | None, today: date, intent: Intent) -> Slots:
        return slots(message, language, today, self._gazetteer, self._themes, intent)

    def _slots_for(self, message: Normalised, language: Language | None, today: date) -> Callable[[Intent], Slots]:
        return lambda intent: self._slots(message, language, today, intent)

    def stated(self, text: str, language: Language | None, today: date) -> tuple[Slots, Language | None]:
        """Return what a text names, though it asks for nothing, and the language that it is written in."""
        message = normalise(text[:LONGEST])
        spans = [place.span for place in self._gazetteer.find(message, language).found]
        written = self._intents.detect_language(message, spans)
        return self._slots(message, written or language, today, "meetings"), written

    def wanted_about(self, text: str, language: Language | None, today: date) -> str | None:
        """Return what a document is wanted about in other words than places, days and themes."""
        message = normalise(text[:LONGEST])
        found = self._slots(message, language, today, "news")
        return wanted_about(message.masked(found.spans), language)

    def questions(
        self,
        text: str,
        language: Language | None,
        today: date,
        last: Question | None = None,
        names: Callable[[str], bool] = lambda _part: False,
    ) -> tuple[Understood, ...]:
        """Return what a message asks for: the one question of it, or two where two are asked.

        The arguments are those of ``understand``; ``names`` tells whether a part names a meeting by its title.
        """
        whole = self.understand(text, language, today, last)
        message = normalise(text[:LONGEST])
        written = whole.language or language
        each = [self.understand(part, language, today, last) for part in papers(message, written)]
        if len(each) == 2 and each[1].question.intent == "documents" == whole.question.intent:
            return tuple(each)
        for cut in (sentences, clauses):
            parts = cut(message, written)
            told = whole.matter is not None or (whole.sure and len(text.split()) < _LONG)
            if len(parts) < 2 or (cut is clauses and told):
                continue
            found = self._asking(parts, language, today, last, names)
            if len(found) > 1 and cut is sentences:
                return found[0], self.understand(found[1].text, language, today, found[0].question)
            if found and (not whole.sure or whole.question.intent in (*NO_SLOTS, "help") or cut is clauses):
                return (_the_one(found, whole),)
        return (whole,)

    def _asking(
        self,
        parts: list[str],
        language: Language | None,
        today: date,
        last: Question | None,
        names: Callable[[str], bool],
    ) -> list[Understood]:
        """Return what the parts that are questions ask for, each thing once."""
        found: dict[tuple[object, ...], Understood] = {}
        for part in parts:
            one = self.understand(part, language, today, last)
            last = _leaned_on(one, last)
            meeting = not _MEETING.isdisjoint(one.ranked.said) and asks(part, one.ranked.said)
            if (meeting or names(part)) and (not one.sure or one.question.intent == "out_of_scope"):
                found.setdefault(("named", part), replace(one, question=Question(USUAL[0]), sure=True))
                continue
            clear = one.sure and one.ranked.confidence >= _ALONE and not one.only_slots
            if clear and one.question.intent not in NO_SLOTS and asks(part, one.ranked.said):
                found.setdefault((one.question.intent, one.matter), one)
        return list(found.values())


def _leaned_on(part: Understood, last: Question | None) -> Question | None:
    """Return what the next part of a message leans on: this one, where it says what it is about."""
    said = part.sure and not part.carried and part.question.intent in LEANED_ON
    return part.question if said and replace(part.question.stated, organisation=None) != Stated() else last


def _the_one(found: list[Understood], whole: Understood) -> Understood:
    """Return the last part that asks; the whole where it surely asks for what one of them does."""
    part = found[-1]
    bare = part.question.stated == Stated(kind=part.question.stated.kind, past=part.question.stated.past)
    if whole.sure and any(one.question.intent == whole.question.intent for one in found):
        return whole
    return replace(part, question=replace(part.question, stated=whole.question.stated)) if bare else part


def _is_meeting(message: Normalised, ranked: Ranked, language: Language | None) -> bool:
    """Whether a meeting is likely named and nothing goes on: "atelier à Hué" asks for it, whatever was asked before."""
    named = ranked.confidence >= _HALF and ranked.first == USUAL[0] and not _MEETING.isdisjoint(ranked.said)
    return named and not begins_with_and(message, language)


def _is_whats_on(ranked: Ranked, found: Slots, last: Question | None) -> bool:
    """Whether the calendar of some days is asked for, and no list narrowed: "qu'est-ce qu'il y a en avril ?"."""
    asks = ranked.first == USUAL[0] and ranked.confidence >= CERTAIN and not _WHATS_ON.isdisjoint(ranked.said)
    of_a_list = last is not None and last.about is None and last.intent in LISTED
    return asks and found.period is not None and not of_a_list


def _of_cities(ranked: Ranked, found: Slots, *, bare: bool) -> Matter | None:
    """Return the matter of a message that says nothing but which cities, and a country."""
    asks = bare and _WHICH_CITIES.issubset(ranked.said) and found.country is not None
    return "members" if asks and found.city is None and found.theme is None and found.period is None else None


def _is_news_missed(ranked: Ranked, message: Normalised, language: Language | None) -> bool:
    """Whether news are asked for by somebody who was away, and no meeting or deadline by its name."""
    likely = ranked.first in ("meetings", "deadlines") and _TO_BE_MISSED.isdisjoint(ranked.said)
    return likely and ("news" in ranked.said or _MEETING.isdisjoint(ranked.said)) and was_missed(message, language)


def _of_a_call(ranked: Ranked, intent: Intent) -> Intent:
    """Return the intent of a message whose money is a call's and not the dues'."""
    of_it = intent == "dues" and "call" in ranked.said and {"dues", "own_dues"}.isdisjoint(ranked.said)
    return "deadlines" if of_it else intent


def _of_a_place(ranked: Ranked) -> Intent:
    """Return the intent of a message that names a place: whoever is to be reached there is its focal point."""
    if ranked.first == "contact_coordinator" and ranked.top[1] == "focal_point":
        return "focal_point"
    return ranked.first
