"""The keys in personal links."""

from __future__ import annotations

import base64
from datetime import UTC, datetime, timedelta

import pytest

from web.keys import read_key, sign_key

NOW = datetime(2027, 5, 18, tzinfo=UTC)
KEY = sign_key("secret", "sok-dara", NOW + timedelta(days=1))


def test_key_names_its_person_until_it_expires() -> None:
    assert read_key("secret", KEY, NOW) == "sok-dara"
    assert read_key("secret", KEY, NOW + timedelta(days=1, seconds=-1)) == "sok-dara"
    assert read_key("secret", KEY, NOW + timedelta(days=1)) is None


def test_key_is_safe_in_an_address() -> None:
    assert all(letter.isalnum() or letter in "-_" for letter in KEY)


def test_key_of_another_secret_or_of_none_opens_nothing() -> None:
    assert read_key("another", KEY, NOW) is None
    assert read_key("", sign_key("", "sok-dara", NOW + timedelta(days=1)), NOW) is None


def test_key_that_was_changed_anywhere_opens_nothing() -> None:
    raw = bytearray(base64.urlsafe_b64decode(KEY + "=" * (-len(KEY) % 4)))
    for place in range(len(raw)):
        changed = raw.copy()
        changed[place] ^= 1
        assert read_key("secret", base64.urlsafe_b64encode(changed).decode().rstrip("="), NOW) is None


@pytest.mark.parametrize("key", ["", "x", "ខ", "AAAA", "=" * 40, "a+b/c", KEY[:-4], KEY + "AAAA", "A" * 10_000])
def test_what_is_no_key_opens_nothing(key: str) -> None:
    assert read_key("secret", key, NOW) is None


def test_key_opens_one_lock_only() -> None:
    letters = sign_key("secret", "sok-dara", NOW + timedelta(days=1), "letters")
    assert (read_key("secret", letters, NOW), read_key("secret", letters, NOW, "letters")) == (None, "sok-dara")
    assert read_key("secret", KEY, NOW, "letters") is None
