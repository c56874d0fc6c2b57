"""Networks that hypothesis makes up: any text that a person could have written, in any place."""

from __future__ import annotations

import unicodedata
from datetime import UTC, date, datetime, time, timedelta
from typing import Any, get_args
from zoneinfo import ZoneInfo

from hypothesis import strategies as st

from bot.ask.teaching import TEACHABLE, teachable
from bot.network import records
from bot.network.audiences import Role
from bot.network.content import Content
from bot.network.languages import LANGUAGES
from bot.tables.network import Network
from bot.tables.words import Word

ZONES = (
    "Asia/Phnom_Penh", "Asia/Ho_Chi_Minh", "Europe/Paris", "Africa/Cairo", "America/New_York", "Asia/Kolkata", "UTC",
)  # fmt: skip
AWKWARD = (
    "=1+1", "+84 234", "-3", "@here", "'", "''=x", "'t Hof", "#N/A?", "a;b", 'say "no"', "one\n\ntwo", "a\tb",
    "_x0041_", "_x005F_x0041_", "ភ្នំពេញ", "កិច្ចប្រជុំ", "ວຽງຈັນ", "Huế", "\u0301a", "\u200c", "2027-05-18", "007", "1e5",
    "TRUE", "\u0085x", "a\u2028b", ",", "<b>&amp;</b>", "👩🏽‍🌾", "title_fr=stale",
)  # fmt: skip
_ERRORS = {"#NULL!", "#DIV/0!", "#VALUE!", "#REF!", "#NAME?", "#NUM!", "#N/A"}


def _as_kept(text: str) -> str:
    return unicodedata.normalize("NFC", text.replace("\u200b", "").replace("\ufeff", "")).strip()


_ANY = st.text(
    st.one_of(
        st.characters(exclude_categories=("Cs", "Cc"), exclude_characters="\ufffe\uffff"),
        st.sampled_from("\n\t'=+-@;,\"_x0\u200b ្កខិ់"),
    ),
    max_size=20,
)
TEXTS = st.one_of(st.sampled_from(AWKWARD), _ANY).map(_as_kept).filter(lambda text: text and text not in _ERRORS)
ITEMS = TEXTS.map(lambda text: _as_kept(text.replace(";", ""))).filter(lambda text: text and text not in _ERRORS)
CODES = st.from_regex(r"[a-z0-9]([a-z0-9_-]{0,8}[a-z0-9])?", fullmatch=True)
LINKS = st.sampled_from(["https://hue.example.org", "http://example.org/?a=1;2,3&b='+'"])
DAYS = st.dates(date(1950, 1, 1), date(2150, 1, 1))


@st.composite
def contents(draw: st.DrawFn) -> Content:
    texts = draw(st.dictionaries(st.sampled_from(LANGUAGES), TEXTS, min_size=1, max_size=5))
    source = draw(st.sampled_from(sorted(texts)))
    states = st.sampled_from(["human", "machine", "stale"])
    return Content.model_validate(
        {code: {"text": text, "state": "source" if code == source else draw(states)} for code, text in texts.items()}
    )


