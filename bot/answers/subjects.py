"""The one row that a question names by its title: an event, a deadline, a form, a piece of news, or documents."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from datetime import UTC, date, datetime

from bot.ask import kinds
from bot.ask.intents import Intent
from bot.ask.normalise import Normalised, normalise
from bot.ask.question import Question, Stated, Understood
from bot.ask.titles import Entry, Noun, Titled, Titles
from bot.ask.turns import only_slots
from bot.network.audiences import Reader
from bot.network.languages import Language

WANTED: Mapping[Intent, tuple[Noun, ...]] = {
    "meetings": ("event",),
    "register": ("event", "form"),
    "my_registrations": (),
    "deadlines": ("deadline", "form", "event"),
    "documents": ("document", "event"),
    "survey": ("form",),
    "news": ("news", "event"),
    "dues": ("event",),
}
"""What may answer an intent, the likelier first."""
_A_FORM: tuple[Noun, ...] = ("document", "form", "event")
"""What may answer who asks for a form among the documents: most are filled in here."""
_ANY: tuple[Noun, ...] = ("event", "deadline", "form", "document", "news")
_DOCUMENT: tuple[Noun, ...] = ("document",)
_DEADLINE: tuple[Noun, ...] = ("deadline",)
EVENTFUL: tuple[Noun, ...] = ("event", "deadline", "form")
"""What is, or leads to, something to attend or to hand in."""
_LEADING: tuple[Noun, ...] = ("deadline", "form", "document")
"""The rows that lead to the event that they belong to."""
_PAPERS = ("documents",)
_ALIKE = 0.9
_CLEARLY, _MUCH = 0.8, 6.0
"""The share and the weight from which a title alone makes a question."""
_LIKELY = 0.5
"""From this confidence on a title tells what is asked about."""
_TOLD = 0.75
"""From this confidence on nothing is named where what is asked for has no rows."""
_FEW_DAYS = 8
_ALMOST = 0.9
"""The share from which a document is meant, whatever else is asked."""
_MOST_DOCUMENTS = 5


def seen_by(reader: Reader, now: datetime) -> Callable[[Entry], bool]:
    """Return whether the reader may see a row."""
    audiences = reader.audiences(reader.today(now))
    return lambda entry: audiences is None or entry.audience in audiences


def subject(titles: Titles, text: str, found: Understood, reader: Reader, now: datetime) -> Entry | None:
    """Return the row that the message names, if it names one and what it asks for can be told of it."""
    intent, stated = found.question.intent, found.question.stated
    sure = found.sure or (found.ranked.confidence >= _LIKELY and not found.only_slots)
    clear = sure and intent != "out_of_scope" and (intent in WANTED or found.ranked.confidence >= _TOLD)
    wanted = WANTED.get(intent, ()) if clear else _ANY
    wanted = _A_FORM if intent == "documents" and stated.kind == "form" else wanted
    if not wanted:
        return _document_in_full(titles, text, reader, now)
    message = normalise(text)
    named = titles.find(message, _ANY, seen_by(reader, now))
    if not clear:
        named = [one for one in named if one.acronym or (one.share >= _CLEARLY and one.weight >= _MUCH)]
    for noun in wanted:
        near = _of_noun(titles, named, noun, reader, now)
        if noun == "form" and intent in ("deadlines", "documents"):
            near = [one for one in near if one.share]
        if noun == "event" and intent == "documents":
            near = [one for one in near if one.acronym or one.share >= _CLEARLY]
        entry = _best(near if noun != "deadline" else _of_one_kind(near, stated, now), stated, now)
        if entry is not None:
            return entry
    called = None
    papers = kinds.spans(message, _PAPERS)
    if (clear and (intent == "meetings" or (intent == "documents" and not papers))) or (
        not clear and _is_meeting(message, found)
    ):
        called = _misnamed(titles, message, stated, reader, now)
        if called is not None:
            return called
    if intent == "documents":
        whole = next((one.entry for one in named if one.entry.noun == "deadline" and one.share >= _ALMOST), None)
        if whole is not None:
            return whole
    if wanted == WANTED["survey"] or (not clear and "survey" in found.ranked.said):
        near = titles.search(message.masked(kinds.spans(message)), WANTED["survey"], seen_by(reader, now))
        form = _best(near, stated, now)
        if form is not None:
            return form
    by_kind = intent in ("deadlines", "survey") or not clear
    return _of_its_kind(titles, message, stated, reader, now) if by_kind else None


def _is_meeting(message: Normalised, found: Understood) -> bool:
    return (not found.sure or found.question.intent != "out_of_scope") and bool(kinds.spans(message, ("events",)))


def _misnamed(titles: Titles, message: Normalised, stated: Stated, reader: Reader, now: datetime) -> Entry | None:
    """Return the event that alone has several rare words of the message, though it is called a workshop and is none."""
    only, kind = _only_one(titles, message, "event", reader, now), kinds.find(message, "meetings")
    if only is None or kind is None or (only.kind == kind.code and stated.theme is not None):
        return None
    return only if in_period(only, stated.first, stated.last) and stated.city in (None, only.city) else None


def _of_its_kind(titles: Titles, message: Normalised, stated: Stated, reader: Reader, now: datetime) -> Entry | None:
    """Return the deadline of the kind named that alone has the rare words of the message: "l'appel patrimoine".

    Where none of those is to come, it is the last that was clearly named.
    """
    if stated.city is not None:
        return None
    kind = kinds.find(message, "deadlines") or kinds.find(message, "documents")
    named, seen = kinds.spans(message), seen_by(reader, now)
    found = titles.search(message.masked(named), _DEADLINE, seen)  # a word of its own, not "projects", tells which
    if not found and not only_slots(message, named, reader.language, "any"):
        found = titles.search(message, _DEADLINE, seen)
    of_kind = [one for one in found if kind is not None and one.entry.kind == kind.code]
    ahead = [one.entry for one in of_kind if one.entry.last > now.timestamp()]
    over = [one.entry for one in of_kind if one.weight >= _MUCH and one.entry.last <= now.timestamp()]
    if not ahead and over:
        return max(over, key=lambda entry: entry.last)
    return ahead[0] if len(ahead) == 1 else None


def _only_one(titles: Titles, message: Normalised, noun: Noun, reader: Reader, now: datetime) -> Entry | None:
    """Return the row to come that alone has several rare words of the message."""
    found = [one for one in titles.search(message, (noun,), seen_by(reader, now)) if one.weight >= _MUCH]
    return found[0].entry if len(found) == 1 and found[0].entry.last > now.timestamp() else None


def of_a_city(
    titles: Titles, text: str, language: Language | None, cities: Collection[str], reader: Reader, now: datetime
) -> Entry | None:
    """Return the event of which a message says nothing but words of its title and its city: "bus Da Nang"."""
    message, seen = normalise(text), seen_by(reader, now)
    found = [
        one
        for one in titles.of_noun("event")
        if one.city in cities and seen(one) and titles.all_of_it(message, language, one)
    ]
    ahead = [one for one in found if one.last > now.timestamp()]
    return min(ahead, key=lambda one: one.first, default=found[-1] if found else None)


def _document_in_full(titles: Titles, text: str, reader: Reader, now: datetime) -> Entry | None:
    """Return a document that is named by its kind and nearly all of its title, though something else seems asked."""
    message = normalise(text)
    if not kinds.spans(message, _PAPERS):
        return None
    found = titles.find(message, _DOCUMENT, seen_by(reader, now))
    return next((one.entry for one in found if one.share >= _ALMOST), None)


def documents_named(titles: Titles, text: str, found: Question, reader: Reader, now: datetime) -> list[Entry]:
    """Return the documents whose titles have the rare words of the message."""
    near = titles.search(normalise(text), _DOCUMENT, seen_by(reader, now))
    kind = found.stated.kind
    of_kind = [one.entry for one in near if kind is None or one.entry.kind == kind]
    return (of_kind or [one.entry for one in near])[:_MOST_DOCUMENTS]


def _of_one_kind(found: list[Titled], stated: Stated, now: datetime) -> list[Titled]:
    """Return the deadlines of the kind asked for; none where several of one event lie ahead: its card has them all."""
    most = max((one.weight for one in found), default=0.0)
    best = [one for one in found if one.weight >= most * _ALIKE]
    if len(best) == 1 and len(found) > 1:
        return best
    if stated.kind in {one.entry.kind for one in found}:
        return [one for one in found if one.entry.kind == stated.kind]
    ahead = [one for one in found if one.entry.last > now.timestamp() and one.entry.event]
    return [] if len(ahead) > 1 else found


def _of_noun(titles: Titles, named: Iterable[Titled], noun: Noun, reader: Reader, now: datetime) -> list[Titled]:
    """Return what is of that noun; for an event, also those to which something named belongs."""
    seen, own = seen_by(reader, now), []
    for one in named:
        if one.entry.noun == noun:
            own.append(one)
        elif noun == "event" and one.entry.noun in _LEADING and one.entry.event:
            event = titles.of("event", one.entry.event)
            own += [Titled(event, one.share, one.weight, one.acronym)] if event and seen(event) else []
    return own


def _best(found: list[Titled], stated: Stated, now: datetime) -> Entry | None:
    """Return the one that is meant: named by most, in the period, whole before its parts, to come before past."""
    found = [one for one in found if stated.city in (None, one.entry.city) or not _takes_place(one.entry)]
    inside = [one for one in found if in_period(one.entry, stated.first, stated.last)]
    if not inside and stated.first and stated.last and (stated.last - stated.first).days < _FEW_DAYS:
        inside = [one for one in found if one.share or one.acronym]  # who names it may err by some days
    most = max((one.weight for one in inside), default=0.0)
    near = [one.entry for one in inside if one.weight >= most * _ALIKE]
    return min(near, key=lambda entry: _order(entry, stated, now), default=None)


def _takes_place(entry: Entry) -> bool:
    """Whether a row is an event that is held in one city."""
    return entry.noun == "event" and entry.city is not None


def _order(entry: Entry, stated: Stated, now: datetime) -> tuple[bool, bool, float]:
    instant = now.timestamp()
    past = 0 < entry.last <= instant
    whole = entry.noun != "event" or entry.event is None
    return past != stated.past, not whole, -entry.first if past else entry.first


def in_period(entry: Entry, start: date | None, end: date | None) -> bool:
    """Whether a row is, at least in part, in a period of whole days; one without a day is in any."""
    if not entry.first or (start is None and end is None):
        return True
    first, last = _day(entry.first), _day(max(entry.first, entry.last - 1))
    return (end is None or first <= end) and (start is None or last >= start)


def _day(instant: int) -> date:
    return datetime.fromtimestamp(instant, UTC).date()
