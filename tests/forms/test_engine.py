from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, date, datetime

from hypothesis import given, settings
from hypothesis import strategies as st

from bot.forms.around import Around
from bot.forms.definition import Definition, build
from bot.forms.engine import Advance, advance, answers_to_send, is_ready, offered
from bot.forms.entries import (
    AsWritten,
    Attached,
    Back,
    Done,
    Entry,
    Kept,
    Picked,
    Skipped,
    Ticked,
    Unreadable,
    Went,
    Written,
)
from bot.forms.opening import amend, begin, reconcile
from bot.forms.path import next_step, people_of, progress, steps
from bot.forms.session import REVIEW, Session
from tests.forms.small import VISIT, form, question, visit
from tests.members.network import NETWORK

NOW = datetime(2027, 5, 3, 2, 0, tzinfo=UTC)
AROUND = Around(today=date(2027, 5, 3), language="en", known={"name": "Mai"})
GOOD: tuple[Entry, ...] = (
    Kept(), Written("18/5"), Written("yes"), Written("3"), Picked("rice"), Ticked("market"), Done(), Skipped(),
)  # fmt: skip
FULL = {
    "name": "Mai", "arrival": "2027-05-18", "stays": "yes", "nights": 3, "meal": "rice", "sights": ["market"],
    "remarks": None,
}  # fmt: skip


def walk(definition: Definition, entries: Iterable[Entry], session: Session | None = None) -> Advance:
    """Take the entries one after the other; the session is written down and read again between any two."""
    came = Advance(session or begin(definition, NOW))
    for entry in entries:
        kept = Session.read(came.session.written())
        assert kept == came.session
        came = advance(definition, kept, entry, NOW, AROUND)
    return came


def problem_of(entries: Iterable[Entry]) -> str | None:
    problem = walk(visit(), entries).problem
    return problem.name if problem else None


def test_good_answers_lead_to_the_review() -> None:
    session = walk(visit(), GOOD).session
    assert (session.step, session.answers, is_ready(visit(), session)) == (REVIEW, FULL, True)


def test_question_whose_condition_does_not_hold_is_not_asked() -> None:
    session = walk(visit(), (Kept(), Written("18/5"), Written("no"))).session
    assert (session.step, progress(visit(), session.answers, session.step)) == ("meal", (4, 6))


def test_wrong_answer_leaves_everything_but_the_count_as_it_was() -> None:
    before = walk(visit(), GOOD[:3]).session
    came = walk(visit(), (Written("nine"), Written("99")), before)
    assert came.problem is not None
    assert (came.session.answers, came.session.step, came.session.turn) == (before.answers, "nights", before.turn)
    assert (came.problem.name, came.problem.values, came.session.mistakes) == ("too_large", {"most": 5}, 2)


def test_good_answer_after_mistakes_starts_the_count_again() -> None:
    session = walk(visit(), (*GOOD[:3], Written("?"), Written("2"))).session
    assert (session.step, session.mistakes) == ("meal", 0)


def test_known_answer_is_offered_and_kept() -> None:
    session = begin(visit(), NOW)
    assert offered(visit(), session, AROUND) == "Mai"
    assert walk(visit(), (Kept(),)).session.answers == {"name": "Mai"}


def test_known_answer_that_is_not_good_is_not_offered() -> None:
    strict = build(form(), (question("name", 1, "short_text", known="name", at_least="10"),))
    assert offered(strict, begin(strict, NOW), AROUND) is None


def test_back_returns_to_the_question_before_and_its_answer_can_be_kept() -> None:
    session = walk(visit(), (*GOOD[:3], Back())).session
    assert (session.step, offered(visit(), session, AROUND)) == ("stays", "yes")
    assert walk(visit(), (Kept(),), session).session.step == "nights"


def test_back_at_the_first_question_stays_there() -> None:
    assert walk(visit(), (Back(), Back())).session.step == "name"


def test_edit_from_the_review_returns_there_and_asks_only_what_depends_on_it() -> None:
    edited = walk(visit(), (*GOOD, Went("stays"), Written("no"))).session
    assert (edited.step, answers_to_send(visit(), edited)) == (
        REVIEW, {key: value for key, value in {**FULL, "stays": "no"}.items() if key != "nights"},
    )  # fmt: skip
    other = walk(visit(), (Kept(), Written("18/5"), Written("no"), *GOOD[4:], Went("stays"), Written("yes"))).session
    assert (other.step, walk(visit(), (Written("2"),), other).session.step) == ("nights", REVIEW)


