"""Writes the invented network into a database, and does there what people do in the simulated year."""

from __future__ import annotations

import hashlib
from datetime import date, datetime, timedelta
from typing import Any

from bot.network.content import Content
from bot.network.forms import Form
from bot.network.records import Deadline, Document, Event, NewsItem, Organisation, Person, Theme
from bot.watch import contributing
from bot.watch.composing import Composing
from bot.watch.contribution import Contribution
from bot.watch.gathering import gathered, window_of
from bot.watch.issue import IssueContent, arranged
from bot.watch.moments import monthly
from bot.watch.sharing import Sharing
from storage import accounts, contributions, followed, issues, stances, submissions
from storage.database import Database, Transaction
from storage.network import DEADLINES, DOCUMENTS, EVENTS, FORMS, NEWS, ORGANISATIONS, PEOPLE, THEMES
from storage.submissions import Submission
from tests.pushes import year_network as invented
from tests.pushes.year_network import Item, Matter, Network

ZONE = "Asia/Phnom_Penh"
COMPOSING = Composing(ZONE, "en")
SHARING = Sharing(ZONE, "en", ("telegram",))


def title(code: str, languages: tuple[str, ...]) -> Content:
    """A title by which a test reads what was told, and in which language."""
    return Content.of(languages[0], **{one: f"[{code} {one}]" for one in languages})  # type: ignore[arg-type]


async def fill(database: Database, network: Network, now: datetime) -> None:
    """Write everybody and everything."""
    async with database.transaction() as tx:
        for theme in invented.THEMES:
            await THEMES.put(tx, Theme(code=theme, name=title(theme, ("fr",)), axis="main"))
        for city in network.cities:
            name = title(city.code, ("fr",))
            membership = "member" if city.member else "guest"
            await ORGANISATIONS.put(
                tx,
                Organisation(
                    code=city.code, name=name, kind="city", country=city.country, time_zone=city.zone,
                    membership=membership, dues_paid_until=city.paid_until, groups=city.groups,
                ),
            )  # fmt: skip
        for one in network.people.values():
            known: Any = {"role": one.role, "languages": one.languages, "themes": one.themes}
            await PEOPLE.put(
                tx,
                Person(
                    code=one.code, name=one.code, organisation=one.city.code, function=title("f", ("fr",)),
                    telegram_id=one.chat, **known,
                ),
            )  # fmt: skip
            if one.chat is not None:
                await _chat(tx, one, now)
            if one.often != "monthly":
                await followed.choose(tx, one.code, one.often, one.followed, one.snoozed)
        for matter in network.matters.values():
            await put(tx, network, matter)


async def _chat(tx: Transaction, one: invented.Somebody, now: datetime) -> None:
    assert one.chat is not None
    await accounts.add(tx, "telegram", one.chat, one.code, one.language, now)  # type: ignore[arg-type]
    number = await account(tx, one.chat)
    await accounts.link(tx, number, one.code)
    if one.chosen:
        await accounts.choose_language(tx, number, one.chosen)  # type: ignore[arg-type]
    await accounts.choose_zone(tx, number, one.own_zone)
    await accounts.choose_quiet(tx, number, one.quiet)


async def account(tx: Transaction, chat: int) -> int:
    found = await accounts.find(tx, "telegram", chat, ZONE)
    assert found is not None
    return found.account


async def put(tx: Transaction, network: Network, one: Matter) -> None:
    """Write what a matter is about."""
    known: dict[str, Any] = {"code": one.code, "title": title(one.code, one.titles), "time_zone": one.zone}
    known["audience"] = one.audience
    if one.kind == "deadline":
        reminders = one.offsets if one.own_offsets else ()
        themes = () if one.after else one.themes
        opens = None if one.after else one.opens
        await DEADLINES.put(
            tx,
            Deadline(
                kind=one.row_kind, due=one.due, all_day=one.all_day, organisations=one.cities, themes=themes,
                opens=opens, event=one.event, reminders=reminders, **known,
            ),
        )  # fmt: skip
    elif one.kind == "form":
        answers = "one_per_city" if one.of_city else "one_per_person"
        await FORMS.put(
            tx,
            Form(
                kind=one.row_kind, closes=one.due, opens=one.opens, event=one.event, organisations=one.cities,
                answers=answers, **known,
            ),
        )  # fmt: skip
    elif one.kind == "event":
        registration = network.matters.get(f"registration:{one.code}")
        if registration is not None:
            known |= {"registration_opens": registration.opens, "registration_closes": registration.due}
        await EVENTS.put(
            tx,
            Event(
                kind=one.row_kind, begins=one.due, ends=one.ends, all_day=one.all_day, format="in_person",
                themes=one.themes, status=one.status, **known,
            ),
        )  # fmt: skip


