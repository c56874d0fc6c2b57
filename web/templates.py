"""The pages' templates: HTML with marks (``{{title}}``) to be filled."""

from __future__ import annotations

import re
from collections.abc import Mapping
from importlib.resources import files

from starlette.responses import HTMLResponse

_MARK = re.compile(r"\{\{([a-z_]+)\}\}")


def template(name: str) -> str:
    """Return the template of that name, with its marks."""
    return files("web").joinpath("static", f"{name}.html").read_text(encoding="utf-8")


def filled(page: str, language: str, values: Mapping[str, str], status: int = 200) -> HTMLResponse:
    """Return the template with its marks filled, never to be kept by a browser; the values are safe in HTML."""
    every = {"language": language, **values}
    return HTMLResponse(_MARK.sub(lambda mark: every[mark[1]], page), status, {"Cache-Control": "no-store"})
