"""The whole export: what is stored to a folder or a workbook, with the documents' files."""

from __future__ import annotations

import asyncio
from pathlib import Path

from bot.errors import TablesError
from bot.tables.context import folder_of
from bot.tables.files import discard, located, outdated, publish, stage
from bot.tables.folder_writer import write_folder
from bot.tables.network import Network, stored_network
from storage.database import Database


async def export_tables(database: Database, path: Path, files: Path, *, overwrite: bool = False) -> tuple[str, ...]:
    """Write the network to ``path``: one workbook if it ends in ``.xlsx``, else a folder of CSV files.

    The documents' files are copied from the folder ``files`` beside the tables.  Returns those that were not there.
    Raises TablesError if something stands at ``path`` already, unless ``overwrite``; then only what the export itself
    writes is replaced.
    """
    _check_name(path)
    async with database.snapshot() as read:
        network = await stored_network(read)
    return await asyncio.to_thread(_export, network, path, files, overwrite)


def _check_name(path: Path) -> None:
    wrong = path.suffix.lower() in {".csv", ".xls", ".ods", ".xlsm"}
    if wrong:
        raise TablesError((f"{path.name} is no name for an export; expected a folder, or a file that ends in .xlsx.",))


def _export(network: Network, path: Path, files: Path, overwrite: bool) -> tuple[str, ...]:
    book = path.suffix.lower() == ".xlsx"
    wanted = tuple(document.file for document in network.documents if document.file)
    copies = outdated(files, folder_of(path), wanted)
    _check_free(path, book, copies, overwrite)
    staged = stage(files, folder_of(path), copies)
    try:
        if book:
            from bot.tables.workbook_writer import write_workbook  # noqa: PLC0415  openpyxl takes long to load

            write_workbook(network, path)
        else:
            write_folder(network, path)
        publish(staged)
    finally:
        discard(staged)
    return tuple(file for file in wanted if located(files, file) is None)


def _check_free(path: Path, book: bool, copies: tuple[str, ...], overwrite: bool) -> None:
    """Raise TablesError if the export would stand in the place of something else."""
    if path.is_dir() if book else path.is_file():
        raise TablesError((f"{path} is a {'folder' if book else 'file'}; expected another name.",))
    if overwrite:
        return
    if path.is_file() or (path.is_dir() and any(path.iterdir())):
        raise TablesError((f"{path} exists already; choose another name, or say that it may be overwritten.",))
    taken = [copy for copy in copies if book and (path.parent / copy).exists()]
    if taken:
        raise TablesError(tuple(f"{path.parent / copy} exists already and is another file." for copy in taken))
