"""Khmer and Lao in one encoding: what looks the same, or is often mistyped, becomes the same characters."""

import re

_KHMER_MARKS = re.compile("(?:\u17d2[\u1780-\u17b3]|[\u17b6-\u17d1\u17d3\u17dd]){2,}")
_KHMER_PIECES = re.compile("\u17d2[\u1780-\u17b3]|.")
_KHMER_SILENT = re.compile("[\u17cc\u17cd\u17cf\u17d0]")
_KHMER_LETTERS = str.maketrans(
    {"ឣ": "អ", "ឤ": "អា", "ឲ": "ឱ", "ឫ": "ឬ", "ឮ": "ឭ", "ៈ": "ះ", "៊": "៉", "៖": ":"},
)
_SHIFTER = "៉"
_LOW_VOWEL = "ុ"


def khmer(text: str) -> str:
    """Return Khmer with one order of signs, one sign for look-alikes, and without the silent signs (៌ ៍ ៏ ័)."""
    text = _KHMER_SILENT.sub("", text.translate(_KHMER_LETTERS)).replace("\u17d2ដ", "\u17d2ត")
    text = _KHMER_MARKS.sub(_ordered, text)
    return text.replace("អោយ", "ឱ្យ")


def _rank(piece: str) -> int:
    if piece[0] == "\u17d2":
        return 1 if piece == "្រ" else 0
    if piece == _SHIFTER:
        return 2
    return 3 if "\u17b6" <= piece <= "\u17c5" else 4


def _ordered(match: re.Match[str]) -> str:
    """Order the signs round one letter: subscripts, register, vowel, the rest; none of them twice."""
    pieces = list(dict.fromkeys(_KHMER_PIECES.findall(match[0])))
    vowels = [piece for piece in pieces if _rank(piece) == 3]
    if len(vowels) > 1 and _LOW_VOWEL in vowels:  # drawn alike: ស៊ី and សុី, ញ៉ាំ and ញុាំ
        pieces[pieces.index(_LOW_VOWEL)] = _SHIFTER
        pieces = list(dict.fromkeys(pieces))
    found = "".join(sorted(pieces, key=_rank))
    return found.replace("េី", "ើ").replace("ីេ", "ើ").replace("េា", "ោ").replace("ាេ", "ោ")


_LAO_TONES = "[\u0ec8-\u0ecb]"
_LAO_RULES = tuple(
    (re.compile(pattern), form)
    for pattern, form in (
        (f"({_LAO_TONES})\\1+", r"\1"),
        (f"({_LAO_TONES})([\u0eb1\u0eb4-\u0eb9\u0ebb\u0ecd])", r"\2\1"),
        (f"\u0ecd({_LAO_TONES})?\u0eb2", "\\1\u0eb3"),
        (f"\u0eb3({_LAO_TONES})", "\\1\u0eb3"),
        (f"({_LAO_TONES})\\1+", r"\1"),
        ("ເເ", "ແ"),
        ("ຫນ", "ໜ"),
        ("ຫມ", "ໝ"),
        ("ຫ[ລຣ](?!\u0ebc)", "ຫ\u0ebc"),
        ("ພຣະ", "ພະ"),
    )
)


def lao(text: str) -> str:
    """Return Lao with one form for ຫນ/ໜ, ຫມ/ໝ, ຫລ/ຫຼ, ໍາ/ຳ, ພຣະ/ພະ, and the tone mark after the vowel sign."""
    for pattern, form in _LAO_RULES:
        text = pattern.sub(form, text)
    return text
