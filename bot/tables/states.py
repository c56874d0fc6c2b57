"""What an import does to the states of translations: a source that changed makes those that did not change stale."""

from __future__ import annotations

from collections.abc import Collection
from typing import TypeVar

from bot.network.content import Content, State, Version
from bot.network.languages import Language
from bot.network.records import Record
from bot.tables.columns import content_fields

R = TypeVar("R", bound=Record)


def settled(table: str, stored: R, new: R, stated: Collection[str]) -> R:
    """Return ``new`` with the states that it gets where ``stored`` stands; ``stated`` are columns whose state is said.

    What the row says wins.  Else a translation whose text is new or changed is by a person, and one whose text is
    unchanged is stale if its source changed, or is what it was.
    """
    updates: dict[str, Content] = {}
    for field in content_fields(table):
        before, after = getattr(stored, field), getattr(new, field)
        if before is not None and after is not None:
            updates[field] = _content(field, before, after, stated)
    return new.model_copy(update=updates)


def _content(field: str, before: Content, after: Content, stated: Collection[str]) -> Content:
    changed = _source_changed(before, after)
    versions: dict[Language, Version] = {}
    for language, version in after.root.items():
        state = version.state
        if state != "source" and f"{field}_{language}" not in stated:
            state = _state(before.root.get(language), version.text, changed)
        versions[language] = Version(text=version.text, state=state)
    return Content(versions)


def _source_changed(before: Content, after: Content) -> bool:
    """Whether the text from which translations are made is another one.

    Where another language becomes the source, its own text counts if it was there before; a translation that is new
    and comes first in the order of the languages changes nothing as long as the old source stays as it is.
    """
    source = after.source if after.source in before.root else before.source
    now = after.root.get(source)
    return now is None or now.text != before.root[source].text


def _state(before: Version | None, text: str, source_changed: bool) -> State:
    if before is None or before.text != text:
        return "human"
    if source_changed:
        return "stale"
    return "human" if before.state == "source" else before.state
