from __future__ import annotations

import pytest

from bot.ask.wordlists import every_word


@pytest.mark.parametrize(
    ("written", "words"),
    [
        ("annonce", ["annonce"]),
        ("member{|s}", ["member", "members"]),
        ("ផ្ញើ{សារ|ដំណឹង}ទៅ{ក្រុង|គ្រប់គ្នា}", ["ផ្ញើសារទៅក្រុង", "ផ្ញើសារទៅគ្រប់គ្នា", "ផ្ញើដំណឹងទៅក្រុង", "ផ្ញើដំណឹងទៅគ្រប់គ្នា"]),
        ("a|b", ["a|b"]),
    ],
)
def test_words_that_differ_in_a_part_are_written_as_one(written: str, words: list[str]) -> None:
    assert every_word(written) == words
