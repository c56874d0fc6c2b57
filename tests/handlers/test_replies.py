from __future__ import annotations

import shutil
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from storage.database import Database
from tests.support.bot import TestBot
from tests.support.people import CAMILLE, JOHN, LINH, SOKHA, Somebody
from tests.support.sample import NOW, linked
from tests.support.whole import whole

HELENE = Somebody(100_010, "Hélène", "fr")


@pytest.fixture
async def bot(tmp_path: Path, sample_file: Path) -> AsyncIterator[TestBot]:
    shutil.copy(sample_file, tmp_path / "relais.db")

    async def link(database: Database) -> None:
        await linked(database, "tran-thi-mai", LINH)
        await linked(database, "camille-lefort", CAMILLE)
        await linked(database, "helene-marchand", HELENE)

    async with await TestBot.start(tmp_path, whole(tmp_path), now=NOW, prepare=link) as started:
        yield started


async def first_line(bot: TestBot, text: str, who: Somebody) -> str:
    return (await bot.say(text, who))[0].text.splitlines()[0]


REFERENTS = "📅 Rendez-vous mensuel des points focaux"
ASSISES = "📅 13es Assises de la coopération décentralisée franco-vietnamienne"
NAMED = [
    (
        CAMILLE,
        "c'est quand les Assises ?",
        "Quand\u202f: du mercredi 6 octobre 2027 à 14\u00a0h au vendredi 8 octobre 2027 à 13\u00a0h",
    ),
    (CAMILLE, "hội nghị hợp tác lần 13", ASSISES),
    (LINH, "hoi nghi hop tac o dau", "Địa điểm: Trung tâm hội nghị bến cảng, Le Havre, Pháp"),
    (SOKHA, "សន្និសីទលើកទី១៣", "📅 សន្និសីទសហប្រតិបត្តិការវិមជ្ឈការបារាំង-វៀតណាម លើកទី១៣"),
    (CAMILLE, "DCOL", "⏰ Appel DCOL\u202f: expertise extérieure pour les collectivités"),
    (CAMILLE, "jusqu'à quand s'inscrire aux Assises ?", "Au plus tard\u202f: lundi 6 septembre 2027"),
    (CAMILLE, "le point mensuel des référents c'est quand", REFERENTS),
    (LINH, "hội thảo phân loại rác ở Huế", "📅 Hội thảo: phân loại rác tại nguồn"),
    (CAMILLE, "l'invitation pour la réunion annuelle svp", "📄 Documents"),
    (CAMILLE, "sondage pour les femmes", "📝 Formulaires"),
    (SOKHA, "លោកស្រី ហ៊ុយញ បាវ ត្រាំ នៅទីក្រុងណា", "ខ្ញុំមិនប្រាកដថាបានយល់ត្រឹមត្រូវទេ។ តើលោក/លោកស្រីចង់សួរអំពីអ្វី?"),
    (LINH, "លោកស្រី ហ៊ុយញ បាវ ត្រាំ នៅទីក្រុងណា", "👤 Cán bộ đầu mối · Đà Nẵng"),
    (
        CAMILLE,
        "je ne veux plus recevoir les rappels",
        "Jusqu’à quand mettre les rappels en pause\u202f? Choisissez, ou écrivez un jour ou une durée\u202f:"
        " «\u202fjusqu’au 20 mars\u202f», «\u202fdeux semaines\u202f».",
    ),
    (HELENE, "je veux faire une annonce", "📣 Nouvelle annonce"),
    (CAMILLE, "le téléphone de l'AFD", "👤 AFD, Agence française de développement"),
    (CAMILLE, "tel ambassade de france au cambodge", "👤 Ambassade de France au Cambodge"),
    (CAMILLE, "à qui parler chez Cités Unies France", "👤 Cités Unies France"),
]


@pytest.mark.parametrize(("who", "text", "line"), NAMED)
async def test_what_is_named_is_shown_itself(bot: TestBot, who: Somebody, text: str, line: str) -> None:
    assert await first_line(bot, text, who) == line


