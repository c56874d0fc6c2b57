"""The picture in docs/architecture.md is what the imports say."""

from __future__ import annotations

import ast
import re
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent


def _drawn() -> dict[str, set[str]]:
    page = (ROOT / "docs" / "architecture.md").read_text(encoding="utf-8")
    rows = re.findall(r"^\| `([a-z.]+)` \|([^|]*)\|$", page, re.MULTILINE)
    return {room: set(re.findall(r"`([a-z.]+)`", used)) for room, used in rows}


def _room(module: str, rooms: set[str]) -> str | None:
    fitting = [room for room in rooms if module == room or module.startswith(f"{room}.")]
    return max(fitting, key=len, default=None)


def _imports(path: Path) -> set[str]:
    found: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            found |= {f"{node.module}.{alias.name}" for alias in node.names}
    return found


def _imported(rooms: set[str]) -> dict[str, set[str]]:
    used: dict[str, set[str]] = {room: set() for room in rooms}
    for top in sorted({room.split(".")[0] for room in rooms}):
        for path in (ROOT / top).rglob("*.py"):
            own = _room(".".join(path.relative_to(ROOT).with_suffix("").parts), rooms)
            if own is not None:
                used[own] |= {room for name in _imports(path) if (room := _room(name, rooms)) and room != own}
    return used


def test_architecture_is_drawn_as_it_is() -> None:
    drawn = _drawn()
    assert drawn == _imported(set(drawn))


def test_architecture_leaves_no_room_out() -> None:
    folders = {f"bot.{path.name}" for path in (ROOT / "bot").iterdir() if (path / "__init__.py").exists()}
    assert folders <= set(_drawn())
