"""The files that documents refer to: found beside the tables, and copied without ever leaving half a file."""

from __future__ import annotations

import filecmp
import os
import shutil
import tempfile
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from bot.tables.problems import CellError


@dataclass(frozen=True)
class Staged:
    """A copy under a temporary name, beside where it will stand."""

    temporary: Path
    target: Path


def check_file(folder: Path, text: str, own_files: frozenset[str]) -> str:
    """Return the path, relative to ``folder``, of a file that exists inside it.

    Raises CellError if it does not, if it leads out of the folder, or if it is one of the tables themselves.
    """
    path = PurePosixPath(text)
    if path.is_absolute() or ".." in path.parts or "\\" in text:
        raise CellError("leads out of the folder of the tables; expected a path inside it, such as files/programme.txt")
    if str(path).lower() in own_files:
        raise CellError("is one of the tables; expected a document")
    found = located(folder, str(path))
    if found is None:
        raise CellError("is no file beside the tables; expected a path such as files/programme.txt")
    if not found.resolve().is_relative_to(folder.resolve()):
        raise CellError("leads out of the folder of the tables; expected a file inside it")
    return str(path)


def located(folder: Path, file: str) -> Path | None:
    """Return where a document's file stands, if it does; some systems keep the accents of names apart (NFD)."""
    names = (file, unicodedata.normalize("NFD", file))
    try:
        return next((folder / name for name in names if (folder / name).is_file()), None)
    except (OSError, ValueError):  # a name too long, or one that this system cannot have
        return None


def outdated(source: Path, target: Path, files: Iterable[str]) -> tuple[str, ...]:
    """Return which of the files in the folder ``source`` are missing or different in the folder ``target``."""
    found = []
    for file in dict.fromkeys(files):
        original, copy = located(source, file), target / file
        if original and not (copy.is_file() and filecmp.cmp(original, copy, shallow=False)):
            found.append(file)
    return tuple(found)


def stage(source: Path, target: Path, files: Iterable[str]) -> tuple[Staged, ...]:
    """Copy the files under temporary names into ``target``; raises OSError, and leaves nothing, if that fails."""
    staged: list[Staged] = []
    try:
        for file in files:
            original = located(source, file)
            if original is None:
                raise FileNotFoundError(f"{source / file} is gone")
            staged.append(_staged(original, target / file))
    except BaseException:
        discard(staged)
        raise
    return tuple(staged)


def _staged(original: Path, target: Path) -> Staged:
    target.parent.mkdir(parents=True, exist_ok=True)
    descriptor, name = tempfile.mkstemp(prefix=".relais-", dir=target.parent)
    try:
        with os.fdopen(descriptor, "wb") as copy, original.open("rb") as content:
            shutil.copyfileobj(content, copy)
            copy.flush()
            os.fsync(copy.fileno())
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise
    return Staged(Path(name), target)


def publish(staged: Iterable[Staged]) -> None:
    """Give the copies their names."""
    for copy in staged:
        copy.temporary.replace(copy.target)


def discard(staged: Iterable[Staged]) -> None:
    """Remove the copies that were not given their names."""
    for copy in staged:
        copy.temporary.unlink(missing_ok=True)