async def test_document_that_is_not_there_is_said_with_the_nearest(bot: TestBot) -> None:
    (answer,) = await bot.say("le guide du coopérant", CAMILLE)
    assert answer.text.startswith("Je n’ai trouvé aucun document sur «\u202fcoopérant\u202f».")
    assert answer.labels[1:] == [["Tous les documents"], ["Coordination du réseau"]]


async def test_unknown_organisation_is_said_with_the_coordination(bot: TestBot) -> None:
    (answer,) = await bot.say("le numéro du consulat du Japon", CAMILLE)
    assert answer.text.startswith("L’annuaire du réseau n’a pas cette organisation.")
    assert "Hélène Marchand" in answer.text


async def test_second_question_of_a_message_is_a_button(bot: TestBot) -> None:
    (answer,) = await bot.say("quelle est la date de l'atelier de Huế et qui est leur point focal ?", CAMILLE)
    assert answer.labels[-1] == ["👤 Point focal · Huế"]
    (other,) = await bot.tap("👤 Point focal", CAMILLE)
    assert other.text.splitlines()[0] == "👤 Point focal · Huế"


async def test_second_question_is_about_the_event_of_the_first(bot: TestBot) -> None:
    (answer,) = await bot.say("C'est quand l'atelier sur les déchets de Hué ? Et jusqu'à quand s'inscrire ?", CAMILLE)
    assert answer.labels[-1] == ["⏰ Échéances · Atelier : trier les déche…"]


async def test_the_one_annual_meeting_has_its_own_papers(bot: TestBot) -> None:
    (answer,) = await bot.say("l'invitation pour la réunion annuelle svp", CAMILLE)
    assert "Lettre d'invitation" in answer.text
    assert "Assises" not in answer.text


async def test_question_behind_its_reason_is_answered(bot: TestBot) -> None:
    text = "Dạ em xin lỗi, vừa rồi con em bị ốm nên chưa kịp làm, giờ còn nộp hồ sơ DCOL được không ạ?"
    assert await first_line(bot, text, LINH) == "⏰ Kêu gọi nộp hồ sơ DCOL: hỗ trợ chuyên gia cho địa phương"


FOLLOWED = [
    (CAMILLE, "qui est le point focal de Hué ?", "son tel ?", "👤 Point focal · Huế"),
    (CAMILLE, "c'est quand les Assises ?", "et l'adresse ?", "Où\u202f: Carré des Docks, Le Havre, France"),
    (CAMILLE, "c'est quand les Assises ?", "ajoute-les à mon agenda", "Voici la réunion pour votre agenda."),
    (
        CAMILLE,
        "l'atelier de Vientiane sur les crues est-il maintenu ?",
        "qui contacter là-bas ?",
        "👤 Point focal · Vientiane",
    ),
    (LINH, "đầu mối của Cần Thơ là ai ạ?", "email chị ấy", "👤 Cán bộ đầu mối · Cần Thơ"),
    (CAMILLE, "réunions à Hué", "qui est le point focal là-bas ?", "👤 Point focal · Huế"),
    (
        LINH,
        "hội thảo phân loại rác ở Huế",
        "link zoom đâu anh",
        "Cuộc họp này diễn ra trực tiếp, không có đường dẫn họp trực tuyến.",
    ),
    (LINH, "hội thảo phân loại rác ở Huế", "chương trình họp đâu", "📅 Hội thảo: phân loại rác tại nguồn"),
    (
        CAMILLE,
        "dialogue Siem Reap tourisme",
        "où se garer",
        "Je n’ai pas d’autre information pratique que cette fiche ; la coordination vous renseignera.",
    ),
    (
        CAMILLE,
        "dialogue Siem Reap tourisme",
        "le maire doit venir ?",
        "Pour qui\u202f: ouvert à tous",
    ),
    (
        CAMILLE,
        "il reste combien de jours pour DCOL",
        "où je trouve le dossier",
        "⏰ Appel DCOL\u202f: expertise extérieure pour les collectivités",
    ),
    (
        CAMILLE,
        "c'est quand les Assises ?",
        "le compte rendu de la dernière réunion du bureau",
        "📄 Documents",
    ),
    (CAMILLE, "les documents", "atelier à Vientiane", "📅 Prochaines réunions · Atelier · Vientiane"),
    (CAMILLE, "réunions en mai", "la troisième", "📅 Réunion annuelle du réseau"),
    (CAMILLE, "on a payé notre cotisation ?", "combien on doit", "🧾 Cotisation"),
    (CAMILLE, "réunions à Hué", "pardon je voulais dire Kampot", "📅 Prochaines réunions · Kampot"),
    (LINH, "họp ở lào", "còn du lịch", "📅 Các cuộc họp sắp tới · Du lịch thông minh và bền vững · Lào"),
    (CAMILLE, "Cần Thơ", "la première", "📅 Prochaines réunions · Cần Thơ"),
    (CAMILLE, "Cần Thơ", "qui est le point focal ?", "👤 Point focal · Cần Thơ"),
]


