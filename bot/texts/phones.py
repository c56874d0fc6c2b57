"""Phone numbers as the country that they belong to writes them."""

from __future__ import annotations

import phonenumbers


def grouped(number: str) -> str:
    """Return a number grouped, with its country's code: ``+855 12 345 678``; what is no number stays as it is."""
    try:
        read = phonenumbers.parse(number)
    except phonenumbers.NumberParseException:
        return number
    return phonenumbers.format_number(read, phonenumbers.PhoneNumberFormat.INTERNATIONAL)
