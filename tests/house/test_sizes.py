from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from tests.house.project import ROOT, name

MOST_LINES = 300
_OURS = ("bot", "handlers", "storage", "locales", "web", "tests", "bench")


def _written() -> Iterator[Path]:
    for folder in _OURS:
        for path in sorted((ROOT / folder).rglob("*")):
            vendored = name(path).startswith("tests/botapi/")
            if path.suffix in {".py", ".js", ".css"} and not vendored and "__pycache__" not in path.parts:
                yield path


def test_no_file_outgrows_one_subject() -> None:
    lengths = {name(path): len(path.read_text(encoding="utf-8").splitlines()) for path in _written()}
    assert {file: lines for file, lines in lengths.items() if lines > MOST_LINES} == {}
    assert len(lengths) > 100


def test_every_python_file_says_what_it_is_for() -> None:
    silent = [
        name(path)
        for path in _written()
        if path.suffix == ".py"
        and not name(path).startswith(("tests/", "bench/"))
        and not path.read_text(encoding="utf-8").startswith('"""')
    ]
    assert silent == []
