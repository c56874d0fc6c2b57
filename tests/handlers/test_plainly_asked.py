"""What is plainly asked of the desk: what goes out, what was given, who would host, what is changed elsewhere."""

from __future__ import annotations

import pytest

from tests.handlers.asking import AGATHE, HELENE, lines
from tests.support.bot import TestBot
from tests.support.people import CAMILLE, LINH, SOKHA, Somebody


@pytest.mark.parametrize(
    ("who", "text", "line"),
    [
        (HELENE, "quels rappels seront envoyés cette semaine ?", "Je prépare la liste"),
        (HELENE, "tuần này sẽ gửi những nhắc việc nào?", "Je prépare la liste"),
        (HELENE, "y a-t-il des contributions en attente ?", "Aucune proposition n’attend."),
        (HELENE, "co bai nao thanh vien gui cho ban tin dang cho duyet ko", "Aucune proposition n’attend."),
        (HELENE, "quelles villes sont candidates pour accueillir la réunion ?", "📊 Candidature pour accueillir"),
        (HELENE, "thành phố nào đã ứng cử đăng cai hội nghị", "📊 Candidature pour accueillir"),
        (HELENE, "il faut changer la date de l'atelier de Da Nang", "Je ne modifie pas le"),
        (HELENE, "đổi ngày hội thảo Đà Nẵng giúp tôi", "Je ne modifie pas le calendrier"),
        (LINH, "thêm một cuộc họp vào lịch thì làm thế nào", "Các cuộc họp lấy từ bảng dữ liệu"),
        (HELENE, "l'atelier de Da Nang a changé de date ?", "nouvelle date"),
        (LINH, "đổi ngày hội thảo Đà Nẵng giúp tôi", "Về việc này, anh/chị liên hệ:"),
        (LINH, "hội thảo Đà Nẵng đổi sang ngày nào rồi ạ", "📅 Các cuộc họp sắp tới · Hội thảo chuyên đề · Đà Nẵng"),
        (LINH, "thêm cuộc họp này vào lịch của tôi", "Anh/chị mở một cuộc họp rồi nhắn"),
        (HELENE, "mời chị Mai bên Huế vào mạng lưới", "La personne m’écrit et demande à rejoindre"),
        (HELENE, "je veux inviter un nouveau membre", "La personne m’écrit et demande à rejoindre"),
        (AGATHE, "comment inviter une ville à rejoindre le réseau ?", "Une collectivité demande à entrer"),
        (LINH, "những nước nào tham gia vậy", "Số thành viên: 22."),
        (CAMILLE, "quels pays participent au réseau ?", "Nombre de membres : 22."),
        (SOKHA, "មានប្រទេសណាខ្លះក្នុងបណ្តាញ", "ចំនួនសមាជិក៖ 22"),
        (LINH, "còn phiếu khảo sát nào tôi chưa điền không", "📝 Biểu mẫu"),
        (CAMILLE, "quels questionnaires je n'ai pas encore remplis ?", "📝 Formulaires"),
        (LINH, "Huế mình còn thiếu báo cáo gì không?", "📌 Những việc anh/chị và thành phố cần làm"),
        (LINH, "Tôi muốn gửi một tin về Huế để đăng bản tin", "Để đóng góp cho bản tin hằng tháng"),
        (CAMILLE, "je voudrais envoyer une actualité du Havre", "Pour contribuer à la veille"),
    ],
)
async def test_what_is_plainly_asked_is_answered(bot: TestBot, who: Somebody, text: str, line: str) -> None:
    assert (await lines(bot, who, text))[0].startswith(line)


@pytest.mark.parametrize(
    ("who", "text", "line"),
    [
        (
            LINH,
            "bao giờ ra bản tin tiếp theo ạ?",
            "ngày làm việc đầu tiên của tháng, số tới vào Thứ Năm, ngày 1 tháng 4 năm 2027",
        ),
        (CAMILLE, "la prochaine veille part quand ?", "la prochaine le jeudi 1er avril 2027"),
        (LINH, "Nhờ ban điều phối gọi lại cho tôi với ạ", "Tôi không chuyển lời đến ban điều phối được"),
        (CAMILLE, "la coordination peut-elle me rappeler ?", "Je ne transmets pas de message"),
        (LINH, "hội nghị thường niên ở đâu", "Địa điểm: Khách sạn Bến Sông"),
        (LINH, "tôi muốn xem tin về Huế", "📰 Tin tức · Huế"),
        (LINH, "hạn nộp hộ chiếu đi Toulouse là bao giờ", "Tôi không có thông tin về thị thực"),
    ],
)
async def test_when_the_watch_goes_out_and_what_is_not_passed_on_is_told(
    bot: TestBot, who: Somebody, text: str, line: str
) -> None:
    assert line in (await lines(bot, who, text))[0]


@pytest.mark.parametrize(
    ("who", "text", "line"),
    [
        (LINH, "bạn là người hay máy vậy", "Tôi là Relais, trợ lý tự động"),
        (CAMILLE, "vous êtes un robot ou une personne ?", "Je suis Relais, l’assistant automatique"),
        (SOKHA, "តើអ្នកជាមនុស្សឬម៉ាស៊ីន", "ខ្ញុំគឺ Relais"),
        (LINH, "kêu gọi di sản có người ở dành cho ai", "Đối tượng: thành viên mạng lưới"),
        (LINH, "góp ý văn bản thành lập mạng lưới ở đâu", "⏰ Góp ý văn bản thành lập mạng lưới"),
        (LINH, "em chưa kịp nộp báo cáo quý, nộp trễ được không", "Nếu cần gia hạn hoặc nộp muộn"),
        (LINH, "Huế có những dự án gì với Pháp", "Tôi không có thông tin về quan hệ hợp tác"),
        (LINH, "tin xe buýt Phnôm Pênh", "📰"),
        (LINH, "phieu khao sat binh dang gioi la gi vay", "Mỗi địa phương một phiếu"),
        (CAMILLE, "le questionnaire égalité, c'est quoi ?", "Un questionnaire par ville"),
    ],
)
async def test_who_answers_and_what_is_named_otherwise_is_told(
    bot: TestBot, who: Somebody, text: str, line: str
) -> None:
    assert (await lines(bot, who, text))[0].startswith(line)
