from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.ask.intents import INTENTS, IntentReader, shipped
from bot.ask.places import Gazetteer
from bot.ask.question import LEANED_ON, Question, Stated
from bot.ask.themes import Themes
from bot.ask.understand import Understanding
from bot.network.languages import LANGUAGES, Language

TODAY = date(2027, 3, 10)
MAY = {"first": date(2027, 5, 1), "last": date(2027, 5, 31)}
JUNE = {"first": date(2027, 6, 1), "last": date(2027, 6, 30)}
UNDERSTANDING = Understanding(IntentReader(shipped()), Gazetteer(), Themes())
ALL_BUT_PLACE, ALL_BUT_KIND = "first intent kind last", "country first intent last"
MEETINGS_IN_MAY = Question("meetings", Stated(country="VN", kind="workshop", **MAY))


@pytest.mark.parametrize(
    ("language", "text", "question"),
    [
        ("fr", "réunions à Hué en mai", Question("meetings", Stated(city="hue", **MAY))),
        ("vi", "hạn chót đăng ký ở Cần Thơ", Question("deadlines", Stated(city="can-tho", kind="registration"))),
        ("km", "តើអ្នកណាជាជនបង្គោលនៅសៀមរាប?", Question("focal_point", Stated(city="siem-reap"))),
        ("lo", "ມີກອງປະຊຸມຢູ່ວຽງຈັນບໍ່", Question("meetings", Stated(city="vientiane"))),
        ("en", "minutes of the last meeting in Kampot", Question("documents", Stated(city="kampot", kind="minutes"))),
        ("vi", "toi muon gap nguoi phu trach o can tho", Question("focal_point", Stated(city="can-tho"))),
        ("fr", "merci", Question("greeting")),
    ],
)
def test_question_is_understood_with_what_it_states(language: Language, text: str, question: Question) -> None:
    found = UNDERSTANDING.understand(text, language, TODAY)
    assert (found.question, found.sure, found.language, found.carried) == (question, True, language, frozenset())


@pytest.mark.parametrize(
    ("language", "text", "intent", "sure"),
    [
        ("fr", "le compte rendu", "documents", True),
        ("fr", "le règlement intérieur svp", "documents", True),
        ("vi", "biên bản", "documents", True),
        ("km", "កំណត់ហេតុ", "documents", True),
        ("fr", "appels à projets", "deadlines", True),
        ("fr", "Huế", "focal_point", False),
        ("vi", "tháng 5", "meetings", False),
    ],
)
def test_kind_of_document_or_deadline_is_asked_for_by_its_name_alone(
    language: Language, text: str, intent: str, sure: bool
) -> None:
    found = UNDERSTANDING.understand(text, language, TODAY)
    assert (found.question.intent, found.sure) == (intent, sure)


@pytest.mark.parametrize(
    ("language", "text", "past"),
    [
        ("fr", "quand était la dernière réunion à Hué", True),
        ("vi", "lần trước họp ở Huế là khi nào", True),
        ("km", "ប្រជុំលើកមុននៅហ្វេនៅពេលណា", True),
        ("en", "when was the last meeting in Hue", True),
        ("fr", "la prochaine réunion c'est quand", False),
        ("fr", "dernier jour pour s'inscrire", False),
    ],
)
def test_question_that_looks_back_asks_for_past_meetings(language: Language, text: str, past: bool) -> None:
    assert UNDERSTANDING.understand(text, language, TODAY).question.stated.past == past


@pytest.mark.parametrize(
    ("language", "text", "intent", "year"),
    [
        ("fr", "qu'est-ce qu'on a raté en février comme nouvelles", "news", 2027),
        ("fr", "on a loupé quoi en janvier ?", "news", 2027),
        ("en", "what did we miss in February", "news", 2027),
        ("fr", "quelles réunions on a ratées en février", "meetings", 2027),
        ("fr", "Est-ce qu'on a raté l'appel de février ?", "deadlines", 2027),
        ("fr", "les échéances de février", "deadlines", 2028),
    ],
)
def test_what_was_missed_lies_behind(language: Language, text: str, intent: str, year: int) -> None:
    question = UNDERSTANDING.understand(text, language, TODAY).question
    assert question.stated.first is not None
    assert (question.intent, question.stated.first.year) == (intent, year)


