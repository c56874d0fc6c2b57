"""``relais due``, as somebody in a terminal has it."""

from __future__ import annotations

import shutil
import sqlite3
from datetime import datetime
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from bot import cli_due
from bot.cli import app
from bot.clock import SimulatedClock
from bot.errors import RelaisError
from tests.support.sample import NOW


@pytest.fixture(autouse=True)
def home(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, sample_file: Path) -> Path:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("COLUMNS", "160")
    monkeypatch.setattr(cli_due, "SystemClock", lambda: SimulatedClock(NOW))
    (tmp_path / "relais-home").mkdir()
    return Path(shutil.copy(sample_file, tmp_path / "relais-home" / "relais.db"))


def due(*arguments: str) -> Result:
    return CliRunner().invoke(app, ("due", *arguments))


def test_it_prints_what_goes_out_day_by_day_and_keeps_nothing(home: Path) -> None:
    shown = due("--from", "2027-03-24", "--to", "2027-04-01").output
    days = [line[:14] for line in shown.splitlines() if line[:3] in ("Wed", "Thu", "Fri", "Sat", "Sun", "Mon", "Tue")]
    assert days[0] == "Wed 2027-03-24"
    assert days[-1] == "Thu 2027-04-01"
    assert "rappel 7 jours avant" in shown.replace("\u202f", " ")
    with sqlite3.connect(home) as connection:
        assert [connection.execute(f"SELECT count(*) FROM {one}").fetchone()[0] for one in ("outbox", "reminders")] == [
            0, 0,
        ]  # fmt: skip
    connection.close()


def test_a_language_is_what_its_readers_get() -> None:
    shown = due("--from", "2027-04-01", "--to", "2027-04-01", "--language", "km").output
    assert "ព្រឹត្តិបត្រប្រចាំខែ · ខែមេសា ឆ្នាំ2027" in shown
    assert "មិនទាន់បានអនុម័តទេ" in shown


def test_a_person_s_list_is_by_their_clock() -> None:
    shown = due("--person", "yann-delaunoy", "--to", "2027-04-10").output
    assert shown.startswith("Yann Delaunoy, fr, Europe/Paris\n")
    hours = {line.split()[2] for line in shown.splitlines() if line[4:8] == "2027"}
    assert "09:00" in hours
    rows = [datetime.fromisoformat(line.split()[1]) for line in shown.splitlines() if line[4:8] == "2027"]
    assert rows == sorted(rows)


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (("--from", "tomorrow"), "--from tomorrow is no day"),
        (("--to", "2027-13-01"), "--to 2027-13-01 is no day"),
        (("--from", "2027-03-01"), "--from 2027-03-01 is over: what goes out can be told from today on, 2027-03-10."),
        (("--from", "2027-03-20", "--to", "2027-03-19"), "comes before"),
        (("--to", "2029-01-01"), "too far off"),
        (("--person", "nobody"), "Nobody has the code nobody"),
        (("--language", "th"), "Unknown language th"),
    ],
)
def test_what_is_wrong_is_said(arguments: tuple[str, ...], sentence: str) -> None:
    error = due(*arguments).exception
    assert isinstance(error, RelaisError)
    assert sentence in str(error)
