from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from bot.ask.normalise import normalise
from bot.ask.places import Gazetteer
from bot.ask.slots import Slots, slots
from bot.ask.themes import Themes
from bot.network.languages import LANGUAGES, Language

TODAY = date(2027, 3, 10)
GAZETTEER = Gazetteer()
THEMES = Themes()


def _read(text: str, language: Language, intent: str | None) -> Slots:
    return slots(normalise(text), language, TODAY, GAZETTEER, THEMES, intent)


def test_slots_are_read_together() -> None:
    found = _read("Atelier patrimoine à Luang Prabang du 3 au 7 mai ?", "fr", "meetings")
    assert found.period is not None
    assert (found.city, found.country, found.theme, found.kind, found.period.first, found.period.last) == (
        "luang-prabang", None, "heritage", "workshop", date(2027, 5, 3), date(2027, 5, 7)
    )  # fmt: skip


def test_spans_cover_what_was_understood() -> None:
    message = normalise("deadline របស់ Cần Thơ ខែក្រោយ")
    found = slots(message, "km", TODAY, GAZETTEER, THEMES, "deadlines")
    assert [message.text[start:end] for start, end in found.spans] == ["cần thơ", "ខែក្រោយ"]


def test_name_of_a_place_is_not_read_twice() -> None:
    found = _read("hop o nam vang", "vi", "meetings")
    assert (found.city, found.period) == ("phnom-penh", None)


def test_out_of_scope_has_no_slots() -> None:
    assert _read("quel temps fait-il à Hué demain", "fr", "out_of_scope") == Slots()


def test_dues_have_no_theme() -> None:
    assert _read("le budget et la cotisation 2027", "fr", "dues").theme is None


@given(st.text(), st.sampled_from(LANGUAGES), st.sampled_from(["meetings", "documents", "deadlines", "digest", None]))
def test_any_text_is_taken(text: str, language: Language, intent: str | None) -> None:
    assert _read(text, language, intent) == _read(text, language, intent)
