"""Invitations: a link that makes whoever opens it first a person of the network."""

from __future__ import annotations

import hashlib
import re
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import cast

from bot.members.admission import NETWORK_ROLES, Admission
from bot.members.errors import MemberError
from bot.network.audiences import Reader, Role
from bot.network.records import Organisation, Person
from storage import members
from storage.database import Transaction
from storage.members import Invitation
from storage.network import ORGANISATIONS, PEOPLE

SECRETARIAT = "secretariat"
"""The code of the coordinators' organisation, where none is given."""
_CODE_BYTES = 24
_CODE = re.compile(r"[A-Za-z0-9_-]{16,64}")


@dataclass(frozen=True)
class Welcome:
    """Whom an invitation has made of somebody."""

    person: Person
    organisation: Organisation


async def invite(
    tx: Transaction,
    role: Role | None,
    organisation: str | None,
    person: str | None,
    now: datetime,
    valid_for: timedelta,
) -> str:
    """Keep a new invitation and return its code, which is kept nowhere: 192 bits of chance.

    ``organisation`` and ``person`` are codes; with a person, the role and the organisation are theirs unless given.
    Raises MemberError if the role or the organisation is missing, or if there is no such row.
    """
    holder = await PEOPLE.get(tx, person) if person is not None else None
    if person is not None and holder is None:
        raise MemberError("invitation.unknown_person", person=person)
    given = role or (holder.role if holder else None)
    if given not in NETWORK_ROLES:
        raise MemberError("invitation.unknown_role", role=given or "", roles=", ".join(NETWORK_ROLES))
    place = organisation or (holder.organisation if holder else None)
    if place is None and given == "coordinator":
        place = SECRETARIAT
    if place is None:
        raise MemberError("invitation.no_organisation", role=given)
    if await ORGANISATIONS.get(tx, place) is None:
        raise MemberError("invitation.unknown_organisation", organisation=place)
    code = secrets.token_urlsafe(_CODE_BYTES)
    await members.add_invitation(tx, _digest(code), given, place, person, now + valid_for)
    return code


class Invitations:
    """Takes the codes that come with ``/start``."""

    def __init__(self, admission: Admission) -> None:
        self._admission = admission

    async def accept(self, tx: Transaction, reader: Reader, code: str, now: datetime) -> Welcome:
        """Use the invitation for this account.

        Raises MemberError, and changes nothing, if the code is wrong, used or expired, or if it would give a person of
        the network less than they have.
        """
        digest = _digest(code)
        found = await members.invitation(tx, digest) if _CODE.fullmatch(code) else None
        if found is None:
            raise MemberError("invitation.wrong")
        await self._check(tx, reader, found, now)
        if not await members.use_invitation(tx, digest, reader.account, now):
            raise MemberError("invitation.used")
        person = await self._person(tx, reader, found)
        await _settle(tx, reader, now)
        organisation = await ORGANISATIONS.get(tx, person.organisation)
        assert organisation is not None  # the tables' own foreign key
        return Welcome(person, organisation)

    async def _check(self, tx: Transaction, reader: Reader, found: Invitation, now: datetime) -> None:
        if found.used_by is not None:
            key = "invitation.used_by_you" if found.used_by == reader.account else "invitation.used"
            raise MemberError(key)
        if found.expires <= now.timestamp():
            raise MemberError("invitation.expired")
        if reader.role == "stranger" or (found.person is not None and reader.person == found.person):
            return
        if found.person is not None or _rank(found.role) >= _rank(reader.role):
            raise MemberError("invitation.known_already")

    async def _person(self, tx: Transaction, reader: Reader, found: Invitation) -> Person:
        role = cast("Role", found.role)
        held = await PEOPLE.get(tx, found.person or reader.person or "")
        if held is not None:
            return await self._admission.change(tx, reader.account, held, role, found.organisation)
        return await self._admission.admit(tx, reader, role, found.organisation, reader.name)


async def _settle(tx: Transaction, reader: Reader, now: datetime) -> None:
    """Close what the account has asked itself: it is answered."""
    await members.keep_draft(tx, reader.account, None)
    asked = await members.pending_of(tx, reader.account)
    if asked is not None:
        await members.decide(tx, asked.id, "settled", reader.account, now)


def _rank(role: str) -> int:
    return NETWORK_ROLES.index(cast("Role", role))


def _digest(code: str) -> str:
    return hashlib.sha256(code.encode()).hexdigest()
