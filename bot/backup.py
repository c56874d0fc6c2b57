"""One file that holds everything: the database as it was at one moment, and the network's files."""

from __future__ import annotations

import asyncio
import os
import shutil
import tarfile
import tempfile
from pathlib import Path

from bot.errors import StorageError
from storage.held import hold
from storage.migrate import migrate
from storage.sqlite import SqliteDatabase

_DATABASE = "relais.db"
_FOLDERS = ("files", "web-files")


def back_up(url: str, home: Path, target: Path) -> int:
    """Write a backup of the running network to ``target`` (``.tar.gz``); return its size in bytes.

    The database is copied by SQLite's online backup, so that it may be in use.  Raises StorageError if ``target`` is
    there already, if there is no database yet, or if the database is PostgreSQL.
    """
    path = _path_of(url)
    if target.exists():
        raise StorageError(f"{target} is there already: choose another name.")
    if not path.exists():
        raise StorageError(f"There is no database at {path} yet: start Relais or import a network first.")
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder) / _DATABASE
        asyncio.run(_copy(path, copy))
        _pack(target, copy, home)
    return target.stat().st_size


def restore(url: str, home: Path, source: Path) -> None:
    """Lay a backup out in an empty place; what it still had to send is held (``storage.held``).

    Raises StorageError if the place is not empty or the file is no backup.
    """
    path = _path_of(url)
    occupied = [place for place in (path, *(home / name for name in _FOLDERS)) if _occupied(place)]
    if occupied:
        raise StorageError(
            f"{occupied[0]} is not empty: a backup is restored into an empty place only. Set another RELAIS_HOME."
        )
    if not source.is_file() or not tarfile.is_tarfile(source):
        raise StorageError(f"{source} is not a backup of Relais.")
    with tarfile.open(source) as archive, tempfile.TemporaryDirectory(dir=_made(home)) as folder:
        if _DATABASE not in archive.getnames():
            raise StorageError(f"{source} is not a backup of Relais.")
        archive.extractall(folder, filter="data")
        for part in sorted(Path(folder).iterdir()):
            shutil.move(part, _made(path.parent) / path.name if part.name == _DATABASE else home / part.name)
    asyncio.run(_hold(path))


async def _hold(path: Path) -> None:
    database = await SqliteDatabase.open(path)
    try:
        await migrate(database)
        async with database.transaction() as tx:
            await hold(tx)
    finally:
        await database.close()


async def _copy(source: Path, target: Path) -> None:
    database = await SqliteDatabase.open(source)
    try:
        await database.backup(target)
    finally:
        await database.close()


def _pack(target: Path, copy: Path, home: Path) -> None:
    part = target.with_name(f"{target.name}.part")
    with tarfile.open(part, "w:gz") as archive:
        archive.add(copy, _DATABASE)
        for folder in _FOLDERS:
            if (home / folder).is_dir():
                archive.add(home / folder, folder)
    os.replace(part, target)


def _path_of(url: str) -> Path:
    if not url.startswith("sqlite:///"):
        raise StorageError("Relais backs up SQLite; for PostgreSQL use pg_dump and pg_restore.")
    return Path(url.removeprefix("sqlite:///"))


def _occupied(place: Path) -> bool:
    return any(place.iterdir()) if place.is_dir() else place.exists()


def _made(folder: Path) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    return folder
