"""The members whose dues are not paid as a table to take away, with whom to reach there; for coordinators."""

from __future__ import annotations

import tempfile
from pathlib import Path

from bot.answers.dues import every_unpaid
from bot.delivery.made import Made
from bot.results.sheets import Cell, Sheet, write_sheets
from bot.texts.reply import File
from handlers.turn import Turn
from storage import directory

_COLUMNS = (("place", 34), ("person", 28), ("email", 34), ("phone", 20), ("until", 16))
"""What the table tells, with the widths in letters."""


async def unpaid_file(turn: Turn, made: Made, country: str | None) -> File | None:
    """Return the table; None for all but coordinators.

    Args:
        turn: The update.
        made: Where files are kept until they are sent.
        country: Theirs, as ISO 3166-1 alpha-2; None for every country.
    """
    found = await every_unpaid(turn.tx, turn.reader, turn.now, country)
    if found is None:
        return None
    rows: list[list[Cell]] = []
    for place in found:
        name = place.name.read(turn.voice.language).text
        people = await directory.people(turn.tx, organisation=place.code, roles=("focal_point",))
        rows += [[name, one.name, one.email, one.phone, place.dues_paid_until] for one in people]
        rows += [] if people else [[name, None, None, None, place.dues_paid_until]]
    columns = [(turn.voice.label(f"dues.column_{column}"), width) for column, width in _COLUMNS]
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "dues.xlsx"
        write_sheets(path, [Sheet("dues", columns, rows)])
        return made.file(path.name, path.read_bytes())
