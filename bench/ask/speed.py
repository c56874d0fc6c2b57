"""How long one question takes, beside a bare JSON round trip of the same text in the same run.

Usage, from the repository's root: ``python -m bench.ask.speed FILE.jsonl``.
"""

from __future__ import annotations

import argparse
import json
import statistics
import time
from datetime import date
from pathlib import Path

from bot.ask.intents import IntentReader, shipped
from bot.ask.places import Gazetteer
from bot.ask.themes import Themes
from bot.ask.understand import Understanding

ROUNDS = 5
TODAY = date(2027, 3, 10)


def main() -> None:
    """Print medians, 99th percentiles and the ratio of the medians."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("file", type=Path)
    questions = [json.loads(line) for line in asked.parse_args().file.read_text(encoding="utf-8").splitlines()]
    began = time.process_time()
    understanding = Understanding(IntentReader(shipped()), Gazetteer(), Themes())
    understanding.understand("bonjour", "fr", TODAY)
    print(f"loading, the first question included: {(time.process_time() - began) * 1000:.0f} ms of processor")
    ours, worked, bare = [], [], []
    for _ in range(ROUNDS):
        for question in questions:
            before, began = time.process_time(), time.perf_counter()
            understanding.understand(question["text"], question["lang"], TODAY)
            middle, after = time.perf_counter(), time.process_time()
            json.loads(json.dumps(question))
            ours.append((middle - began) * 1000)
            worked.append((after - before) * 1000)
            bare.append((time.perf_counter() - middle) * 1000)
    for name, times in (("one question", ours), ("one question, of processor", worked), ("a JSON round trip", bare)):
        print(f"{name}: median {statistics.median(times):.3f} ms, p99 {statistics.quantiles(times, n=100)[98]:.3f} ms")
    print(f"ratio of the medians: {statistics.median(ours) / statistics.median(bare):.0f}")


if __name__ == "__main__":
    main()
