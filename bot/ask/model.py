"""A linear model over the pieces of a message: shipped as small whole numbers, added up without any library.

What a feature says for every lane (an intent, a language, its own weight, and 1) is one long integer of 24-bit lanes,
so that a message is scored by adding integers. ``bench/ask/train.py`` makes the file.
"""

from __future__ import annotations

import math
import struct
import zlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import orjson

from bot.ask.concepts import Lexicon
from bot.network.languages import Language

MAGIC = b"RLSM2\n"
ZERO = 128
"""Added to every weight, so that a lane is never negative."""
_LANE = 3
_COLUMN = "\x1e"
"""What parts the columns of words."""
_FIRST = 0x4E00
"""The character that stands for the first of the meanings that words have."""
_TABLES = ("exact", "prefix", "marked", "unmarked", "inside")


@dataclass(frozen=True, slots=True)
class Sums:
    """What the known features of a message add up to."""

    weights: tuple[int, ...]
    """A sum for each weight lane."""
    size: float
    """The length of the message as a vector: what the sums are divided by."""


class Weights:
    """The features of one kind, with a weight for each lane."""

    def __init__(self, names: Sequence[str], matrix: bytes, lanes: int, scale: float) -> None:
        self.scale = scale
        self._lanes = lanes
        width = lanes + 1
        if len(matrix) != len(names) * width:
            raise ValueError("the weights do not fit their features")
        row = (width + 1) * _LANE
        spread = bytearray(len(names) * row)
        for lane in range(width):
            spread[lane * _LANE :: row] = matrix[lane::width]
        spread[width * _LANE :: row] = b"\1" * len(names)
        number = int.from_bytes
        self._rows = {name: number(spread[at * row : at * row + row], "little") for at, name in enumerate(names)}
        self._row = row

    def __len__(self) -> int:
        return len(self._rows)

    def __contains__(self, feature: object) -> bool:
        return feature in self._rows

    def add(self, features: Iterable[str]) -> Sums:
        """Return the sums of the features that are known; an unknown one says nothing."""
        known = self._rows.get
        packed = sum([known(feature, 0) for feature in features]).to_bytes(self._row, "little")
        *lanes, square, count = [int.from_bytes(packed[at : at + _LANE], "little") for at in range(0, self._row, _LANE)]
        zero = count * ZERO
        return Sums(tuple([lane - zero for lane in lanes]), math.sqrt(square))

    def scores(self, sums: Sums) -> list[float]:
        """Return the scores of the lanes."""
        factor = self.scale / sums.size if sums.size else 0.0
        return [weight * factor for weight in sums.weights]


@dataclass(frozen=True, slots=True)
class Model:
    """Everything that was learned, and the lexicon that it was learned with."""

    intents: tuple[str, ...]
    languages: tuple[Language, ...]
    """The languages in Latin letters; Khmer and Lao show in their script."""
    pieces: Weights
    """Lanes: the intents, then the languages."""
    relations: Weights
    """Lanes: the intents."""
    bias: tuple[float, ...]
    """Of the intents, then the languages."""
    warmth: float
    """What the intents' scores are multiplied by before they become probabilities."""
    lexicon: Lexicon
    made_from: str
    """The fingerprint of the phrasings and words that it was learned from."""

    def tongues(self, sums: Sums) -> list[float]:
        """Return the scores of the languages."""
        at = len(self.intents)
        return [score + bias for score, bias in zip(self.pieces.scores(sums)[at:], self.bias[at:], strict=True)]

    def scores(self, pieces: Sums, relations: Sums) -> list[float]:
        """Return the scores of the intents."""
        one, two = self.pieces.scores(pieces), self.relations.scores(relations)
        return [a + b + c for a, b, c in zip(one, two, self.bias, strict=False)]

    def probabilities(self, scores: Sequence[float]) -> list[float]:
        """Return the intents' probabilities, calibrated on questions that the model had not seen."""
        highest = max(scores)
        powers = [math.exp(self.warmth * (score - highest)) for score in scores]
        total = sum(powers)
        return [power / total for power in powers]


def read(data: bytes) -> Model:
    """Return the model in the bytes of a weights file; a file of another kind is a ValueError."""
    if not data.startswith(MAGIC):
        raise ValueError("not a weights file of this version")
    header_size, matrix_size = struct.unpack_from("<II", data, len(MAGIC))
    body = zlib.decompress(data[len(MAGIC) + 8 :])
    head: dict[str, Any] = orjson.loads(body[:header_size])
    matrix, names = body[header_size : header_size + matrix_size], body[header_size + matrix_size :].decode()
    names, *columns = names.split(_COLUMN)
    kinds = {}
    for kind in ("pieces", "relations"):
        count, lanes = head[kind]["count"], head[kind]["lanes"]
        size = count * (lanes + 1)
        kinds[kind] = (matrix[:size], lanes, head[kind]["scale"], count)
        matrix = matrix[size:]
    listed = names.split("\n")
    first = kinds["pieces"][3]
    return Model(
        intents=tuple(head["intents"]),
        languages=tuple(head["languages"]),
        pieces=Weights(listed[:first], *kinds["pieces"][:3]),
        relations=Weights(listed[first:], *kinds["relations"][:3]),
        bias=tuple(head["bias"]),
        warmth=head["warmth"],
        lexicon=_lexicon(head["lexicon"], columns),
        made_from=head["made_from"],
    )


def _lexicon(told: Mapping[str, Any], columns: Sequence[str]) -> Lexicon:
    """Return the lexicon; its words and what they stand for are columns of text, which are read faster than JSON."""
    meanings = [tuple(known) for known in told["meanings"]]
    tables: dict[str, dict[str, tuple[str, ...]]] = {}
    for name, forms, stands in zip(_TABLES, columns[::2], columns[1::2], strict=True):
        known = [meanings[ord(char) - _FIRST] for char in stands]
        tables[name] = dict(zip(forms.split("\n"), known, strict=True)) if known else {}
    return Lexicon(**tables, dates=tuple(told["dates"]))


def write(head: Mapping[str, Any], lexicon: Lexicon, matrix: bytes, names: Sequence[str]) -> bytes:
    """Return the bytes of a weights file, the same for the same content."""
    tables: list[Mapping[str, tuple[str, ...]]] = [getattr(lexicon, name) for name in _TABLES]
    meanings = sorted({known for table in tables for known in table.values()})
    chars = {known: chr(_FIRST + at) for at, known in enumerate(meanings)}
    columns = ["\n".join(names)]
    for table in tables:
        columns += ["\n".join(table), "".join(chars[known] for known in table.values())]
    told = {"meanings": meanings, "dates": lexicon.dates}
    header = orjson.dumps({**head, "lexicon": told}, option=orjson.OPT_SORT_KEYS)
    body = header + matrix + _COLUMN.join(columns).encode()
    return MAGIC + struct.pack("<II", len(header), len(matrix)) + zlib.compress(body, 9)
