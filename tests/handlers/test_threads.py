"""What a message goes on with: what was shown, unless it names something else or everything begins anew."""

from __future__ import annotations

import pytest

from tests.handlers.asking import HELENE, lines
from tests.support.bot import TestBot
from tests.support.people import CAMILLE, LINH, Somebody


@pytest.mark.parametrize(
    ("who", "texts", "line"),
    [
        (LINH, ("tháng 4 có hội thảo nào không", "/start", "tuần sau có gì không"), "từ ngày 15 đến ngày 21"),
        (CAMILLE, ("les ateliers d'avril", "/start", "qu'est-ce qu'il y a la semaine prochaine ?"), "du 15 au 21 mars"),
    ],
)
async def test_who_starts_again_goes_on_with_nothing(
    bot: TestBot, who: Somebody, texts: tuple[str, ...], line: str
) -> None:
    last = (await lines(bot, who, *texts))[-1]
    assert line in last
    assert last.count("·") == 1


@pytest.mark.parametrize(
    ("who", "texts", "line"),
    [
        (LINH, ("Huế có báo cáo gì về thoát nước phải nộp không", "bao giờ hết hạn nộp hồ sơ DCOL?"), "18h00, Thứ Tư"),
        (CAMILLE, ("l'atelier sur les déchets", "c'est jusqu'à quand pour DCOL ?"), "mercredi 7 avril"),
        (LINH, ("hành động nào đang chậm", "tin mới nhất về Huế"), "📰 Tin tức · Huế"),
        (LINH, ("hành động nào đang chậm", "tin mới nhất"), "📰 Tin tức"),
        (LINH, ("hành động nào đang chậm", "cái đầu tiên"), "📋 7. Đối thoại quốc gia"),
        (CAMILLE, ("le plan d'action", "les dernières nouvelles de Huế"), "📰 Actualités · Huế"),
    ],
)
async def test_what_is_named_is_meant_whatever_was_shown(
    bot: TestBot, who: Somebody, texts: tuple[str, ...], line: str
) -> None:
    assert line in (await lines(bot, who, *texts))[-1]


@pytest.mark.parametrize(
    ("who", "texts", "line"),
    [
        (
            LINH,
            ("có tài liệu gì về Hội nghị hợp tác lần thứ 12 không", "có bản tiếng Việt không"),
            "tài liệu này: tiếng Pháp",
        ),
        (CAMILLE, ("les documents des 12es Assises", "c'est en quelle langue ?"), "français"),
        (LINH, ("hạn đăng ký hội thảo phân loại rác", "đăng ký cho tôi nhé"), "Anh/chị đăng ký bằng nút bên dưới."),
        (CAMILLE, ("jusqu'à quand s'inscrire à l'atelier sur les déchets", "inscris-moi"), "bouton"),
        (LINH, ("tôi muốn đi Toulouse", "hạn nộp hộ chiếu?"), "Hạn chót: Thứ Năm, ngày 10 tháng 6"),
        (LINH, ("tôi muốn đi Toulouse", "cần visa không"), "Tôi không có thông tin về thị thực"),
        (HELENE, ("combien d'inscrits à l'atelier de Huế", "qui ça ?"), "📊 Inscription à l'atelier de Huế"),
        (HELENE, ("les résultats du questionnaire sur les bus", "qui donc ?"), "📊 Votre avis sur le webinaire"),
        (LINH, ("cuộc họp nhóm Việt Nam tới bàn về gì", "còn cuộc sau nữa?"), "📅 Nhóm Việt Nam: y tế và môi trường"),
    ],
)
async def test_what_was_shown_leads_to_its_form_its_paper_and_its_deadline(
    bot: TestBot, who: Somebody, texts: tuple[str, ...], line: str
) -> None:
    assert line in (await lines(bot, who, *texts))[-1]


async def test_wanting_is_no_coming_late(bot: TestBot) -> None:
    assert await lines(bot, LINH, "toi muon dang ky hoi thao phan loai rac") == ["Anh/chị đăng ký bằng nút bên dưới."]
