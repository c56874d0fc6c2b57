from __future__ import annotations

import pytest

from bot.ask.languages import wanted_language
from bot.ask.normalise import normalise
from bot.network.languages import Language


@pytest.mark.parametrize(
    ("present", "text", "wanted"),
    [
        ("fr", "passe en vietnamien", "vi"),
        ("vi", "chuyển giúp em sang English nhé", "en"),
        ("vi", "doi sang tieng phap", "fr"),
        ("km", "ប្តូរទៅភាសាអង់គ្លេស", "en"),
        ("km", "ຢາກປ່ຽນເປັນພາສາລາວ", "lo"),
        ("fr", "on peut passer du français à l’anglais ?", "en"),
        ("fr", "em không rành tiếng Pháp, nói tiếng Việt nha", "vi"),
        ("en", "ខ្ញុំមិនសូវចេះអង់គ្លេស និយាយខ្មែរបានទេ", "km"),
        ("km", "je ne comprends pas le français", None),
        ("vi", "đổi ngôn ngữ giúp em", None),
        ("fr", "en anglais ou en khmer", None),
        ("en", "in English please", None),
    ],
)
def test_only_one_other_language_is_wanted_and_not_the_one_to_leave(
    present: Language, text: str, wanted: Language | None
) -> None:
    assert wanted_language(normalise(text), present) == wanted
