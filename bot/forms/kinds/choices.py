"""One choice or several, by what they are called in any language, by their numbers, by a beginning, with a slip."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from functools import lru_cache

from bot.ask.normalise import MASK, Normalised, fold, normalise, spelled
from bot.ask.phrases import Phrases
from bot.forms.around import Around, Problem
from bot.forms.definition import Field
from bot.forms.entries import Value
from bot.forms.kinds import numerals
from bot.forms.kinds.bare import JOINED, bare
from bot.forms.kinds.limits import count
from bot.forms.kinds.words import LONGEST, found_in, sections, without
from bot.network.languages import Language
from bot.network.spelling import nearness

_SIGNS = re.compile(r"[^\w\u0300-\u036f\u1780-\u17ff\u0e80-\u0eff]+")
_FIGURES = re.compile(r"(?<![\w])(\d{1,3})(?![\w]|[.,]\d)")
_PARTS = re.compile(rf"[{MASK},;/•·|]|(?<!\w)-|-(?!\w)|\.(?: |$)")
_PAIR = re.compile(r"^\D*\d+ ?- ?\d+\D*$")

Labels = tuple[tuple[Language, tuple[str, ...]], ...]


@dataclass(frozen=True)
class _Names:
    """What the choices of one question are called, folded."""

    options: tuple[str, ...]
    by_name: dict[str, frozenset[str]]
    own: dict[Language, dict[str, frozenset[str]]]
    phrases: Phrases[str]


def _key(text: str) -> str:
    """Return the words of a text, folded, without punctuation."""
    return _SIGNS.sub(" ", fold(spelled(text))).strip()


@lru_cache(maxsize=512)
def _names(options: tuple[str, ...], labels: Labels) -> _Names:
    own: dict[Language, dict[str, set[str]]] = {}
    every: dict[str, set[str]] = {}
    entries: list[tuple[str, str, Language | None]] = []
    for language, names in labels:
        for code, label in zip(options, names, strict=False):
            key = _key(label) or label.strip()
            own.setdefault(language, {}).setdefault(key, set()).add(code)
            every.setdefault(key, set()).add(code)
            entries.append((label, code, None))
            entries.append((key, code, None))
    for code in options:
        every.setdefault(_key(code), set()).add(code)
    for key, code, language in _without_small_words(options, labels, every):
        own[language].setdefault(key, set()).add(code)
        every.setdefault(key, set()).add(code)
        entries.append((key, code, language))
    known = {(key, code) for key, codes in every.items() if len(codes) == 1 for code in codes}
    return _Names(
        options,
        {key: frozenset(codes) for key, codes in every.items()},
        {language: {key: frozenset(codes) for key, codes in found.items()} for language, found in own.items()},
        Phrases(entry for entry in entries if (_key(entry[0]), entry[1]) in known),
    )


def _without_small_words(
    options: tuple[str, ...], labels: Labels, every: Mapping[str, Collection[str]]
) -> list[tuple[str, str, Language]]:
    """Return what choices are called without ``at the``, where no other choice has these words in its name."""
    found = [
        (key, code, language)
        for language, names in labels
        for code, label in zip(options, names, strict=False)
        if (key := bare(_key(label), language))
    ]
    return [one for one in found if not any(_holds(name, *one) for name, codes in every.items() if codes != {one[1]})]


def _holds(name: str, key: str, _code: str, language: Language) -> bool:
    return key in name if language in JOINED else f" {key} " in f" {name} "


def _of(field: Field) -> _Names:
    return _names(field.question.options, tuple(field.labels.items()))


def read_one(field: Field, text: str, around: Around) -> Value:
    """Return the code of the one choice that a text names; raises Problem not_a_choice."""
    names, written = _of(field), normalise(text[:LONGEST])
    found = _one(names, text, written, around.language)
    if found is None:
        mentioned = _mentioned(names, written, around.language)
        found = next(iter(mentioned)) if len(mentioned) == 1 else None
    if found is None:
        raise Problem("not_a_choice")
    return found


def _one(names: _Names, text: str, written: Normalised, language: Language) -> str | None:
    """Return the choice that these words are, all of them."""
    plain = _SIGNS.sub(" ", _unframed(written, language).folded.replace(MASK, " ")).strip()
    whole = _key(text[:LONGEST]) or text.strip()
    for key in dict.fromkeys(
        (whole, _SIGNS.sub(" ", written.folded).strip(), plain, bare(whole, language), bare(plain, language))
    ):
        for found in (names.own.get(language, {}).get(key), names.by_name.get(key)):
            if found is not None and len(found) == 1:
                return next(iter(found))
    return _numbered(names, written, language) or _begun(names, plain) or _nearly(names, plain)


def _unframed(written: Normalised, language: Language) -> Normalised:
    """Return the message without its politeness."""
    return without(written, found_in(sections("polite", "weak"), written, language))


def _numbered(names: _Names, written: Normalised, language: Language) -> str | None:
    """Return the choice whose number is said alone, unless a choice's own name begins with that number."""
    if written.folded.lstrip().startswith("-"):
        return None
    found = numerals.find(written, language, whole=True) or []
    if len(found) != 1 or found[0].kind != "number" or not isinstance(found[0].value, int):
        return None
    beside = _unframed(written.masked([(found[0].start, found[0].end)]), language)
    beside = without(beside, found_in(sections("numbered"), beside, language))
    if _SIGNS.sub("", beside.folded.replace(MASK, "").replace("#", "")):
        return None
    begun = {code for key, codes in names.by_name.items() if key.split(" ")[0] == str(found[0].value) for code in codes}
    if begun:
        return next(iter(begun)) if len(begun) == 1 else None
    place = found[0].value - 1
    return names.options[place] if 0 <= place < len(names.options) else None