def test_edit_of_several_choices_opens_with_the_earlier_ones_ticked() -> None:
    assert walk(visit(), (*GOOD, Went("sights"))).session.ticked == ("market",)


def test_choices_beyond_the_limit_are_not_ticked() -> None:
    came = walk(visit(), (*GOOD[:5], Ticked("market"), Ticked("temple"), Ticked("river")))
    assert (came.problem and came.problem.name, came.session.ticked) == ("too_many", ("market", "temple"))


def test_tick_is_taken_back_by_a_second_tap() -> None:
    assert walk(visit(), (*GOOD[:5], Ticked("temple"), Ticked("market"), Ticked("temple"))).session.ticked == (
        "market",
    )


def test_entries_that_mean_nothing_here_are_told_so() -> None:
    assert problem_of((Unreadable(),)) == "unreadable"
    assert problem_of((Skipped(),)) == "required"
    assert problem_of((Attached("a.pdf", 10, "web", "1"),)) == "no_file_wanted"
    assert problem_of((Went("nowhere"),)) == "use_buttons"
    assert problem_of((Went("remarks"),)) == "use_buttons"
    assert problem_of((AsWritten(),)) == "use_buttons"
    assert problem_of((*GOOD, Written("thanks"))) == "send_or_change"


def test_first_and_last_day_can_be_tapped_in_any_order() -> None:
    stay = build(form(), (question("stay", 1, "date_range", at_least="2027-05-10"),))
    first = walk(stay, (Picked("2027-05-20"),)).session
    assert (first.step, first.unsure) == ("stay", "2027-05-20")
    assert walk(stay, (Picked("2027-05-18"),), first).session.answers == {"stay": ["2027-05-18", "2027-05-20"]}


def test_phone_of_somebody_without_a_country_is_of_the_city_they_have_named() -> None:
    reached = build(form(), (question("city", 1, "city"), question("phone", 2, "phone")))
    around = Around(today=NOW.date(), language="fr", organisations=lambda: NETWORK)
    session = begin(reached, NOW)
    for text in ("à Lorient", "06 12 34 56 78"):
        session = advance(reached, session, Written(text), NOW, around).session
    assert session.answers == {"city": "lorient", "phone": "+33612345678"}


def test_files_are_gathered_up_to_the_limit() -> None:
    files = build(form(), (question("papers", 1, "file", at_most="2", accepts=("pdf",)),))
    one = walk(files, (Attached("a.pdf", 10, "web", "1"),)).session
    assert (one.step, [file["name"] for file in one.answers["papers"]]) == ("papers", ["a.pdf"])
    assert walk(files, (Done(),), one).session.step == REVIEW
    assert walk(files, (Attached("b.pdf", 10, "web", "2"),), one).session.step == REVIEW
    wrong = walk(files, (Attached("c.exe", 10, "web", "3"),), one)
    assert (wrong.problem and wrong.problem.name, wrong.session.answers) == ("file_kind", one.answers)


RULED = build(
    form(),
    (
        question("local", 1, "whole_number"),
        question("partner", 2, "whole_number"),
        question("six", 3, "rule", condition="local + partner + 1 <= 6"),
        question("title", 4, "short_text"),
    ),
)


def test_broken_rule_stands_in_the_way_until_an_answer_is_changed() -> None:
    broken = walk(RULED, (Written("3"), Written("3"))).session
    assert broken.step == "six"
    assert walk(RULED, (Written("go on"),), broken).session.step == "six"
    mended = walk(RULED, (Went("partner"), Written("2")), broken).session
    assert mended.step == "title"
    again = walk(RULED, (Written("Water"), Went("local"), Written("9")), mended).session
    assert (again.step, is_ready(RULED, again)) == ("six", False)


def test_rule_is_not_told_before_everything_in_it_was_asked() -> None:
    assert walk(RULED, (Written("9"),)).session.step == "partner"


DELEGATION = build(
    form(kind="delegation"),
    (
        question("hotel", 1, "yes_no"),
        question("person", 2, "short_text", each_person=True, known="name"),
        question("diet", 3, "short_text", each_person=True, condition="hotel = yes"),
        question("remarks", 4, "short_text", required=False),
    ),
)


def test_delegation_asks_each_person_and_the_shared_questions_once() -> None:
    entries = (Written("yes"), Kept(), Written("none"), Written("yes"), Written("Sok"), Written("halal"), Picked("no"))
    session = walk(DELEGATION, (*entries, Skipped())).session
    assert session.answers == {
        "hotel": "yes", "person@1": "Mai", "diet@1": "none", "more@1": "yes", "person@2": "Sok", "diet@2": "halal",
        "more@2": "no", "remarks": None,
    }  # fmt: skip
    assert (session.step, people_of(session.answers)) == (REVIEW, 2)


