"""Rules of the house that a syntax tree can see."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

from tests.house.project import PACKAGES, at, dotted, found, name, sources, tree

_CLOCKS = re.compile(
    r"(^|\.)(datetime\.(now|utcnow|today)|date\.today|time\.(time|time_ns|localtime|gmtime|monotonic|monotonic_ns))$"
)
_SQL = re.compile(r"\s*(SELECT|INSERT|UPDATE|DELETE|CREATE|ALTER|DROP|PRAGMA|WITH|BEGIN|COMMIT)\s+[A-Z_a-z*(]")
_IGNORE = re.compile(r"#\s*(noqa(?::\s*[A-Z]+\d+)?|type:\s*ignore(?:\[[^\]]*\])?)(?:,[A-Z0-9, ]+)?(.*)$")
_REAL_TIME = ("tests/faults/", "tests/e2e/")
_MARKUP = re.compile(r"</?[a-z-]+[^>]*>|&[a-z]+;")


def test_only_the_clock_asks_the_machine_what_time_it_is() -> None:
    asked = [
        f"{at(path, node)} {dotted(node)}"
        for path, node in found(PACKAGES, ast.Attribute)
        if _CLOCKS.search(dotted(node)) and name(path) != "bot/clock.py"
    ]
    assert asked == []


def test_only_the_storage_writes_sql() -> None:
    others = tuple(package for package in PACKAGES if package != "storage")
    written = [
        f"{at(path, node)} {node.value[:40]!r}"
        for path, node in found(others, ast.Constant)
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and _SQL.match(node.value)
    ]
    assert written == []


def test_no_task_is_left_alone() -> None:
    """``create_task`` is a task group's; it waits for what it started."""
    alone = []
    for path, node in found(PACKAGES, ast.Call):
        assert isinstance(node, ast.Call)
        word = dotted(node.func)
        if word.endswith(("ensure_future", "create_task")) and word.rpartition(".")[0] not in _task_groups(path):
            alone.append(f"{at(path, node)} {word}")
    assert alone == []


def _task_groups(path: Path) -> set[str]:
    """The names of a file's task groups: ``async with asyncio.TaskGroup() as …``, or an argument that is one."""
    names: set[str] = set()
    for node in ast.walk(tree(path)):
        match node:
            case ast.withitem(context_expr=ast.Call() as opened, optional_vars=ast.Name(id=word)):
                names |= {word} if dotted(opened).endswith("TaskGroup()") else set()
            case ast.arg(arg=word, annotation=ast.expr() as kind):
                names |= {word} if dotted(kind).endswith("TaskGroup") else set()
            case _:
                pass
    return names


def test_no_test_sleeps() -> None:
    """``asyncio.sleep(0)`` lets others go on and takes no time; a real process or browser may be waited for."""
    sleeping = []
    for path, node in found(("tests",), ast.Call):
        assert isinstance(node, ast.Call)
        if name(path).startswith(_REAL_TIME) or not path.name.startswith("test_"):
            continue
        if re.search(r"(^|\.)(time|asyncio)\.sleep$", dotted(node.func)):
            match node.args:
                case [ast.Constant(value=0)]:
                    pass
                case _:
                    sleeping.append(at(path, node))
    assert sleeping == []


def test_every_ignore_carries_its_reason() -> None:
    """``# type: ignore[code]  # why`` and ``# noqa: CODE  why``: once a file and code, where it stands first."""
    bare = []
    for path in sources(*PACKAGES):
        reasons: dict[str, str] = {}
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
            for code, reason in _IGNORE.findall(line):
                if not reasons.setdefault(code, reason.strip(" #")):
                    bare.append(f"{name(path)}:{number} {code}")
    assert bare == []


def test_handlers_and_texts_say_nothing_that_is_not_in_a_catalogue() -> None:
    literal = [
        f"{at(path, constant)} {constant.value!r}"
        for folder in ("handlers", "bot/texts")
        for path in sources(folder)
        for node in ast.walk(tree(path))
        if isinstance(node, ast.Call) and dotted(node.func) in {"Reply", "Button", "Html", "File"}
        for constant in _said(node)
        if any(letter.isalpha() for letter in _MARKUP.sub("", str(constant.value)))
    ]
    assert literal == []


def _said(call: ast.Call) -> Iterator[ast.Constant]:
    """Give the texts that stand in the call itself; what other calls return is their matter."""
    waiting: list[ast.expr] = [
        *call.args,
        *(keyword.value for keyword in call.keywords if keyword.arg in {"text", "label", "notice", "caption"}),
    ]
    while waiting:
        node = waiting.pop()
        match node:
            case ast.Constant(value=str()):
                yield node
            case ast.JoinedStr(values=values) | ast.Tuple(elts=values) | ast.List(elts=values):
                waiting.extend(values)
            case ast.IfExp(body=body, orelse=orelse):
                waiting.extend((body, orelse))
            case ast.BinOp(left=left, right=right):
                waiting.extend((left, right))
            case ast.Call(func=ast.Attribute(value=value, attr="join")):
                waiting.append(value)
            case _:
                pass