async def enact(tx: Transaction, network: Network, act: tuple[Any, ...], now: datetime) -> None:
    """Do in the database what somebody does."""
    match act:
        case ("change", *found):
            network.matters |= {one.key: one for one in found}
            for one in found:
                await put(tx, network, one)
        case ("pay", number, until):
            city = await ORGANISATIONS.get(tx, network.cities[number].code)
            assert city is not None
            await ORGANISATIONS.put(tx, city.model_copy(update={"dues_paid_until": until}))
        case ("publish", item):
            await _publish(tx, network, item, now)
        case ("open", _):
            await COMPOSING.current(tx, now)
        case ("approve", month, dropped):
            await _approve(tx, month, dropped, now)
        case _:
            await _choose(tx, network, act, now)


async def _choose(tx: Transaction, network: Network, act: tuple[Any, ...], now: datetime) -> None:
    """Do what somebody says of a duty, or wants to have otherwise."""
    match act:
        case ("say", code, key, "back", _, _):
            await stances.take_back(tx, code, key)
        case ("say", code, key, stance, day, colleague):
            await stances.take(tx, code, key, stance, now, day=day, colleague=colleague)
        case ("answer", code, form):
            await _answer(tx, network, code, form, now)
        case ("language", code, language):
            await accounts.choose_language(tx, await account(tx, network.people[code].chat or 0), language)
        case ("quiet", code, quiet):
            await accounts.choose_quiet(tx, await account(tx, network.people[code].chat or 0), quiet)
        case ("follow", code, often, themes, snoozed):
            await followed.choose(tx, code, often, themes, snoozed)
        case _:
            raise ValueError(act)


async def _answer(tx: Transaction, network: Network, code: str, form: str, now: datetime) -> None:
    one, second = network.people[code], int(now.timestamp())
    owner = f"o:{one.city.code}" if network.matters[f"form:{form}"].of_city else f"p:{code}"
    number = int.from_bytes(hashlib.sha256(f"{form} {owner}".encode()).digest()[:6])
    await submissions.add(
        tx,
        Submission(
            number, form, owner, None, code, one.city.code, "fr", "1", {}, 1, "confirmed", 1, second, second, 1, None,
            None, None,
        ),
    )  # fmt: skip


async def _publish(tx: Transaction, network: Network, item: Item, now: datetime) -> None:
    heading: Any = title(item.code, item.titles)
    known: dict[str, Any] = {"code": item.code, "title": heading, "audience": item.audience, "themes": item.themes}
    if item.kind == "news":
        await NEWS.put(tx, NewsItem(published=item.day, organisation=item.of, **known))
    elif item.kind == "document":
        known |= {"kind": "minutes", "languages": ("fr",), "organisation": item.of}
        await DOCUMENTS.put(tx, Document(dated=item.day, **known))
    else:
        content = Contribution(
            source=item.titles[0], texts={one: f"[{item.code} {one}]" for one in item.titles},  # type: ignore[arg-type]
            kind="event" if item.kind == "given-event" else "news", first=item.day, last=item.day,
            theme=item.themes[0] if item.themes else "all", credited=(item.of,) if item.of else (),
        )  # fmt: skip
        chat = next(one.chat for one in network.people.values() if one.chat)
        kept = await contributions.add(tx, await account(tx, chat), item.of, content.model_dump_json(), now)
        await contributions.turn(tx, kept.id, "draft", "waiting", now)
        await contributions.turn(tx, kept.id, "waiting", "accepted", now, by="a coordinator")
        await contributing.keep(tx, contributing.given(kept)._replace(state="accepted"), content, now)


async def _approve(tx: Transaction, month: date, dropped: tuple[str, ...], now: datetime) -> None:
    """Approve as the coordinator's cockpit does."""
    one = await COMPOSING.current(tx, now)
    assert one.month == month, (one.month, month)
    content = one.content.model_copy(update={"dropped": dropped})
    entries = arranged(await gathered(tx, window_of(month, now)), content)
    shares = await SHARING.shares(tx, entries, (), now)
    starts = min((monthly(month, share.recipient, now) for share in shares.people), default=now + timedelta(days=1))
    frozen = IssueContent(source="fr", dropped=dropped, entries=tuple(entry.name for entry in entries))
    assert await issues.approve(tx, one.id, one.version, frozen.model_dump_json(), "a coordinator", starts, now)
