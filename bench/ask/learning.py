"""Learns the model from phrasings: scikit-learn's linear classifiers, then whole numbers."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
from scipy import sparse
from sklearn.svm import LinearSVC

from bench.ask.phrasings import Phrasing, Places
from bot.ask import features
from bot.ask.concepts import Lexicon, dates_pattern
from bot.ask.intents import INTENTS
from bot.ask.model import ZERO
from bot.ask.normalise import normalise
from bot.network.languages import Language

Matrix = npt.NDArray[np.float64]
LATIN: tuple[Language, ...] = ("fr", "vi", "en")
MOST_PIECES = 36_000
MOST_RELATIONS = 6_000
SHARE = 0.6
"""How much the concepts count beside the pieces."""
_STRICTNESS = 0.5
_UNMARKED = 0.5
_SLIP = 0.4


@dataclass(frozen=True)
class Example:
    """A phrasing, or what a phone makes of it, as the model counts it."""

    phrasing: Phrasing
    pieces: frozenset[str]
    relations: frozenset[str]
    weight: float


class Examples:
    """Turns phrasings into examples."""

    def __init__(self, lexicon: Lexicon) -> None:
        self._lexicon = lexicon
        self._dates = dates_pattern(lexicon)
        self._places = Places()

    def of(self, phrasing: Phrasing, *, copies: bool) -> list[Example]:
        """Return the phrasing's example; with ``copies`` also without its marks and with a slip of the finger."""
        texts = [(phrasing.text, 1.0)]
        message = normalise(phrasing.text)
        if copies and phrasing.language == "vi" and message.vietnamese:
            texts.append((message.folded, _UNMARKED))
        if copies and phrasing.language in LATIN:
            texts.append((_slip(phrasing.text), _SLIP))
        return [self._example(phrasing, text, weight) for text, weight in texts]

    def _example(self, phrasing: Phrasing, text: str, weight: float) -> Example:
        message = normalise(text)
        seen = features.view(message, self._places.find(message), self._dates)
        concepts = self._lexicon.find(seen, phrasing.language == "vi" and not seen.vietnamese)
        return Example(phrasing, frozenset(features.pieces(seen)), frozenset(features.relations(concepts)), weight)


def _slip(text: str) -> str:
    """Return the text with one slip of the finger, always the same one for the same text."""
    if len(text) < 8:
        return text
    chance = random.Random(text)
    at = chance.randrange(1, len(text) - 2)
    return chance.choice(
        [text[:at] + text[at + 1 :], text[:at] + text[at + 1] + text[at] + text[at + 2 :], text[: at + 1] + text[at:]]
    )


class Block:
    """The features of one kind: their names, and how rare each is."""

    def __init__(self, documents: Sequence[Iterable[str]], least: int = 2) -> None:
        counted = Counter(name for document in documents for name in document)
        self.names = sorted(name for name, count in counted.items() if count >= least)
        self.idf = np.array([np.log((1 + len(documents)) / (1 + counted[name])) + 1 for name in self.names])
        self._at = {name: at for at, name in enumerate(self.names)}

    def keep(self, chosen: Sequence[int]) -> None:
        """Keep only these features."""
        self.names = [self.names[at] for at in chosen]
        self.idf = self.idf[np.array(chosen, dtype=int)]
        self._at = {name: at for at, name in enumerate(self.names)}

    def matrix(self, documents: Sequence[Iterable[str]]) -> sparse.csr_matrix:
        """Return a row of length 1 for each document."""
        rows, columns = [], []
        for row, document in enumerate(documents):
            known = sorted(self._at[name] for name in document if name in self._at)
            rows += [row] * len(known)
            columns += known
        values = self.idf[columns] if columns else np.array([])
        found = sparse.csr_matrix((values, (rows, columns)), shape=(len(documents), len(self.names)))
        size = np.sqrt(np.asarray(found.multiply(found).sum(axis=1)).ravel())
        size[size == 0] = 1.0
        return sparse.csr_matrix(sparse.diags(1 / size) @ found)


@dataclass(frozen=True)
class Learned:
    """What was learned, before it becomes whole numbers."""

    pieces: Block
    relations: Block
    weights: Matrix
    """An intent a row, a feature a column: the pieces, then the relations."""
    bias: Matrix
    tongues: Matrix
    tongue_bias: Matrix

    def scores(self, examples: Sequence[Example]) -> Matrix:
        """Return the intents' scores for each example."""
        found: Matrix = _rows(self.pieces, self.relations, examples) @ self.weights.T + self.bias
        return found


def _rows(pieces: Block, relations: Block, examples: Sequence[Example]) -> sparse.csr_matrix:
    return sparse.csr_matrix(
        sparse.hstack(
            [
                pieces.matrix([example.pieces for example in examples]),
                SHARE * relations.matrix([example.relations for example in examples]),
            ]
        )
    )


def learn(examples: Sequence[Example]) -> Learned:
    """Learn the intents and the languages; the rarest-used features are left out and the rest learned again."""
    originals = [example for example in examples if example.weight == 1.0]
    pieces = Block([example.pieces for example in examples if example.weight != _SLIP])
    relations = Block([example.relations for example in originals])
    goals = np.array([INTENTS.index(example.phrasing.intent) for example in examples])
    how_much = np.array([example.weight for example in examples])
    weights, _ = _fit(_rows(pieces, relations, examples), goals, how_much)
    at = len(pieces.names)
    relations.keep(_weightiest(weights[:, at:], MOST_RELATIONS))
    pieces.keep(_weightiest(weights[:, :at], MOST_PIECES))
    weights, bias = _fit(_rows(pieces, relations, examples), goals, how_much)
    spoken = [example for example in examples if example.phrasing.language in LATIN and example.weight != _SLIP]
    tongues = np.array([LATIN.index(example.phrasing.language) for example in spoken])
    rows = pieces.matrix([example.pieces for example in spoken])
    return Learned(pieces, relations, weights, bias, *_fit(rows, tongues, np.ones(len(spoken))))


def _fit(rows: sparse.csr_matrix, goals: Any, how_much: Any) -> tuple[Matrix, Matrix]:
    classifier = LinearSVC(C=_STRICTNESS, class_weight="balanced", random_state=0, max_iter=2000)
    classifier.fit(rows, goals, sample_weight=how_much)
    return classifier.coef_, classifier.intercept_


def _weightiest(weights: Matrix, most: int) -> list[int]:
    strength = np.abs(weights).max(axis=0)
    order = sorted(range(weights.shape[1]), key=lambda at: (-strength[at], at))
    return sorted(order[:most])


def whole(block: Block, weights: Matrix, share: float) -> tuple[bytes, float]:
    """Return the weights as bytes, a feature a row with its own weight last, and what a unit of them is worth."""
    real = weights * block.idf
    unit = np.abs(real).max() / (ZERO - 1)
    square = block.idf**2
    per_square = 255 / square.max()
    lanes = np.vstack([np.rint(real / unit) + ZERO, np.rint(square * per_square)])
    return lanes.T.astype(np.uint8).tobytes(), float(unit * np.sqrt(per_square) * share)
