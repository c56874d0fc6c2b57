"""The whole import: read, compare, ask, and make the changes in one transaction."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from bot.tables.changes import Changes, apply, compare
from bot.tables.context import folder_of
from bot.tables.files import Staged, discard, outdated, publish, stage
from bot.tables.network import Network
from bot.tables.reading import read_tables
from storage.database import Database, Transaction
from storage.network import fact, forget_joined, joined, set_fact

FIRST_START = "first_start"
"""The fact that keeps the day of the first import, from which relative days count."""


@dataclass(frozen=True)
class _Plan:
    """An import as it was shown to whoever confirms it."""

    first_start: date
    known: bool
    """Whether ``first_start`` is stored already, and no row that joined in the chat is named for the first time."""
    network: Network
    changes: Changes


async def import_tables(
    database: Database, path: Path, *, files: Path, today: date, network_zone: str, confirm: Callable[[Changes], bool]
) -> Changes:
    """Bring the database to what the tables at ``path`` say, if ``confirm`` agrees; return what changes.

    ``today`` is kept as the first start by the first import.  The documents' files are copied into the folder
    ``files``.  ``confirm`` is asked outside any transaction, so that nobody waits for it, and again if the
    database changed meanwhile; it is not asked if nothing changes.  Raises TablesError with every problem.
    """
    while True:
        plan = await _plan(database, path, files, today, network_zone)
        if plan.changes.empty and plan.known:
            return plan.changes
        if not plan.changes.empty and not confirm(plan.changes):
            return plan.changes
        if await _carried_out(database, path, files, plan):
            return plan.changes


async def first_start(read: Transaction) -> date | None:
    """Return the day of the first import, if there was one."""
    value = await fact(read, FIRST_START)
    return date.fromisoformat(value) if value else None


async def _plan(database: Database, path: Path, files: Path, today: date, network_zone: str) -> _Plan:
    async with database.snapshot() as read:
        start = await first_start(read)
    network = await asyncio.to_thread(read_tables, path, start or today, network_zone)
    wanted = [document.file for document in network.documents if document.file]
    copies = await asyncio.to_thread(outdated, folder_of(path), files, wanted)
    async with database.snapshot() as read:
        changes = await compare(read, network)
        new = await joined(read) & network.rows
    return _Plan(start or today, start is not None and not new, network, replace(changes, files=copies))


async def _carried_out(database: Database, path: Path, files: Path, plan: _Plan) -> bool:
    """Make the changes; False, and nothing is changed, if the database is no longer what the plan was made for."""
    staged = await asyncio.to_thread(stage, folder_of(path), files, plan.changes.files)
    try:
        async with database.transaction() as write:
            return await _written(write, plan, staged)
    finally:
        discard(staged)


async def _written(write: Transaction, plan: _Plan, staged: tuple[Staged, ...]) -> bool:
    now = await first_start(write)
    if (now or plan.first_start) != plan.first_start:
        return False
    changes = await compare(write, plan.network)
    if (changes.tables, changes.words) != (plan.changes.tables, plan.changes.words):
        return False
    await apply(write, changes)
    for table, code in await joined(write) & plan.network.rows:
        await forget_joined(write, code, table)
    await set_fact(write, FIRST_START, plan.first_start.isoformat())
    publish(staged)  # last, so that a copy that cannot be made takes the changes back
    return True
