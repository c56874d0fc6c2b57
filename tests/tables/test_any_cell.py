"""Whatever a coordinator puts into a cell, the tables are read or refused; nothing else happens."""

from __future__ import annotations

import tempfile
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from bot.tables.columns import COLUMNS
from tests.tables.generated import AWKWARD, TEXTS
from tests.tables.samples import problems_of, sample, write

CELLS = st.sampled_from([(table, column.name) for table, columns in COLUMNS.items() for column in columns])
WORDS = st.one_of(
    TEXTS,
    st.text(max_size=8),
    st.text(alphabet="0123456789+-/: d@TtueZ", max_size=18),
    st.text(alphabet="title_fr=;machine \x00", max_size=24),
    st.sampled_from(
        [*AWKWARD, "9999-12-31", "0001-01-01 00:00", "+99999d+9999d", "@02-29+9999d", "2199-12-31", "." * 300]
    ),
).filter(lambda text: not any("\ud800" <= character <= "\udfff" for character in text))


@settings(max_examples=200, deadline=None)
@given(cell=CELLS, text=WORDS)
def test_any_cell_is_read_or_refused_by_name(cell: tuple[str, str], text: str) -> None:
    table, column = cell
    with tempfile.TemporaryDirectory() as folder:
        rows = [sample()[table][0] | {column: text}, *sample()[table][1:]]
        write(Path(folder), sample() | {table: rows})
        if column != "code":  # whose change leaves other tables without what they refer to
            assert [found for found in problems_of(Path(folder)) if not found.startswith(f"{table}.csv, row ")] == []
