"""The project's own files and what stands in them."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path

ROOT = Path(__file__).parents[2]
PACKAGES = ("bot", "handlers", "storage", "locales", "web")


def sources(*folders: str) -> Iterator[Path]:
    """Give the Python files in these folders of the project."""
    for folder in folders:
        for path in sorted((ROOT / folder).rglob("*.py")):
            if "__pycache__" not in path.parts:
                yield path


@cache
def tree(path: Path) -> ast.Module:
    """Return a file's syntax tree."""
    return ast.parse(path.read_text(encoding="utf-8"))


def name(path: Path) -> str:
    """Return a file's name inside the project."""
    return path.relative_to(ROOT).as_posix()


def found(folders: tuple[str, ...], kind: type[ast.AST]) -> Iterator[tuple[Path, ast.AST]]:
    """Give every node of that kind in these folders, with its file."""
    for path in sources(*folders):
        for node in ast.walk(tree(path)):
            if isinstance(node, kind):
                yield path, node


def at(path: Path, node: ast.AST) -> str:
    """Return where a node stands, as an editor finds it."""
    return f"{name(path)}:{getattr(node, 'lineno', 0)}"


def dotted(node: ast.AST) -> str:
    """Return ``asyncio.create_task`` for such an expression; calls stand as ``()``."""
    match node:
        case ast.Name(id=word):
            return word
        case ast.Attribute(value=value, attr=word):
            return f"{dotted(value)}.{word}"
        case ast.Call(func=func):
            return f"{dotted(func)}()"
        case _:
            return "?"
