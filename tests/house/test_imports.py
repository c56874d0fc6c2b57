from __future__ import annotations

import ast
import subprocess
import sys

from tests.house.project import PACKAGES, ROOT, at, found, name

_LINT = "from importlinter.cli import lint_imports_command as lint; lint(['--no-cache', '--config', 'pyproject.toml'])"
TELEGRAM_MAY_BE_IN = ("bot/delivery/", "handlers/", "web/", "bot/app.py")


def test_arrows_run_one_way() -> None:
    """The contracts of ``pyproject.toml``."""
    ran = subprocess.run(
        [sys.executable, "-c", _LINT], capture_output=True, text=True, timeout=60, cwd=ROOT, check=False
    )
    assert ran.returncode == 0, ran.stdout + ran.stderr


def test_telegram_is_imported_where_it_is_met_only() -> None:
    wrong = [
        at(path, node)
        for path, node in found(PACKAGES, ast.AST)
        if any(module.split(".")[0] == "telegram" for module in _imported(node))
        and not name(path).startswith(TELEGRAM_MAY_BE_IN)
    ]
    assert wrong == []


def _imported(node: ast.AST) -> list[str]:
    match node:
        case ast.Import(names=names):
            return [alias.name for alias in names]
        case ast.ImportFrom(module=str(module), level=0):
            return [module]
        case _:
            return []
