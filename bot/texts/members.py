"""How somebody is met: the greeting, languages, settings, help, refusals."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from zoneinfo import ZoneInfo

from babel.core import get_global
from babel.dates import get_timezone_location

from bot.answers.contacts import Contact
from bot.network.audiences import Reader
from bot.network.languages import LANGUAGES, NATIVE_NAMES, Language
from bot.network.records import Organisation, Person
from bot.texts.dates import hour, number
from bot.texts.layout import in_rows, lines, paragraphs
from bot.texts.pausing import pause_button, paused_line
from bot.texts.phones import grouped
from bot.texts.quiet import quiet_line
from bot.texts.reply import Button, Reply, Rows, Tap
from bot.texts.voice import Voice
from locales import Html

COMMAND_TAPS = {
    "meetings": Tap.to("m"),
    "deadlines": Tap.to("d"),
    "contacts": Tap.to("c"),
    "documents": Tap.to("docs"),
    "news": Tap.to("n"),
    "forms": Tap.to("fl"),
    "mine": Tap.to("mine"),
    "watch": Tap.to("gv", 0, "first"),
    "announce": Tap.to("an"),
    "contributions": Tap.to("gl", 0),
    "issue": Tap.to("gk"),
    "schedule": Tap.to("sx"),
    "language": Tap.to("lang"),
    "settings": Tap.to("set"),
    "help": Tap.to("help"),
    "join": Tap.to("join"),
}
"""What a button opens that stands for a command."""
_ASKED_MOST = ("meetings", "deadlines", "contacts")
_SOME_DIGITS = "0123456789"


def command_button(voice: Voice, command: str) -> Button:
    """Return the button that does what the command does."""
    return Button(voice.label(f"menu.{command}"), COMMAND_TAPS[command])


def greeting(voice: Voice, reader: Reader, waiting: int = 0, *, place: str = "start") -> Reply:
    """Render who speaks here and what can be asked, with the languages; ``waiting`` requests are for coordinators."""
    offer = voice.say("start.offer" if reader.is_known else "start.offer_public")
    text = lines(voice.say("start.hello", name=reader.name), offer, voice.say("start.languages"))
    return Reply(text, (*language_rows(voice, place), *_more(voice, reader, waiting)))


def welcome(voice: Voice, person: Person, organisation: Organisation, waiting: int = 0) -> Reply:
    """Render the answer to an invitation that was just used."""
    registered = registration(voice, person, organisation)
    text = lines(registered, voice.say("start.offer"), voice.say("start.languages"))
    return Reply(text, (*language_rows(voice, "start"), *requests_row(voice, waiting)), place="new", menu=True)


def registration(voice: Voice, person: Person, organisation: Organisation) -> Html:
    """Return the line that says as what somebody now belongs to the network."""
    place = voice.text(organisation.name)
    return voice.say("start.welcome", name=person.name, role=voice.say(f"role.{person.role}"), organisation=place)


def languages(voice: Voice, *, back: bool = False) -> Reply:
    """Render the choice of the language; ``back`` leads to the settings."""
    rows = language_rows(voice, "lang", "set" if back else None)
    leave = ((Button(voice.label("common.back"), Tap.to("set")),),) if back else ()
    return Reply(voice.say("languages.which"), (*rows, *leave))


def language_switched(voice: Voice, before: Language) -> Reply:
    """Say that the language is another one from now on, with a button that leads back to the one before."""
    back = Button(f"‹ {NATIVE_NAMES[before]}", Tap.to("lang", before))
    return Reply(voice.say("languages.switched"), ((back,),), menu=True)


def language_rows(voice: Voice, screen: str, origin: str | None = None) -> Rows:
    """Return the languages in their own names, the present one marked, as buttons of that screen."""
    more = (origin,) if origin else ()
    marked = ((code, f"✓ {name}" if code == voice.language else name) for code, name in NATIVE_NAMES.items())
    return in_rows((Button(label, Tap.to(screen, code, *more)) for code, label in marked if code in LANGUAGES), 2)


def requests_row(voice: Voice, waiting: int) -> Rows:
    """Return the button to the requests that wait for a coordinator, if any do."""
    if not waiting:
        return ()
    return ((Button(voice.label("request.waiting", count=number(voice, waiting)), Tap.to("rqn")),),)


def _more(voice: Voice, reader: Reader, waiting: int) -> Rows:
    return requests_row(voice, waiting) if reader.is_known else ((command_button(voice, "join"),),)


def settings(
    voice: Voice, now: datetime, link: str | None, quiet: str, *, watch: bool = False, paused: date | None = None
) -> Reply:
    """Render the settings; ``link`` opens the reader's own page, ``quiet`` are hours such as ``21-7``.

    ``watch``: whether the watch and reminders are sent to them; ``paused``: the day from which they are reminded again.
    """
    clock = hour(voice, now.astimezone(voice.zone))
    text = lines(
        voice.say("settings.title"),
        voice.say("settings.language", language=NATIVE_NAMES[voice.language]),
        voice.say("settings.zone", zone=zone_label(voice, voice.zone.key), hour=clock),
        voice.say("settings.digits", digits=number(voice, _SOME_DIGITS)) if _has_digits(voice) else None,
        quiet_line(voice, quiet),
        paused_line(voice, paused) if paused else None,
    )
    change = (
        Button(voice.label("settings.change_language"), Tap.to("lang", None, "set")),
        Button(voice.label("settings.change_zone"), Tap.to("zone")),
    )
    silence = (Button(voice.label("settings.change_quiet"), Tap.to("quiet")),)
    page = (Button(voice.label("settings.web"), url=link),) if link else ()
    wishes = (Button(voice.label("issue.settings"), Tap.to("gw", "show")), pause_button(voice, paused)) if watch else ()
    return Reply(text, tuple(row for row in (change, (*silence, *_digits(voice)), wishes, page) if row))


def zones(voice: Voice, now: datetime, places: Iterable[tuple[str, int]]) -> Reply:
    """Render the choice of the time zone: countries of the network, each with the row's number of a member there."""
    clock = hour(voice, now.astimezone(voice.zone))
    text = lines(
        voice.say("settings.zone", zone=zone_label(voice, voice.zone.key), hour=clock), voice.say("zones.which")
    )
    buttons = [Button(voice.country(country), Tap.to("zone", "in", number)) for country, number in places]
    another = Button(voice.label("zones.another"), Tap.to("zone", "another"))
    return Reply(text, (*in_rows(buttons, 2), (another,), _to_settings(voice)))


