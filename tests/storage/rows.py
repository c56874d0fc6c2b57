"""Records made by chance, and one plain record of every table."""

from __future__ import annotations

import string
import types
from datetime import UTC, date, datetime
from typing import Annotated, Any, Literal, Union, get_args, get_origin

from hypothesis import strategies as st

from bot.network.audiences import EVERYONE
from bot.network.content import Content, Version
from bot.network.forms import Form, Question
from bot.network.languages import LANGUAGES
from bot.network.records import (
    Action,
    Deadline,
    Document,
    Event,
    NewsItem,
    Organisation,
    Person,
    Record,
    Theme,
)

UTC_NOON = datetime(2027, 5, 18, 12, 0, tzinfo=UTC)
_LETTERS = st.sampled_from("កខគឃងចឆជឈញដឋឌឍណតថទធនបផពភមយរលវសហឡអ្ាិីឹឺុូើេែៃោៅំះ់ៈ។៖ ກຂຄງຈສຊຍດຕຖທນບປຜຝພຟມຢຣລວຫອຮະັາຳິີຶືຸູົຼຽເແໂໃໄ")
_ANY = st.characters(exclude_categories=["Cs"], exclude_characters="\x00")
TEXTS = st.one_of(
    st.text(_LETTERS, min_size=1, max_size=30),
    st.text(_ANY, min_size=1, max_size=30),
    st.sampled_from(["Hội nghị", "Hội nghị", "'; DROP TABLE themes; --", '"', "$1", "👩‍👩‍👧", "ស្ត្រី"]),
)
_WORD = st.text(string.ascii_lowercase + string.digits, min_size=1, max_size=6)
CODES = st.builds(lambda first, sign, last: f"{first}{sign}{last}", _WORD, st.sampled_from(["-", "_", ""]), _WORD)
INSTANTS = st.integers(0, 4_000_000_000).map(lambda seconds: datetime.fromtimestamp(seconds, UTC))
_FROM_ONE = ("places", "places_per_city", "offer_hours", "quorum", "keep_days")
STATES = st.sampled_from(["human", "machine", "stale"])


@st.composite
def contents(draw: st.DrawFn) -> Content:
    languages = draw(st.lists(st.sampled_from(LANGUAGES), min_size=1, unique=True))
    states = ["source", *(draw(STATES) for _ in languages[1:])]
    return Content(
        {language: Version(text=draw(TEXTS), state=state) for language, state in zip(languages, states, strict=True)}
    )


def records(kind: type[Record]) -> st.SearchStrategy[Record]:
    """Any record of that kind that refers to no other."""
    fields = {
        name: _of(name, field.annotation)
        for name, field in kind.model_fields.items()
        if name not in ("id", "city", "organiser", "part_of", "event", "country_of")
    }
    if "organisation" in fields:
        fields["organisation"] = st.just("hue") if kind is Person else st.none()
    if kind is Question:
        names = _WORD.map(lambda word: f"n{word}")
        fields |= {"form": st.just("visit"), "name": names, "code": names.map(lambda name: f"visit.{name}")}
    return st.builds(kind, **fields)


def _of(name: str, annotation: Any) -> st.SearchStrategy[Any]:
    while get_origin(annotation) is Annotated:
        annotation = get_args(annotation)[0]
    arguments = get_args(annotation)
    if get_origin(annotation) in (Union, types.UnionType):
        return st.one_of(st.none(), *(_of(name, one) for one in arguments if one is not types.NoneType))
    if get_origin(annotation) is tuple:
        return st.lists(_of(name, arguments[0]), max_size=3).map(tuple)
    if get_origin(annotation) is Literal:
        return st.sampled_from(arguments)
    return {
        str: _text(name),
        bool: st.booleans(),
        int: st.integers(1, 100) if name in _FROM_ONE else st.integers(-(2**52), 2**52),
        date: st.dates(date(1990, 1, 1), date(2099, 1, 1)),
        datetime: INSTANTS,
        Content: contents(),
    }[annotation]


def _text(name: str) -> st.SearchStrategy[str]:
    match name:
        case "code" | "groups" | "themes" | "organisations" | "options" | "form":
            return CODES
        case "country":
            return st.text(string.ascii_uppercase, min_size=2, max_size=2)
        case "audience":
            return st.one_of(
                st.sampled_from([EVERYONE, "members", "members_paid", "coordinators"]), st.just("group:laos")
            )
        case "website" | "link" | "registration_link":
            return st.just("https://example.org/ស្ត្រី?a=1&b=2")
        case _:
            return TEXTS


HUE = Organisation(
    code="hue", name=Content.of("vi", vi="Huế", km="ហ្វេ"), spellings=("Hue", "Thừa Thiên"), kind="city", country="VN",
    time_zone="Asia/Ho_Chi_Minh", membership="member", dues_paid_until=date(2027, 12, 31), groups=("viet-nam",),
)  # fmt: skip
BREST = Organisation(
    code="brest", name=Content.of("fr", fr="Brest"), kind="city", country="FR", time_zone="Europe/Paris",
    membership="guest",
)  # fmt: skip
WATER = Theme(code="water", name=Content.of("fr", fr="Eau", km="ទឹក"), axis="main")
MAI = Person(
    code="mai", name="Trần Thị Mai", organisation="hue", function=Content.of("vi", vi="Chuyên viên"),
    role="focal_point", languages=("vi", "fr"), themes=("water",), email="mai@hue.example.org", telegram_id=42,
)  # fmt: skip
MEETING = Event(
    code="meeting", title=Content.of("fr", fr="Réunion", km="កិច្ចប្រជុំ"), kind="annual_meeting", begins=UTC_NOON,
    ends=UTC_NOON.replace(hour=14), all_day=False, time_zone="Asia/Ho_Chi_Minh", format="in_person", city="hue",
    themes=("water",), organiser="hue",
)  # fmt: skip
CALL = Deadline(
    code="call", title=Content.of("fr", fr="Appel"), kind="call", opens=UTC_NOON, due=UTC_NOON.replace(month=6),
    all_day=False, time_zone="Europe/Paris", organisations=("hue",), event="meeting", link="https://example.org/call",
)  # fmt: skip
NEWS = NewsItem(code="opened", title=Content.of("fr", fr="Ouverture"), published=date(2027, 1, 31), organisation="hue")
AGENDA = Document(
    code="agenda", title=Content.of("fr", fr="Ordre du jour"), kind="agenda", dated=date(2027, 5, 1), languages=("fr",),
    event="meeting", organisation="hue", file="files/agenda.txt",
)  # fmt: skip
ACTION = Action(
    code="a1", number=1, axis=Content.of("fr", fr="Axe"), title=Content.of("fr", fr="Réunir"), state="under_way",
    due=date(2027, 12, 1), organisations=("hue",),
)  # fmt: skip
VISIT = Form(
    code="visit", title=Content.of("fr", fr="Visite", km="ទស្សនកិច្ច"), kind="registration", event="meeting",
    closes=UTC_NOON, time_zone="Asia/Ho_Chi_Minh", places=10, waiting_list=True,
)  # fmt: skip
MEAL = Question(
    code="visit.meal", form="visit", name="meal", number=10, kind="one_choice", label=Content.of("fr", fr="Repas ?"),
    options=("rice", "noodles"), choices=Content.of("fr", fr="Riz; Nouilles"), required=False,
)  # fmt: skip
EVERY_RECORD: tuple[Record, ...] = (HUE, MAI, WATER, MEETING, CALL, NEWS, AGENDA, ACTION, VISIT, MEAL)
"""One of every table, in the order of ``storage.network.TABLES``."""