@st.composite
def instants(draw: st.DrawFn, zone: str) -> datetime:
    """Return an instant at a whole minute, which the clock of the zone shows for the first time."""
    minute = draw(st.integers(0, 24 * 60 - 1))
    local = datetime.combine(draw(DAYS), time(minute // 60, minute % 60), ZoneInfo(zone))
    return local.astimezone(UTC)


def _midnight(day: date, zone: str) -> datetime:
    return datetime.combine(day, time(), ZoneInfo(zone)).astimezone(UTC)


def _choice(alias: Any) -> st.SearchStrategy[Any]:
    return st.sampled_from(get_args(alias))


def _list(strategy: st.SearchStrategy[str], least: int = 0) -> st.SearchStrategy[tuple[str, ...]]:
    return st.lists(strategy, unique=True, min_size=least, max_size=3).map(tuple)


def _maybe(strategy: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    return st.none() | strategy


def _among(codes: list[str]) -> st.SearchStrategy[Any]:
    return _maybe(st.sampled_from(codes)) if codes else st.none()


def _several(codes: list[str]) -> st.SearchStrategy[tuple[str, ...]]:
    return _list(st.sampled_from(codes)) if codes else st.just(())


class _Maker:
    """Draws a network table after table; later tables refer to earlier ones."""

    def __init__(self, draw: st.DrawFn) -> None:
        self.draw = draw
        self.organisations: list[str] = []
        self.themes: list[str] = []
        self.events: list[str] = []
        self.audiences = ["everyone", "members", "members_paid", "coordinators"]

    def codes(self, most: int = 2) -> list[str]:
        return self.draw(st.lists(CODES, unique=True, max_size=most))

    def of(self, record: type[Any], code: str, **fields: st.SearchStrategy[Any]) -> Any:
        drawn = {name: self.draw(strategy) for name, strategy in fields.items()}
        return record.model_validate({"code": code} | drawn)

    def organisation_rows(self) -> tuple[Any, ...]:
        taken: set[str] = set()
        found = []
        for code in self.codes(3):
            row = self.of(
                records.Organisation, code, name=contents(), spellings=_list(ITEMS),
                kind=_choice(records.OrganisationKind), country=st.sampled_from(["KH", "FR"]),
                time_zone=st.sampled_from(ZONES), membership=st.sampled_from(["member", "guest", "partner"]),
                dues_paid_until=_maybe(DAYS), groups=_list(st.sampled_from(["viet-nam", "g_2"])), website=_maybe(LINKS),
            )  # fmt: skip
            words = {word.casefold() for word in row.spellings}
            names = {version.text.casefold() for version in row.name.root.values()}
            if not taken & (words | names):
                found.append(row)
            taken |= words | names
        self.organisations = [row.code for row in found]
        if any("viet-nam" in row.groups for row in found):
            self.audiences.append("group:viet-nam")
        return tuple(found)

    def theme_rows(self) -> tuple[Any, ...]:
        self.themes = self.codes()
        axes = st.sampled_from(["main", "cross_cutting", "wish"])
        return tuple(
            self.of(records.Theme, code, name=contents(), spellings=_list(ITEMS), axis=axes) for code in self.themes
        )

    def person_rows(self) -> tuple[Any, ...]:
        if not self.organisations:
            return ()
        return tuple(
            self.of(
                records.Person, code, name=TEXTS, organisation=st.sampled_from(self.organisations), function=contents(),
                role=st.sampled_from([role for role in get_args(Role) if role != "stranger"]),
                languages=_list(st.sampled_from(LANGUAGES), 1), themes=_several(self.themes),
                email=_maybe(st.just("mai@hue.example.org")), phone=_maybe(st.just("+84 (234) 555-01.23")),
                telegram_id=_maybe(st.just(number * 10**9 + 1)),
            )
            for number, code in enumerate(self.codes())
        )  # fmt: skip

    def common(self) -> dict[str, st.SearchStrategy[Any]]:
        return {"themes": _several(self.themes), "audience": st.sampled_from(self.audiences)}

    def event_rows(self) -> tuple[Any, ...]:
        codes = self.codes(3)
        found = []
        for number, code in enumerate(codes):
            zone = self.draw(st.sampled_from(ZONES))
            opens, closes = self.window(zone)
            found.append(
                self.of(
                    records.Event, code, title=contents(), kind=_choice(records.EventKind), time_zone=st.just(zone),
                    format=_choice(records.EventFormat), city=_among(self.organisations),
                    country=_maybe(st.just("JP")), place=_maybe(contents()), link=_maybe(LINKS),
                    status=_choice(records.EventStatus), organiser=_among(self.organisations),
                    part_of=_among(codes[:number]), description=_maybe(contents()), programme=_maybe(contents()),
                    registration_opens=st.just(opens), registration_closes=st.just(closes),
                    registration_link=_maybe(LINKS), **self.span(zone), **self.common(),
                )
            )  # fmt: skip
        self.events = codes
        return tuple(found)

    def span(self, zone: str) -> dict[str, st.SearchStrategy[Any]]:
        all_day = self.draw(st.booleans())
        if all_day:
            day, days = self.draw(DAYS), self.draw(st.integers(1, 9))
            begins, ends = _midnight(day, zone), _midnight(day + timedelta(days=days), zone)
        else:
            begins, ends = sorted((self.draw(instants(zone)), self.draw(instants(zone))))
        return {"begins": st.just(begins), "ends": st.just(ends), "all_day": st.just(all_day)}

    def window(self, zone: str) -> tuple[datetime | None, datetime | None]:
        opens, closes = sorted((self.draw(instants(zone)), self.draw(instants(zone))))
        keep = self.draw(st.tuples(st.booleans(), st.booleans()))
        return opens if keep[0] and opens < closes else None, closes if keep[1] else None

    def deadline_rows(self) -> tuple[Any, ...]:
        found = []
        for code in self.codes():
            zone = self.draw(st.sampled_from(ZONES))
            all_day = self.draw(st.booleans())
            due = _midnight(self.draw(DAYS), zone) if all_day else self.draw(instants(zone))
            opens = _midnight(due.date() - timedelta(days=self.draw(st.integers(2, 40))), zone)
            found.append(
                self.of(
                    records.Deadline, code, title=contents(), kind=_choice(records.DeadlineKind),
                    opens=_maybe(st.just(opens)), due=st.just(due), all_day=st.just(all_day), time_zone=st.just(zone),
                    organisations=_several(self.organisations), event=_among(self.events), link=_maybe(LINKS),
                    reminders=st.lists(st.integers(0, 400), max_size=4).map(tuple), description=_maybe(contents()),
                    **self.common(),
                )
            )  # fmt: skip
        return tuple(found)

    def news_rows(self) -> tuple[Any, ...]:
        return tuple(
            self.of(
                records.NewsItem, code, title=contents(), body=_maybe(contents()), published=DAYS,
                organisation=_among(self.organisations), link=_maybe(LINKS), **self.common(),
            )
            for code in self.codes()
        )  # fmt: skip

    def document_rows(self, files: list[str]) -> tuple[Any, ...]:
        return tuple(
            self.of(
                records.Document, code, title=contents(), kind=_choice(records.DocumentKind), dated=DAYS,
                languages=_list(st.sampled_from(LANGUAGES), 1), event=_among(self.events),
                organisation=_among(self.organisations), file=_among(files), link=LINKS, **self.common(),
            )
            for code in self.codes()
        )  # fmt: skip

    def action_rows(self) -> tuple[Any, ...]:
        return tuple(
            self.of(
                records.Action, code, number=st.integers(-99, 10**14), axis=contents(), title=contents(),
                state=_choice(records.ActionState), done=_maybe(contents()), planned=_maybe(contents()),
                proposed=_maybe(contents()), who=_maybe(contents()), due=_maybe(DAYS),
                organisations=_several(self.organisations), **self.common(),
            )
            for code in self.codes()
        )  # fmt: skip

    def word_rows(self) -> tuple[Word, ...]:
        texts = [word for text in self.draw(st.lists(TEXTS, max_size=3)) if (word := teachable(text))]
        words = [
            Word(self.draw(st.sampled_from(LANGUAGES)), text, self.draw(st.sampled_from(TEACHABLE))) for text in texts
        ]
        return tuple({word.key: word for word in words}.values())


@st.composite
def networks(draw: st.DrawFn, files: tuple[str, ...] = ()) -> Network:
    """Draw a network whose documents refer to ``files``."""
    maker = _Maker(draw)
    return Network(
        organisations=maker.organisation_rows(), themes=maker.theme_rows(), people=maker.person_rows(),
        events=maker.event_rows(), deadlines=maker.deadline_rows(), news=maker.news_rows(),
        documents=maker.document_rows(list(files)), actions=maker.action_rows(), words=maker.word_rows(),
    )  # fmt: skip
