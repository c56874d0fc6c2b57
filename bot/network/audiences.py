"""Who may see what.

The rule is written here once, as the set of audiences that a reader belongs to; storage filters by it, so lists,
cards and counts cannot disagree.  Source: the network's minutes (members-only boards; activities only for members
whose dues are paid).
"""

from __future__ import annotations

from datetime import date, datetime
from functools import lru_cache
from typing import Literal
from zoneinfo import ZoneInfo

from bot.network.content import Frozen
from bot.network.languages import Language

Role = Literal["coordinator", "focal_point", "member", "guest", "partner", "stranger"]

EVERYONE = "everyone"
MEMBERS = "members"
MEMBERS_PAID = "members_paid"
COORDINATORS = "coordinators"
GROUP_PREFIX = "group:"
AUDIENCE_PATTERN = r"^(everyone|members|members_paid|coordinators|group:[a-z0-9-]{1,32})$"

MEMBER_ROLES: frozenset[Role] = frozenset({"coordinator", "focal_point", "member"})
_KINDS = 1_024
"""Of so many kinds of readers it is remembered to which audiences they belong."""


class Reader(Frozen):
    """Who is speaking, in one read: the account, and what the network's tables know of the person behind it."""

    account: int
    """The account's id in the database."""
    channel: str
    address: int
    """The chat's id in that channel."""
    person: str | None
    """The person's code; None for a stranger."""
    name: str
    role: Role
    organisation: str | None
    """The organisation's code."""
    country: str | None
    """ISO 3166-1 alpha-2, of the organisation."""
    groups: tuple[str, ...]
    themes: tuple[str, ...]
    dues_paid_until: date | None
    language: Language
    language_chosen: bool
    """False while the language is only guessed."""
    time_zone: str
    """IANA name: the reader's own choice, else the organisation's, else the network's."""
    digits: Literal["latin", "native"]
    unreachable: bool = False
    """Whether messages to the account have ceased to arrive, so that none is sent there any more."""
    asked: bool = False
    """Whether a question to the account was open when this was read, of a form or another one."""

    @property
    def is_coordinator(self) -> bool:
        """Whether this is somebody of the network's secretariat."""
        return self.role == "coordinator"

    @property
    def is_known(self) -> bool:
        """Whether the network knows this person."""
        return self.role != "stranger"

    def today(self, now: datetime) -> date:
        """Return the day that it is for the reader at ``now``."""
        return now.astimezone(ZoneInfo(self.time_zone)).date()

    def audiences(self, today: date) -> tuple[str, ...] | None:
        """Return the audiences that the reader belongs to on ``today``; None means all of them (coordinators)."""
        if self.is_coordinator:
            return None
        paid = self.dues_paid_until is not None and today <= self.dues_paid_until
        return _audiences(self.role, self.groups, paid=paid)


@lru_cache(_KINDS)
def _audiences(role: Role, groups: tuple[str, ...], *, paid: bool) -> tuple[str, ...]:
    """Return the audiences of those of that role and those groups; it is asked of every reader for every duty."""
    mine = [EVERYONE]
    if role in MEMBER_ROLES:
        mine += [MEMBERS, MEMBERS_PAID] if paid else [MEMBERS]
    if role != "stranger":
        mine.extend(GROUP_PREFIX + group for group in groups)
    return tuple(mine)
