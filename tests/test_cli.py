"""The command line, as somebody in a terminal has it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from bot.cli import main

SAMPLE = Path(__file__).parent.parent / "examples" / "rvase"


@pytest.fixture(autouse=True)
def _empty_place(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("COLUMNS", "200")


Relais = Callable[..., tuple[int, str, str]]
"""Runs a command: its exit code, what it printed, and what it complained of."""


@pytest.fixture
def relais(monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]) -> Relais:
    def run(*arguments: str) -> tuple[int, str, str]:
        monkeypatch.setattr("sys.argv", ["relais", *arguments])
        with pytest.raises(SystemExit) as left:
            main()
        printed = capfd.readouterr()
        return int(left.value.code or 0), printed.out, printed.err

    return run


def test_doctor_names_what_is_missing_and_makes_nothing(relais: Relais, tmp_path: Path) -> None:
    code, out, _ = relais("doctor")
    assert code == 1
    assert "There is none yet: `relais run` or `relais import` makes it." in out
    assert list(tmp_path.iterdir()) == []


def test_import_twice_changes_nothing(relais: Relais) -> None:
    assert relais("import", str(SAMPLE), "--yes")[0] == 0
    code, out, _ = relais("import", str(SAMPLE), "--yes")
    assert (code, out) == (0, "Nothing to change: the network says what the tables say.\n")
    assert relais("doctor")[0] == 0


def test_import_with_a_wrong_cell_changes_nothing(relais: Relais, tmp_path: Path) -> None:
    for table in SAMPLE.glob("*.csv"):
        (tmp_path / table.name).write_bytes(table.read_bytes())
    (tmp_path / "files").symlink_to(SAMPLE / "files")
    themes = tmp_path / "themes.csv"
    themes.write_text(themes.read_text(encoding="utf-8").replace(",main", ",mayn", 1), encoding="utf-8")
    code, out, err = relais("import", str(tmp_path), "--yes")
    assert (code, out) == (1, "")
    assert 'column axis: "mayn"' in err
    assert "It holds no network" in relais("doctor")[1]


def test_export_is_what_import_reads(relais: Relais, tmp_path: Path) -> None:
    relais("import", str(SAMPLE), "--yes")
    assert relais("export", "network.xlsx")[0] == 0
    assert relais("import", "network.xlsx")[1] == "Nothing to change: the network says what the tables say.\n"
    code, _, err = relais("export", "network.xlsx")
    assert code == 1
    assert "network.xlsx" in err


def test_backup_is_restored_into_an_empty_place_only(relais: Relais, monkeypatch: pytest.MonkeyPatch) -> None:
    assert "There is no database" in relais("backup", "b.tar.gz")[2]
    relais("import", str(SAMPLE), "--yes")
    assert relais("backup", "b.tar.gz")[0] == 0
    assert "b.tar.gz is there already" in relais("backup", "b.tar.gz")[2]
    assert "is not empty" in relais("restore", "b.tar.gz")[2]
    monkeypatch.setenv("RELAIS_HOME", "elsewhere")
    assert relais("restore", "b.tar.gz")[0] == 0
    assert relais("import", str(SAMPLE))[1] == "Nothing to change: the network says what the tables say.\n"


def test_what_a_backup_had_to_send_is_held_until_released(relais: Relais, monkeypatch: pytest.MonkeyPatch) -> None:
    relais("import", str(SAMPLE), "--yes")
    relais("backup", "b.tar.gz")
    assert relais("release")[1] == "Nothing is held.\n"
    monkeypatch.setenv("RELAIS_HOME", "elsewhere")
    assert "it is held until you say `relais release`" in " ".join(
        relais("restore", "b.tar.gz")[1].split()  # lines end where the terminal does
    )
    assert relais("release", "--yes")[1] == "They are sent from now on.\n"
    assert relais("hold")[1] == "Held until you say `relais release`.\n"
    assert relais("release", "--drop", "--yes")[1] == "Dropped.\n"
    assert relais("release")[1] == "Nothing is held.\n"


def test_restore_refuses_what_is_no_backup(relais: Relais, tmp_path: Path) -> None:
    (tmp_path / "letter.txt").write_text("Dear all")
    assert "is not a backup of Relais" in relais("restore", "letter.txt")[2]


def test_invite_prints_a_link_and_refuses_who_is_not_there(relais: Relais) -> None:
    relais("import", str(SAMPLE), "--yes")
    code, out, _ = relais("invite", "--role", "focal-point", "--organisation", "hue")
    assert code == 0
    assert "as the visitor: /start " in out
    code, _, err = relais("invite", "--role", "member", "--organisation", "atlantis")
    assert code == 1
    assert "atlantis" in err


def test_run_refuses_to_simulate_where_real_people_are(relais: Relais, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("RELAIS_TOKEN", "123456789:AAE" + "x" * 32)
    assert "--from simulates time" in relais("run", "--from", "2027-03-10T08:00+07:00")[2]


def test_run_refuses_a_start_that_is_no_instant(relais: Relais) -> None:
    assert "--from 'soon' is no instant" in relais("run", "--from", "soon")[2]
