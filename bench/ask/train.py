"""Makes ``bot/ask/weights.bin`` from the phrasings and the lexicon; the same bytes every time.

Usage, from the repository's root: ``python -m bench.ask.train [--out FILE] [--folds]``; needs scikit-learn and numpy.
``--folds`` cross-validates, prints the table and measures the probabilities again (``WARMTH`` below holds the last).
"""

from __future__ import annotations

import argparse
from pathlib import Path

import numpy as np

from bench.ask.folds import unseen_scores, warmth
from bench.ask.learning import LATIN, SHARE, Examples, Learned, learn, whole
from bench.ask.phrasings import ASK, fingerprint, read_lexicon, read_phrasings
from bench.ask.tables import Outcome, table
from bot.ask.concepts import Lexicon
from bot.ask.intents import INTENTS, Intent
from bot.ask.model import write

WARMTH = 4.0
"""Measured by ``--folds``."""
LEANINGS: dict[Intent, float] = {"out_of_scope": 0.12, "meetings": 0.08}
"""Added to scores: they are asked for more often than the phrasings show."""


def packed(learned: Learned, lexicon: Lexicon) -> bytes:
    """Return the weights file's bytes."""
    at = len(learned.pieces.names)
    pieces, piece_scale = whole(learned.pieces, np.vstack([learned.weights[:, :at], learned.tongues]), 1.0)
    relations, relation_scale = whole(learned.relations, learned.weights[:, at:], SHARE)
    bias = [round(float(value), 6) for value in (*learned.bias, *learned.tongue_bias)]
    for intent, leaning in LEANINGS.items():
        bias[INTENTS.index(intent)] += leaning
    head = {
        "intents": INTENTS,
        "languages": LATIN,
        "bias": bias,
        "warmth": WARMTH,
        "made_from": fingerprint(),
        "pieces": {"count": at, "lanes": len(INTENTS) + len(LATIN), "scale": round(piece_scale, 9)},
        "relations": {"count": len(learned.relations.names), "lanes": len(INTENTS), "scale": round(relation_scale, 9)},
    }
    return write(head, lexicon, pieces + relations, [*learned.pieces.names, *learned.relations.names])


def cross_validate(examples: Examples) -> None:
    """Print the table of the cross-validation, and the warmth."""
    phrasings = read_phrasings()
    scores = unseen_scores(phrasings, examples)
    goals = [INTENTS.index(phrasing.intent) for phrasing in phrasings]
    for intent, leaning in LEANINGS.items():
        scores[:, INTENTS.index(intent)] += leaning
    order = np.argsort(-scores, axis=1, kind="stable")[:, :3]
    tops = [tuple(INTENTS[at] for at in row) for row in order]
    print(f"cross-validation, {len(phrasings)} phrasings; warmth {warmth(scores, goals)}")
    print(table([Outcome(p.language, p.intent, top) for p, top in zip(phrasings, tops, strict=True)]))


def main() -> None:
    """Make the file."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--out", type=Path, default=ASK / "weights.bin")
    asked.add_argument("--folds", action="store_true")
    chosen = asked.parse_args()
    lexicon = read_lexicon()
    examples = Examples(lexicon)
    if chosen.folds:
        cross_validate(examples)
        return
    made = [example for phrasing in read_phrasings() for example in examples.of(phrasing, copies=True)]
    data = packed(learn(made), lexicon)
    chosen.out.write_bytes(data)
    print(f"{chosen.out}: {len(data):,} bytes from {len(made):,} examples, {fingerprint()}")


if __name__ == "__main__":
    main()
