from __future__ import annotations

import io
import sys

import pytest
import structlog

from bot.logs import Lenient, set_up_logs


class Full(io.StringIO):
    """A stream to a disk that is full."""

    def write(self, text: str) -> int:
        raise OSError(28, "No space left on device")


def test_a_full_disk_silences_the_log_and_stops_nobody() -> None:
    print("tried again later", file=Lenient(Full()), flush=True)  # type: ignore[call-overload]


def test_what_is_logged_goes_to_the_error_stream_without_the_token(monkeypatch: pytest.MonkeyPatch) -> None:
    before, stream = structlog.get_config(), io.StringIO()
    monkeypatch.setattr(sys, "stderr", stream)
    try:
        set_up_logs("INFO")
        structlog.get_logger().info("asked", url="https://api.telegram.org/bot1234567:" + "t" * 35)
    finally:
        structlog.configure(**before)
    assert stream.getvalue().endswith("url=https://api.telegram.org/bot<token>\n")
