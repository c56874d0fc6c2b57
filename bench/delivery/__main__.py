"""Delivery side by side with its peers: ``python -m bench.delivery [ROUNDS]``; Linux, two cores, a C compiler.

Everything is measured in turns within each round, and medians over the rounds are printed, with ratios taken within
each round.  A picture goes to ``bench/delivery/results.svg``.
"""

from __future__ import annotations

import os
import statistics
import sys
import tempfile
from collections import defaultdict
from collections.abc import Callable
from pathlib import Path

from bench.delivery import sides
from bench.delivery.harness import HERE, prepare_peers
from bench.delivery.picture import bars
from bench.delivery.sides import ANSWERERS, SENDERS, Figures, Homes

BASE = "python-telegram-bot"
Runs = dict[str, list[Figures]]


def rounds(count: int, homes: Homes, absent: frozenset[str]) -> tuple[Runs, Runs, Runs]:
    """Measure all of it in every round."""
    out: Runs = defaultdict(list)
    answers: Runs = defaultdict(list)
    others: Runs = defaultdict(list)
    single: dict[str, Callable[[], Figures]] = {
        "30/s": lambda: sides.pacing(30, 15, 0, homes),
        "30/s, 2 questions/s": lambda: sides.pacing(30, 20, 2, homes),
        "1,000/s, 20 questions/s": lambda: sides.pacing(1_000, 6, 20, homes),
        "queue 100,000": lambda: sides.queueing(100_000, homes),
        **{f"row among {rows:,}": lambda rows=rows: sides.row(rows, homes) for rows in (1_000, 100_000, 1_000_000)},  # type: ignore[misc]
    }
    for number in range(1, count + 1):
        print(f"round {number}, load {os.getloadavg()[0]:.1f}", flush=True)
        for name in (one for one in SENDERS if one not in absent):
            keep(out, name, lambda name=name: sides.sending(name, homes))  # type: ignore[misc]
        for name in (one for one in ANSWERERS if one not in absent):
            keep(answers, name, lambda name=name: sides.answering(name, homes))  # type: ignore[misc]
        for name, measure in single.items():
            keep(others, name, measure)
    return out, answers, others


def keep(runs: Runs, name: str, measure: Callable[[], Figures]) -> None:
    """Measure once, and say what came out."""
    found = measure()
    runs[name].append(found)
    print(f"  {name:24}", " ".join(f"{key} {value:.2f}" for key, value in found.items()), flush=True)


def table(runs: Runs) -> list[str]:
    """Medians as lines of Markdown; how many times less CPU than the first, by round."""
    keys = list(next(iter(runs.values()))[0])
    lines = [f"| | {' | '.join(keys)} | CPU, times less |", f"|---|{'---|' * (len(keys) + 1)}"]
    for name, found in runs.items():
        cells = [f"{statistics.median(one[key] for one in found):,.2f}" for key in keys]
        less = statistics.median(
            base["cpu"] / one["cpu"] for base, one in zip(runs[BASE], found, strict=True)
        ) if BASE in runs else 1.0  # fmt: skip
        lines.append(f"| {name} | {' | '.join(cells)} | {less:.1f} |")
    return lines


def median(runs: Runs, key: str) -> dict[str, float]:
    """One figure of everybody."""
    return {name: statistics.median(one[key] for one in found) for name, found in runs.items()}


def main() -> None:
    """Measure, print, draw."""
    missing = prepare_peers()
    print(*missing, sep="\n")
    absent = frozenset(("grammY", "telegraf")) if missing else frozenset()
    with tempfile.TemporaryDirectory() as folder:
        out, answers, others = rounds(int(sys.argv[1]) if sys.argv[1:] else 3, Homes(Path(folder)), absent)
    print("\nsending\n", *table(out), "\nanswering\n", *table(answers), sep="\n")
    for name, found in others.items():
        figures = {key: statistics.median(one[key] for one in found) for key in found[0]}
        print(f"{name}: " + ", ".join(f"{key} {value:,.2f}" for key, value in figures.items()))
    drawn = bars({"Sending 1,000 messages": median(out, "cpu"), "Answering 1,000 messages": median(answers, "cpu")})
    (HERE / "results.svg").write_text(drawn, encoding="utf-8")


if __name__ == "__main__":
    main()
