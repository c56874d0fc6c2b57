from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import date
from pathlib import Path

import pytest

from storage.network import ORGANISATIONS
from tests.support.answering import COORDINATOR, sample_bot
from tests.support.bot import TestBot
from tests.support.people import JOHN, LINH


@pytest.fixture
async def bot(tmp_path: Path, sample_file: Path) -> AsyncIterator[TestBot]:
    async with await sample_bot(tmp_path, sample_file) as started:
        yield started


async def paid_until(bot: TestBot, code: str, day: date | None, **more: object) -> None:
    async with bot.database.transaction() as write:
        place = await ORGANISATIONS.get(write, code)
        assert place is not None
        await ORGANISATIONS.put(write, place.model_copy(update={"dues_paid_until": day, **more}))


ASK = "Về mức đóng, hóa đơn hoặc xác nhận, anh/chị liên hệ ban điều phối."


async def test_member_is_told_until_when_the_dues_are_paid(bot: TestBot) -> None:
    (bubble,) = await bot.say("/dues", LINH)
    paid = "Huế đã đóng hội phí đến hết Thứ Ba, ngày 4 tháng 1 năm 2028 (còn 300 ngày)."
    assert bubble.text == f"🧾 Hội phí\n\n{paid}\n\n{ASK}"
    assert bubble.labels == [["Ban điều phối mạng lưới"]]


async def test_member_who_has_not_paid_is_told_when_dues_are_due(bot: TestBot) -> None:
    await paid_until(bot, "hue", None)
    (bubble,) = await bot.say("/dues", LINH)
    assert bubble.text == (
        "🧾 Hội phí\n\nChưa ghi nhận khoản hội phí nào của Huế.\n\n"
        f"Thứ Tư, ngày 31 tháng 3 năm 2027 (còn 21 ngày) · Hội phí hằng năm\n\n{ASK}"
    )
    (card,) = await bot.tap("Hội phí hằng năm", LINH)
    assert card.text.splitlines()[0] == "⏰ Hội phí hằng năm"


async def test_dues_that_have_expired_are_to_be_renewed(bot: TestBot) -> None:
    await paid_until(bot, "hue", date(2027, 3, 9))
    (bubble,) = await bot.say("/dues", LINH)
    assert bubble.text.split("\n\n")[1] == (
        "Hội phí của Huế đã hết hạn từ Thứ Ba, ngày 9 tháng 3 năm 2027 (hôm qua), cần đóng tiếp."
    )


async def test_guest_owes_nothing(bot: TestBot) -> None:
    await paid_until(bot, "hue", None, membership="guest")
    (bubble,) = await bot.say("/dues", LINH)
    assert bubble.text.split("\n\n")[1:] == [
        "Huế không phải là thành viên mạng lưới nên không phải đóng hội phí.", ASK,
    ]  # fmt: skip


async def test_stranger_is_told_whom_to_ask(bot: TestBot) -> None:
    (bubble,) = await bot.say("/dues", JOHN)
    assert bubble.labels == [["The network’s coordination"], ["✋ Ask to join the network"]]
    assert "paid" not in bubble.text


async def test_coordinator_sees_who_has_not_paid(bot: TestBot) -> None:
    (bubble,) = await bot.say("/dues", COORDINATOR)
    assert bubble.text == (
        "🧾 Cotisations à recevoir (2)\n\n"
        "Kampot\u202f: aucun règlement enregistré\nYên Bái\u202f: aucun règlement enregistré"
    )
    assert bubble.labels == [["Kampot", "Yên Bái"], ["📣 Écrire à ces collectivités"]]


async def test_list_of_the_unpaid_is_for_coordinators_only(bot: TestBot) -> None:
    await bot.say("/dues", LINH)
    (bubble,) = await bot.tap_data("du1:0", LINH)
    assert "Kampot" not in bubble.text
    assert "Huế" in bubble.text
