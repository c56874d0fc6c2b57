"""``relais announce``, as somebody in a terminal has it."""

from __future__ import annotations

import shutil
import sqlite3
from pathlib import Path

import pytest
import typer
from typer.testing import CliRunner, Result

from bot import cli_announce
from bot.cli_announce import announce_command
from bot.errors import RelaisError

APP = typer.Typer(pretty_exceptions_enable=False)
APP.command("announce")(announce_command)


@pytest.fixture(autouse=True)
def _sample(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, sample_file: Path) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(cli_announce, "_LOOK", 0.0)
    monkeypatch.setattr(cli_announce, "_PATIENCE", -1.0)
    (tmp_path / "relais-home").mkdir()
    shutil.copy(sample_file, tmp_path / "relais-home" / "relais.db")
    (tmp_path / "note.fr.txt").write_text("Note\nBonjour.", encoding="utf-8")
    (tmp_path / "note.lo.txt").write_text("ແຈ້ງການ\nສະບາຍດີ", encoding="utf-8")


def announce(*arguments: str) -> Result:
    return CliRunner().invoke(APP, ("--file", "note.fr.txt", *arguments))


def kept(folder: Path) -> list[tuple[str, str | None]]:
    with sqlite3.connect(folder / "relais-home" / "relais.db") as connection:
        found = connection.execute("SELECT state, detail FROM announcements LEFT JOIN audit ON 1").fetchall()
    connection.close()
    return found


def test_dry_run_shows_whom_it_would_reach_and_keeps_nothing(tmp_path: Path) -> None:
    shown = announce("--file", "note.lo.txt", "--audience", "country:LA", "--dry-run").output
    assert ("language lo │ 4" in shown, "country LA  │ 4" in shown, "Nothing was sent" in shown) == (True, True, True)
    assert kept(tmp_path) == []


def test_it_is_left_to_relais_where_that_is_not_running(tmp_path: Path) -> None:
    shown = announce("--waive", "lo", "--audience", "country:LA").output
    assert "it will be sent when Relais starts" in shown
    assert kept(tmp_path) == [("scheduled", "4 people")]


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (("--audience", "country:LA"), "No text in: lo."),
        (("--audience", "pays:LA"), "pays:LA is no audience"),
        (("--file", "absent.lo.txt"), "absent.lo.txt cannot be read as text"),
        (("--file", "note.txt"), "'' is no language of Relais"),
        (("--waive", "xx"), "'xx' is no language of Relais"),
    ],
)
def test_what_is_wrong_is_one_sentence_and_nothing_is_kept(
    tmp_path: Path, arguments: tuple[str, ...], sentence: str
) -> None:
    error = announce(*arguments).exception
    assert isinstance(error, RelaisError)
    assert str(error).startswith(sentence)
    assert kept(tmp_path) == []


def test_above_the_limit_it_is_left_to_the_chat(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("RELAIS_APPROVE_ABOVE", "3")
    error = announce("--waive", "lo", "--audience", "country:LA").exception
    assert str(error).startswith("4 people are more than RELAIS_APPROVE_ABOVE")
    assert kept(tmp_path) == []
