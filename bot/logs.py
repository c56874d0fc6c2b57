"""Logs: one line an event, without tokens, phones or what people wrote."""

from __future__ import annotations

import contextlib
import logging
import re
import sys
from collections.abc import MutableMapping
from typing import Any, TextIO, cast

import structlog

_TOKEN = re.compile(r"(?<!\d)\d{6,12}:[A-Za-z0-9_-]{20,}")
_NOISY = (
    "apscheduler", "asyncio", "httpcore", "httpx", "pyreqwest", "telegram", "uvicorn", "uvicorn.access",
    "websockets",
)  # fmt: skip


def set_up_logs(level: str) -> None:
    """Send logs of at least ``level`` to the standard error stream, tokens taken out; libraries speak at WARNING."""
    logging.basicConfig(level=level, stream=sys.stderr, format="%(levelname)s %(name)s %(message)s", force=True)
    for name in _NOISY:
        logging.getLogger(name).setLevel(logging.WARNING)
    for handler in logging.getLogger().handlers:
        handler.addFilter(_redact_record)
    structlog.configure(
        wrapper_class=structlog.make_filtering_bound_logger(logging.getLevelNamesMapping()[level]),
        processors=[
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="%Y-%m-%d %H:%M:%S", utc=False),
            structlog.processors.format_exc_info,
            redact,
            structlog.dev.ConsoleRenderer(colors=sys.stderr.isatty()),
        ],
        logger_factory=lambda *_: structlog.PrintLogger(cast("TextIO", Lenient(sys.stderr))),
    )


class Lenient:
    """A stream to print to that raises nothing where it cannot be written: a full disk silences, it does not stop."""

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream

    def write(self, text: str) -> None:
        """Write, if that is possible."""
        with contextlib.suppress(OSError):
            self._stream.write(text)

    def flush(self) -> None:
        """Flush, if that is possible."""
        with contextlib.suppress(OSError):
            self._stream.flush()


def redact(_: object, __: str, event: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
    """Take whatever looks like a bot's token out of an event."""
    for key, value in event.items():
        if isinstance(value, str):
            event[key] = _TOKEN.sub("<token>", value)
    return event


def _redact_record(record: logging.LogRecord) -> bool:
    record.msg, record.args = _TOKEN.sub("<token>", record.getMessage()), ()
    return True
