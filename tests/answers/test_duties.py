from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from bot.answers.duties import PAST, card, every
from storage import stances
from storage.database import Database
from storage.network import DEADLINES, FORMS, PEOPLE
from tests.support.sample import NOW, stranger


@pytest.mark.parametrize("closes", [None, NOW - PAST - timedelta(days=1)])
async def test_a_deadline_knows_its_form_however_long_that_is_closed(
    sample_network: Database, closes: datetime | None
) -> None:
    async with sample_network.transaction() as tx:
        form = next(one for one in await FORMS.all(tx) if one.event is None)
        deadline = next(one for one in await DEADLINES.all(tx) if one.due > NOW)
        await FORMS.put(tx, form.model_copy(update={"closes": closes}))
        await DEADLINES.put(tx, deadline.model_copy(update={"form": form.code}))
        found = await every(tx, NOW)
    assert [one.form for one in found if one.key == f"deadline:{deadline.code}"] == [form.code]
    assert [one.key for one in found if one.key == f"form:{form.code}"] == []


async def test_what_was_passed_on_is_opened_by_the_colleague_who_would_not_see_it_otherwise(
    sample_network: Database,
) -> None:
    async with sample_network.transaction() as tx:
        deadline = next(one for one in await DEADLINES.all(tx) if one.due > NOW)
        await DEADLINES.put(tx, deadline.model_copy(update={"audience": "members", "organisations": ()}))
        giver = next(one for one in await PEOPLE.all(tx) if one.role == "focal_point")
        await PEOPLE.put(tx, giver.model_copy(update={"code": "a-guest", "role": "guest", "telegram_id": None}))
        guest = stranger("vi").model_copy(
            update={"person": "a-guest", "role": "guest", "organisation": giver.organisation}
        )
        assert await card(tx, guest, NOW, f"d{deadline.id}") is None
        await stances.take(tx, giver.code, f"deadline:{deadline.code}", "passed", NOW, colleague="a-guest")
        found = await card(tx, guest, NOW, f"d{deadline.id}")
        assert found is not None
        assert (found.duty.code, found.handed) == (deadline.code, True)
        await stances.take_back(tx, giver.code, f"deadline:{deadline.code}")
        assert await card(tx, guest, NOW, f"d{deadline.id}") is None
