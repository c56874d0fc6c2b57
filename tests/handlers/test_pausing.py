from __future__ import annotations

from datetime import date

import pytest

from storage import accounts
from tests.handlers.asking import lines
from tests.support.bot import TestBot
from tests.support.people import CAMILLE, LINH, SOKHA, Somebody


async def paused(bot: TestBot, who: Somebody) -> date | None:
    async with bot.database.transaction() as tx:
        account = await accounts.find(tx, "telegram", who.id, "Asia/Phnom_Penh")
        assert account is not None
        return await accounts.paused_until(tx, account.account)


@pytest.mark.parametrize(
    ("who", "text", "line"),
    [
        (CAMILLE, "mettez les rappels en pause jusqu'au 21 mai", "Je ne vous envoie plus de rappels ; ils reprennent"),
        (LINH, "tạm dừng nhắc đến 21/5", "Tôi tạm dừng nhắc việc và sẽ nhắc lại từ Thứ Sáu, ngày 21 tháng 5"),
        (SOKHA, "សូមផ្អាកការរំលឹករហូតដល់ថ្ងៃទី២១ ខែឧសភា", "ខ្ញុំផ្អាកការរំលឹក"),
    ],
)
async def test_reminders_are_paused_until_the_day_that_is_said(
    bot: TestBot, who: Somebody, text: str, line: str
) -> None:
    (first,) = await lines(bot, who, text)
    assert first.startswith(line)
    assert await paused(bot, who) == date(2027, 5, 21)


async def test_a_day_is_asked_for_and_taken_and_the_pause_is_ended(bot: TestBot) -> None:
    asked, taken = await lines(bot, CAMILLE, "je veux mettre en pause les rappels", "jusqu'au 20 mars")
    assert asked.startswith("Jusqu’à quand mettre les rappels en pause ?")
    assert "lundi 22 mars 2028" in taken or "reprennent le" in taken
    assert "Rappels : en pause" in bot.phone(CAMILLE).last.text.replace("\u202f", " ")
    (ended,) = await lines(bot, CAMILLE, "reprenez les rappels")
    assert ended == "Les rappels reprennent dès maintenant."
    assert await paused(bot, CAMILLE) is None
    (again,) = await lines(bot, CAMILLE, "reprenez les rappels")
    assert again.startswith("Vos rappels ne sont pas en pause")


async def test_a_pause_is_one_tap_in_the_settings_and_its_end_another(bot: TestBot) -> None:
    await bot.say("/settings", LINH)
    await bot.tap("⏸ Tạm dừng", LINH)
    (shown,) = await bot.tap("Đến", LINH)
    assert shown.text.startswith("Tôi tạm dừng nhắc việc")
    (shown,) = await bot.tap("Nhắc việc trở lại", LINH)
    assert shown.text.startswith("Từ bây giờ tôi nhắc việc trở lại")


async def test_a_question_in_its_place_is_answered(bot: TestBot) -> None:
    _, answer = await lines(bot, CAMILLE, "pause les rappels", "quelles réunions jusqu'au 20 juin à Hué ?")
    assert answer.startswith("📅")
    assert await paused(bot, CAMILLE) is None
