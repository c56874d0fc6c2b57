"""Files: which endings, how many and how large; the channel keeps them until the form is sent."""

from __future__ import annotations

from bot.forms.around import Around, Problem
from bot.forms.definition import Field
from bot.forms.entries import Value
from bot.forms.kinds.limits import count
from bot.forms.kinds.texts import line

LARGEST_MB = 20
"""What a bot can fetch from Telegram again, in megabytes of 1024 × 1024 bytes."""
_KEYS = frozenset({"name", "size", "channel", "handle"})
_SAME = {"jpeg": "jpg", "tiff": "tif", "htm": "html"}


def check(field: Field, value: Value, around: Around) -> Value:
    """Return the files ``{name, size, channel, handle}``; sizes in bytes.

    Raises Problem not_a_file, too_many, file_kind or file_too_big.  Fewer than the question asks for are taken: they
    come one by one.
    """
    if not isinstance(value, list | tuple) or not value:
        raise Problem("not_a_file")
    most = count(field.most, 1)
    if len(value) > most:
        raise Problem("too_many", most=most)
    return [_file(one, field.question.accepts) for one in value]


def _file(value: Value, accepts: tuple[str, ...]) -> dict[str, str | int]:
    if not isinstance(value, dict) or set(value) != _KEYS:
        raise Problem("not_a_file")
    name, size, channel, handle = value["name"], value["size"], value["channel"], value["handle"]
    if not all(isinstance(one, str) for one in (name, channel, handle)) or not channel or not handle:
        raise Problem("not_a_file")
    if isinstance(size, bool) or not isinstance(size, int) or size < 0:
        raise Problem("not_a_file")
    name = line(name)
    if accepts and _ending(name) not in {_ending(f".{one}") for one in accepts}:
        raise Problem("file_kind", accepts=accepts)
    if size > LARGEST_MB * 1024 * 1024:
        raise Problem("file_too_big", most_mb=LARGEST_MB)
    return {"name": name, "size": size, "channel": channel, "handle": handle}


def _ending(name: str) -> str:
    ending = name.rpartition(".")[2].strip().lower() if "." in name else ""
    return _SAME.get(ending, ending)