def test_same_person_twice_is_noticed_and_can_be_meant() -> None:
    twice = walk(DELEGATION, (Written("no"), Written("Trần Mai"), Written("yes"), Written("tran mai")))
    assert (twice.problem and twice.problem.name, twice.session.step) == ("same_person", "person@2")
    assert walk(DELEGATION, (AsWritten(),), twice.session).session.answers["person@2"] == "tran mai"
    assert walk(DELEGATION, (Written("Sok"),), twice.session).session.answers["person@2"] == "Sok"


def test_delegation_made_smaller_sends_only_who_is_left() -> None:
    entries = (Written("no"), Written("Mai"), Written("yes"), Written("Sok"), Picked("no"), Skipped())
    session = walk(DELEGATION, (*entries, Went("more@1"), Picked("no"))).session
    assert answers_to_send(DELEGATION, session) == {"hotel": "no", "person@1": "Mai", "more@1": "no", "remarks": None}


def test_new_version_keeps_good_answers_and_asks_the_rest() -> None:
    session = walk(visit(), GOOD).session
    changed = build(
        form(),
        (
            *VISIT[:3],
            question("nights", 40, "whole_number", at_most="2", condition="stays = yes"),
            question("badge", 45, "short_text"),
            *VISIT[4:],
        ),
    )
    now = reconcile(changed, session, AROUND)
    assert (now.step, now.version, now.turn) == ("nights", changed.version, session.turn + 1)
    assert "nights" not in now.answers
    done = walk(changed, (Written("2"), Written("Mai T.")), now).session
    assert (done.step, done.answers["meal"]) == (REVIEW, "rice")
    assert reconcile(visit(), session, AROUND) is session


def test_amendment_opens_at_the_review() -> None:
    session = amend(visit(), FULL, 12, NOW, AROUND)
    assert (session.step, session.amends, session.answers) == (REVIEW, 12, FULL)


ENTRIES = st.one_of(
    st.text(max_size=30).map(Written),
    st.sampled_from(["yes", "no", "18/5", "3", "rice", "2027-05-12", "market", "៣", "ngày 18 tháng 5"]).map(Written),
    st.sampled_from(["yes", "rice", "market", "2", "2027-05-12", "x"]).map(Picked),
    st.sampled_from(["market", "temple", "river", "x"]).map(Ticked),
    st.sampled_from(["name", "stays", "more@1", "person@2", "x"]).map(Went),
    st.sampled_from([Back(), Done(), Kept(), Skipped(), AsWritten(), Unreadable(), Attached("a.pdf", 1, "web", "1")]),
)
FORMS = st.sampled_from([visit(), RULED, DELEGATION])


@settings(max_examples=150)
@given(FORMS, st.lists(ENTRIES, max_size=25))
def test_any_entries_end_in_a_valid_state(definition: Definition, entries: list[Entry]) -> None:
    session = walk(definition, entries).session
    keys = [key for key, _ in steps(definition, session.answers)]
    assert session.step == REVIEW or session.step in keys
    if session.step == REVIEW:
        assert next_step(definition, session.answers) == REVIEW
    for key, value in answers_to_send(definition, session).items():
        field = definition.by_name.get(key.partition("@")[0])
        assert value is not None or (field is not None and not field.question.required)


@settings(max_examples=100)
@given(FORMS, st.lists(ENTRIES, max_size=15), ENTRIES)
def test_back_undoes_the_last_answer_s_step(definition: Definition, entries: list[Entry], entry: Entry) -> None:
    before = walk(definition, entries).session
    came = advance(definition, before, entry, NOW, AROUND)
    moved_on = came.noted is not None and came.session.step != before.step
    keys = [key for key, _ in steps(definition, came.session.answers)]
    if not moved_on or came.session.step == REVIEW or keys.index(came.session.step) != keys.index(before.step) + 1:
        return
    assert walk(definition, (Back(),), came.session).session.step == before.step


@given(FORMS, st.lists(ENTRIES, max_size=15))
def test_entries_that_are_refused_change_no_answer(definition: Definition, entries: list[Entry]) -> None:
    session = begin(definition, NOW)
    for entry in entries:
        came = advance(definition, session, entry, NOW, AROUND)
        if came.problem is not None:
            assert (came.session.answers, came.session.step, came.session.turn) == (
                session.answers, session.step, session.turn,
            )  # fmt: skip
        session = came.session
