"""Reads the word files of ``bot/ask/words``: what a translator can read and extend."""

from __future__ import annotations

import tomllib
from functools import lru_cache
from importlib.resources import files
from typing import Any


def _read(name: str) -> str:
    return (files("bot.ask") / "words" / name).read_text(encoding="utf-8")


@lru_cache(maxsize=16)
def table(name: str) -> dict[str, Any]:
    """Return what stands in a TOML file of the folder, ``fr.toml`` for instance; it is not to be changed."""
    return tomllib.loads(_read(name))


@lru_cache(maxsize=4)
def words(name: str) -> frozenset[str]:
    """Return the words of a text file of the folder, parted by spaces; a line that starts with # is a remark."""
    return frozenset(word for line in _read(name).splitlines() if not line.startswith("#") for word in line.split())
