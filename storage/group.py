"""Transactions that are committed together."""

from __future__ import annotations

import sqlite3

from storage.database import UndoneError


class Group:
    """How many belong to it, how many of them wait for its commit, and how that ended."""

    def __init__(self) -> None:
        self.members = self.waiting = 0
        self.over = False
        self._error: BaseException | None = None

    def join(self) -> None:
        """Count one more, who waits for the commit."""
        self.members += 1
        self.waiting += 1

    def commit(self, raw: sqlite3.Connection) -> None:
        """Commit, or take everything back and keep why."""
        try:
            raw.execute("COMMIT")
        except sqlite3.Error as error:
            if raw.in_transaction:
                raw.execute("ROLLBACK")
            self.fail(error)
        self.over = True

    def fail(self, error: BaseException) -> None:
        """Say why nothing of it was kept."""
        self.over, self._error = True, error

    def check(self) -> None:
        """Raise what went wrong: the error itself if it can only be one's own, else UndoneError."""
        if self._error is None:
            return
        if self.members == 1 and isinstance(self._error, Exception):
            raise self._error
        raise UndoneError("undone with others that could not be committed") from self._error
