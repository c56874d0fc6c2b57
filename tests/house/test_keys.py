"""Every sentence that the code asks for is there, and every sentence that is there is asked for."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

from tests.house.project import ROOT, at, dotted, found, name
from tests.house.test_catalogues import SOURCE, messages

_CODE = ("bot", "handlers", "web")
_ASKING = re.compile(r"(^|\.)(say|count|label|has|labelled|MemberError)$")
_KEY = re.compile(r"[a-z_]+(\.[A-Za-z0-9_/+-]+)+")
KEYS = {key for _, key in messages(SOURCE)}


def _pattern(node: ast.JoinedStr) -> str:
    """A regular expression for what an f-string can become."""
    parts = [re.escape(str(part.value)) if isinstance(part, ast.Constant) else ".+" for part in node.values]
    return "".join(parts)


def _texts(node: ast.AST) -> Iterator[ast.Constant | ast.JoinedStr]:
    """Give the texts that an expression can be."""
    match node:
        case ast.JoinedStr() | ast.Constant(value=str()):
            yield node
        case ast.IfExp(body=body, orelse=orelse):
            yield from _texts(body)
            yield from _texts(orelse)


def _asked() -> Iterator[tuple[str, ast.Constant | ast.JoinedStr]]:
    for path, node in found(_CODE, ast.Call):
        if isinstance(node, ast.Call) and _ASKING.search(dotted(node.func)):
            for argument in node.args[:2]:
                for text in _texts(argument):
                    yield at(path, text), text


def _is_key(text: ast.Constant | ast.JoinedStr) -> bool:
    shown = str(text.value) if isinstance(text, ast.Constant) else _pattern(text).replace("\\", "").replace(".+", "x")
    return _KEY.fullmatch(shown) is not None


def _there(text: ast.Constant | ast.JoinedStr) -> bool:
    if isinstance(text, ast.Constant):
        return text.value in KEYS
    return any(re.fullmatch(_pattern(text), key) for key in KEYS)


def test_every_key_that_the_code_asks_for_is_there() -> None:
    asked = [(where, text) for where, text in _asked() if _is_key(text)]
    missing = [f"{where} {ast.unparse(text)}" for where, text in asked if not _there(text)]
    assert missing == []
    assert len(asked) > 100


def test_every_key_that_is_there_is_asked_for() -> None:
    constants: set[str] = set()
    patterns: set[str] = set()
    for _, node in found(_CODE, ast.AST):
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            constants.add(node.value)
        elif isinstance(node, ast.JoinedStr) and "." in str(getattr(node.values[0], "value", "")):
            patterns.add(_pattern(node))
    script = "\n".join(path.read_text(encoding="utf-8") for path in _scripts())
    unused = [
        key
        for key in KEYS
        if key not in constants
        and not any(re.fullmatch(pattern, key) for pattern in patterns)
        and not re.search(rf"\b{re.escape(key.split('.', 1)[1])}\b", script)
    ]
    assert sorted(unused) == []


def _scripts() -> Iterator[Path]:
    for path in sorted((ROOT / "web").rglob("*")):
        if path.suffix in {".js", ".html"} and "node_modules" not in name(path):
            yield path
