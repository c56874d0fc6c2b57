"""What an answer or a question means: the row that it is about, whether anything narrows it."""

from __future__ import annotations

from dataclasses import dataclass, replace

from bot.ask import kinds
from bot.ask.normalise import normalise
from bot.ask.question import Question, Stated, Understood
from bot.ask.titles import NOUNS, Entry, Titles
from bot.texts.reply import Reply

_PAPERS = frozenset({"doc", "minutes", "slides", "get_file"})


@dataclass(frozen=True)
class Answered:
    """A reply, and the question as the next one can lean on it."""

    reply: Reply
    question: Question


def only_event(reply: Reply) -> int | None:
    """Return the number of the event that a list offers to open, if it is the only one."""
    numbers = {
        button.tap.number(0) for row in reply.buttons for button in row if button.tap and button.tap.screen == "e"
    }
    return numbers.pop() if len(numbers) == 1 else None


def wants_papers(found: Understood) -> bool:
    """Whether documents are spoken of, and not only a meeting whose title looks like one of theirs."""
    said = not _PAPERS.isdisjoint(found.ranked.said)
    return said or bool(kinds.spans(normalise(found.text), ("documents",))) or bool(found.carried)


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