@pytest.mark.parametrize(
    ("language", "text", "question", "carried"),
    [
        ("fr", "et à Hué ?", ("meetings", {"city": "hue", "kind": "workshop", **MAY}), ALL_BUT_PLACE),
        ("fr", "en juin", ("meetings", {"country": "VN", "kind": "workshop", **JUNE}), "country intent kind"),
        ("fr", "et au Laos", ("meetings", {"country": "LA", "kind": "workshop", **MAY}), ALL_BUT_PLACE),
        ("fr", "et les échéances ?", ("deadlines", {"country": "VN", **MAY}), "country first last"),
        ("vi", "còn tháng 6?", ("meetings", {"country": "VN", "kind": "workshop", **JUNE}), "country intent kind"),
        ("vi", "con o hue thi sao", ("meetings", {"city": "hue", "kind": "workshop", **MAY}), ALL_BUT_PLACE),
        ("km", "ចុះរឿងថាមពល", ("meetings", {"country": "VN", "theme": "energy", "kind": "workshop", **MAY}),
         "country first last intent kind"),
        ("km", "ចុះនៅសៀមរាប?", ("meetings", {"city": "siem-reap", "kind": "workshop", **MAY}), ALL_BUT_PLACE),
        ("lo", "ແລ້ວຢູ່ວຽງຈັນເດ?", ("meetings", {"city": "vientiane", "kind": "workshop", **MAY}), ALL_BUT_PLACE),
        ("en", "what about webinars?", ("meetings", {"country": "VN", "kind": "webinar", **MAY}), ALL_BUT_KIND),
    ],
)  # fmt: skip
def test_question_is_completed_by_the_one_that_it_leans_on(
    language: Language, text: str, question: tuple[str, dict[str, object]], carried: str
) -> None:
    found = UNDERSTANDING.understand(text, language, TODAY, MEETINGS_IN_MAY)
    asked = found.question
    assert (asked.intent, asked.stated) == (question[0], Stated(**question[1]))  # type: ignore[arg-type]
    assert (found.carried, found.sure) == (frozenset(carried.split()), True)


def test_registering_in_khmer_does_not_begin_as_if_it_went_on() -> None:
    found = UNDERSTANDING.understand("ចុះឈ្មោះយ៉ាងម៉េច", "km", TODAY, MEETINGS_IN_MAY)
    assert (found.question.intent, found.question.stated) == ("register", MEETINGS_IN_MAY.stated)


def test_annual_meeting_of_a_year_is_a_kind_and_a_year() -> None:
    stated = UNDERSTANDING.understand("កិច្ចប្រជុំប្រចាំឆ្នាំ២០២៥ ធ្វើនៅណា", "km", TODAY).question.stated
    assert (stated.kind, stated.first) == ("annual_meeting", date(2025, 1, 1))


def test_city_that_is_not_of_the_network_is_named_and_where_one_comes_from_is_not() -> None:
    asked = UNDERSTANDING.understand("មានប្រជុំនៅព្រះសីហនុទេ", "km", TODAY).question
    assert (asked.intent, asked.stated.city) == ("meetings", "elsewhere")
    assert UNDERSTANDING.understand("ខ្ញុំមកពីតាកែវ ចង់ចុះឈ្មោះ", "km", TODAY).question.stated == Stated()


@pytest.mark.parametrize(
    "text", ["qui est le point focal de Yên Bái ?", "bonjour", "quel temps fait-il à Hué ?", "réunions à Kampot"]
)
def test_question_that_says_all_by_itself_leans_on_nothing(text: str) -> None:
    alone = UNDERSTANDING.understand(text, "fr", TODAY)
    assert UNDERSTANDING.understand(text, "fr", TODAY, MEETINGS_IN_MAY) == alone


@pytest.mark.parametrize(
    ("text", "stated"), [("Huế", {"city": "hue"}), ("en mai ?", MAY), ("l'eau", {"theme": "water"})]
)
def test_place_or_day_alone_is_asked_back(text: str, stated: dict[str, object]) -> None:
    found = UNDERSTANDING.understand(text, "fr", TODAY)
    assert (found.sure, found.offers) == (False, ("meetings", "focal_point", "deadlines"))
    assert (found.question.stated, found.language) == (Stated(**stated), None)  # type: ignore[arg-type]


def test_what_is_out_of_scope_is_never_offered() -> None:
    for text in ("zzz", "blabla bla", "le truc machin", "ok ça"):
        offers = UNDERSTANDING.understand(text, "fr", TODAY).offers
        assert (len(offers), {"out_of_scope", "greeting"} & set(offers)) == (3, set())


@given(st.text(max_size=5000), st.sampled_from(LANGUAGES), st.sampled_from([None, MEETINGS_IN_MAY]))
def test_any_text_is_understood_somehow(text: str, language: Language, last: Question | None) -> None:
    found = UNDERSTANDING.understand(text, language, TODAY, last)
    assert found.question.intent in INTENTS
    assert found == UNDERSTANDING.understand(text, language, TODAY, last)
    assert not (found.carried and found.question.intent not in LEANED_ON)
