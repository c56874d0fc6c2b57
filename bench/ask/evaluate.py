"""Prints how often the intents of a questions file are read right.

Usage, from the repository's root: ``python -m bench.ask.evaluate FILE.jsonl [--misses]``.
A line of the file has ``lang``, ``text`` and ``intent``.
"""

from __future__ import annotations

import argparse
import json
from pathlib import Path

from bench.ask.phrasings import Places
from bench.ask.tables import Outcome, table
from bot.ask.intents import IntentReader, shipped
from bot.ask.normalise import normalise


def main() -> None:
    """Print the table."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("file", type=Path)
    asked.add_argument("--misses", action="store_true", help="print each question that is read wrong")
    asked.add_argument("--no-hint", action="store_true", help="do not tell the reader's language")
    chosen = asked.parse_args()
    reader, places = IntentReader(shipped()), Places()
    outcomes = []
    for line in chosen.file.read_text(encoding="utf-8").splitlines():
        question = json.loads(line)
        message = normalise(question["text"])
        hint = None if chosen.no_hint else question["lang"]
        read = reader.intents(message, hint, places.find(message))
        outcomes.append(Outcome(question["lang"], question["intent"], read.top))
        if chosen.misses and read.first != question["intent"]:
            print(question["lang"], question["text"], question["intent"], *read.top, f"{read.confidence:.2f}", sep="\t")
    print(table(outcomes))


if __name__ == "__main__":
    main()
