"""The one root of everything that Relais raises on purpose.

A rule raises; ``handlers/errors.py`` alone turns what it raised into a sentence in the reader's language; the
command line turns it into one line.  Anything that is not a ``RelaisError`` becomes a short id in the chat and a
traceback in the log.
"""


class RelaisError(Exception):
    """Something that a person did, or that was set wrongly, and that a sentence can explain."""


class SettingsError(RelaisError):
    """A setting is missing or wrong; the message names it and says how to mend it."""


class StorageError(RelaisError):
    """The database refuses or is not what this version expects; the message says how to mend it."""


class TablesError(RelaisError):
    """The tables of a network could not be read; ``problems`` lists every cell at fault."""

    def __init__(self, problems: tuple[str, ...]) -> None:
        super().__init__("\n".join(problems))
        self.problems = problems
