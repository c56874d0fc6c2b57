"""The action plan, as far as a reader's audiences reach."""

from __future__ import annotations

from bot.network.records import Action
from storage.database import Transaction
from storage.network import ACTIONS
from storage.places import Audiences, concerns
from storage.table import Conditions


async def actions(
    read: Transaction,
    audiences: Audiences,
    *,
    theme: str | None = None,
    city: str | None = None,
    country: str | None = None,
) -> list[Action]:
    """Return the lines of the plan, in the order of their numbers."""
    conditions = Conditions()
    conditions.among("audience", audiences)
    if theme is not None:
        conditions.listed("themes", theme)
    concerns(conditions, "actions", city=city, country=country)
    rows = await read.fetch_all(f"{ACTIONS.select}{conditions.where} ORDER BY number, id", *conditions.values)
    return [ACTIONS.read(row) for row in rows]


async def action(read: Transaction, audiences: Audiences, number: int) -> Action | None:
    """Return the line of that row's number, or None if it is not there for these audiences."""
    conditions = Conditions()
    conditions.among("audience", audiences)
    conditions.add("id = ?", number)
    row = await read.fetch_one(f"{ACTIONS.select}{conditions.where}", *conditions.values)
    return ACTIONS.read(row) if row else None
