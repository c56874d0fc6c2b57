from __future__ import annotations

from datetime import UTC, datetime

import pytest

from bot.announcements.content import Content, When

NOW = datetime(2027, 3, 10, 2, 0, tzinfo=UTC)
DRAFT = Content(source="fr", texts={"fr": "Bonjour", "km": "សួស្តី"}, waived=("lo",))


def test_a_reader_gets_the_own_language_or_the_source() -> None:
    assert (DRAFT.text("km"), DRAFT.text("vi")) == (("សួស្តី", "km"), ("Bonjour", "fr"))


def test_what_misses_is_what_is_read_and_neither_written_nor_waived() -> None:
    assert (DRAFT.missing({"fr", "km", "lo"}), DRAFT.missing({"vi", "lo", "en"})) == ([], ["vi", "en"])


@pytest.mark.parametrize(
    ("when", "zone", "starts"),
    [
        (When(), "Asia/Phnom_Penh", NOW),
        (When(kind="local", day_and_hour="2027-03-11T09:00"), "Asia/Phnom_Penh", datetime(2027, 3, 11, 2, tzinfo=UTC)),
        (When(kind="local", day_and_hour="2027-03-11T09:00"), "Europe/Paris", datetime(2027, 3, 11, 8, tzinfo=UTC)),
        (
            When(kind="at", day_and_hour="2027-03-11T09:00", time_zone="Asia/Phnom_Penh"),
            "Europe/Paris",
            datetime(2027, 3, 11, 2, tzinfo=UTC),
        ),
        (When(kind="local", day_and_hour="2027-03-01T09:00"), "Europe/Paris", NOW),
    ],
)
def test_it_starts_by_the_clock_that_was_chosen_and_never_in_the_past(when: When, zone: str, starts: datetime) -> None:
    assert when.starts(zone, NOW) == starts


def test_it_survives_being_written_to_json() -> None:
    assert Content.model_validate_json(DRAFT.model_dump_json()) == DRAFT
