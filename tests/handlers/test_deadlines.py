from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path

import pytest

from storage.network import DEADLINES
from tests.support.answering import sample_bot
from tests.support.bot import TestBot
from tests.support.people import CAMILLE, JOHN, LINH, SOKHA


@pytest.fixture
async def bot(tmp_path: Path, sample_file: Path) -> AsyncIterator[TestBot]:
    async with await sample_bot(tmp_path, sample_file) as started:
        yield started


async def test_deadlines_are_grouped_soonest_first(bot: TestBot) -> None:
    (bubble,) = await bot.say("/deadlines", LINH)
    assert bubble.text == (
        "⏰ Hạn chót\n\n"
        "Tuần này\n"
        "1. Hạn chót đăng ký: hội thảo trực tuyến về dữ liệu mở\nngày mai (Thứ Năm, 11/3)\n\n"
        "Tháng này\n"
        "2. Đóng góp cho bản tin hằng tháng\ncòn 6 ngày (Thứ Ba, 16/3)\n"
        "3. Hạn chót đăng ký: đối thoại về du lịch tại Siem Reap\ncòn 8 ngày (Thứ Năm, 18/3)\n"
        "4. Hạn chót đăng ký: hội thảo tại Yên Bái\ncòn 13 ngày (Thứ Ba, 23/3)\n"
        "5. Kampot: cử cán bộ đầu mối mới\ncòn 14 ngày (Thứ Tư, 24/3)\n"
        "6. Hạn chót đăng ký: tập huấn thành phố thông minh tại Phnôm Pênh\ncòn 15 ngày (Thứ Năm, 25/3)\n"
        "7. Kêu gọi nộp hồ sơ: di sản có người ở\ncòn 19 ngày (Thứ Hai, 29/3) · mở từ Thứ Bảy, 13/2\n"
        "8. Hội phí hằng năm\ncòn 21 ngày (Thứ Tư, 31/3)\n\n"
        "Trang 1/7"
    )
    assert bubble.labels == [["1", "2", "3", "4"], ["5", "6", "7", "8"], ["Tiếp ›"], ["Của đơn vị tôi"]]


async def test_later_deadlines_stand_on_the_next_page(bot: TestBot) -> None:
    await bot.say("/deadlines", LINH)
    (second,) = await bot.tap("Tiếp", LINH)
    blocks = [(block.splitlines()[0], block.splitlines()[1][:3]) for block in second.text.split("\n\n")[1:-1]]
    assert blocks == [("Tháng này", "9. "), ("Sau đó", "10.")]
    assert second.labels[:2] == [["9", "10", "11", "12"], ["13", "14", "15", "16"]]


async def test_mine_leaves_out_other_cities_and_leads_back(bot: TestBot) -> None:
    (everything,) = await bot.say("/deadlines", LINH)
    (mine,) = await bot.tap("Của đơn vị tôi", LINH)
    assert ("Kampot: cử" in everything.text, "Kampot: cử" in mine.text) == (True, False)
    (card,) = await bot.tap("1", LINH)
    assert card.labels[-1] == ["‹ Quay lại"]
    (back,) = await bot.tap("‹ Quay lại", LINH)
    assert back.html == mine.html
    (again,) = await bot.tap("Tất cả", LINH)
    assert again.html == everything.html


async def test_stranger_is_not_offered_an_organisation_of_theirs(bot: TestBot) -> None:
    (bubble,) = await bot.say("/deadlines", JOHN)
    assert bubble.labels[-1] == ["Next ›"]


