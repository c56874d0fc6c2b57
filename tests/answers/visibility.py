"""Who may see what in the sample network, written down once more and independently of the rule in the code."""

from __future__ import annotations

from bot.network.audiences import Reader
from storage.database import Transaction
from tests.support.sample import reader, stranger

MAY_SEE: dict[str, frozenset[str]] = {
    "stranger": frozenset({"everyone"}),
    # a guest of Lorient, in the group of Viet Nam
    "gwenael-lucas-brun": frozenset({"everyone", "group:viet-nam"}),
    # a partner without a group
    "agathe-brisson": frozenset({"everyone"}),
    # a member of Kampot, whose dues are not paid
    "touch-sreyleak": frozenset({"everyone", "members", "group:cambodia"}),
    # focal points whose dues are paid
    "tran-thi-mai": frozenset({"everyone", "members", "members_paid", "group:viet-nam"}),
    "khamla-souvanna": frozenset({"everyone", "members", "members_paid", "group:laos"}),
    "juliette-aubertin": frozenset({"everyone", "members", "members_paid", "group:viet-nam", "group:cambodia"}),
    # the coordinator
    "helene-marchand": frozenset(
        {"everyone", "members", "members_paid", "coordinators", "group:viet-nam", "group:cambodia", "group:laos"}
    ),
}
"""Audiences by person of the sample network."""


async def somebody(read: Transaction, code: str) -> Reader:
    """That person as a reader; ``stranger`` is nobody of the network."""
    return stranger("fr") if code == "stranger" else await reader(read, code, language="fr")
