"""A module of the tests in a process of its own."""

from __future__ import annotations

import asyncio
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

ROOT = Path(__file__).parents[2]


@asynccontextmanager
async def in_process(module: str, *words: str, talks: bool = False) -> AsyncIterator[asyncio.subprocess.Process]:
    """``python -m MODULE WORDS``, killed at the end of the block if it still runs; ``talks``: by its standard pipes."""
    pipes = {"stdin": asyncio.subprocess.PIPE, "stdout": asyncio.subprocess.PIPE} if talks else {}
    process = await asyncio.create_subprocess_exec(sys.executable, "-m", module, *words, cwd=ROOT, **pipes)
    try:
        yield process
    finally:
        if process.returncode is None:
            process.kill()
        await process.wait()
        if process.stdin is not None:
            process.stdin.close()
