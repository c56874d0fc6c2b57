from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from bot.forms.definition import Definition
from bot.forms.engine import answers_to_send, is_ready
from bot.forms.entries import Entry, Went, Written
from bot.forms.filling import Step
from bot.forms.session import MORE, name_of
from bot.forms.standing import Standing
from bot.network.languages import LANGUAGES, Language
from bot.texts.form_steps import review
from bot.texts.form_values import shown
from bot.texts.voice import Voice
from tests.forms.small import visit
from tests.forms.test_engine import AROUND, DELEGATION, GOOD, walk
from tests.texts.voices import voice

PEOPLE = (Written("yes"), Written("Mai"), Written("none"), Written("yes"), Written("Sok"), Written("halal"),
          Written("no"), Written("-"))  # fmt: skip
EDITS = st.tuples(
    st.sampled_from(["name", "arrival", "stays", "nights", "meal", "hotel", "person@2", "more@1", "diet@1"]).map(Went),
    st.sampled_from(["Trần", "19/5", "yes", "no", "2", "noodles"]).map(Written),
)


@settings(max_examples=60)
@given(
    st.sampled_from([(visit(), GOOD), (DELEGATION, PEOPLE)]),
    st.lists(EDITS, max_size=6),
    st.sampled_from(LANGUAGES),
)
def test_review_shows_what_is_sent_and_nothing_else(
    begun: tuple[Definition, tuple[Entry, ...]], edits: list[tuple[Entry, Entry]], language: Language
) -> None:
    definition, good = begun
    session = walk(definition, (*good, *(entry for edit in edits for entry in edit))).session
    if not is_ready(definition, session):
        return
    standing = Standing(definition, AROUND, "open", session=session)
    lines = [Voice.plain(line) for line in review(voice(language), Step(standing)).text.split("\n")]
    told = [line for line in lines if line[:1].isdigit()]
    kept = answers_to_send(definition, session)
    assert len(told) == len(kept)
    for line, (key, value) in zip(told, kept.items(), strict=True):
        field = None if name_of(key) == MORE else definition.by_name[name_of(key)]
        said = shown(voice(language), field, value, AROUND)
        assert line.endswith(Voice.plain(said))
