from __future__ import annotations

import re
import shutil
from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path

import pytest

from bot.clock import SimulatedClock
from storage.network import ORGANISATIONS, PEOPLE
from tests.members.network import send_out
from tests.pushes.reminding import fresh, once
from tests.support.bot import TestBot
from tests.support.people import CAMILLE, JOHN, LINH, SOKHA, Somebody
from tests.support.sample import NOW, linked
from tests.support.whole import whole

DAY = timedelta(days=1)
MONIRATH = Somebody(100_005, "Monirath", "km")
WHO = ((CAMILLE, "yann-delaunoy"), (LINH, "tran-thi-mai"), (SOKHA, "sok-dara"), (MONIRATH, "long-monirath"))
REPORT = {CAMILLE: "Rapport d'activité", LINH: "Báo cáo hoạt động", SOKHA: "របាយការណ៍សកម្មភាព"}


@pytest.fixture
async def bot(tmp_path: Path, sample_file: Path) -> AsyncIterator[TestBot]:
    shutil.copy(sample_file, tmp_path / "relais.db")
    async with await TestBot.start(tmp_path, whole(tmp_path), now=NOW + timedelta(hours=6)) as bot:
        for who, code in WHO:
            await linked(bot.database, code, who)
            await bot.say("/start", who)
        yield bot


async def forward(bot: TestBot, days: int) -> None:
    """Let days go by, with a round of reminders a day, in the afternoon of Asia and the morning of Europe."""
    assert isinstance(bot.clock, SimulatedClock)
    for _ in range(days):
        bot.clock.advance(DAY)
        await once(bot.database, fresh(), bot.clock.now())
        await send_out(bot)


def plain(text: str) -> str:
    return text.replace("\u202f", " ").replace("\xa0", " ")


def row_of(text: str, title: str) -> str:
    """The number of the row of the list that has this title."""
    found = re.search(rf"^(\d+)\. {re.escape(title)}", text, re.MULTILINE)
    assert found is not None, text
    return found[1]


async def open_report(bot: TestBot, who: Somebody) -> str:
    """Open the report's card from the list; return its text."""
    (listed,) = await bot.say("/mine", who)
    (card,) = await bot.tap(listed.button(row_of(listed.text, REPORT[who])) or "", who)
    return plain(card.text)


async def test_everything_due_is_listed_in_the_order_of_its_days(bot: TestBot) -> None:
    (shown,) = await bot.say("/mine", CAMILLE)
    text = plain(shown.text)
    assert text.startswith("📌 Ce qui est attendu de vous et de votre ville\n\n1. ")
    days = [int(found) for found in re.findall(r"dans (\d+) jours", text)]
    assert (days, len(re.findall(r"^\d+\. ", text, re.MULTILINE))) == (sorted(days), 8)
    assert "Rapport d'activité des villes\ndans 21 jours · mer. 31 mars · pour votre ville" in text
    assert "Cotisation" not in text  # it is paid


async def test_dues_and_actions_are_expected_of_those_whom_they_concern(bot: TestBot) -> None:
    async with bot.database.transaction() as tx:
        havre = await ORGANISATIONS.get(tx, "le-havre")
        yann = await PEOPLE.get(tx, "yann-delaunoy")
        assert havre is not None
        assert yann is not None
        await ORGANISATIONS.put(tx, havre.model_copy(update={"dues_paid_until": None}))
        await PEOPLE.put(tx, yann.model_copy(update={"organisation": "kampot"}))
    pages = [plain((await bot.say("/mine", CAMILLE))[0].text)]
    while pages[-1] and "Page" in pages[-1] and f"Page {len(pages)} sur {len(pages)}" not in pages[-1]:
        pages.append(plain((await bot.tap("Suivantes", CAMILLE))[0].text))
    everything = "\n".join(pages)
    assert "Cotisation à régler" in everything
    assert "Prendre contact" in everything or "points focaux" in everything


async def test_a_stranger_is_told_how_to_join(bot: TestBot) -> None:
    (shown,) = await bot.say("/mine", JOHN)
    assert shown.text == "This list is for members of the network. To ask to join it, write /join."


