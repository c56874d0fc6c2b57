"""People and organisations, found by city, country and theme."""

from __future__ import annotations

from bot.network.records import Organisation, Person
from storage.database import Transaction
from storage.network import ORGANISATIONS, PEOPLE
from storage.table import Conditions


async def organisations(
    read: Transaction, *, country: str | None = None, membership: str | None = None
) -> list[Organisation]:
    """Return organisations, by code."""
    conditions = Conditions()
    if country is not None:
        conditions.add("country = ?", country)
    if membership is not None:
        conditions.add("membership = ?", membership)
    rows = await read.fetch_all(f"{ORGANISATIONS.select}{conditions.where} ORDER BY code", *conditions.values)
    return [ORGANISATIONS.read(row) for row in rows]


async def names(read: Transaction) -> tuple[tuple[str, str], ...]:
    """Return the code and the name of everybody, by code."""
    rows = await read.fetch_all("SELECT code, name FROM people ORDER BY code")
    return tuple((str(row["code"]), str(row["name"])) for row in rows)


async def people(
    read: Transaction,
    *,
    organisation: str | None = None,
    country: str | None = None,
    theme: str | None = None,
    roles: tuple[str, ...] | None = None,
) -> list[Person]:
    """Return people, by organisation and name."""
    conditions = Conditions()
    conditions.among("role", roles)
    if organisation is not None:
        conditions.add("organisation = ?", organisation)
    if country is not None:
        conditions.add("organisation IN (SELECT code FROM organisations WHERE country = ?)", country)
    if theme is not None:
        conditions.listed("themes", theme)
    rows = await read.fetch_all(f"{PEOPLE.select}{conditions.where} ORDER BY organisation, name", *conditions.values)
    return [PEOPLE.read(row) for row in rows]
