"""The network's organisations by what people write: any language, any spelling, with slips."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from bot.network.records import Organisation
from bot.network.spelling import EXACT, fold, fold_written, likeness, mention, nearness

NEAREST = 3
"""How many organisations are offered at most."""
_RESEMBLING = 60.0


def named(organisations: Iterable[Organisation], text: str) -> tuple[Organisation, ...]:
    """Return the organisations that the text names, a slip or two apart, best first; else those that it mentions."""
    written = fold_written(text)
    places = tuple(organisations)
    return _best(places, lambda name: nearness(written, name)) or _best(places, lambda name: mention(written, name))


def exactly(organisations: Iterable[Organisation], text: str) -> Organisation | None:
    """Return the one organisation that has this name or spelling, marks and case aside; None if none or several."""
    written = fold_written(text)
    found = [one for one in organisations if any(nearness(written, name) == EXACT for name in _names(one))]
    return found[0] if len(found) == 1 else None


def resembling(organisations: Iterable[Organisation], text: str) -> tuple[Organisation, ...]:
    """Return the organisations that the text may stand for, best first."""
    written = fold_written(text)
    return _best(tuple(organisations), lambda name: likeness(written, name), _RESEMBLING)


def _best(
    organisations: tuple[Organisation, ...], score: Callable[[str], float], least: float = 1.0
) -> tuple[Organisation, ...]:
    scored = [(max(map(score, _names(one))), one) for one in organisations]
    ranked = sorted((pair for pair in scored if pair[0] >= least), key=lambda pair: (-pair[0], pair[1].code))
    return tuple(one for _, one in ranked[:NEAREST])


def _names(organisation: Organisation) -> set[str]:
    names = (version.text for version in organisation.name.root.values())
    return {folded for name in (*names, *organisation.spellings) if (folded := fold(name))}