@pytest.mark.parametrize(("who", "first", "then", "line"), FOLLOWED)
async def test_next_question_is_about_what_was_shown(
    bot: TestBot, who: Somebody, first: str, then: str, line: str
) -> None:
    await bot.say(first, who)
    assert await first_line(bot, then, who) == line


async def test_opened_card_is_what_the_next_question_is_about(bot: TestBot) -> None:
    await bot.say("réunions à Hué", CAMILLE)
    await bot.tap("1", CAMILLE)
    assert (await first_line(bot, "c'est à quelle heure ?", CAMILLE)).startswith("Quand\u202f: du mardi 13 avril 2027")


async def test_stranger_is_not_shown_what_members_alone_see_by_its_title(bot: TestBot) -> None:
    (answer,) = await bot.say("annual meeting of the network", JOHN)
    assert answer.text.splitlines()[0].startswith("📅 Next meetings")
    assert "Some meetings" in answer.text


@pytest.mark.parametrize(
    ("who", "text", "first", "then"),
    [
        (
            CAMILLE,
            "des réunions à Battambang en mai ?",
            "📅 Prochaines réunions · Battambang · mai 2027",
            " · Battambang",
        ),
        (LINH, "thứ bảy này có họp không", "📅 Các cuộc họp sắp tới · Thứ Bảy, ngày 13 tháng 3 năm 2027", ""),
    ],
)
async def test_empty_period_is_followed_by_the_same_at_any_time(
    bot: TestBot, who: Somebody, text: str, first: str, then: str
) -> None:
    (answer,) = await bot.say(text, who)
    lines = answer.text.splitlines()
    assert lines[0] == first
    assert f"{first.split(' · ', maxsplit=1)[0]}{then}" in lines[1:]
    assert answer.labels[0][0] == "1"


