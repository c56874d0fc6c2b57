from __future__ import annotations

import pytest

from bot.answers.called import of_name
from storage.database import Database
from tests.answers.visibility import somebody


@pytest.mark.parametrize(
    ("reader", "text", "in_full", "called"),
    [
        ("sok-dara", "សុំលេខលោក កែវ វិចិត្រា", True, "keo-vichetra"),
        ("sok-dara", "លេខលោកស្រីសុភាវី", False, "chhim-sopheavy"),
        ("sok-dara", "xin email chị tran thi mai", True, "tran-thi-mai"),
        ("sok-dara", "the number of Khamla please", False, "khamla-souvanna"),
        ("sok-dara", "the number of Khamla please", True, None),
        ("sok-dara", "អ្នកណាមើលទ្រព្យសម្បត្តិ", False, None),
        ("stranger", "the number of Khamla Souvanna", False, None),
        ("agathe-brisson", "the number of Khamla Souvanna", False, None),
    ],
)
async def test_people_are_found_by_name_by_members_only(
    sample_network: Database, reader: str, text: str, in_full: bool, called: str | None
) -> None:
    async with sample_network.snapshot() as read:
        found = await of_name(read, await somebody(read, reader), text, in_full=in_full)
    assert (found.contacts[0].person.code if found else None) == called
