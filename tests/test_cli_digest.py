"""``relais digest preview``, as somebody in a terminal has it."""

from __future__ import annotations

import shutil
import sqlite3
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from bot.cli_digest import digest
from bot.errors import RelaisError


@pytest.fixture(autouse=True)
def _sample(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, sample_file: Path) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "relais-home").mkdir()
    shutil.copy(sample_file, tmp_path / "relais-home" / "relais.db")


def preview(*arguments: str) -> Result:
    return CliRunner().invoke(digest, ("preview", *arguments))


def test_it_prints_what_the_readers_of_a_language_get_and_keeps_nothing(tmp_path: Path) -> None:
    shown = preview("--month", "2027-04", "--language", "km").output
    assert shown.startswith("🗞 ព្រឹត្តិបត្រប្រចាំខែ · ខែមេសា ឆ្នាំ2027\n\nព្រឹត្តិការណ៍ខាងមុខ\n1. ")
    assert "open; 12 readers of km; " in shown
    with sqlite3.connect(tmp_path / "relais-home" / "relais.db") as connection:
        assert connection.execute("SELECT count(*) FROM issues").fetchone() == (0,)
    connection.close()


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [(("--language", "th"), "Unknown language th"), (("--month", "April"), "Unknown month April")],
)
def test_what_it_does_not_know_is_said(arguments: tuple[str, ...], sentence: str) -> None:
    error = preview(*arguments).exception
    assert isinstance(error, RelaisError)
    assert sentence in str(error)