ASKED_THEN = [
    (LINH, ("ai phụ trách rác thải bên Huế", "cho em xin số đt"), "Nguyễn Khoa Vy"),
    (LINH, ("ai phụ trách rác thải bên Huế", "thế còn Hải Phòng?"), "Bùi Thanh Nga"),
    (LINH, ("kế hoạch hành động", "việc nào đang trễ"), "📋 Kế hoạch hành động · Chậm tiến độ"),
    (LINH, ("kế hoạch hành động", "việc số 8 ai làm"), "📋 8. Xác định nhu cầu tập huấn"),
    (CAMILLE, ("plan d'action", "où en est l'action 8 ?"), "📋 8. "),
    (LINH, ("tin tức Campuchia", "không thấy ai trả lời email, gọi số nào được"), "👤 Ban điều phối mạng lưới"),
    (CAMILLE, ("des réunions à Hué ?", "il est quelle heure à Paris ?"), "Je réponds seulement sur la vie du réseau"),
    (LINH, ("mai có họp không", "tiếng Việt"), "🌐 Ngôn ngữ"),
    (LINH, ("hội thảo xe buýt Đà Nẵng", "tại sao lại đổi ngày"), "đã dời ngày"),
    (LINH, ("bản tin tháng 4 khi nào ra",), "Bản tin hằng tháng được gửi vào ngày làm việc đầu tiên"),
    (LINH, ("biên bản họp ban chấp hành vừa rồi",), "Biên bản họp ban chấp hành"),
    (LINH, ("cuộc họp ngày 18/3 phải chuẩn bị gì",), "📅 Buổi gặp hằng tháng"),
    (LINH, ("Luang Prabang tháng 4 có gì ko", "tháng 5 thì sao"), "Luông Pha Băng · tháng 5 năm 2027"),
    (LINH, ("cần giấy mời hội nghị ở Le Havre để xin visa",), "📅 Hội nghị hợp tác giữa các địa phương"),
    (LINH, ("tin về Kampot thế nào",), "📰 Kampot đang tìm"),
    (LINH, ("hội nghị năng lượng cảng còn bao lâu nữa",), "Thời gian: "),
    (CAMILLE, ("l'atelier de Hué sur les déchets", "c'est dans combien de jours ?"), "Quand\u202f: "),
    (LINH, ("hội thảo phân loại rác ở Huế", "lịch trình thế nào"), "08:30"),
    (LINH, ("hội thảo phụ nữ trong chính quyền ở Cần Thơ", "lịch trình thế nào"), "Chương trình chi tiết chưa"),
    (LINH, ("hội thảo phân loại rác ở Huế", "đã có ai đk chưa"), "Ban điều phối theo dõi các câu trả lời"),
    (LINH, ("hạn chót tháng 4", "cái nào của Hà Nội"), "⏰ Hạn chót · Hà Nội · tháng 4 năm 2027"),
    (LINH, ("họp ở Hà Nội tháng 4", "còn bao nhiêu ngày nữa là tới hội nghị thường niên"), "Phnôm Pênh"),
    (LINH, ("chỉnh lại giờ nhắc giúp em",), "⚙️ Cài đặt"),
    (LINH, ("hội nghị xâm nhập mặn ở Cần Thơ", "nộp tham luận thế nào"), "👤 Cán bộ đầu mối · Cần Thơ"),
    (LINH, ("chuyến tham quan Toulouse", "có phải đóng hội phí mới được đi ko"), "Thành phần: "),
    (LINH, ("hội thảo phân loại rác ở Huế", "tỉnh em tham gia được ko"), "Thành phần: tất cả mọi người"),
    (LINH, ("mạng lưới có nhóm zalo ko",), "👤 Ban điều phối mạng lưới"),
    (LINH, ("mạng lưới có bao nhiêu thành viên",), "Số thành viên: 22."),
    (LINH, ("Lào có những thành phố nào tham gia",), "Số thành viên: 2."),
    (LINH, ("đại hội đồng ở đâu",), "Địa điểm: Trung tâm hội nghị quốc tế, Huế, Việt Nam"),
    (LINH, ("hội thảo phân loại rác ở Huế", "em vào trễ 10 phút đc ko"), "Ngoài thông tin dưới đây"),
    (LINH, ("hạn chót sắp tới", "việc thứ 2 làm ở đâu"), "/watch"),
    (LINH, ("kế hoạch hành động", "kêu gọi nộp hồ sơ khí hậu"), "⏰ Hạn chót · Kêu gọi nộp hồ sơ"),
    (LINH, ("kế hoạch hành động trục 3 gồm những gì",), "Trục 3"),
    (CAMILLE, ("où en est l'axe 3 du plan d'action ?",), "Axe 3"),
]


@pytest.mark.parametrize(("who", "asked", "told"), ASKED_THEN)
async def test_question_is_answered_with_what_it_asks(
    bot: TestBot, who: Somebody, asked: tuple[str, ...], told: str
) -> None:
    for text in asked:
        answers = await bot.say(text, who)
    assert told in answers[-1].text


async def test_somebody_called_by_a_name_that_nobody_has_is_said(bot: TestBot) -> None:
    assert (await first_line(bot, "le portable de Mme Zorglub", CAMILLE)).startswith("Je ne trouve pas cette personne")
