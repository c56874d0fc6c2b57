"""How long a hundred thousand answers take to be read and to become figures and a workbook, and how much memory.

Usage, from the repository's root: ``python -m bench.forms.results``; Linux only (``ru_maxrss`` in KiB).
"""

from __future__ import annotations

import asyncio
import os
import random
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from itertools import pairwise
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import orjson

from bench.forms.forms import form, question
from bot.forms.definition import Definition, build
from bot.network.content import Content
from bot.network.records import Organisation
from bot.results.figures import figures
from bot.results.workbook import write_workbook
from bot.texts.voice import Voice
from handlers.form_products import answers_of
from locales import Catalogues
from storage import submissions as stored
from storage.database import open_database
from storage.migrate import migrate
from storage.submissions import Submission

COUNT, ROUNDS = 100_000, 5
NOW = datetime(2027, 5, 20, 8, tzinfo=UTC)
SENT = int(NOW.timestamp()) - 30 * 86_400
CITIES = tuple(f"city-{number}" for number in range(40))
WISHES = (
    "More water for the markets",
    "Thêm nước sạch cho đô thị",
    "Des ateliers plus courts",
    "បន្ថែមទឹកស្អាត",
    "ນ້ຳສະອາດ",
)


def definition() -> Definition:
    """Ten questions, of the kinds that registrations and surveys ask most."""
    three = Content.of("en", en="Water; Tourism; Smart city", fr="Eau; Tourisme; Ville intelligente")
    options = ("water", "tourism", "smart")
    asked = (
        question("name", 1, "short_text", "Your name"),
        question("theme", 2, "one_choice", "Which theme?", options=options, choices=three),
        question("sessions", 3, "several_choices", "Which sessions?", options=options, choices=three),
        question("nights", 4, "whole_number", "How many nights?"),
        question("rating", 5, "rating", "Your mark"),
        question("day", 6, "date", "Which day?"),
        question("host", 7, "city", "Which city next?"),
        question("hotel", 8, "yes_no", "A hotel?"),
        question("mail", 9, "email", "Your address"),
        question("wish", 10, "long_text", "Your wishes"),
    )
    return build(form("bench", kind="survey"), asked)


def organisations() -> tuple[Organisation, ...]:
    """Forty cities of four countries."""
    return tuple(
        Organisation(
            code=code, name=Content.of("fr", fr=code.capitalize()), kind="city", membership="member",
            country=("VN", "KH", "LA", "FR")[place % 4], time_zone="Asia/Ho_Chi_Minh",
        )
        for place, code in enumerate(CITIES)
    )  # fmt: skip


def submissions() -> Iterator[Submission]:
    """Yield answers as the storage reads them: nothing is shared between two of them."""
    drawn = random.Random(COUNT)
    for number in range(COUNT):
        answers: dict[str, Any] = {
            "name": f"Person {number}", "theme": drawn.choice(("water", "tourism", "smart")),
            "sessions": drawn.sample(("water", "tourism", "smart"), 2), "nights": drawn.randrange(6),
            "rating": drawn.randint(1, 5), "day": f"2027-05-{drawn.randint(10, 28)}", "host": drawn.choice(CITIES),
            "hotel": drawn.choice(("yes", "no")), "mail": f"p{number}@example.org", "wish": drawn.choice(WISHES),
        }  # fmt: skip
        yield Submission(
            id=10**12 + number, form="bench", owner=f"a:{number}", account=number, person=None,
            organisation=drawn.choice(CITIES), language=drawn.choice(("fr", "vi", "km", "lo", "en")), definition="v",
            answers=orjson.loads(orjson.dumps(answers)), people=1, state="confirmed", place=number + 1,
            sent=SENT + number, changed=SENT + number, version=1, offered_until=None, reason=None, proposed=None,
        )  # fmt: skip


def peak() -> float:
    """Most memory that this process has had, in MB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


async def prepared(path: Path) -> None:
    """Put the answers into a database."""
    database = await open_database(f"sqlite:///{path}")
    await migrate(database)
    async with database.transaction() as tx:
        for one in submissions():
            await stored.add(tx, one)
    await database.close()


async def read(path: Path) -> list[Submission]:
    """Read them as the assistant does."""
    database = await open_database(f"sqlite:///{path}")
    try:
        return await answers_of(database, "bench")
    finally:
        await database.close()


def once(database: Path) -> None:
    """Print CPU seconds of reading, figures, workbook; of all by the clock; MB of the answers, above them, the file."""
    voice = Voice(Catalogues.load()["fr"], "fr", ZoneInfo("Asia/Ho_Chi_Minh"), "latin")
    asked, cities, before = definition(), organisations(), peak()
    began, spent = time.perf_counter(), [time.process_time()]
    sent = asyncio.run(read(database))
    loaded = peak()
    spent.append(time.process_time())
    found = figures(asked, sent, cities, NOW)
    spent.append(time.process_time())
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "book.xlsx"
        write_workbook(path, found, sent, voice)
        spent.append(time.process_time())
        size = path.stat().st_size / 1e6
    assert found.answers == COUNT
    steps = (after - earlier for earlier, after in pairwise(spent))
    print(*steps, time.perf_counter() - began, loaded - before, peak() - loaded, size)


def main() -> None:
    """Print the medians of several runs, each in a process of its own."""
    if sys.argv[1:2] == ["once"]:
        once(Path(sys.argv[2]))
        return
    runs = []
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "answers.db"
        asyncio.run(prepared(path))
        for _ in range(ROUNDS):
            print("load:", *(f"{one:.1f}" for one in os.getloadavg()[:1]))
            told = subprocess.run(
                [sys.executable, "-m", "bench.forms.results", "once", str(path)],
                capture_output=True, text=True, check=True,
            )  # fmt: skip
            runs.append(tuple(map(float, told.stdout.split())))
    reading, counting, writing, whole, held, more, size = (
        statistics.median(column) for column in zip(*runs, strict=True)
    )
    print(f"{COUNT:,} answers to 10 questions, in CPU: reading {reading:.1f} s, figures {counting:.1f} s, workbook")
    print(f"{writing:.1f} s ({size:.1f} MB); figures and workbook {counting + writing:.1f} s; by the clock {whole:.1f}")
    print(f"memory: {held:.0f} MB for the answers themselves, {more:.0f} MB more at most for figures and workbook")


if __name__ == "__main__":
    main()
