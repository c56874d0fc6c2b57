from __future__ import annotations

from collections import Counter
from pathlib import Path

from tests.support.whole import whole


def test_no_screen_belongs_to_two_conversations(tmp_path: Path) -> None:
    screens = Counter(screen for one in whole(tmp_path) for screen in {screen for screen, _ in one.taps})
    assert [screen for screen, number in screens.items() if number > 1] == []
