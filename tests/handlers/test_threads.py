"""What a message goes on with: what was shown, unless it names something else or everything begins anew."""

from __future__ import annotations

import pytest

from tests.handlers.asking import lines
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
