"""One cell's text to the value of its field."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date

from bot.ask.teaching import LONGEST, teachable
from bot.network.audiences import AUDIENCE_PATTERN, EVERYONE, GROUP_PREFIX
from bot.tables.cells import split
from bot.tables.columns import Column, Kind
from bot.tables.context import Context
from bot.tables.dates import Moment, read_day, read_moment
from bot.tables.files import check_file
from bot.tables.problems import CellError, suggestion

Reader = Callable[[str, Column, Context], object]

_CODE = re.compile(r"[a-z0-9]([a-z0-9_-]{0,38}[a-z0-9])?")
_LINK = re.compile(r"https?://\S+")
_EMAIL = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+")
_PHONE = re.compile(r"\+[0-9][0-9 ().-]{4,30}")
_COUNTRY = re.compile(r"[A-Z]{2}")
_NUMBER = re.compile(r"-?[0-9]{1,15}")
_NAME = re.compile(r"[a-z][a-z0-9_]{0,29}")
_FLAGS = {"yes": True, "no": False}
_ACCOUNT = re.compile(r"[1-9][0-9]{0,17}")


def read_value(text: str, column: Column, context: Context) -> object:
    """Return the value that a cell's text stands for: a tuple for a list, a Moment for a day with or without an hour.

    Raises CellError, worded to follow the value, if the text is not what the column asks for.
    """
    if column.many:
        items = tuple(_item(item, text, column, context) for item in split(text))
        if column.required and not items:
            raise CellError(f"is an empty list; {expected(column)}")
        return items
    return READERS[column.kind](text, column, context)


def _item(item: str, text: str, column: Column, context: Context) -> object:
    try:
        return READERS[column.kind](item, column, context)
    except CellError as error:
        raise error if item == text else CellError(f'has "{item}", which {error}') from None


def expected(column: Column) -> str:
    """Return what an empty cell of the column should hold."""
    if column.choices:
        return f"expected {', '.join(column.choices[:-1])} or {column.choices[-1]}"
    return f"expected {_EXPECTED.get(column.kind, 'a text')}"


_EXPECTED: dict[Kind, str] = {
    "code": "a short word of a-z, 0-9, - and _, such as annual-meeting",
    "reference": "a code",
    "day": "a day such as 2027-05-18, 18/05/2027 or +12d",
    "moment": "a day such as 2027-05-18, 18/05/2027 or +12d, with an hour or without",
    "number": "a whole number",
    "zone": "a time zone such as Asia/Phnom_Penh",
    "country": "two letters such as KH",
    "name": "a short word of a-z, 0-9 and _, such as arrival_day",
    "flag": "yes or no",
    "content": "a text in at least one language",
    "word": "a word as people write it",
}


def _text(text: str, _column: Column, _context: Context) -> str:
    return text


def _form(pattern: re.Pattern[str], message: str) -> Reader:
    def read(text: str, _column: Column, _context: Context) -> str:
        if not pattern.fullmatch(text):
            raise CellError(message)
        return text

    return read


def _choice(text: str, column: Column, _context: Context) -> str:
    if text not in column.choices:
        raise CellError(f"is not known; {expected(column)}{suggestion(text, column.choices)}")
    return text


def _reference(text: str, column: Column, context: Context) -> str:
    codes = context.codes.get(column.refers or "")
    if codes is not None and text not in codes:
        raise CellError(f"is no code of the table {column.refers}{suggestion(text, codes)}")
    return text


def _zone(text: str, _column: Column, context: Context) -> str:
    if text not in context.zones:
        near = suggestion(text, context.zones)
        raise CellError(f"is no time zone; expected an IANA name such as Asia/Phnom_Penh{near}")
    return text


def _audience(text: str, _column: Column, context: Context) -> str:
    if not re.fullmatch(AUDIENCE_PATTERN, text):
        names = (EVERYONE, "members", "members_paid", "coordinators")
        raise CellError(f"is no audience; expected {', '.join(names)} or group:CODE{suggestion(text, names)}")
    group = text.removeprefix(GROUP_PREFIX)
    if group != text and group not in context.groups and "organisations" in context.codes:
        near = suggestion(text, [GROUP_PREFIX + known for known in context.groups])
        raise CellError(f"is a group that no organisation names{near}")
    return text


def _day(text: str, _column: Column, context: Context) -> date:
    return read_day(text, context.first_start)


def _moment(text: str, _column: Column, context: Context) -> Moment:
    return read_moment(text, context.first_start)


def _number(text: str, _column: Column, _context: Context) -> int:
    if not _NUMBER.fullmatch(text):
        raise CellError("is no number; expected a whole number such as 12")
    return int(text)


def _account(text: str, _column: Column, _context: Context) -> int:
    if not _ACCOUNT.fullmatch(text):
        raise CellError("is no account; expected the number of a Telegram account, such as 5550123")
    return int(text)


def _flag(text: str, column: Column, _context: Context) -> bool:
    if text not in _FLAGS:
        raise CellError(f"is neither yes nor no; {expected(column)}")
    return _FLAGS[text]


def _file(text: str, _column: Column, context: Context) -> str:
    return check_file(context.folder, text, context.own_files)


def _word(text: str, _column: Column, _context: Context) -> str:
    word = teachable(text)
    if word is None:
        raise CellError(f"cannot be taught; expected two letters at least and {LONGEST} characters at most")
    return word


READERS: dict[Kind, Reader] = {
    "code": _form(_CODE, "is no code; expected a short word of a-z, 0-9, - and _, at most 40"),
    "group": _form(_CODE, "is no group; expected a short word of a-z, 0-9, - and _, at most 40"),
    "text": _text,
    "choice": _choice,
    "reference": _reference,
    "day": _day,
    "moment": _moment,
    "number": _number,
    "account": _account,
    "link": _form(_LINK, "is no link; expected one that starts with https:// or http://"),
    "email": _form(_EMAIL, "is no e-mail address; expected one such as mai@hue.example.org"),
    "phone": _form(_PHONE, "is no phone number; expected + and the country's code, such as +84 234 555 01 23"),
    "zone": _zone,
    "country": _form(_COUNTRY, "is no country; expected two capital letters such as KH"),
    "audience": _audience,
    "file": _file,
    "flag": _flag,
    "name": _form(_NAME, "is no name; expected a short word of a-z, 0-9 and _, at most 30, such as arrival_day"),
    "source": _choice,
    "word": _word,
}
"""Kind of column → what reads its cells; contents and states are read a row at a time (``contents.py``)."""
