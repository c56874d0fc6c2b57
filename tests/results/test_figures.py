from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from bot.network.forms import Question
from bot.results.figures import figures
from bot.results.questions import question_figures
from bot.results.shapes import Bin, Cut, Numbers, Open, QuestionFigures, Quorum, Results, Share, Status
from storage.submissions import Submission
from tests.results.samples import (
    DA_NANG,
    HUE,
    KAMPOT,
    LUANG,
    NOW,
    ORGANISATIONS,
    SUBMISSIONS,
    THEME,
    answers,
    definition,
    question,
    results,
    submission,
)


def _named(found: Results, name: str) -> QuestionFigures:
    return next(one for one in found.questions if one.field.name == name)


def _of(asked: Question, *values: object) -> QuestionFigures:
    sent = [submission(number, **{asked.name: value}) for number, value in enumerate(values)]
    return question_figures(definition(asked).fields[0], sent, [], anonymous=False)


def test_counts_hold_only_what_counts() -> None:
    found = results()
    assert (found.answers, found.people, found.waiting) == (3, 3, 1)
    assert (found.first, found.last) == (date(2027, 5, 4), date(2027, 5, 6))
    assert (found.asked, found.responded) == (4, 3)
    assert found.cities == (
        Status(HUE, True, 1, 1, 0), Status(DA_NANG, True, 1, 1, 0), Status(KAMPOT, True, 1, 1, 0),
        Status(LUANG, True, 0, 0, 1),
    )  # fmt: skip


def test_one_choice_gives_shares_in_the_order_of_the_options() -> None:
    theme = _named(results(), "theme")
    assert theme.shares == (Share("water", 2, 2 / 3), Share("tourism", 1, 1 / 3), Share("smart", 0, 0.0))
    assert (theme.answered, theme.skipped) == (3, 0)


def test_several_choices_are_shares_of_those_who_answered() -> None:
    assert _named(results(), "languages").shares == (Share("fr", 3, 1.0), Share("vi", 1, 1 / 3))


def test_rating_gives_its_distribution_and_mean() -> None:
    rating = _named(results(), "rating")
    assert [one.number for one in rating.shares] == [0, 0, 0, 2, 1]
    assert rating.numbers == Numbers(3, 13, 13 / 3, 4, 4, 5)


def test_whole_numbers_near_each_other_have_a_column_each() -> None:
    nights = _named(results(), "nights").numbers
    assert nights == Numbers(3, 9, 3, 2, 2, 5, (Bin(2, 2, 2), Bin(3, 3, 0), Bin(4, 4, 0), Bin(5, 5, 1)))


def test_whole_numbers_far_apart_are_put_together() -> None:
    asked = question(1, "n", "whole_number", "Combien ?")
    found = _of(asked, 0, 9, 10, 80).numbers
    assert found is not None
    assert found.bins == (
        Bin(0, 10, 2), Bin(10, 20, 1), *(Bin(at, at + 10, 0) for at in range(20, 80, 10)), Bin(80, 90, 1),
    )  # fmt: skip


def test_decimals_include_the_largest_in_the_last_column() -> None:
    found = _of(question(1, "n", "decimal", "Combien ?"), 0.0, 0.5, 4.0).numbers
    assert found is not None
    assert found.bins == (Bin(0.0, 0.5, 1), Bin(0.5, 1.0, 1), *(Bin(at / 2, at / 2 + 0.5, 0) for at in range(2, 7)),
                          Bin(3.5, 4.0, 1))  # fmt: skip


def test_days_of_a_range_count_one_by_one() -> None:
    assert _named(results(), "stay").shares == (Share("2027-05-18", 3, 1.0), Share("2027-05-19", 3, 1.0))
    assert _named(results(), "day").shares == (Share("2027-05-18", 2, 1.0),)
    assert _named(results(), "day").skipped == 1


def test_cities_are_counted_by_code_or_as_written() -> None:
    shares = _named(results(), "host").shares
    assert shares == (Share("kampot", 2, 2 / 3), Share("Battambang", 1, 1 / 3, written=True))


def test_texts_keep_language_and_organisation() -> None:
    texts = _named(results(), "wish").texts
    assert texts == (Open("Plus d’eau", "fr", "hue"), Open("Thêm nước sạch cho đô thị", "vi", "da-nang"))


def test_what_a_condition_spared_counts_nowhere() -> None:
    asked = question(1, "n", "whole_number", "Combien ?")
    sent = [submission(1, n=2), submission(2, n=None), submission(3)]
    found = question_figures(definition(asked).fields[0], sent, [], anonymous=False)
    assert (found.answered, found.skipped) == (1, 1)


@pytest.mark.parametrize(
    ("kind", "value"),
    [
        ("whole_number", "deux"),
        ("date", "demain"),
        ("time", "25:70"),
        ("date_range", ["x", "y"]),
        ("several_choices", "fr"),
    ],
)
def test_answers_of_an_earlier_form_that_no_longer_fit_are_left_out(kind: str, value: object) -> None:
    more = {"options": ("fr", "vi")} if kind == "several_choices" else {}
    assert _of(question(1, "n", kind, "Combien ?", **more), value).answered == 0


