"""Short questions that lean further than the card: the money of a call, a template's deadline, somebody's languages."""

from __future__ import annotations

import pytest

from tests.handlers.asking import lines
from tests.support.bot import TestBot
from tests.support.people import CAMILLE, JOHN, LINH, SOKHA, Somebody


@pytest.mark.parametrize(
    ("who", "texts", "line"),
    [
        (
            LINH,
            ("kêu gọi về di sản có người ở", "tiền hỗ trợ tối đa bao nhiêu"),
            "Thông tin tôi có không nêu số tiền; ban điều phối sẽ cho anh/chị biết cụ thể.",
        ),
        (CAMILLE, ("l'appel patrimoine habité", "quel montant maximum ?"), "Le montant n’est pas indiqué"),
        (LINH, ("kêu gọi về di sản có người ở", "vậy huế có đủ điều kiện không"), "Đối tượng: thành viên mạng lưới"),
        (LINH, ("cho xin mau bao cao hoat dong", "nop truoc ngay nao"), "Hạn chót: Thứ Tư, ngày 31 tháng 3"),
        (CAMILLE, ("le modèle du rapport d'activité", "à rendre pour quand ?"), "Au plus tard : mercredi 31 mars 2027"),
        (LINH, ("so dt ai phu trach o vieng chan", "chi ay noi duoc tieng viet khong"), "Khamla Souvanna nói"),
        (CAMILLE, ("le point focal de Vientiane", "elle parle français ?"), "Khamla Souvanna parle"),
        (SOKHA, ("អ្នកណាជាជនបង្គោលនៅវៀងចន្ទន៍", "គាត់និយាយភាសាអី"), "Khamla Souvanna និយាយ"),
        (LINH, ("ai bên Hải Phòng lo vụ rác", "cho minh doi so dien thoai"), "Ban điều phối cập nhật danh bạ;"),
        (CAMILLE, ("mon numéro a changé",), "La coordination tient l’annuaire à jour"),
        (LINH, ("hạn chót nộp báo cáo hoạt động", "mình làm xong cái đó rồi"), "Nếu đã xong, anh/chị bấm nút ✓"),
        (CAMILLE, ("on l'a déjà fait",), "Ouvrez ce qui est fait"),
        (LINH, ("còn mấy việc nữa",), "📌 Những việc anh/chị và thành phố cần làm"),
        (LINH, ("việc nào của huế đang trễ",), "📌 Những việc anh/chị và thành phố cần làm"),
        (LINH, ("3 ngày nữa nhắc lại chị vụ báo cáo",), "Tôi tự nhắc anh/chị những việc đến hạn;"),
        (LINH, ("hop ban chap hanh minh du dc k",), "Thành phần: thành viên đã đóng hội phí"),
        (LINH, ("gui giup bien ban hop gan nhat",), "📄 Tài liệu · Biên bản"),
        (LINH, ("đại hội đồng ở huế", "ks nào gần chỗ họp"), "⏰ Hết hạn giá khách sạn ưu đãi: đại hội đồng"),
        (LINH, ("hội thảo sạt lở ở yên bái hà nội đi được k",), "Thành phần: tất cả mọi người"),
        (
            LINH,
            ("hội thảo sạt lở ở yên bái", "ngày đó có trùng lịch gì không"),
            "Trong thời gian đó",
        ),
        (CAMILLE, ("la réunion annuelle", "y a-t-il autre chose ce jour-là ?"), "Voici tout ce que le réseau prévoit"),
        (LINH, ("giải thưởng hợp tác", "hồ sơ gồm những gì"), "⏰ Nộp hồ sơ giải thưởng hợp tác"),
        (LINH, ("thư mời hội nghị thường niên", "ký tên ai vậy"), "Về việc này, anh/chị liên hệ:"),
        (LINH, ("muốn mời chuyên gia Pháp sang Huế thì xin hỗ trợ ở đâu",), "Nguồn tài trợ được công bố"),
        (LINH, ("tạm ngưng nhắc 2 tuần nha", "thôi nhắc lại bình thường đi"), "Từ bây giờ tôi nhắc việc"),
        (LINH, ("tạm ngưng nhắc 2 tuần nha", "lịch nhắc của tôi thế nào"), "⚙️ Cài đặt"),
        (LINH, ("hội nghị thường niên", "tới sân bay có ng đón k"), "Ngoài thông tin dưới đây, tôi chưa biết thêm"),
        (LINH, ("hoi thao phan loai rac o hue dang ky o dau",), "Anh/chị đăng ký bằng nút"),
        (LINH, ("mình muốn xem lại phiếu khảo sát đã gửi",), "📝 Những gì anh/chị đã gửi"),
        (LINH, ("cho hoi ten chi dieu phoi vien",), "👤 Ban điều phối mạng lưới"),
        (LINH, ("tham quan toulouse", "đăng ký 2 người được k"), "Thành phần: thành viên đã đóng hội phí"),
        (LINH, ("giải thưởng hợp tác", "lịch nhắc của tôi thế nào"), "⚙️ Cài đặt"),
        (LINH, ("hnay co viec gi gap k",), "📌 Những việc anh/chị và thành phố cần làm"),
    ],
)
async def test_what_leans_further_is_answered(bot: TestBot, who: Somebody, texts: tuple[str, ...], line: str) -> None:
    assert (await lines(bot, who, *texts))[-1].startswith(line)


async def test_news_are_followed_to_the_deadline_of_their_own_city(bot: TestBot) -> None:
    await lines(bot, LINH, "tin về Kampot", "họ cần người trước ngày nào")
    answer = bot.phone(LINH).last.text
    assert answer.startswith("Hạn chót: ")
    assert "Kampot: cử cán bộ đầu mối mới" in answer


async def test_a_stranger_is_owed_nothing(bot: TestBot) -> None:
    (answer,) = await lines(bot, JOHN, "I have done it")
    assert not answer.startswith("Open what is done")
