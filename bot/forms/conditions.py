"""Conditions over earlier answers: ``nights > 0 and not (hotel = none or role = guest)``.

Python's own parser reads them; only comparisons, ``and``, ``or``, ``not``, ``in``, sums, ``count(name)`` and
``answered(name)`` are let through.  A word that is no question's name stands for itself, so the codes of choices need
no quotes unless they hold a hyphen.
"""

from __future__ import annotations

import ast
import operator
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from bot.errors import RelaisError

Answers = Mapping[str, Any]
"""Name → answer as it is kept; what is missing or None was not answered."""
_Term = Callable[[Answers], Any]

_SINGLE_EQUALS = re.compile(r"(?<![=!<>])=(?!=)")
_HYPHENS = re.compile(r"(?<![\w'\"-])([a-z]\w*(?:-\w+)+)(?![\w'\"-])", re.IGNORECASE)
_LONGEST = 500

_ORDERS: dict[type[ast.cmpop], Callable[[Any, Any], bool]] = {
    ast.Lt: operator.lt, ast.LtE: operator.le, ast.Gt: operator.gt, ast.GtE: operator.ge,
}  # fmt: skip


class ConditionError(RelaisError):
    """A condition that cannot be understood, worded to follow its text."""


@dataclass(frozen=True)
class Condition:
    """A condition that was understood."""

    text: str
    names: frozenset[str]
    """The questions whose answers it depends on."""
    words: frozenset[str]
    """The words that stand for themselves: codes of choices."""
    holds: Callable[[Answers], bool]
    """Whether it holds for these answers; a comparison with a missing answer does not."""


@lru_cache(maxsize=4096)
def condition(text: str, known: frozenset[str]) -> Condition:
    """Read a condition over the questions named ``known``; raises ConditionError."""
    if len(text) > _LONGEST:
        raise ConditionError(f"is longer than {_LONGEST} characters")
    quoted = _HYPHENS.sub(lambda found: f"'{found[1]}'", _SINGLE_EQUALS.sub("==", text))
    try:
        tree = ast.parse(quoted.strip(), mode="eval").body
    except (SyntaxError, ValueError, RecursionError, MemoryError):  # too deep a nesting is one of the last two
        raise ConditionError("cannot be read; expected one such as nights > 0 and hotel = yes") from None
    reading = _Reading(known)
    try:
        term = reading.truth(tree)
    except RecursionError:
        raise ConditionError("is nested too deeply") from None
    return Condition(text, frozenset(reading.names), frozenset(reading.words), lambda answers: bool(term(answers)))


class _Reading:
    def __init__(self, known: frozenset[str]) -> None:
        self._known = known
        self.names: set[str] = set()
        self.words: set[str] = set()

    def truth(self, node: ast.expr) -> _Term:
        """Read what is true or false."""
        if isinstance(node, ast.BoolOp):
            parts = tuple(self.truth(part) for part in node.values)
            every = isinstance(node.op, ast.And)
            return (lambda a: all(part(a) for part in parts)) if every else (lambda a: any(part(a) for part in parts))
        if isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.Not):
            inner = self.truth(node.operand)
            return lambda a: not inner(a)
        if isinstance(node, ast.Compare) and len(node.ops) == 1:
            return self._comparison(node.left, node.ops[0], node.comparators[0])
        if isinstance(node, ast.Call):
            return self._called(node, "answered")
        raise ConditionError("says neither yes nor no; expected a comparison such as nights > 0")

    def _comparison(self, left: ast.expr, order: ast.cmpop, right: ast.expr) -> _Term:
        first, second = self.value(left), self.value(right)
        if isinstance(order, ast.Eq):
            return lambda a: _same(first(a), second(a))
        if isinstance(order, ast.NotEq):
            return lambda a: first(a) is not None and second(a) is not None and not _same(first(a), second(a))
        if isinstance(order, ast.In):
            return lambda a: _same(second(a), first(a))
        if isinstance(order, ast.NotIn):
            return lambda a: second(a) is not None and not _same(second(a), first(a))
        compare = _ORDERS.get(type(order))
        if compare is None:
            raise ConditionError("compares in a way that is not known; expected =, !=, <, <=, > or >=")
        return lambda a: _ordered(compare, first(a), second(a))

    def value(self, node: ast.expr) -> _Term:
        """Read what is compared."""
        if isinstance(node, ast.Name):
            return self._word(node.id)
        if isinstance(node, ast.Constant) and isinstance(node.value, str | int | float):
            constant = node.value
            return lambda _: constant
        if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Add | ast.Sub):
            first, second = self.value(node.left), self.value(node.right)
            sign = 1 if isinstance(node.op, ast.Add) else -1
            return lambda a: _number(first(a)) + sign * _number(second(a))
        if isinstance(node, ast.Call):
            return self._called(node, "count")
        raise ConditionError("holds something that is not known; expected names, numbers, words and + or -")

    def _word(self, word: str) -> _Term:
        if word in self._known:
            self.names.add(word)
            return lambda a: a.get(word)
        self.words.add(word)
        return lambda _: word

    def _called(self, node: ast.Call, only: str) -> _Term:
        named = isinstance(node.func, ast.Name) and node.func.id == only and len(node.args) == 1
        argument = node.args[0] if node.args else None
        if not named or not isinstance(argument, ast.Name) or argument.id not in self._known:
            raise ConditionError("calls something that is not known; expected count(name) or answered(name)")
        self.names.add(argument.id)
        name = argument.id
        if only == "answered":
            return lambda a: a.get(name) is not None
        return lambda a: _count(a.get(name))


def _same(first: Any, second: Any) -> bool:
    """Whether two answers are the same; of several choices, whether one of them is."""
    if isinstance(first, list | tuple):
        return second in first
    return first is not None and first == second


def _ordered(compare: Callable[[Any, Any], bool], first: Any, second: Any) -> bool:
    if first is None or second is None:
        return False
    if not (isinstance(first, str) and isinstance(second, str)):  # days and hours are compared as they are written
        first, second = _number(first), _number(second)
    return compare(first, second)


def _number(value: Any) -> float:
    if isinstance(value, bool) or value is None:
        return 0
    if isinstance(value, int | float):
        return value
    try:
        return float(value)
    except (TypeError, ValueError):
        return 0


def _count(value: Any) -> int:
    if value is None:
        return 0
    return len(value) if isinstance(value, list | tuple) else 1
