"""Yes and no, and what must be agreed to."""

from __future__ import annotations

import re

from bot.ask.normalise import Normalised
from bot.ask.phrases import Match
from bot.forms.around import Around, Problem
from bot.forms.definition import Field
from bot.forms.entries import Value
from bot.forms.kinds.words import found_in, message, sections, signs, without

_PLAIN = re.compile(r"[\s.,;:!…()\"'\U0001f3fb-\U0001f3ff\u200d\x00-]*")
_BOUND = re.compile(r"[\s.,;:!(-]")
_LONG = re.compile(r"([a-z])\1+")
_LONG_WORD = re.compile(r"([a-zà-ỹ])\1{2,}")
_ANSWER = ("yes", "weak", "no", "unsure")


def yes_no(text: str, around: Around) -> str:
    """Return ``yes`` or ``no``; raises Problem not_yes_no.

    The answer stands first; what follows may say more, as long as it says nothing else: "oui, deux jours".
    """
    drawn = {name for name in ("yes", "no") for sign in text if sign in signs(name)}
    written = message("".join(" " if sign in signs("yes") | signs("no") | signs("ignored") else sign for sign in text))
    said = _said(written, around) or _said(message(_LONG_WORD.sub(r"\1", written.text)), around)
    said = said or _said(message(_LONG.sub(r"\1", written.text)), around)
    meant = drawn | ({said} if said else set())
    if len(meant) != 1 or "unsure" in meant or (not said and not _PLAIN.fullmatch(written.folded)):
        raise Problem("not_yes_no")
    return str(meant.pop())


def _said(written: Normalised, around: Around) -> str | None:
    """Return what the words say: ``yes``, ``no``, ``unsure`` for both or neither; None if they say nothing of it."""
    words = found_in(sections("unsure", "no", "yes", "weak", "polite"), written, around.language)
    answers = [match for match in words if match.value in _ANSWER]
    if not answers:
        return None
    meant = {match.value for match in answers}
    if "no" in meant or "yes" in meant:
        meant.discard("weak")
    if len(meant) != 1:
        return "unsure"
    return {"weak": "yes"}.get(answers[-1].value, answers[-1].value) if _stands_first(written, words, answers) else None


def _stands_first(written: Normalised, words: list[Match[str]], answers: list[Match[str]]) -> bool:
    """Whether nothing stands before the first answer, and it ends there or the last one ends the message."""
    folded = without(written, words).folded
    if not _PLAIN.fullmatch(folded[: answers[0].start]):
        return False
    after = folded[answers[0].end : answers[0].end + 1]
    return not after or _BOUND.match(after) is not None or bool(_PLAIN.fullmatch(folded[answers[-1].end :]))


def read(field: Field, text: str, around: Around) -> Value:
    """Return ``yes`` or ``no``; raises Problem not_yes_no, or consent_needed."""
    return check(field, yes_no(text, around), around)


def check(field: Field, value: Value, around: Around) -> Value:
    """Return ``yes`` or ``no``; raises Problem not_yes_no, or consent_needed where only a yes goes on."""
    if value not in ("yes", "no") or not isinstance(value, str):
        raise Problem("not_yes_no")
    if field.kind == "consent" and value == "no" and field.question.required:
        raise Problem("consent_needed")
    return value
