"""The people that the sample network offers to be."""

from __future__ import annotations

from typing import NamedTuple, get_args

from bot.network.audiences import Role
from bot.network.languages import Language
from bot.network.records import Organisation, Person
from storage.database import Transaction
from storage.network import ORGANISATIONS, PEOPLE

STRANGER = "stranger"
SAMPLE_PEOPLE = ("tran-thi-mai", "sok-dara", "khamla-souvanna", "camille-lefort", "helene-marchand")
_MOST = 5
_ROLES: tuple[Role, ...] = ("focal_point", "coordinator", "member", "guest", "partner", "stranger")
assert set(_ROLES) == set(get_args(Role))


class Offer(NamedTuple):
    """Somebody to be, in that person's own language."""

    code: str
    name: str
    function: str
    city: str
    language: Language


async def offers(read: Transaction) -> list[Offer]:
    """Return the sample people that this database has; none of them: its first people, every role before any twice."""
    found = [person for code in SAMPLE_PEOPLE if (person := await PEOPLE.get(read, code)) is not None]
    people = found or _first(await PEOPLE.all(read))
    return [_offer(person, await ORGANISATIONS.get(read, person.organisation)) for person in people]


def _first(people: list[Person]) -> list[Person]:
    ordered = sorted(people, key=lambda person: (_ROLES.index(person.role), person.code))
    firsts = list({person.role: person for person in reversed(ordered)}.values())[::-1]
    others = [person for person in ordered if person not in firsts]
    return (firsts + others)[:_MOST]


def _offer(person: Person, organisation: Organisation | None) -> Offer:
    language = person.languages[0] if person.languages else "en"
    city = organisation.name.read(language).text if organisation else ""
    return Offer(person.code, person.name, person.function.read(language).text, city, language)