@pytest.mark.parametrize(
    ("who", "done", "undo", "later", "decline"),
    [
        (CAMILLE, "C’est fait", "Annuler", "Me le rappeler", "Pas pour moi"),
        (LINH, "Đã làm xong", "Hoàn tác", "Nhắc tôi sau", "Không dành cho tôi"),
        (SOKHA, "រួចរាល់ហើយ", "ត្រឡប់វិញ", "រំលឹកខ្ញុំពេលក្រោយ", "មិនមែនសម្រាប់ខ្ញុំ"),
    ],
)
async def test_what_is_answered_leaves_the_list_and_comes_back(
    bot: TestBot, who: Somebody, done: str, undo: str, later: str, decline: str
) -> None:
    before = await open_report(bot, who)
    for answer in (done, decline):
        (answered,) = await bot.tap(answer, who)
        assert answered.text != before
        (listed,) = await bot.say("/mine", who)
        assert REPORT[who] not in listed.text
        (back,) = await bot.tap(undo, who)
        assert plain(back.text) == before
    (asked,) = await bot.tap(later, who)
    assert "12" in asked.text  # three days on is a Saturday: the Friday before, 12 March
    (back,) = await bot.tap(undo, who)
    assert plain(back.text) == before


async def test_a_colleague_is_told_and_can_be_relieved_again(bot: TestBot) -> None:
    await open_report(bot, SOKHA)
    (asked,) = await bot.tap("សហការីផ្សេង", SOKHA)
    assert [row[0] for row in asked.labels][:2] == ["Long Monirath (ឡុង មុនីរ័ត្ន)", "Prak Chanlida (ប្រាក់ ចាន់លីដា)"]
    (passed,) = await bot.tap("Long Monirath", SOKHA)
    assert "Long Monirath (ឡុង មុនីរ័ត្ន) ទទួលបន្ទុក" in passed.text
    await send_out(bot)
    told = bot.phone(MONIRATH).last
    assert told.text.startswith("Sok Dara ប្រគល់កិច្ចការខាងក្រោមជូនលោក/លោកស្រី។")
    (listed,) = await bot.say("/mine", MONIRATH)
    assert REPORT[SOKHA] in listed.text
    await bot.tap("ត្រឡប់វិញ", SOKHA)
    await send_out(bot)
    assert "យកកិច្ចការនេះវិញ" in bot.phone(MONIRATH).last.text


async def test_a_reminder_carries_its_buttons_and_says_why_it_came(bot: TestBot) -> None:
    await forward(bot, 14)
    reminders = [one for one in bot.phone(CAMILLE).bubbles if "Rapport d'activité" in one.text]
    assert len(reminders) == 1
    (why,) = await bot.tap("Pourquoi", CAMILLE, reminders[0])
    assert plain(why.text).startswith("Pourquoi ce message ?")
    assert "Les rappels partent 30 jours avant, 7 jours avant et la veille, à 9 h" in plain(why.text)
    assert "Pas plus de 3 rappels par semaine, sauf urgence." in plain(why.text)
    (hours,) = await bot.tap("Heures de silence", CAMILLE, why)
    assert "✓ 21\u00a0h – 7\u00a0h" in hours.labels[0]


async def test_a_form_is_opened_from_its_reminder(bot: TestBot) -> None:
    await bot.say("/mine", LINH)
    (listed,) = await bot.tap("›", LINH)
    await bot.tap(row_of(listed.text, "Kêu gọi nộp hồ sơ DCOL"), LINH, listed)
    (opened,) = await bot.tap("Trả lời", LINH)
    assert "1/" in opened.text


async def test_forged_and_outdated_taps_change_nothing(bot: TestBot) -> None:
    await open_report(bot, CAMILLE)
    for data in ("duty1:d999999:done", "duty1:x1:done", "duty1", "duty1:d1:nothing", "duty1:d41:to::1"):
        await bot.tap_data(data, CAMILLE)
    await bot.tap_data("duty9:d1:done", CAMILLE)
    (listed,) = await bot.say("/mine", CAMILLE)
    assert "Rapport d'activité" in listed.text
