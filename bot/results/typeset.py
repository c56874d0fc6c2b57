"""Setting type: a template and its data to pages, with letters of our own.

Data goes in as JSON, so that nothing a person wrote is read as markup.  The fonts come from packages: Khmer, Lao and
Vietnamese are shaped and broken into lines alike on every machine.  All of this takes time: call it from a thread.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from importlib.resources import files
from pathlib import Path
from typing import Any, Literal

import orjson
import typst

from bot.texts import dates
from bot.texts.voice import Voice

_TEMPLATES = Path(__file__).parent / "templates"
_FONTS = ("fontpkg_noto_sans", "justmytype_intl_sea")
_POINTS_PER_INCH = 72
_PIXELS_PER_POINT = 2
"""Of a picture: 540 points are 1080 pixels."""
_PAGE, _PAGES = "\ue000", "\ue001"
"""Stand for the numbers until they are known."""


def picture(template: str, voice: Voice, data: Mapping[str, Any], pixels: float = _PIXELS_PER_POINT) -> list[bytes]:
    """Return a template's pages as PNG, ``pixels`` to the point."""
    return _compile(template, voice, data, "png", pixels * _POINTS_PER_INCH)


def document(template: str, voice: Voice, data: Mapping[str, Any]) -> bytes:
    """Return a template's pages as one PDF."""
    return _compile(template, voice, data, "pdf", None)[0]


def _compile(
    template: str, voice: Voice, data: Mapping[str, Any], kind: Literal["png", "pdf"], inches: float | None
) -> list[bytes]:
    whole = {"lang": voice.language, "digits": dates.number(voice, "0123456789"), "page": _page(voice), **data}
    made: Any = typst.compile(
        _TEMPLATES / f"{template}.typ",
        root=_TEMPLATES,
        font_paths=_fonts(),
        ignore_system_fonts=True,
        format=kind,
        ppi=inches,
        sys_inputs={"data": orjson.dumps(whole).decode()},
    )
    return made if isinstance(made, list) else [made]


@lru_cache(maxsize=1)
def _fonts() -> typst.Fonts:
    paths: list[str] = [str(files(package)) for package in _FONTS]
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=paths)


def _page(voice: Voice) -> list[str]:
    """Return what stands before the number of the page, between the two numbers, and after."""
    before, _, rest = voice.label("common.page", page=_PAGE, pages=_PAGES).partition(_PAGE)
    between, _, after = rest.partition(_PAGES)
    return [before, between, after]
