"""A text in several languages, from a row's cells and back, with the state of each translation."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import get_args

from bot.network.content import Content, State, Version
from bot.network.languages import LANGUAGES, Language
from bot.tables.cells import SEPARATOR, joined, split
from bot.tables.problems import CellError, suggestion

States = Mapping[str, State]
"""Column, such as ``title_km`` → the state that the row says."""

_STATES: tuple[State, ...] = get_args(State)
DEFAULT_SOURCE: Language = "fr"


def read_states(text: str, texts: Mapping[str, str]) -> dict[str, State]:
    """Read ``title_km=machine; title_vi=stale``, where ``texts`` are the row's texts by column.

    Raises CellError for a column without a text and for a state that does not exist.
    """
    return dict(_state(item, texts) for item in split(text))


def _state(item: str, texts: Mapping[str, str]) -> tuple[str, State]:
    column, _, word = (part.strip() for part in item.partition("="))
    if column not in texts:
        raise CellError(f'says "{column}", which is no text of this row{suggestion(column, texts)}')
    state = next((state for state in _STATES if state == word), None)
    if state is None:
        raise CellError(f'says "{item}"; expected {column}=human, =machine or =stale, separated by "{SEPARATOR}"')
    return column, state


def content_of(
    field: str, texts: Mapping[str, str], source: Language, states: States, problem: Callable[[str], None]
) -> Content | None:
    """Build the content of ``field`` from a row's texts by column; None if the row has none.

    A language is the source if the states say so, else ``source`` if it is there, else the first that is.
    """
    present = [language for language in LANGUAGES if f"{field}_{language}" in texts]
    if not present:
        return None
    said = [language for language in present if states.get(f"{field}_{language}") == "source"]
    origin = (said or ([source] if source in present else present))[0]
    if len(said) > 1 or states.get(f"{field}_{origin}", "source") != "source":
        problem(f"gives {field}_{origin} another state, but it is the source; see the column source")
    versions = {language: _version(f"{field}_{language}", language == origin, texts, states) for language in present}
    return Content(versions)


def _version(column: str, is_source: bool, texts: Mapping[str, str], states: States) -> Version:
    return Version(text=texts[column], state="source" if is_source else states.get(column, "human"))


def written_content(field: str, content: Content, source: Language) -> tuple[dict[str, str], tuple[str, ...]]:
    """Return a content's texts by column, and the items that ``states`` needs in a row of that ``source``."""
    texts = {f"{field}_{language}": version.text for language, version in content.root.items()}
    present = [language for language in LANGUAGES if language in content.root]
    expected = source if source in present else present[0]
    said = [] if content.source == expected else [f"{field}_{content.source}=source"]
    for language in present:
        state = content.root[language].state
        if state in ("machine", "stale"):
            said.append(f"{field}_{language}={state}")
    return texts, tuple(said)


def written_states(items: tuple[str, ...]) -> str:
    """Write the cell ``states``."""
    return joined(items)
