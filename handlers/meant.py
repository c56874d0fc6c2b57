"""What an answer or a question means: the row that it is about, whether anything narrows it."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from bot.answers.subjects import seen_by
from bot.ask import kinds
from bot.ask.aspects import Aspect, asked_alone
from bot.ask.intents import Intent
from bot.ask.normalise import Normalised, normalise
from bot.ask.question import Question, Stated, Understood
from bot.ask.titles import NOUNS, Entry, Noun, Titles
from bot.ask.turns import asks_for_the_next
from bot.network.audiences import Reader
from bot.network.languages import Language
from bot.texts.form_button import SCREEN as FORM
from bot.texts.reply import Listing, Reply

_BY_KIND: tuple[Intent, ...] = ("deadlines", "meetings")
_PAPERS = frozenset({"doc", "minutes", "slides", "get_file"})


@dataclass(frozen=True)
class Answered:
    """A reply, and the question as the next one can lean on it."""

    reply: Reply
    question: Question


CARDS: Mapping[str, Noun] = {"e": "event", "dl": "deadline", "nw": "news", FORM: "form", "doc": "document"}
"""The screens that show one row, and which."""

OF_CARDS: Mapping[Noun, Intent] = {
    "event": "meetings", "deadline": "deadlines", "news": "news", "form": "survey", "document": "documents",
}  # fmt: skip
"""What is asked about once one of them is opened."""
OF_ONE_ROW: tuple[Aspect, ...] = ("send", "who", "format")
"""What differs from one deadline to the next, and a list does not tell."""
_AGAIN_AND_AGAIN = ("bureau",)
"""The kinds of meetings that come again and again: one asks when the next is."""
_HANDED_IN = ("report",)
"""The kinds of documents of which there are deadlines too."""
_TO_HAND_IN: tuple[Aspect, ...] = ("send", "until", "late", "still")
"""What is asked of handing something in."""


def only_row(titles: Titles, reply: Reply) -> Entry | None:
    """Return the row that a list has, if it is the only one."""
    rows = rows_of(titles, reply.listing)
    return rows[0] if len(rows) == 1 else None


def to_choose_from(reply: Reply) -> bool:
    """Whether a reply lists rows or lines of the plan, one of which may be meant."""
    return reply.listing is not None and bool(reply.listing.rows)


def shared_meeting(titles: Titles, reply: Reply) -> Entry | None:
    """Return the one meeting that all rows of a list belong to; None where there are several, or none."""
    rows = rows_of(titles, reply.listing)
    codes = {one.event for one in rows}
    code = codes.pop() if len(codes) == 1 and all(one.noun != "event" for one in rows) else None
    return titles.of("event", code) if code else None


def rows_of(titles: Titles, listing: Listing | None) -> list[Entry]:
    """Return the rows of a list, those that are there no more aside."""
    return [one for row in (listing.rows if listing else ()) if (one := titles.numbered(*row))]


def elsewhere(
    titles: Titles, message: Normalised, rows: Collection[Entry], reader: Reader, now: datetime
) -> Entry | None:
    """Return what alone has a word of a message, of all of the sorts of some rows that is not over: "celle du DCOL"."""
    seen = seen_by(reader, now)
    for noun in dict.fromkeys(row.noun for row in rows):
        ahead = [one for one in titles.of_noun(noun) if seen(one) and not 0 < one.last <= now.timestamp()]
        found = titles.only_one_of(message, ahead)
        if found is not None:
            return found
    return None


def wants_papers(found: Understood) -> bool:
    """Whether documents are spoken of, and not only a meeting whose title looks like one of theirs."""
    said = not _PAPERS.isdisjoint(found.ranked.said)
    return said or bool(kinds.spans(normalise(found.text), ("documents",))) or bool(found.carried)


def wants_the_next(found: Understood, language: Language) -> bool:
    """Whether the first meeting to come of a kind is asked for: "le prochain bureau", "quand est le bureau ?"."""
    stated = found.question.stated
    if found.question.intent != "meetings" or stated.kind is None or stated.first or stated.past:
        return False
    soon = stated.kind in _AGAIN_AND_AGAIN and "when" in found.ranked.said
    return soon or asks_for_the_next(normalise(found.text), found.language or language)


def about_row(question: Question, entry: Entry | None) -> Question:
    """Return the question about a row, where there is one."""
    return replace(question, about=f"{entry.noun}:{entry.code}") if entry else question


def entry_of(titles: Titles, about: str | None) -> Entry | None:
    """Return the row that a question is about; None if it is about none, or there is none (any more)."""
    noun, _, code = (about or "").partition(":")
    return next((titles.of(one, code) for one in NOUNS if one == noun), None)


def unnarrowed(stated: Stated) -> bool:
    """Whether nothing but a kind was stated."""
    return stated == Stated(kind=stated.kind, past=stated.past)


def of_its_kind(found: Understood, language: Language) -> Aspect | None:
    """Return what is asked, where nothing else is said but a kind of deadline: "ai nhận báo cáo"."""
    message = normalise(found.text)
    return asked_alone(message.masked(kinds.spans(message, ("deadlines",))), found.language or language)[1]


def hands_in(found: Understood, language: Language) -> bool:
    """Whether documents are named only as what is to be handed in: "à qui envoyer les rapports"."""
    return found.question.stated.kind in _HANDED_IN and of_its_kind(found, language) in _TO_HAND_IN


def by_its_kind(found: Understood) -> Question | None:
    """Return the list of the one kind that is named, where that is among what may be meant."""
    if found.ranked.first == "my_registrations":
        return None
    message = normalise(found.text)
    for intent in _BY_KIND:
        kind = kinds.find(message, intent, found.language)
        if kind is not None and intent in found.ranked.top:
            return Question(intent, replace(found.question.stated, kind=kind.code))
    return None
