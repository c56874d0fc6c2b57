"""How much CPU one step through a form of forty questions takes, beside a JSON round trip of the same session.

Usage, from the repository's root: ``python -m bench.forms.engine``.
"""

from __future__ import annotations

import json
import statistics
import time
from datetime import UTC, datetime

from bench.forms.forms import forty
from bot.forms.around import Around
from bot.forms.engine import advance
from bot.forms.opening import begin
from bot.forms.session import REVIEW, Session

NOW = datetime(2027, 5, 3, 2, tzinfo=UTC)
ROUNDS = 200


def main() -> None:
    """Print medians, 99th percentiles and the ratio of the medians."""
    definition, entries = forty()
    around = Around(today=NOW.date(), language="en")
    steps, kept, bare = list[float](), list[float](), list[float]()
    for _ in range(ROUNDS):
        session = begin(definition, NOW)
        for entry in entries:
            began = time.thread_time()
            came = advance(definition, session, entry, NOW, around)
            stepped = time.thread_time()
            assert came.problem is None, came.problem
            session = came.session
            plain = session.model_dump(mode="json")
            dumped = time.thread_time()
            json.loads(json.dumps(plain))
            tripped = time.thread_time()
            Session.read(session.written())
            steps.append((stepped - began) * 1e6)
            bare.append((tripped - dumped) * 1e6)
            kept.append((time.thread_time() - tripped) * 1e6)
        assert session.step == REVIEW
    named = (("one step", steps), ("a JSON round trip of its session", bare), ("writing and reading a session", kept))
    for name, times in named:
        print(f"{name}: median {statistics.median(times):.0f} µs, p99 {statistics.quantiles(times, n=100)[98]:.0f} µs")
    print(f"ratio of the medians, step to JSON: {statistics.median(steps) / statistics.median(bare):.2f}")


if __name__ == "__main__":
    main()
