from __future__ import annotations

import pytest

from bot.announcements.figures import fortunes
from storage.campaigns import Fate


@pytest.mark.parametrize(
    ("states", "state"),
    [
        (("sent", "skipped", "skipped"), "sent"),
        (("unknown", "waiting", "waiting"), "unknown"),
        (("leased", "waiting", "waiting"), "leased"),
        (("unreachable", "sent", "failed"), "sent"),
        (("unreachable", "queued", "failed"), "queued"),
        (("unreachable", "cancelled", "cancelled"), "unreachable"),
        (("cancelled", "cancelled", "cancelled"), "cancelled"),
        (("useless", "useless", "useless"), "useless"),
        (("unreachable", "useless", "useless"), "unreachable"),
    ],
)
def test_person_s_state_is_the_one_that_tells_most(states: tuple[str, ...], state: str) -> None:
    channels = ("telegram", "web", "email")
    fates = [
        Fate(number, "mai", channel, 7, "vi", *(("skipped", "why") if one == "useless" else (one, None)), None)
        for number, (channel, one) in enumerate(zip(channels, states, strict=True))
    ]
    assert [one.state for one in fortunes(fates)] == [state]
