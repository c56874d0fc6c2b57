"""A network to a folder of CSV files."""

from __future__ import annotations

import csv
from pathlib import Path

from bot.tables.columns import COLUMNS
from bot.tables.network import Network
from bot.tables.writing import header_of, rows_of


def write_folder(network: Network, path: Path) -> None:
    """Write a CSV file for each table into the folder ``path``, which is made if missing.

    UTF-8 with a byte order mark, without which Excel takes Khmer and Vietnamese for something else.
    """
    path.mkdir(parents=True, exist_ok=True)
    for table in COLUMNS:
        with (path / f"{table}.csv").open("w", encoding="utf-8-sig", newline="") as file:
            writer = csv.writer(file, lineterminator="\n")
            writer.writerow(header_of(table))
            writer.writerows(rows_of(network, table))
