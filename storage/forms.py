"""Forms by the event that they belong to."""

from __future__ import annotations

from collections.abc import Iterable

from bot.network.forms import Form
from storage.database import Transaction
from storage.network import FORMS
from storage.table import Conditions


async def to_register(read: Transaction, events: Iterable[str]) -> dict[str, list[Form]]:
    """Return event → the forms by which one registers for it, by code."""
    codes = tuple(events)
    if not codes:
        return {}
    conditions = Conditions()
    conditions.among("event", codes)
    conditions.among("kind", ("registration", "delegation"))
    found: dict[str, list[Form]] = {}
    for row in await read.fetch_all(f"{FORMS.select}{conditions.where} ORDER BY code", *conditions.values):
        form = FORMS.read(row)
        found.setdefault(str(form.event), []).append(form)
    return found
