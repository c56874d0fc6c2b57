"""What is measured: sending, answering, queueing, keeping the pace."""

from __future__ import annotations

import shutil
import subprocess
import tempfile
import time
from collections.abc import Mapping
from pathlib import Path

from bench.delivery.harness import cpu, measured, ours, peer, running, server

Figures = dict[str, float]
AT_ONCE = 64
SENDERS: Mapping[str, int] = {
    "python-telegram-bot": 1_000, "aiogram": 4_000, "grammY": 15_000, "telegraf": 15_000, "Relais": 10_000,
    "Relais at 1,000/s": 5_000,
}  # fmt: skip
"""How many messages each sends: Node needs some ten thousand until its code is compiled."""
ANSWERERS: Mapping[str, int] = {
    "python-telegram-bot": 2_000, "aiogram": 3_000, "grammY": 10_000, "telegraf": 10_000, "Relais, /meetings": 3_000,
    "Relais, a question": 1_000,
}  # fmt: skip
SCRIPTS = {
    "python-telegram-bot": "ptb_{}.py", "aiogram": "aiogram_{}.py", "grammY": "grammy_{}.js",
    "telegraf": "telegraf_{}.js",
}  # fmt: skip
TEXTS = {"Relais, /meetings": "/meetings", "Relais, a question": "quand a lieu la prochaine reunion a Hue ?"}
RATE, SECONDS = 50, 6


class Homes:
    """Homes of the assistant, made once and copied for every run."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def copy(self, count: int = 0) -> Path:
        """A home of its own, with a campaign to ``count`` people waiting in it."""
        made = self._folder / f"made-{count}"
        if not made.exists():
            subprocess.run(ours("relais_bot", "prepare", made, count), check=True)
        copied = Path(tempfile.mkdtemp(dir=self._folder))
        shutil.copytree(made, copied, dirs_exist_ok=True)
        return copied

    def empty(self) -> Path:
        """An empty home."""
        return Path(tempfile.mkdtemp(dir=self._folder))


def sending(name: str, homes: Homes) -> Figures:
    """CPU milliseconds a 1,000 messages, messages a second."""
    count = SENDERS[name]
    if name in SCRIPTS:
        command = peer(SCRIPTS[name].format("send"), count, AT_ONCE)
    else:
        command = ours("relais_send", count, 1_000 if "1,000" in name else 0, homes.empty())
    with server() as there:
        found = measured(command)
        assert there.tell("stats")["sendMessage"] >= count
    return {
        "cpu": found["cpu"] / count * 1e6,
        "rate": count / found["seconds"],
        "core": found["cpu"] / found["seconds"],
    }


def answering(name: str, homes: Homes) -> Figures:
    """CPU milliseconds a 1,000 updates given at once, updates a second; delays in milliseconds at 50 a second."""
    count = ANSWERERS[name]
    command = peer(SCRIPTS[name].format("bot")) if name in SCRIPTS else ours("relais_bot", "run", homes.copy())
    with server() as there, running(command) as pid:
        there.tell("text", t=TEXTS.get(name, "hello"))
        there.until(lambda stats: stats["waiting"] > 0, 60)
        there.tell("push", n=2_000)
        there.until(lambda stats: stats["answered"] >= 2_000)
        time.sleep(0.5)
        there.tell("reset")
        before = cpu(pid)
        there.tell("push", n=count)
        stats = there.until(lambda stats: stats["answered"] >= count)
        used = cpu(pid) - before
        time.sleep(0.5)
        there.tell("reset")
        there.tell("push", n=RATE * SECONDS, rate=RATE)
        there.until(lambda stats: stats["answered"] >= RATE * SECONDS)
        delays = sorted(there.tell("lat"))
    return {
        "cpu": used / count * 1e6,
        "rate": count / (stats["last_send"] - stats["first_served"]),
        "p50": delays[len(delays) // 2] / 1e3,
        "p99": delays[int(len(delays) * 0.99)] / 1e3,
    }


def pacing(rate: int, seconds: float, asked: int, homes: Homes) -> Figures:
    """A campaign to 10,000 at that pace, the server's limits on, so many questions a second: calls a second, refusals.

    Where somebody asks, also the delays of the answers in milliseconds.
    """
    home = homes.copy(10_000)
    with server() as there:
        there.tell("limits", overall=rate, chat=1)
        there.tell("text", t="/meetings")
        with running(ours("relais_bot", "run", home, rate)):
            there.until(lambda stats: stats["sendMessage"] > rate, 60)
            there.tell("reset")
            if asked:
                there.tell("push", n=int(asked * seconds), rate=asked)
            time.sleep(seconds)
            calls, refused = there.tell("calls"), there.tell("stats")["refused"]
            there.until(lambda stats: stats["answered"] >= int(asked * seconds), 30)
            delays = sorted(there.tell("lat"))
    found = {"rate": (len(calls) - 1) / (calls[-1] - calls[0]) * 1e6, "refused": refused}
    if asked:
        found |= {"p50": delays[len(delays) // 2] / 1e3, "p99": delays[int(len(delays) * 0.99)] / 1e3}
    return found


def queueing(count: int, homes: Homes) -> Figures:
    """Seconds and MB to queue a campaign to that many people."""
    return measured(ours("relais_queue", "people", count, homes.empty()))


def row(count: int, homes: Homes) -> Figures:
    """CPU milliseconds a 1,000 rows, leased and settled, among that many."""
    return {"cpu": measured(ours("relais_queue", "rows", count, homes.empty()))["row"] * 1e6}
