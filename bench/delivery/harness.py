"""The server on one core, whoever is measured on the other; Linux only (``taskset``, ``/proc``)."""

from __future__ import annotations

import contextlib
import http.client
import json
import os
import shutil
import signal
import subprocess
import sys
import time
import venv
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any
from urllib.parse import quote

HERE = Path(__file__).resolve().parent
BUILT = HERE.parents[1] / "build" / "bench"
"""What is made once: the server, the peers' environments."""
BOT_CORE, SERVER_CORE, PORT = "0", "1", 8098
API = f"http://127.0.0.1:{PORT}"
TOKEN = "1234567:" + "t" * 35
TEXT = (
    "<b>Meeting of the working group on water</b>\n"
    "Tuesday 18 May 2027, 14:30 in Phnom Penh, in two weeks. It takes place in the city hall and by video.\n\n"
    "The programme and the documents of the last meeting are behind the buttons below. Cities that bring a project of"
    " their own are asked to register before the end of the month, and to name who will speak. Questions? Write to the"
    " secretariat; it answers within one working day."
)
"""What every peer sends: about 400 characters, as an answer of ours has them."""


class Server:
    """The Bot API server, in C."""

    def __init__(self) -> None:
        binary, source = BUILT / "server", HERE / "server.c"
        if not binary.exists() or binary.stat().st_mtime < source.stat().st_mtime:
            BUILT.mkdir(parents=True, exist_ok=True)
            subprocess.run(["cc", "-O2", "-o", str(binary), str(source)], check=True)
        command = ["taskset", "-c", SERVER_CORE, str(binary), str(PORT)]
        self._process = subprocess.Popen(command, stderr=subprocess.DEVNULL)
        end = time.monotonic() + 5
        while True:
            try:
                self.tell("stats")
                return
            except OSError:
                if time.monotonic() > end:
                    raise
                time.sleep(0.02)

    def tell(self, command: str, **values: object) -> Any:
        """Give a command (``server.c`` explains them), and return what it answers."""
        connection = http.client.HTTPConnection("127.0.0.1", PORT, timeout=30)
        query = "&".join(f"{name}={quote(str(value))}" for name, value in values.items())
        connection.request("GET", f"/ctl/{command}?{query}")
        answer = json.loads(connection.getresponse().read())
        connection.close()
        return answer

    def until(self, reached: Callable[[dict[str, float]], bool], seconds: float = 300) -> dict[str, float]:
        """Return the counters once ``reached`` says so of them."""
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            stats: dict[str, float] = self.tell("stats")
            if reached(stats):
                return stats
            time.sleep(0.05)
        raise TimeoutError(f"not reached: {self.tell('stats')}")

    def stop(self) -> None:
        """End it."""
        self._process.kill()
        self._process.wait()


@contextlib.contextmanager
def server() -> Iterator[Server]:
    """A server of its own, until the end of the block."""
    running = Server()
    try:
        yield running
    finally:
        running.stop()


def ours(module: str, *words: object) -> list[str]:
    """The command that runs a module of this folder in the project's environment."""
    return [sys.executable, "-m", f"bench.delivery.{module}", *map(str, words)]


def peer(script: str, *words: object) -> list[str]:
    """The command that runs a peer's script."""
    runner = "node" if script.endswith(".js") else str(BUILT / "peers" / "bin" / "python")
    return [runner, str(HERE / "bots" / script), *map(str, words)]


def prepare_peers() -> list[str]:
    """Make the peers' environments, once; return what could not be made, in words."""
    python, bots = BUILT / "peers", HERE / "bots"
    if not python.exists():
        venv.create(python, with_pip=True)
        wanted = ["install", "--quiet", "-r", str(bots / "requirements.txt")]
        subprocess.run([str(python / "bin" / "python"), "-m", "pip", *wanted], check=True)
    if shutil.which("node") is None or shutil.which("npm") is None:
        return ["grammY and telegraf: Node is not installed here"]
    if not (BUILT / "node_modules").exists():
        shutil.copy(bots / "package.json", BUILT)
        subprocess.run(["npm", "install", "--no-audit", "--no-fund"], cwd=BUILT, check=True)
    return []


def environment() -> Mapping[str, str]:
    """What a bot needs to know."""
    modules = str(BUILT / "node_modules")
    ours = {"BENCH_API": API, "BENCH_TOKEN": TOKEN, "BENCH_TEXT": TEXT, "NODE_PATH": modules}
    return {**os.environ, **ours, "NODE_ENV": "production"}


def measured(command: list[str]) -> dict[str, float]:
    """Run a command on the bot's core, and return what it prints."""
    pinned = ["taskset", "-c", BOT_CORE, *command]
    told = subprocess.run(pinned, capture_output=True, text=True, env=environment(), timeout=300, check=False)
    if told.returncode:
        raise RuntimeError(told.stderr[-2000:])
    found: dict[str, float] = json.loads(told.stdout.strip().splitlines()[-1])
    return found


@contextlib.contextmanager
def running(command: list[str]) -> Iterator[int]:
    """Run a bot on its core until the end of the block; gives its process."""
    process = subprocess.Popen(
        ["taskset", "-c", BOT_CORE, *command],
        env=environment(),
        stdout=subprocess.DEVNULL,
        stderr=None if os.environ.get("BENCH_SHOW") else subprocess.DEVNULL,
    )
    try:
        yield process.pid
    finally:
        process.send_signal(signal.SIGTERM)
        try:
            process.wait(10)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def cpu(pid: int) -> float:
    """Seconds of CPU that a process has taken, all its threads."""
    fields = Path(f"/proc/{pid}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")
