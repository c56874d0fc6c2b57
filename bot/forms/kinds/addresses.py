"""E-mail addresses and phone numbers."""

from __future__ import annotations

import unicodedata

import phonenumbers
import regex

from bot.forms.around import Around, Problem
from bot.forms.definition import Field
from bot.forms.entries import Value
from bot.forms.kinds.texts import line

_EMAIL = regex.compile(
    r"(?<![\w.+-])[a-z0-9_+-][a-z0-9!#$%&'*+/=?^_`{|}~.-]{0,63}@(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]{2,24}(?![\w@-])",
    regex.IGNORECASE | regex.ASCII,
)
_SPACED = regex.compile(r"\s*@\s*")
_LONGEST_EMAIL = 254
_FIGURES = regex.compile(r"\+?[ (]*\d(?:[ .()-]*\d){5,19}")
_OUTWARDS = regex.compile(r"^00(?=[1-9])")
_SHORTEST_ABROAD = 10
"""Figures from which a number without a plus may begin with a country's code."""
_LONGEST = 300


def read_email(field: Field, text: str, around: Around) -> Value:
    """Return the one address of a text, its domain in lower case; raises Problem not_an_email."""
    plain = _SPACED.sub("@", unicodedata.normalize("NFKC", line(text[:_LONGEST]))).removeprefix("mailto:")
    found = {_lowered(match[0]) for match in _EMAIL.finditer(plain) if _is_email(match[0])}
    if len(found) != 1 or plain.count("@") != len(_EMAIL.findall(plain)):
        raise Problem("not_an_email")
    return found.pop()


def check_email(field: Field, value: Value, around: Around) -> Value:
    """Return an address, its domain in lower case; raises Problem not_an_email."""
    plain = value.strip() if isinstance(value, str) else ""
    if not _EMAIL.fullmatch(plain) or not _is_email(plain):
        raise Problem("not_an_email")
    return _lowered(plain)


def _is_email(text: str) -> bool:
    local = text.partition("@")[0]
    return len(text) <= _LONGEST_EMAIL and ".." not in text and not local.endswith(".")


def _lowered(text: str) -> str:
    local, _, domain = text.partition("@")
    return f"{local}@{domain.lower()}"


def read_phone(field: Field, text: str, around: Around) -> Value:
    """Return the one number of a text as E.164; raises Problem not_a_phone."""
    plain = unicodedata.normalize("NFKC", line(text[:_LONGEST]))
    figures = "".join(str(unicodedata.digit(char)) if char.isdigit() else char for char in plain)
    found = {one for match in _FIGURES.finditer(figures) if (one := _e164(match[0], around.country))}
    if len(found) != 1:
        raise Problem("not_a_phone")
    return found.pop()


def check_phone(field: Field, value: Value, around: Around) -> Value:
    """Return a number as E.164; raises Problem not_a_phone."""
    return read_phone(field, value if isinstance(value, str) else "", around)


def _e164(text: str, country: str | None) -> str | None:
    """Return the number in its international form: one of the country, or one with the code of its own."""
    bare = regex.sub(r"[^\d+]", "", text)
    bare = _OUTWARDS.sub("+", bare)
    if not bare.startswith("+"):
        local = _parsed(bare, country) if country else None
        if local is not None and phonenumbers.is_valid_number(local):
            return _formatted(local)
        bare = f"+{bare}" if len(bare) >= _SHORTEST_ABROAD and not bare.startswith("0") else ""
        abroad = _parsed(bare, None)
        return _formatted(abroad) if abroad is not None and phonenumbers.is_valid_number(abroad) else None
    found = _parsed(bare, None)
    return _formatted(found) if found is not None and phonenumbers.is_possible_number(found) else None


def _parsed(text: str, country: str | None) -> phonenumbers.PhoneNumber | None:
    try:
        return phonenumbers.parse(text, country)
    except phonenumbers.NumberParseException:
        return None


def _formatted(number: phonenumbers.PhoneNumber) -> str:
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)
