from __future__ import annotations

import os
from pathlib import Path

from bot.clock import SystemClock
from bot.delivery.made import KEPT_FOR, Made


async def test_made_files_are_kept_for_a_week_after_they_were_last_made(tmp_path: Path) -> None:
    made, old = Made(tmp_path), SystemClock().now().timestamp() - KEPT_FOR - 60
    files = [made.file("a.txt", content).path for content in (b"old", b"again", b"new")]
    for path in files[:2]:
        os.utime(path, (old, old))
    assert made.file("b.txt", b"again").path == files[1]
    await made.sweep()
    assert [path.is_file() for path in files] == [False, True, True]
    assert files[1].read_bytes() == b"again"


async def test_a_folder_that_is_not_there_yet_is_swept_too(tmp_path: Path) -> None:
    await Made(tmp_path / "made").sweep()
    assert not (tmp_path / "made").exists()
