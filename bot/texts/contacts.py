"""How focal points are read: where to look, and whom to call."""

from __future__ import annotations

from collections.abc import Sequence

from bot.answers.contacts import PAGE, Contact, ContactsAnswer, CountriesAnswer, OrganisationsPage
from bot.network.records import Organisation, Person
from bot.texts.dates import number
from bot.texts.layout import in_rows, lines, pager, paragraphs
from bot.texts.phones import grouped
from bot.texts.reply import ORGANISATION, Button, Listing, Reply, Tap
from bot.texts.voice import Voice
from locales import Html

_SHOWN_OTHERS = 6


def where_to_look(voice: Voice, answer: CountriesAnswer) -> Reply:
    """Render the countries and the themes by which focal points are found."""
    countries = [
        Button(
            voice.label("contacts.country", country=voice.country(code), count=number(voice, count)),
            Tap.to("cc", code, 0),
        )
        for code, count in answer.countries
    ]
    themes = Button(voice.label("contacts.by_theme"), Tap.to("cts"))
    coordination = Button(voice.label("contacts.coordination"), Tap.to("cs"))
    rows = (*in_rows(countries, 2), (themes,), (coordination,))
    return Reply(voice.say("contacts.where"), rows, listing=Listing(Tap.to("c")))


def themes_to_look_by(voice: Voice, answer: CountriesAnswer) -> Reply:
    """Render the themes by which focal points are found."""
    themes = [Button(voice.title(theme.name, 28), Tap.to("ct", theme.id)) for theme in answer.themes]
    return Reply(voice.say("contacts.which_theme"), (*in_rows(themes, 2), (_back(voice, Tap.to("c")),)))


def organisations_list(voice: Voice, page: OrganisationsPage) -> Reply:
    """Render the organisations of a country."""
    buttons = [Button(voice.title(one.name, 28), Tap.to("co", one.id)) for one in page.organisations]
    turn = pager(voice, page.page, page.pages, lambda number: Tap.to("cc", page.country, number))
    text = voice.say("contacts.which_city", country=voice.country(page.country))
    rows = tuple(row for row in (*in_rows(buttons, 2), turn, (_back(voice, Tap.to("c")),)) if row)
    listing = Listing.of(
        Tap.to("cc", page.country, page.page),
        ORGANISATION,
        (one.id for one in page.organisations),
        page.page * PAGE + 1,
        page.total,
    )
    return Reply(text, rows, listing=listing)


def which_partner(voice: Voice, found: Sequence[Organisation]) -> Reply:
    """Render partners of which one may be meant."""
    rows = tuple((Button(voice.title(one.name, 40), Tap.to("co", one.id)),) for one in found)
    return Reply(voice.say("contacts.which_partner"), (*rows, (_back(voice, Tap.to("c")),)))


def without_focal_point(voice: Voice, found: Sequence[Organisation]) -> Reply:
    """Render the members that have no focal point."""
    rows = in_rows([Button(voice.title(one.name, 28), Tap.to("co", one.id)) for one in found], 2)
    text = voice.say("contacts.without" if found else "contacts.all_named")
    return Reply(text, (*rows, (_back(voice, Tap.to("c")),)))


def joining_row(voice: Voice) -> tuple[Button, ...]:
    """Return the button by which a stranger asks to join."""
    return (Button(voice.label("menu.join"), Tap.to("join")),)


def whom_to_call(voice: Voice, answer: ContactsAnswer) -> Reply:
    """Render the focal points of an organisation or a theme; the coordination where there is none."""
    place = answer.organisation
    subject = place.name if place else answer.theme.name if answer.theme else None
    partner = place is not None and place.membership == "partner"
    key = "contacts.of_partner" if partner else "contacts.of"
    heading = voice.say(key, subject=voice.text(subject)) if subject else voice.say("contacts.secretariat")
    with_city = place is None
    blocks = [_contact(voice, one, with_city=with_city) for one in answer.contacts]
    if not blocks and subject is not None:
        vacant = "contacts.nobody" if partner else "contacts.vacant"
        blocks.append(voice.say(vacant if place else "contacts.nobody_for_theme"))
    if answer.others:
        blocks.append(
            lines(
                voice.say("contacts.others"),
                *(_other(voice, one, with_city=with_city) for one in answer.others[:_SHOWN_OTHERS]),
            )
        )
    if answer.coordinators:
        blocks.append(voice.say("contacts.ask_coordination"))
        blocks.extend(_contact(voice, one, with_city=False) for one in answer.coordinators)
    hidden = any(not one.reachable for one in (*answer.contacts, *answer.others))
    if hidden:
        blocks.append(voice.say("contacts.for_members"))
    rows: list[tuple[Button, ...]] = []
    if answer.may_join and (hidden or subject is None):
        rows.append(joining_row(voice))
    if place is not None and not partner:
        rows.append((Button(voice.label("contacts.meetings"), Tap.to("m", "n", 0, None, place.id)),))
    if hidden and not answer.may_join and not answer.coordinators:
        rows.append((Button(voice.label("contacts.coordination"), Tap.to("cs")),))
    rows.append((_back(voice, Tap.to("cc", place.country, 0) if place and not partner else Tap.to("c")),))
    listing = Listing(Tap.to("ct", answer.theme.id)) if answer.theme and place is None else None
    return Reply(paragraphs(heading, *blocks), tuple(rows), listing=listing)


def speaks(voice: Voice, person: Person) -> Html | None:
    """Say which languages somebody speaks; None where nothing tells it."""
    languages = voice.joined(voice.say(f"language.{code}") for code in person.languages)
    return voice.say("ask.speaks", name=person.name, languages=languages) if person.languages else None


def _contact(voice: Voice, one: Contact, *, with_city: bool) -> Html:
    person = one.person
    function = voice.noted(person.function)
    languages = voice.joined(voice.say(f"language.{code}") for code in person.languages)
    return lines(
        voice.say("contacts.person", name=person.name) if person.name else None,
        function if person.name else voice.say("contacts.unnamed", function=function),
        voice.text(one.organisation.name) if with_city else None,
        voice.say("contacts.email", email=person.email) if person.email else None,
        voice.say("contacts.phone", phone=grouped(person.phone)) if person.phone else None,
        voice.say("contacts.languages", languages=languages) if languages else None,
    )


def _other(voice: Voice, one: Contact, *, with_city: bool) -> Html:
    person = one.person
    said = voice.say("contacts.other", name=person.name, function=voice.noted(person.function))
    if not with_city:
        return said
    phone = voice.say("contacts.phone", phone=grouped(person.phone)) if person.phone else None
    return lines(Html(f"{said} · {voice.text(one.organisation.name)}"), phone)  # one's own contact is nowhere else


def _back(voice: Voice, tap: Tap) -> Button:
    return Button(voice.label("common.back"), tap)
