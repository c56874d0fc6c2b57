"""Wires the watch: what opens its issues, what finds out who gets them, what sends them off."""

from __future__ import annotations

from collections.abc import Collection

from bot.clock import Clock
from bot.delivery.broadcast import Broadcast
from bot.delivery.personal import Personal
from bot.links import issue_page
from bot.pushes.looks import Looks
from bot.pushes.nudging import Nudging
from bot.pushes.rounds import Round
from bot.pushes.watching import Watching
from bot.settings import Settings
from bot.watch.composing import Composing
from bot.watch.sharing import Sharing
from handlers.issue_desk import Issues
from locales import Catalogues
from storage.database import Database

_LOOK = 60.0
"""Seconds between two looks for what of the watch is due."""


def issues_of(settings: Settings, clock: Clock, secret: str, served: Collection[str]) -> Issues:
    """Return what reads issues; ``served`` names the channels."""
    sharing = Sharing(settings.timezone, settings.language, served)
    return Issues(Composing(settings.timezone, settings.language), sharing, issue_page(settings, clock, secret))


def nudging(personal: Personal, issues: Issues, catalogues: Catalogues) -> Round:
    """Return the round that tells coordinators of an issue that nobody has approved."""
    return Nudging(personal, issues.composing, issues.sharing, catalogues).round


def watching(database: Database, clock: Clock, issues: Issues, broadcast: Broadcast, catalogues: Catalogues) -> Looks:
    """Return what looks for what of the watch is due, and sends it off."""
    sends = Watching(database, clock, issues.composing, issues.sharing, broadcast, catalogues, issues.page)
    return Looks("watch", sends.go, _LOOK)
