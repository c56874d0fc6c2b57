from __future__ import annotations

import pytest

from tests.handlers.asking import lines
from tests.support.bot import TestBot
from tests.support.people import CAMILLE, LINH, SOKHA, Somebody


@pytest.mark.parametrize(
    ("who", "text", "line"),
    [
        (LINH, "hạn báo cáo quý là ngày nào", "Hạn chót: Thứ Sáu, ngày 26 tháng 2 năm 2027"),
        (SOKHA, "ថ្ងៃផុតកំណត់របាយការណ៍ប្រចាំត្រីមាស", "យ៉ាងយូរ៖ ថ្ងៃសុក្រ ទី26 ខែកុម្ភៈ ឆ្នាំ2027"),
        (
            LINH,
            "nhóm Việt Nam họp lúc mấy giờ",
            "Thời gian: 16h00 – 17h00, Thứ Tư, ngày 31 tháng 3 năm 2027 (giờ Paris)",
        ),
        (LINH, "tập huấn thành phố thông minh Huế có được dự ko", "Thành phần: thành viên đã đóng hội phí"),
        (LINH, "đi tham quan Toulouse cần điều kiện gì", "Thành phần: thành viên đã đóng hội phí"),
    ],
)
async def test_row_is_told_that_is_past_or_a_group_s_or_asked_for_by_a_city(
    bot: TestBot, who: Somebody, text: str, line: str
) -> None:
    assert await lines(bot, who, text) == [line]


async def test_conditions_of_hosting_are_told_by_the_form_and_its_deadline(bot: TestBot) -> None:
    asked = await lines(
        bot, CAMILLE, "quelles sont les conditions pour accueillir la réunion annuelle ?", "les conditions ?"
    )
    assert all(one.startswith("Une candidature par ville.") for one in asked)
    assert "Une lettre signée suffit" in bot.phone(CAMILLE).last.text


async def test_city_beside_a_list_keeps_its_days(bot: TestBot) -> None:
    asked = await lines(bot, SOKHA, "ប្រជុំខែមេសានៅវៀតណាម", "អានៅហ្វេ ទៅបានប៉ុន្មាននាក់ក្នុងមួយក្រុង")
    assert asked[1] == "អ្នកចូលរួម៖ បើកចំហសម្រាប់ទាំងអស់គ្នា"


async def test_deadline_after_the_dues_is_that_of_the_dues(bot: TestBot) -> None:
    asked = await lines(bot, SOKHA, "ភាគទានឆ្នាំនេះបង់ហើយឬនៅ", "ឆ្នាំក្រោយត្រូវបង់មុនខែណា")
    assert asked[1] == "⏰ ថ្ងៃផុតកំណត់ · ភាគទានសមាជិក · ឆ្នាំ2028"


async def test_the_first_meeting_of_a_list_is_told_its_hour(bot: TestBot) -> None:
    asked = await lines(bot, SOKHA, "សប្តាហ៍ក្រោយមានប្រជុំអីខ្លះ", "ប្រជុំទីមួយនៅម៉ោងប៉ុន្មាន")
    assert asked[1].startswith("ពេលវេលា៖")


async def test_a_language_that_the_person_shown_may_speak_is_no_wish_for_it(bot: TestBot) -> None:
    asked = await lines(bot, LINH, "số điện thoại chị điều phối viên", "chị ấy nói được tiếng Anh không")
    assert asked[1] == "🌐 Ngôn ngữ"