def which_city(voice: Voice) -> Reply:
    """Render the question for a city that has the reader's time."""
    return Reply(voice.say("zones.write"), (_to_settings(voice),))


def which_zone(voice: Voice, now: datetime, found: Iterable[str]) -> Reply:
    """Render what was found for a city (IANA names): nothing, or several zones to choose from."""
    buttons = [_zone_button(voice, now, zone) for zone in found]
    text = voice.say("zones.several" if buttons else "zones.unknown")
    return Reply(text, (*in_rows(buttons, 1), _to_settings(voice)))


def zone_label(voice: Voice, zone: str) -> str:
    """Return a time zone's country, or its city where the country has several."""
    country = get_global("zone_territories").get(zone)
    alone = country is not None and len(get_global("territory_zones").get(country, ())) <= 1
    return voice.country(country) if alone and country else _city(voice, zone)


def zone_of(tap: Tap) -> str | None:
    """Return the IANA name that a button of ``which_zone`` carries."""
    text = tap.text(1)
    return text.replace("--", "/") if text else None


def help_text(voice: Voice, reader: Reader, coordinators: Iterable[Contact]) -> Reply:
    """Render what can be asked, with examples, and how to reach the coordination."""
    contact = [
        voice.say("help.coordinator", name=one.person.name or voice.text(one.person.function), addresses=found)
        for one in coordinators
        if (found := voice.joined(filter(None, (one.person.email, grouped(one.person.phone or "")))))
    ]
    asked = [
        voice.say("help.line", subject=voice.say(f"help.{name}"), example=voice.say(f"help.example_{name}"))
        for name in _ASKED_MOST
    ]
    reach = lines(voice.say("help.coordination"), *contact) if contact else None
    buttons = [command_button(voice, name) for name in (*_ASKED_MOST, "settings")]
    rows = in_rows(buttons, 2) if reader.is_known else (*in_rows(buttons, 2), (command_button(voice, "join"),))
    return Reply(paragraphs(lines(voice.say("help.title"), *asked), reach), rows)


def refusal(voice: Voice, key: str, **values: object) -> Reply:
    """Render why something was refused or failed, with the way to the coordination."""
    coordination = Button(voice.label("contacts.coordination"), Tap.to("cs"))
    return Reply(voice.say(key, **values), ((coordination,),), place="new")


def keyboard_bubble(voice: Voice, commands: Iterable[Iterable[str]]) -> Reply:
    """Render the bubble that brings the keyboard: the labels of the commands that people ask most."""
    labels = tuple(tuple(voice.label(f"menu.{name}") for name in row) for row in commands)
    return Reply(voice.say("keyboard.here"), keyboard=labels)


def _digits(voice: Voice) -> tuple[Button, ...]:
    if not _has_digits(voice):
        return ()
    other = "latin" if voice.digits == "native" else "native"
    return (Button(voice.label(f"settings.{other}_digits"), Tap.to("digits", other)),)


def _has_digits(voice: Voice) -> bool:
    return voice.language in ("km", "lo")


def _zone_button(voice: Voice, now: datetime, zone: str) -> Button:
    clock = hour(voice, now.astimezone(ZoneInfo(zone)))
    name = _city(voice, zone)
    return Button(voice.label("zones.found", city=name, hour=clock), Tap.to("zone", "is", zone.replace("/", "--")))


def _city(voice: Voice, zone: str) -> str:
    return get_timezone_location(ZoneInfo(zone), locale=voice.language, return_city=True)


def _to_settings(voice: Voice) -> tuple[Button, ...]:
    return (Button(voice.label("common.back"), Tap.to("set")),)
