from __future__ import annotations

import pytest

from bot.texts.phones import grouped


@pytest.mark.parametrize(
    ("number", "expected"),
    [
        ("+85512345678", "+855 12 345 678"), ("+842343822155", "+84 234 3822 155"),
        ("+8562055123456", "+856 20 55 123 456"),
        ("+33144556677", "+33 1 44 55 66 77"), ("+84 234 555 01 23", "+84 234 5550 123"), ("12", "12"), ("", ""),
    ],
)  # fmt: skip
def test_number_is_grouped_as_its_country_writes_it(number: str, expected: str) -> None:
    assert grouped(number) == expected
