"""Time zones by what people write: a city or a country, in any of the languages."""

from __future__ import annotations

from collections.abc import Iterable
from zoneinfo import available_timezones

from babel import Locale
from babel.core import get_global

from bot.network.languages import LANGUAGES
from bot.network.records import Organisation
from bot.network.spelling import EXACT, fold, fold_written, nearness

NEAREST = 4
"""How many time zones are offered at most."""


class Zones:
    """Finds IANA time zones by Babel's names of cities and countries."""

    def __init__(self) -> None:
        self._names: dict[str, set[str]] = {}

    def named(self, text: str, organisations: Iterable[Organisation] = ()) -> tuple[str, ...]:
        """Return the zones that the text names, best first: one if it names one exactly, none if it names none."""
        written = fold_written(text)
        scores: dict[str, float] = {}
        for name, zones in (*self._index().items(), *_names_of(organisations)):
            near = nearness(written, name)
            for zone in zones if near else ():
                scores[zone] = max(near, scores.get(zone, 0))
        exact = sorted(zone for zone, near in scores.items() if near == EXACT)
        return tuple(exact or sorted(scores, key=lambda zone: (-scores[zone], zone)))[:NEAREST]

    @staticmethod
    def known(zone: str | None) -> str | None:
        """Return the zone if somebody lives in it, whatever a button's data said."""
        return zone if zone in _zones() else None

    def _index(self) -> dict[str, set[str]]:
        """Return folded name → zones; built when it is first asked for."""
        if not self._names:
            zones = _zones()
            for zone, territory in zones.items():
                for name in _names(zone, territory):
                    self._names.setdefault(fold(name), set()).add(zone)
            for old, zone in get_global("zone_aliases").items():
                if zone in zones and "/" in old and not old.startswith("Etc/"):
                    self._names.setdefault(fold(_city(old)), set()).add(zone)
        return self._names


def network_zones(organisations: Iterable[Organisation]) -> tuple[tuple[str, str], ...]:
    """Return the country and the time zone of the network's members, most members first."""
    counted: dict[tuple[str, str], int] = {}
    for one in organisations:
        if one.membership == "member":
            place = (one.country, one.time_zone)
            counted[place] = counted.get(place, 0) + 1
    return tuple(sorted(counted, key=lambda place: (-counted[place], place)))


def _zones() -> dict[str, str]:
    """Return every zone in which somebody lives, with its country (ISO 3166-1 alpha-2)."""
    known = available_timezones()
    territories = get_global("zone_territories")
    return {zone: land for zone, land in territories.items() if zone in known and land not in ("001", "ZZ")}


def _names(zone: str, territory: str) -> set[str]:
    names = {zone, _city(zone)}
    alone = len(get_global("territory_zones").get(territory, ())) <= 1
    for language in LANGUAGES:
        locale = Locale(language)
        city = locale.time_zones.get(zone, {}).get("city")
        names.update(name for name in (city, locale.territories.get(territory) if alone else None) if name)
    return names


def _city(zone: str) -> str:
    return zone.rsplit("/", 1)[-1].replace("_", " ")


def _names_of(organisations: Iterable[Organisation]) -> list[tuple[str, set[str]]]:
    return [
        (fold(name), {one.time_zone})
        for one in organisations
        for name in (*(version.text for version in one.name.root.values()), *one.spellings)
    ]
