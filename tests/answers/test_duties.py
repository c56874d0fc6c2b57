from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from bot.answers.duties import PAST, every
from storage.database import Database
from storage.network import DEADLINES, FORMS
from tests.support.sample import NOW


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
