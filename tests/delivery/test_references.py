"""The Message-IDs of letters."""

from __future__ import annotations

import pytest

from bot.delivery.references import message_id, person_of

ONE = message_id("secret", 7, 5, "relais.test")


def test_a_reference_is_the_same_for_the_same_row() -> None:
    assert message_id("secret", 7, 5, "relais.test") == ONE
    assert len({ONE, message_id("secret", 8, 5, "relais.test"), message_id("other", 7, 5, "relais.test")}) == 3


def test_a_reference_names_its_person() -> None:
    assert (person_of("secret", ONE), person_of("secret", f" {ONE.strip('<>')} ")) == (5, 5)


@pytest.mark.parametrize("reference", ["", "<x@relais.test>", ONE.replace("7.5", "7.6"), ONE + "x", "<relais.1.2.3@x>"])
def test_what_was_made_up_names_nobody(reference: str) -> None:
    assert person_of("secret", reference) is None
    assert person_of("", ONE) is None