def _begun(names: _Names, key: str) -> str | None:
    """Return the only choice that begins so."""
    found = {code for name, codes in names.by_name.items() if key and name.startswith(key) for code in codes}
    return next(iter(found)) if len(found) == 1 else None


def _nearly(names: _Names, key: str) -> str | None:
    """Return the choice that is a slip or two away, if it is nearer than any other."""
    scored: dict[str, float] = {}
    for name, codes in names.by_name.items():
        score = nearness(key, name)
        for code in codes if score else ():
            scored[code] = max(score, scored.get(code, 0))
    best = [code for code, score in scored.items() if score == max(scored.values())]
    return best[0] if len(best) == 1 else None


def _mentioned(names: _Names, written: Normalised, language: Language) -> set[str]:
    """Return the choices named in a sentence; none where it says no to something."""
    found = found_in(names.phrases, written, language)
    if found_in(sections("no", "unsure"), without(written, found), language):
        return set()
    return {match.value for match in found}


def read_several(field: Field, text: str, around: Around) -> Value:
    """Return the codes of the choices named, in their order; raises Problem not_a_choice, too_few or too_many.

    Every part of the text must be a choice: none is left out in silence.
    """
    names, written = _of(field), normalise(text[:LONGEST].replace("\n", ";"))
    whole = names.by_name.get(_key(text[:LONGEST]))
    if whole is not None and len(whole) == 1:
        return check_several_choices(field, list(whole), around)
    said = _only(written, around.language)
    if said is not None:
        return check_several_choices(field, list(names.options) if said == "all" else [], around)
    return check_several_choices(field, sorted(_listed(names, written, around.language)), around)


def _only(written: Normalised, language: Language) -> str | None:
    """Return ``all`` or ``nothing`` if the message says only that."""
    found = found_in(sections("all", "nothing", "polite", "weak"), written, language)
    said = {match.value for match in found} & {"all", "nothing"}
    rest = without(written, found).folded.replace(MASK, "")
    return said.pop() if len(said) == 1 and not _SIGNS.sub("", rest) else None


def _listed(names: _Names, written: Normalised, language: Language) -> set[str]:
    """Return the choices of a list; every part of it must be one."""
    if _PAIR.match(written.folded):
        raise Problem("not_a_choice")  # 1-3 may be two choices or three
    found = found_in(names.phrases, written, language)
    taken = {match.value for match in found}
    rest = without(written, found)
    rest = without(rest, found_in(sections("and", "polite", "weak"), rest, language))
    rest = rest.masked(match.span() for match in _PARTS.finditer(rest.folded))
    figures = list(_FIGURES.finditer(rest.folded))
    for match in figures:
        one = _one(names, match[0], normalise(match[0]), language)
        taken |= {one or ""}
    rest = rest.masked(match.span() for match in figures)
    for match in re.finditer(rf"[^{MASK},;/•·|+&]+", rest.folded):
        part = match[0].strip(" .-–()\"'!:")
        if not part or not _SIGNS.sub("", part):
            continue
        taken |= {_one(names, part, normalise(part), language) or ""}
    if "" in taken or not taken:
        raise Problem("not_a_choice")
    return taken


def check_one(field: Field, value: Value, around: Around) -> Value:
    """Return the code of a choice; raises Problem not_a_choice."""
    if not isinstance(value, str) or value not in field.question.options:
        raise Problem("not_a_choice")
    return value


def check_several_choices(field: Field, value: Value, around: Around) -> Value:
    """Return the codes of choices in their order; raises Problem not_a_choice, too_few or too_many."""
    if not isinstance(value, list | tuple) or not all(isinstance(one, str) for one in value):
        raise Problem("not_a_choice")
    taken = set(value)
    if not taken <= set(field.question.options):
        raise Problem("not_a_choice")
    least = max(count(field.least, 0), 1 if field.question.required else 0)
    if len(taken) < least and (taken or field.question.required):
        raise Problem("too_few", least=least)
    check_several(field, tuple(taken))
    return [code for code in field.question.options if code in taken]


def check_several(field: Field, ticked: tuple[str, ...]) -> None:
    """Raise Problem too_many if more is ticked than the question takes."""
    most = count(field.most, len(field.question.options))
    if len(set(ticked)) > most:
        raise Problem("too_many", most=most)
