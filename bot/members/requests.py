"""What coordinators decide about those who ask to join."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from bot.members.admission import Admission, roles_of, written_function
from bot.members.errors import MemberError
from bot.members.identify import Identify
from bot.network.audiences import Reader, Role
from bot.network.organisations import resembling
from bot.network.records import Organisation, Person
from storage import directory, members
from storage.database import Transaction
from storage.members import JoinRequest
from storage.network import ORGANISATIONS, PEOPLE


@dataclass(frozen=True)
class Asked:
    """A request as a coordinator sees it."""

    request: JoinRequest
    requester: Reader
    organisation: Organisation | None
    """The organisation that was asked for, or that the coordinator has chosen; None: none of the network's."""
    resembling: tuple[Organisation, ...]
    """Where there is none: the organisations that may be meant."""
    roles: tuple[Role, ...]
    """With which roles it can be accepted."""
    decided_by: str | None
    """The name of whoever decided."""


@dataclass(frozen=True)
class Decision:
    """What came of a coordinator's tap."""

    asked: Asked
    fresh: bool
    """False if the request had been decided before."""
    person: Person | None = None
    """Whom it has made of the requester, where it was accepted just now."""


class Requests:
    """Shows requests to coordinators and carries out what they decide."""

    def __init__(self, admission: Admission, identify: Identify) -> None:
        self._admission, self._identify = admission, identify

    async def coordinators(self, tx: Transaction) -> list[Reader]:
        """Return every account of the coordinators."""
        return await self._identify.coordinators(tx)

    async def waiting(self, tx: Transaction, reader: Reader) -> int:
        """Return how many requests wait for the reader's decision; none for who does not coordinate the network."""
        return len(await members.pending(tx)) if reader.is_coordinator else 0

    async def oldest(self, tx: Transaction, coordinator: Reader) -> Asked | None:
        """Return the request that waits longest."""
        _only_for(coordinator)
        waiting = await members.pending(tx)
        return await self._asked(tx, waiting[0], None) if waiting else None

    async def get(self, tx: Transaction, number: int) -> Asked:
        """Return a request that was just made; raises LookupError if there is none of that number."""
        request = await members.request(tx, number)
        if request is None:
            raise LookupError(f"no request {number}")
        return await self._asked(tx, request, None)

    async def show(self, tx: Transaction, coordinator: Reader, number: int, chosen: int | None) -> Asked | None:
        """Return a request; ``chosen`` is the row's number of the organisation that the coordinator chose for it."""
        _only_for(coordinator)
        request = await members.request(tx, number)
        return await self._asked(tx, request, chosen) if request else None

    async def accept(
        self, tx: Transaction, coordinator: Reader, number: int, chosen: int | None, role: str, now: datetime
    ) -> Decision | None:
        """Accept a request with a role in an organisation.

        None if there is no such request, or if people of that organisation cannot be given that role.
        """
        asked = await self.show(tx, coordinator, number, chosen)
        if asked is None:
            return None
        if asked.request.state != "pending":
            return Decision(asked, fresh=False)
        given = next((one for one in asked.roles if one == role), None)
        if asked.organisation is None or given is None:
            return None
        fresh = await members.decide(tx, number, "accepted", coordinator.account, now)
        person = await self._admit(tx, asked, asked.organisation, given) if fresh else None
        return Decision(await self._asked(tx, await _again(tx, asked), chosen), fresh=fresh, person=person)

    async def refuse(self, tx: Transaction, coordinator: Reader, number: int, now: datetime) -> Decision | None:
        """Refuse a request; None if there is no such request."""
        _only_for(coordinator)
        fresh = await members.decide(tx, number, "refused", coordinator.account, now)
        asked = await self.show(tx, coordinator, number, None)
        return Decision(asked, fresh=fresh) if asked else None

    async def _asked(self, tx: Transaction, request: JoinRequest, chosen: int | None) -> Asked:
        place = await ORGANISATIONS.get(tx, request.organisation)
        if place is None and chosen is not None:
            place = await ORGANISATIONS.numbered(tx, chosen)
        near = () if place else resembling(await directory.organisations(tx), request.organisation)
        decider = await self._identify.again(tx, request.decided_by) if request.decided_by is not None else None
        return Asked(
            request=request,
            requester=await self._identify.again(tx, request.account),
            organisation=place,
            resembling=near,
            roles=roles_of(place) if place else (),
            decided_by=decider.name if decider else None,
        )

    async def _admit(self, tx: Transaction, asked: Asked, place: Organisation, role: Role) -> Person:
        request, requester = asked.request, asked.requester
        held = await PEOPLE.get(tx, requester.person) if requester.person else None
        if held is not None:
            return held
        function = written_function(requester.language, request.function)
        return await self._admission.admit(tx, requester, role, place.code, request.name, function)


async def _again(tx: Transaction, asked: Asked) -> JoinRequest:
    return await members.request(tx, asked.request.id) or asked.request


def _only_for(reader: Reader) -> None:
    """Raise MemberError unless the reader coordinates the network, whatever a button's data said."""
    if not reader.is_coordinator:
        raise MemberError("request.coordinators_only")