def test_a_choice_that_is_offered_no_more_still_counts() -> None:
    assert _of(THEME, "water", "gone").shares[-1] == Share("gone", 1, 0.5)


def test_each_person_of_a_delegation_counts() -> None:
    asked = question(1, "meal", "yes_no", "Végétarien ?", each_person=True)
    sent = submission(1, people=2, **{"meal@1": "yes", "meal@2": "no"})
    found = figures(definition(asked), [sent], ORGANISATIONS, NOW)
    assert found.questions[0].shares == (Share("yes", 1, 0.5), Share("no", 1, 0.5))
    assert (found.answers, found.people) == (1, 2)


def _by_country(**sizes: int) -> tuple[Cut, ...]:
    place = {"VN": "hue", "KH": "kampot", "LA": "luang-prabang"}
    sent: list[Submission] = []
    for country, size in sizes.items():
        sent += [submission(len(sent) + at, place[country], theme="water") for at in range(size)]
    return figures(definition(THEME), sent, ORGANISATIONS, NOW).questions[0].cuts


def test_countries_are_told_apart_from_five_answers_on() -> None:
    five = (Share("water", 5, 1.0), Share("tourism", 0, 0.0), Share("smart", 0, 0.0))
    assert _by_country(VN=5, KH=5) == (Cut("KH", five), Cut("VN", five))


def test_a_country_of_few_answers_hides_another_so_that_nothing_follows_from_the_whole() -> None:
    hidden = {one.country for one in _by_country(VN=9, KH=5, LA=2) if one.shares is None}
    assert hidden == {"KH", "LA"}


def test_one_country_alone_is_not_told_apart() -> None:
    assert _by_country(VN=9) == ()


def test_quorum_is_of_the_organisations_asked() -> None:
    assert results(quorum=75).quorum == Quorum(75, 0.75, True)
    assert results(quorum=76).quorum == Quorum(76, 0.75, False)
    assert results(quorum=50, organisations=("hue", "luang-prabang", "da-nang")).quorum == Quorum(50, 2 / 3, True)


def test_asked_are_those_of_the_audience() -> None:
    paid = HUE.model_copy(update={"dues_paid_until": date(2027, 12, 31), "groups": ("viet-nam",)})
    guest = LUANG.model_copy(update={"membership": "guest"})
    network = (paid, DA_NANG, KAMPOT, guest)

    def asked(audience: str) -> int:
        return figures(definition(audience=audience), [], network, NOW).asked

    assert [asked(one) for one in ("everyone", "members", "members_paid", "group:viet-nam", "coordinators")] == [
        4, 3, 1, 1, 0,
    ]  # fmt: skip


def test_a_secret_form_shows_only_counts_until_it_closes() -> None:
    closes = datetime(2027, 5, 21, tzinfo=UTC)
    before = results(kind="consultation", secret_until_closed=True, closes=closes, quorum=50)
    assert (before.secret, before.questions, before.cities) == (True, (), ())
    assert (before.answers, before.responded, before.quorum) == (3, 3, Quorum(50, 0.75, True))
    after = figures(before.definition, SUBMISSIONS, ORGANISATIONS, closes)
    assert (after.secret, len(after.questions), len(after.cities)) == (False, 10, 4)


def test_a_secret_form_without_an_end_stays_secret() -> None:
    assert results(secret_until_closed=True).secret is True


def _anonymous() -> list[Submission]:
    return [
        submission(number, None, account=None, language="fr", sent=0, **answers(wish=wish))
        for number, wish in enumerate(("Zèbre", "Abricot", "Melon"))
    ]


def test_an_anonymous_form_tells_nobody_apart() -> None:
    found = figures(definition(anonymous=True), _anonymous(), ORGANISATIONS, NOW)
    assert [one.cuts for one in found.questions] == [()] * 10
    assert [one.text for one in _named(found, "wish").texts] == ["Abricot", "Melon", "Zèbre"]
    assert {one.organisation for one in _named(found, "wish").texts} == {None}
    assert (found.responded, found.cities) == (None, ())


def test_an_anonymous_form_names_who_has_answered_only_from_five_on() -> None:
    others = tuple(HUE.model_copy(update={"code": f"city-{number}"}) for number in range(5))
    few = figures(definition(anonymous=True), _anonymous(), (*ORGANISATIONS, *others), NOW, answered=("hue", "city-1"))
    assert (few.responded, few.cities) == (2, ())
    codes = [one.code for one in others]
    many = figures(few.definition, _anonymous(), (*ORGANISATIONS, *others), NOW, answered=codes)
    assert [one.organisation.code for one in many.cities if one.answers] == codes


def test_an_anonymous_form_of_one_answer_a_city_counts_cities_by_answers() -> None:
    found = figures(definition(anonymous=True, answers="one_per_city", quorum=75), _anonymous(), ORGANISATIONS, NOW)
    assert (found.responded, found.quorum) == (3, Quorum(75, 0.75, True))
