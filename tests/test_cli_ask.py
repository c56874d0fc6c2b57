"""``relais ask``, as somebody in a terminal has it."""

from __future__ import annotations

import asyncio
import json
from pathlib import Path

import pytest
import typer
from typer.testing import CliRunner, Result

from bot.cli_ask import ask_command
from bot.errors import RelaisError
from tests.support.sample import sample_database

APP = typer.Typer(pretty_exceptions_enable=False)
APP.command("ask")(ask_command)
DAY = ("--today", "2027-03-10")


@pytest.fixture(autouse=True)
def _empty_place(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.chdir(tmp_path)


def relais_ask(*arguments: str) -> Result:
    return CliRunner().invoke(APP, arguments)


def test_question_is_shown_as_understood_and_answered(tmp_path: Path) -> None:
    shown = relais_ask("Quelles réunions au Vietnam en mai ?", *DAY)
    understood, _, heading = shown.output.splitlines()[:3]
    assert understood.startswith("meetings 0.9")
    assert "{'country': 'VN', 'period': {'from': '2027-05-01', 'to': '2027-05-31'}}" in understood
    assert heading == "📅 Prochaines réunions · Viêt Nam · mai 2027"
    assert list(tmp_path.iterdir()) == []


def test_question_is_answered_in_the_language_asked_for() -> None:
    shown = relais_ask("ai phu trach o hue", "--language", "vi", *DAY)
    assert "👤 Cán bộ đầu mối · Huế" in shown.output


def test_batch_is_understood_line_by_line_and_prints_nothing_else(tmp_path: Path) -> None:
    questions = [("fr", "réunions en mai"), ("km", "អរគុណ"), ("vi", "Huế"), ("en", "<b>" * 999)]
    lines = [json.dumps({"lang": lang, "text": text, "more": 1}, ensure_ascii=False) for lang, text in questions]
    (tmp_path / "asked.jsonl").write_text("\n".join((*lines, "")), encoding="utf-8")
    found = [json.loads(line) for line in relais_ask("--batch", "asked.jsonl", *DAY).stdout.splitlines()]
    assert [list(one) for one in found] == [["intent", "slots", "confidence", "top"]] * 4
    assert found[0]["slots"] == {"period": {"from": "2027-05-01", "to": "2027-05-31"}}
    assert [one["intent"] for one in found[:2]] == ["meetings", "greeting"]
    assert found[2]["slots"] == {"city": "hue"}
    assert {len(one["top"]) for one in found} == {3}
    assert all(one["top"][0] == one["intent"] for one in found)


def test_batch_knows_the_network_of_the_database(tmp_path: Path) -> None:
    home = tmp_path / "relais-home"
    home.mkdir()
    asyncio.run(_closed(home))
    (tmp_path / "asked.jsonl").write_text('{"lang": "fr", "text": "réunions au Havre"}', encoding="utf-8")
    (found,) = [json.loads(line) for line in relais_ask("--batch", "asked.jsonl", *DAY).stdout.splitlines()]
    assert found["slots"] == {"city": "le-havre"}


async def _closed(home: Path) -> None:
    await (await sample_database(home)).close()


WRONG = [
    ((), "ask either TEXT or --batch FILE."),
    (("a", "--batch", "b"), "ask either TEXT or --batch FILE."),
    (("a", "--today", "tomorrow"), "--today 'tomorrow' is no day: expected 2027-03-10."),
    (("--batch", "none.jsonl"), "none.jsonl cannot be read: "),
    (("--batch", "bad.jsonl"), 'line 2 is no question: expected {"lang": "fr", "text": "…"}'),
]


@pytest.mark.parametrize(("arguments", "says"), WRONG)
def test_what_is_asked_wrongly_is_said_in_a_line(tmp_path: Path, arguments: tuple[str, ...], says: str) -> None:
    (tmp_path / "bad.jsonl").write_text('{"lang": "fr", "text": "a"}\n{"lang": "xx"}\n', encoding="utf-8")
    error = relais_ask(*arguments).exception
    assert isinstance(error, RelaisError)
    assert str(error).startswith(says)
