"""Focal points: whom to call, by city, country and theme, as far as the reader may see."""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass

from bot.ask.normalise import normalise
from bot.network.audiences import MEMBER_ROLES, Reader
from bot.network.records import Organisation, Person, Theme
from storage import directory
from storage.database import Transaction
from storage.network import ORGANISATIONS, THEMES

PAGE = 8
"""Organisations or people a page."""


@dataclass(frozen=True)
class CountriesAnswer:
    """Where to look: the countries that have organisations of the network, and the themes that somebody follows."""

    countries: tuple[tuple[str, int], ...]
    """Country and number of its organisations."""
    themes: tuple[Theme, ...]


@dataclass(frozen=True)
class OrganisationsPage:
    """The organisations of one country."""

    country: str
    page: int
    pages: int
    total: int
    organisations: tuple[Organisation, ...]


@dataclass(frozen=True)
class Contact:
    """A person as far as the reader may see: without name and addresses where the reader may not reach the person."""

    person: Person
    organisation: Organisation
    reachable: bool
    """Whether the reader may see the name and how to reach the person."""


@dataclass(frozen=True)
class ContactsAnswer:
    """The focal points of an organisation or of a theme; the coordinators where there is none."""

    organisation: Organisation | None
    theme: Theme | None
    contacts: tuple[Contact, ...]
    others: tuple[Contact, ...]
    """Other people of that organisation, or who work on a theme that no focal point follows, for members only."""
    coordinators: tuple[Contact, ...]
    """Given when there is no focal point."""
    may_join: bool = False
    """Whether the reader is a stranger, who can ask to join in order to see more."""


async def countries(read: Transaction) -> CountriesAnswer:
    """Return where one can look for a focal point."""
    found: dict[str, int] = {}
    for organisation in await directory.organisations(read):
        if organisation.membership != "partner":
            found[organisation.country] = found.get(organisation.country, 0) + 1
    followed = {code for person in await directory.people(read, roles=("focal_point",)) for code in person.themes}
    themes = tuple(theme for theme in await THEMES.all(read) if theme.code in followed)
    return CountriesAnswer(tuple(sorted(found.items())), themes)


async def organisations(read: Transaction, country: str, page: int) -> OrganisationsPage | None:
    """Return the organisations of a country; None if it has none."""
    found = [one for one in await directory.organisations(read, country=country) if one.membership != "partner"]
    if not found:
        return None
    pages = -(-len(found) // PAGE)
    page = min(max(page, 0), pages - 1)
    return OrganisationsPage(country, page, pages, len(found), tuple(found[page * PAGE : (page + 1) * PAGE]))


async def of_organisation(
    read: Transaction, reader: Reader, number: int, theme: int | None = None
) -> ContactsAnswer | None:
    """Return whom to call in an organisation (by its row's number); None if there is no such organisation.

    Whoever works there on the ``theme`` (by its row's number) comes first.
    """
    organisation = await ORGANISATIONS.numbered(read, number)
    if organisation is None:
        return None
    people = await directory.people(read, organisation=organisation.code)
    if organisation.membership == "partner" and not any(one.role == "coordinator" for one in people):
        everybody = tuple(_seen(reader, one, organisation) for one in people)
        asked = () if everybody else await coordinators(read, reader)
        return ContactsAnswer(organisation, None, everybody, (), asked, may_join=not reader.is_known)
    followed = await THEMES.numbered(read, theme) if theme and may_reach(reader) else None
    on_it = [one for one in people if followed and followed.code in one.themes and one.role == "member"]
    people = [*on_it, *(one for one in people if one not in on_it)]
    focal = tuple(_seen(reader, one, organisation) for one in people if one.role == "focal_point" or one in on_it)
    shown_apart = ("focal_point",) if focal else ("focal_point", "coordinator")
    others = tuple(
        _seen(reader, one, organisation) for one in people if one.role not in shown_apart and one not in on_it
    )
    return ContactsAnswer(
        organisation=organisation,
        theme=None,
        contacts=focal,
        others=others if may_reach(reader) else (),
        coordinators=() if focal else await coordinators(read, reader),
        may_join=not reader.is_known,
    )


async def partners_like(read: Transaction, words: Collection[str], countries: Collection[str]) -> list[Organisation]:
    """Return the partners whose names share the most of these words (folded), those of the countries before others."""
    found: dict[int, list[Organisation]] = {}
    for one in await directory.organisations(read, membership="partner"):
        names = " ".join((*(version.text for version in one.name.root.values()), *one.spellings))
        shared = len({*re.findall(r"[a-z]{5,}", normalise(names).folded)} & {*words})
        if shared:
            found.setdefault(2 * shared + (one.country in countries), []).append(one)
    return found[max(found)] if found else []


async def vacant(read: Transaction) -> list[Organisation]:
    """Return the members that have no focal point."""
    taken = {one.organisation for one in await directory.people(read, roles=("focal_point",))}
    return [one for one in await directory.organisations(read, membership="member") if one.code not in taken]


async def of_theme(read: Transaction, reader: Reader, number: int, country: str | None = None) -> ContactsAnswer | None:
    """Return who follows a theme (by its row's number) in the network's cities; None if there is no such theme.

    Where somebody does in the ``country``, those alone.
    """
    theme = await THEMES.numbered(read, number)
    if theme is None:
        return None
    people = await directory.people(read, theme=theme.code, roles=("focal_point",))
    places = {one.code: one for one in await directory.organisations(read)}
    there = [one for one in people if country and places[one.organisation].country == country]
    contacts = tuple(_seen(reader, one, places[one.organisation]) for one in there or people)
    if contacts:
        return ContactsAnswer(None, theme, contacts, (), (), may_join=not reader.is_known)
    working = await directory.people(read, theme=theme.code, roles=("member",)) if may_reach(reader) else []
    there = [one for one in working if country and places[one.organisation].country == country]
    others = tuple(_seen(reader, one, places[one.organisation]) for one in there or working)
    return ContactsAnswer(None, theme, (), others, await coordinators(read, reader), may_join=not reader.is_known)


async def coordinators(read: Transaction, reader: Reader) -> tuple[Contact, ...]:
    """Return the network's secretariat; everybody may write to it, people of the network see whom they write to."""
    places = {one.code: one for one in await directory.organisations(read)}
    people = await directory.people(read, roles=("coordinator",))
    shown = people if reader.is_known else [_unnamed(one).model_copy(update={"email": one.email}) for one in people]
    return tuple(Contact(one, places[one.organisation], reachable=True) for one in shown)


def may_reach(reader: Reader) -> bool:
    """Whether the reader may see names and addresses: people of the network's members may."""
    return reader.role in MEMBER_ROLES


def _seen(reader: Reader, person: Person, organisation: Organisation) -> Contact:
    if may_reach(reader):
        return Contact(person, organisation, reachable=True)
    return Contact(_unnamed(person), organisation, reachable=False)


def _unnamed(person: Person) -> Person:
    hidden = {"code": "hidden", "name": "", "email": None, "phone": None, "telegram_id": None, "languages": ()}
    return person.model_copy(update=hidden)
