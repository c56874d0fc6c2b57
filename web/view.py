"""What the page is told: bubbles, days and hours as this reader reads them."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

from bot.clock import Clock
from bot.texts.dates import hour, instant, number, short_day
from bot.texts.voice import Voice
from web.hub import Event
from web.shown import Shown
from web.state import ChatState, Profile, menu_of
from web.words import reader_words


class View:
    """One reader's view of a conversation."""

    def __init__(self, voice: Voice, clock: Clock) -> None:
        self.voice = voice
        self._today = clock.now().astimezone(voice.zone).date()

    def bubble(self, shown: Shown) -> dict[str, Any]:
        """Return a bubble as the page draws it; ``time`` and ``day`` are on the reader's calendar."""
        when = datetime.fromtimestamp(shown.date, UTC).astimezone(self.voice.zone)
        bubble = shown.model_dump(exclude={"message_id", "sender", "date", "edited"}, exclude_defaults=True)
        return {
            "id": shown.message_id,
            "mine": shown.sender == "person",
            "time": number(self.voice, f"{when:%H:%M}"),
            "day": when.date().isoformat(),
            "edited": shown.edited is not None,
            **bubble,
        }

    def message(self, shown: Shown) -> Event:
        """Return the event of a new or changed bubble."""
        bubble = self.bubble(shown)
        return {"type": "message", "message": bubble, "days": self.days([bubble])}

    def days(self, bubbles: list[dict[str, Any]]) -> dict[str, str]:
        """Return how each day of the bubbles is called."""
        days = {bubble["day"] for bubble in bubbles}
        return {day: str(short_day(self.voice, date.fromisoformat(day), self._today)) for day in sorted(days)}

    def reader(self, profile: Profile) -> Event:
        """Return the page's own words, in the reader's language."""
        return reader_words(self.voice.catalogue, self.voice.language, profile)

    def surroundings(self, state: ChatState, profile: Profile) -> Event:
        """Return what stands around the bubbles: the keyboard and the menu."""
        return {
            "keyboard": state.keyboard,
            "placeholder": state.placeholder,
            "commands": menu_of(state, profile, self.voice.language),
        }


def clock_label(voice: Voice, now: datetime) -> dict[str, str]:
    """Return the simulated day and hour, where the reader is."""
    here = now.astimezone(voice.zone)
    return {
        "label": str(instant(voice, here)),
        "short": f"{short_day(voice, here.date(), here.date())}, {hour(voice, here)}",
    }
