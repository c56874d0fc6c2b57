"""Answers and figures in the words of one reader, as plain text."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any

from babel.numbers import format_decimal, format_percent

from bot.forms.definition import Field
from bot.network.content import Content
from bot.results.shapes import Directory, QuestionFigures, Results, Share
from bot.texts import dates
from bot.texts.voice import Voice

NARROW_SPACE = "\u202f"
_LARGE = 1000
"""The mean from which decimals say nothing more."""


@dataclass(frozen=True)
class Wording:
    """One reader's voice, and the names that answers refer to."""

    voice: Voice
    directory: Directory

    @classmethod
    def of(cls, results: Results, voice: Voice) -> Wording:
        """Return the wording of these results for that reader."""
        return cls(voice, results.directory)

    def read(self, content: Content) -> str:
        """Return a content in the reader's language, else in its own."""
        return content.read(self.voice.language).text

    def number(self, value: float, decimals: int = 1) -> str:
        """Return a number as the reader's language writes it: ``1 234,5``."""
        text = format_decimal(round(value, decimals), format="#,##0.###", locale=self.voice.language)
        return dates.number(self.voice, text)

    def percent(self, share: float) -> str:
        """Return a share in whole per cent: ``62 %``."""
        text = format_percent(share, locale=self.voice.language).replace("\xa0", NARROW_SPACE)
        return dates.number(self.voice, text)

    def counted(self, share: Share) -> str:
        """Return how many and how large a part: ``12 (40 %)``."""
        return self.voice.label("results.bar", number=self.number(share.number), percent=self.percent(share.share))

    def answers(self, number: int) -> str:
        """Return ``12 réponses``."""
        return self.counting("results.answers", number)

    def counting(self, key: str, number: int) -> str:
        """Return a sentence with a number, in the form that the number asks for."""
        return self.voice.plain(self.voice.count(key, number, number=self.number(number)))

    def day(self, value: date) -> str:
        """Return a day in full."""
        return self.voice.plain(dates.day(self.voice, value))

    def place(self, code: str) -> str:
        """Return the name of an organisation; its code if there is none any more."""
        found = self.directory.organisations.get(code)
        return self.read(found.name) if found else code

    def person(self, code: str) -> str:
        """Return the name of a person; the code if there is none any more."""
        found = self.directory.people.get(code)
        return found.name if found else code

    def yes(self, code: str) -> str:
        """Return ``yes`` or ``no`` as the reader says it."""
        return self.voice.label("results.yes" if code == "yes" else "results.no")

    def language(self, code: str) -> str:
        """Return the name of a language; its code if Relais does not speak it."""
        key = f"language.{code}"
        return self.voice.label(key) if self.voice.catalogue.has(key) else code

    def choice(self, field: Field, share: Share) -> str:
        """Return what a share is called."""
        if share.written:
            return share.code
        if field.kind == "date_range":
            return self._short_day(share.code)
        return self.one(field, share.code)

    def one(self, field: Field, value: Any) -> str:
        """Return an answer, or one item of several, as plain text."""
        match field.kind:
            case "one_choice" | "several_choices":
                text = field.label_of(str(value), self.voice.language)
            case "yes_no" | "consent":
                text = self.yes(str(value))
            case "city":
                text = self.place(str(value))
            case "person":
                text = self.person(str(value))
            case "date":
                text = self._short_day(str(value))
            case "time":
                text = self._hour(str(value))
            case "whole_number" | "decimal" | "rating":
                text = self.number(float(value), 6)
            case _:
                text = str(value)
        return text

    def text(self, field: Field, value: Any) -> str:
        """Return an answer of any kind as plain text; nothing for what was skipped."""
        match value:
            case None:
                return ""
            case {"written": str(written)}:
                return written
            case [str(first), str(last)] if field.kind == "date_range":
                return self.voice.plain(dates.days(self.voice, date.fromisoformat(first), date.fromisoformat(last)))
            case list() if field.kind == "file":
                return "; ".join(str(each.get("name") or "") for each in value)
            case list():
                return "; ".join(self.one(field, each) for each in value)
            case _:
                return self.one(field, value)

    def _short_day(self, value: str) -> str:
        found = date.fromisoformat(value)
        return self.voice.plain(dates.short_day(self.voice, found, found))

    def _hour(self, value: str) -> str:
        found = time.fromisoformat(value)
        # any day will do: only the hour is read
        return self.voice.plain(dates.hour(self.voice, datetime.combine(date(2000, 1, 1), found)))


def heading(words: Wording, results: Results) -> list[str]:
    """Return what stands above all figures: the period, how many have answered, the quorum, what is secret."""
    voice = words.voice
    lines = []
    if results.first and results.last:
        period = voice.plain(dates.days(voice, results.first, results.last))
        lines.append(voice.label("results.period", days=period))
    lines.append(words.answers(results.answers) if results.answers else voice.label("results.none"))
    if results.people != results.answers:
        lines[-1] += f" · {words.counting('results.people', results.people)}"
    if results.waiting:
        lines.append(words.counting("results.waiting", results.waiting))
    if results.responded is not None and results.asked:
        responded, asked = words.number(results.responded), words.number(results.asked)
        lines.append(voice.label("results.organisations", answered=responded, asked=asked))
    if results.quorum:
        key = "results.quorum_reached" if results.quorum.reached else "results.quorum_missed"
        needed, share = words.percent(results.quorum.needed / 100), words.percent(results.quorum.share)
        lines.append(voice.label(key, needed=needed, share=share))
    if results.secret:
        lines.append(voice.label("results.secret"))
    return lines


def under(words: Wording, one: QuestionFigures) -> str:
    """Return the line under a question: how many answered, how many passed."""
    line = words.answers(one.answered)
    return f"{line} · {words.counting('results.skipped', one.skipped)}" if one.skipped else line


def facts(words: Wording, one: QuestionFigures) -> list[tuple[str, str]]:
    """Return mean, median, smallest, largest and sum with their names; of a rating, mean and median."""
    numbers = one.numbers
    if numbers is None:
        return []
    label = words.voice.label
    decimals = 2 if numbers.mean < _LARGE else 0
    mean = words.number(numbers.mean, decimals)
    if one.field.kind == "rating":
        mean += f" / {words.number(len(one.shares))}"
    found = [
        (label("results.mean"), mean),
        (label("results.median"), words.number(numbers.median, decimals)),
    ]
    if one.field.kind != "rating":
        found += [
            (label("results.least"), words.number(numbers.least, decimals)),
            (label("results.most"), words.number(numbers.most, decimals)),
            (label("results.sum"), words.number(numbers.total, decimals)),
        ]
    return found
