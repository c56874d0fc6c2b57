"""What the watch and the reminders cost: ``python -m bench.watch``; Linux only (``ru_maxrss`` in KiB).

Each figure comes from a process of its own, with a home of its own.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile

MEASURED = (
    ("issue", 1_000), ("issue", 10_000), ("issue", 100_000), ("reminders", 10_000), ("tick", 100_000, 10_000),
    ("forecast", 1_000), ("forecast", 10_000), ("forecast", 20_000),
)  # fmt: skip
"""The modules of this folder, with what they take before the home."""


def main() -> None:
    """Measure, and print a line a figure."""
    for module, *words in MEASURED:
        print(module, *words, f"load {os.getloadavg()[0]:.1f}", flush=True)
        with tempfile.TemporaryDirectory() as home:
            command = [sys.executable, "-m", f"bench.watch.{module}", *map(str, words), home]
            told = subprocess.run(command, capture_output=True, text=True, check=True)
        for name, figure in json.loads(told.stdout.strip().splitlines()[-1]).items():
            print(f"  {name:24} {figure:,.2f}", flush=True)


if __name__ == "__main__":
    main()
