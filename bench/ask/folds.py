"""Cross-validation: what the model says to phrasings whose near-duplicates it has not seen."""

from __future__ import annotations

import random
from collections import Counter, defaultdict
from collections.abc import Sequence

import numpy as np

from bench.ask.learning import Examples, Matrix, learn
from bench.ask.phrasings import Phrasing
from bot.ask.intents import INTENTS
from bot.ask.normalise import normalise

ALIKE = 0.55


def groups(texts: Sequence[str]) -> list[int]:
    """Return a number for each text, the same for texts that share most of their threes of letters."""
    threes = [{text[at : at + 3] for at in range(max(1, len(text) - 2))} for text in texts]
    holders: dict[str, list[int]] = defaultdict(list)
    leader = list(range(len(texts)))

    def first(of: int) -> int:
        while leader[of] != of:
            of = leader[of]
        return of

    for at, mine in enumerate(threes):
        shared = Counter(other for three in mine for other in holders[three])
        for other, count in sorted(shared.items()):
            if count > ALIKE * (len(mine) + len(threes[other]) - count):
                leader[first(at)] = first(other)
        for three in mine:
            holders[three].append(at)
    return [first(at) for at in range(len(texts))]


def unseen_scores(phrasings: Sequence[Phrasing], examples: Examples, folds: int = 5) -> Matrix:
    """Return the scores of every phrasing by a model that has seen none of its group."""
    grouped = groups([normalise(phrasing.text).folded for phrasing in phrasings])
    chance = random.Random(0)
    fold_of = {group: chance.randrange(folds) for group in sorted(set(grouped))}
    folded = [fold_of[group] for group in grouped]
    made = [examples.of(phrasing, copies=True) for phrasing in phrasings]
    scores = np.zeros((len(phrasings), len(INTENTS)))
    for fold in range(folds):
        inside = [example for at, found in enumerate(made) if folded[at] != fold for example in found]
        outside = [at for at in range(len(made)) if folded[at] == fold]
        scores[outside] = learn(inside).scores([made[at][0] for at in outside])
    return scores


def warmth(scores: Matrix, goals: Sequence[int]) -> float:
    """Return what makes probabilities of the scores that are as often right as they say."""
    best, found = float("inf"), 1.0
    for tenth in range(10, 61):
        heat = scores * tenth / 10
        heat -= heat.max(axis=1, keepdims=True)
        logs = heat - np.log(np.exp(heat).sum(axis=1, keepdims=True))
        loss = -float(logs[np.arange(len(goals)), list(goals)].mean())
        if loss < best:
            best, found = loss, tenth / 10
    return found
