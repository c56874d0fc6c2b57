"""How somebody becomes a person of the network."""

from __future__ import annotations

import re
import secrets

from bot.network.audiences import Reader, Role
from bot.network.content import Content
from bot.network.languages import LANGUAGES, Language
from bot.network.records import Organisation, Person
from bot.network.spelling import fold
from bot.texts.voice import Voice
from locales import Catalogues
from storage import accounts
from storage.database import Transaction
from storage.network import PEOPLE, note_joined

NETWORK_ROLES: tuple[Role, ...] = ("coordinator", "focal_point", "member", "guest", "partner")
"""The roles that a person of the network can have, the widest first."""


class Admission:
    """Writes people's rows and says whose account is whose."""

    def __init__(self, catalogues: Catalogues) -> None:
        self._catalogues = catalogues

    async def admit(
        self, tx: Transaction, reader: Reader, role: Role, organisation: str, name: str, function: Content | None = None
    ) -> Person:
        """Make a row for the person behind the account, and link both; without a function, the role's name is one."""
        person = Person(
            code=_code(name),
            name=name or _code(name),
            organisation=organisation,
            function=function or self.function(role),
            role=role,
            languages=(reader.language,),
        )
        await PEOPLE.put(tx, person)
        await note_joined(tx, person.code)
        await accounts.link(tx, reader.account, person.code)
        return person

    async def change(
        self, tx: Transaction, account: int, person: Person, role: Role, organisation: str | None = None
    ) -> Person:
        """Give a person that role (and organisation), and link the account to them."""
        changed = person.model_copy(update={"role": role, "organisation": organisation or person.organisation})
        await PEOPLE.put(tx, changed)
        await accounts.link(tx, account, changed.code)
        return changed

    def function(self, role: Role) -> Content:
        """Return a role's name in every language, as a function."""
        names = {code: Voice.plain(self._catalogues[code].say(f"role.{role}")) for code in LANGUAGES}
        return Content.of("fr", **names)


def written_function(language: Language, text: str) -> Content:
    """Return a function as somebody wrote it in their language."""
    return Content.of(language, **{language: text})


def roles_of(organisation: Organisation) -> tuple[Role, ...]:
    """Return the roles that people of the organisation can be accepted with: what members see is for members."""
    if organisation.membership == "member":
        return ("member", "focal_point")
    return (organisation.membership,)


def _code(name: str) -> str:
    """Return a code for a new row that no other row has: the Latin letters of the name, and chance."""
    letters = re.sub(r"[^a-z0-9]+", "-", fold(name)).strip("-")[:28].strip("-")
    return f"{letters or 'person'}-{secrets.token_hex(4)}"
