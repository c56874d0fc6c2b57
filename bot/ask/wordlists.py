"""Reads the word files of ``bot/ask/words``: what a translator can read and extend."""

from __future__ import annotations

import re
from functools import lru_cache
from importlib.resources import files
from itertools import product
from typing import Any

import tomli

_ALTERNATIVES = re.compile(r"\{([^{}]*)\}")


def _read(name: str) -> str:
    return (files("bot.ask") / "words" / name).read_text(encoding="utf-8")


@lru_cache(maxsize=16)
def table(name: str) -> dict[str, Any]:
    """Return what stands in a TOML file of the folder, ``fr.toml`` for instance; it is not to be changed.

    Words of a list that differ in a part may be written as one: ``write to {everyone|all cities}``, ``member{|s}``.
    """
    found: dict[str, Any] = _written_out(tomli.loads(_read(name)))
    return found


def _written_out(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _written_out(one) for key, one in value.items()}
    if isinstance(value, list):
        return [word for one in value for word in (every_word(one) if isinstance(one, str) else (one,))]
    return value


def every_word(written: str) -> list[str]:
    """Return the words that one with alternatives in braces stands for, in their order."""
    if "{" not in written:
        return [written]
    parts = [part.split("|") for part in _ALTERNATIVES.split(written)]
    choices = [part if place % 2 else ["|".join(part)] for place, part in enumerate(parts)]
    return ["".join(chosen) for chosen in product(*choices)]


@lru_cache(maxsize=4)
def words(name: str) -> frozenset[str]:
    """Return the words of a text file of the folder, parted by spaces; a line that starts with # is a remark."""
    return frozenset(word for line in _read(name).splitlines() if not line.startswith("#") for word in line.split())