async def test_card_says_when_for_whom_and_what_it_belongs_to(bot: TestBot) -> None:
    async with bot.database.snapshot() as read:
        one = await DEADLINES.get(read, "reg-annual-meeting")
    assert one is not None
    await bot.say("/deadlines", CAMILLE)
    (card,) = await bot.tap_data(f"dl1:{one.id}:0:0", CAMILLE)
    assert card.text == (
        "⏰ Fin des inscriptions\u202f: réunion annuelle\n"
        "Inscription\n\n"
        "Au plus tard\u202f: mercredi 28 avril 2027\n"
        "dans 49 jours\n"
        "Concerne\u202f: membres du réseau\n"
        "Réunion\u202f: Réunion annuelle du réseau\n\n"
        "Indiquez le nom de chaque participant, sa langue et ses horaires d'arrivée."
    )
    assert [(row[0].label, row[0].url) for row in card.buttons] == [
        ("Ouvrir le lien", one.link), ("📅 Réunion annuelle du réseau", None), ("‹ Retour", None),
    ]  # fmt: skip
    (meeting,) = await bot.tap("📅 Réunion annuelle", CAMILLE)
    assert meeting.text.splitlines()[0] == "📅 Réunion annuelle du réseau"


async def test_distance_follows_the_clock(bot: TestBot) -> None:
    async with bot.database.snapshot() as read:
        one = await DEADLINES.get(read, "reg-siem-reap-tourism")
    assert one is not None
    await bot.say("/deadlines", JOHN)
    told = []
    for days in (0, 6, 1, 1, 1):
        bot.clock.advance(timedelta(days=days))
        (card,) = await bot.tap_data(f"dl1:{one.id}:0:0", JOHN)
        told.append((card.text.splitlines()[4], card.button("Open the link") is not None))
    assert told == [
        ("in 8 days", True), ("in 2 days", True), ("tomorrow", True), ("today", True), ("yesterday", False),
    ]  # fmt: skip


async def test_deadline_that_is_gone_shows_the_list(bot: TestBot) -> None:
    (before,) = await bot.say("/deadlines", SOKHA)
    await bot.tap_data("dl1:999999:0:0", SOKHA)
    assert bot.phone(SOKHA).last.html == before.html
    notices = [call.params.get("text") for call in bot.calls if call.method == "answerCallbackQuery"]
    assert notices == ["ថ្ងៃផុតកំណត់នេះលែងមានក្នុងប្រតិទិនទៀតហើយ។"]


async def test_tap_of_another_version_refreshes_the_bubble(bot: TestBot) -> None:
    (before,) = await bot.say("/deadlines", JOHN)
    await bot.tap("Next ›", JOHN)
    await bot.tap_data("d7:3", JOHN)
    assert bot.phone(JOHN).last.html == before.html


@pytest.mark.parametrize(
    ("data", "heading", "titles"),
    [
        ("d1:0:0:3", "⏰ Deadlines · Survey", ["Questionnaire after the Assises"]),
        ("d1:0:0::::KH:20270301:20270331", "⏰ Deadlines · Cambodia · March 2027", None),
        ("d1:0:0:12:::VN", "⏰ Deadlines · Workshop · Vietnam", None),
    ],
)
async def test_deadlines_are_narrowed(bot: TestBot, data: str, heading: str, titles: list[str] | None) -> None:
    await bot.say("/deadlines", JOHN)
    (bubble,) = await bot.tap_data(data, JOHN)
    assert bubble.text.splitlines()[0] == heading
    found = [line.split(". ", 1)[1] for line in bubble.text.splitlines() if line[:1].isdigit() and ". " in line]
    assert len(found) > 0
    assert titles is None or found == titles


async def test_deadlines_of_a_period_that_is_over_are_told_as_past(bot: TestBot) -> None:
    await bot.say("/deadlines", CAMILLE)
    (bubble,) = await bot.tap_data("d1:0:0:::::20270201:20270309", CAMILLE)
    assert bubble.text.split("\n\n")[1].splitlines()[0] == "Passées"
    assert "il y a" in bubble.text


async def test_narrowed_list_comes_back_from_a_card(bot: TestBot) -> None:
    await bot.say("/deadlines", JOHN)
    (narrowed,) = await bot.tap_data("d1:0:0::::KH:20270301:20270331", JOHN)
    await bot.tap("1", JOHN)
    (back,) = await bot.tap("Back", JOHN)
    assert (back.html, back.labels) == (narrowed.html, narrowed.labels)
