"""What is asked of documents that were shown, of what one's city has handed in, of a subject that was spoken of."""

from __future__ import annotations

import pytest

from tests.handlers.asking import HELENE, lines
from tests.support.bot import TestBot
from tests.support.people import CAMILLE, LINH, SOKHA, Somebody


async def test_two_documents_found_by_their_titles_are_asked_about(bot: TestBot) -> None:
    asked = await lines(
        bot,
        LINH,
        "/documents",
        "sổ tay cán bộ đầu mối",
        "gửi cho chị file đó",
        "bản này cập nhật khi nào",
        "cái thứ hai cập nhật khi nào",
    )
    assert asked[2:] == [
        "Anh/chị hỏi về mục nào? Vui lòng bấm số của mục đó.",
        "📄 Tài liệu",
        "Ngày ghi trên tài liệu: Thứ Ba, ngày 10 tháng 11 năm 2026.",
    ]
    assert "2. Sổ tay cán bộ đầu mối" not in bot.phone(LINH).last.text
    agenda = await lines(bot, LINH, "chương trình hội nghị thường niên tiếng khmer", "bản này cập nhật khi nào")
    assert agenda == ["📄 Tài liệu", "Ngày ghi trên tài liệu: Thứ Tư, ngày 3 tháng 3 năm 2027."]


@pytest.mark.parametrize(
    ("who", "texts", "line", "title"),
    [
        (
            LINH,
            ["bao cao hoat dong gui dang word hay pdf"],
            "Ngoài thông tin",
            "⏰ Báo cáo hoạt động của các thành phố",
        ),
        (LINH, ["báo cáo hoạt động nộp khi nào", "word hay pdf"], "Ngoài thông tin", "⏰ Báo cáo hoạt động"),
        (LINH, ["xin các bài trình chiếu", "có bao nhiêu trang"], "Anh/chị hỏi về mục nào?", "Bài trình bày"),
        (CAMILLE, ["le rapport d'activité c'est pour quand", "combien de pages ?"], "Je n’ai pas", "⏰ Rapport"),
        (LINH, ["ai nhận báo cáo"], "Anh/chị hỏi về mục nào?", "⏰ Hạn chót · Báo cáo"),
        (CAMILLE, ["à qui envoyer les rapports"], "De laquelle de ces lignes", "⏰ Échéances · Rapport"),
        (LINH, ["/deadlines", "cái giải thưởng ai được nộp"], "Đối tượng:", "⏰ Nộp hồ sơ giải thưởng"),
        (LINH, ["họp đầu mối tháng 12 ngày mấy", "bạn em ở phòng khác vào họp cùng được k"], "Anh/chị hỏi", "Họp nhóm"),
        (LINH, ["hội nghị thường niên huế đc cử mấy người"], "Thành phần:", "📅 Hội nghị thường niên của mạng lưới"),
        (LINH, ["/deadlines", "cái cuối cùng là gì"], "⏰ Hội phí hằng năm", ""),
    ],
)
async def test_what_no_table_tells_is_said_above_the_row_or_asked_of_which(
    bot: TestBot, who: Somebody, texts: list[str], line: str, title: str
) -> None:
    assert (await lines(bot, who, *texts))[-1].startswith(line)
    assert title in bot.phone(who).last.text


@pytest.mark.parametrize(
    ("who", "text", "line"),
    [
        (LINH, "đã trả lời phiếu bình đẳng giới chưa nhỉ", "📝 Những gì anh/chị đã gửi"),
        (LINH, "huế nộp chưa", "📝 Những gì anh/chị đã gửi"),
        (CAMILLE, "on a répondu au questionnaire égalité ?", "📝 Ce que vous avez envoyé"),
        (LINH, "Hải Phòng đã trả lời phiếu bình đẳng giới chưa", "Ban điều phối theo dõi các câu trả lời"),
        (HELENE, "Hải Phòng a répondu au questionnaire égalité ?", "📊 Questionnaire égalité"),
        (LINH, "có việc nào quá hạn không", "📌 Những việc anh/chị và thành phố cần làm"),
        (CAMILLE, "est-ce qu'on est en retard", "📌"),
        (LINH, "ai lam truoc minh", "Danh bạ chỉ ghi người đang phụ trách."),
        (CAMILLE, "qui était point focal avant moi", "L’annuaire ne donne que les personnes en poste."),
        (SOKHA, "អ្នកណាធ្វើមុនខ្ញុំ", "បញ្ជីទំនាក់ទំនងមានតែអ្នកដែលកំពុងកាន់ការងារនេះ។"),
        (CAMILLE, "qui finance le projet des boues à Hué", "Je ne sais pas qui finance chaque projet"),
    ],
)
async def test_what_one_s_own_city_has_done_and_what_no_table_tells(
    bot: TestBot, who: Somebody, text: str, line: str
) -> None:
    assert (await lines(bot, who, text))[0].startswith(line)


async def test_late_things_of_the_city_are_asked_about_as_deadlines(bot: TestBot) -> None:
    asked = await lines(
        bot, LINH, "/news", "huế có việc nào quá hạn k", "cái đầu tiên nộp ở đâu", "nộp trễ có sao không"
    )
    assert asked[1].startswith("📌")
    assert asked[3].startswith("Nếu cần gia hạn hoặc nộp muộn")
    assert "Báo cáo quý" in bot.phone(LINH).last.text
    aside = await lines(bot, LINH, "/news", "tin thứ hai nói gì", "có việc nào quá hạn k")
    assert aside[2].startswith("📌")
    late = await lines(bot, LINH, "kế hoạch hành động tới đâu rồi", "việc nào trễ")
    assert late[1] == "📋 Kế hoạch hành động · Chậm tiến độ"


async def test_subject_that_was_spoken_of_is_pointed_to(bot: TestBot) -> None:
    asked = await lines(bot, LINH, "dự án thoát nước ở Huế do ai tài trợ", "cho xin tài liệu về nó")
    assert asked[0].startswith("Tôi không có thông tin về bên tài trợ")
    assert asked[1].startswith("📄 Tài liệu · ")
    assert asked[1].endswith("· Huế")
    others = await lines(bot, LINH, "dự án thoát nước ở Huế do ai tài trợ", "có ai khác cũng làm cái này không")
    assert others[1].startswith("👤 Cán bộ đầu mối · Cấp nước")


async def test_what_a_matter_listed_is_spoken_of_and_no_longer_the_plan(bot: TestBot) -> None:
    asked = await lines(
        bot,
        LINH,
        "kế hoạch hành động đến đâu rồi",
        "phí khách sạn phnom penh bao nhiêu 1 đêm",
        "hiện có chương trình tài trợ nào đang mở không",
    )
    grants = "Nguồn tài trợ được công bố qua các đợt kêu gọi nộp hồ sơ."
    assert asked[2].startswith(grants)
    sought = await lines(bot, LINH, "kế hoạch hành động đến đâu rồi", "có chương trình tài trợ nào đang mở không")
    assert sought[1].startswith(grants)


async def test_what_to_prepare_is_asked_of_one_of_the_meetings_that_were_listed(bot: TestBot) -> None:
    asked = await lines(
        bot,
        LINH,
        "họp đầu mối tháng 3 ngày mấy",
        "có cần chuẩn bị gì không",
        "bạn em ở phòng khác vào họp cùng được k",
    )
    assert asked[1:] == ["Anh/chị hỏi về mục nào? Vui lòng bấm số của mục đó."] * 2
    assert "📅 Các cuộc họp sắp tới · Họp nhóm" in bot.phone(LINH).last.text
