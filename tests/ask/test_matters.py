from __future__ import annotations

import pytest

from bot.ask.intents import IntentReader, shipped
from bot.ask.matters import MATTERS, matter_of
from bot.ask.normalise import normalise
from bot.ask.wordlists import table
from bot.network.languages import LANGUAGES, Language

READER = IntentReader(shipped())


@pytest.mark.parametrize(
    ("language", "text", "matter"),
    [
        ("fr", "quelqu'un peut-il me remplacer ?", "replace_me"),
        ("vi", "toi sap nghi huu, ai thay toi", "replace_me"),
        ("km", "ខ្ញុំនឹងចូលនិវត្តន៍ អ្នកណាជំនួសខ្ញុំ", "replace_me"),
        ("fr", "qui paie l'hôtel pour l'atelier ?", "event_cost"),
        ("en", "is the workshop free of charge?", "event_cost"),
        ("fr", "combien coûte la cotisation", None),
        ("vi", "hội phí năm nay bao nhiêu", "yearly_dues"),
        ("fr", "où trouver une subvention pour notre projet", "funding"),
        ("fr", "ma candidature a-t-elle été retenue ?", "sent_state"),
        ("fr", "mets-le dans mon agenda google", "calendar"),
        ("vi", "link bị lỗi rồi", "broken"),
        ("km", "តំណនេះបើកមិនបាន", "broken"),
        ("fr", "comment adhérer au réseau ?", "join"),
        ("fr", "quelles villes ont rejoint le réseau ?", None),
        ("fr", "j'ai commencé l'inscription mais pas fini", "unfinished"),
        ("vi", "co bao nhieu nguoi dang ky", "results"),
        ("en", "which questions were not understood?", "misses"),
        ("fr", "des demandes d'adhésion en attente ?", "requests"),
        ("fr", "quelles réunions en mai ?", None),
        ("vi", "link zoom đâu anh", "video"),
        ("fr", "le lien zoom ne marche pas", "broken"),
        ("fr", "est-ce que le maire doit venir", "attendance"),
        ("vi", "lanh dao co phai di khong", "attendance"),
        ("km", "ចតឡាននៅណា", "practical"),
        ("vi", "chương trình họp đâu", "programme"),
        ("fr", "le questionnaire est-il obligatoire", None),
        ("km", "សមាជិកមានប៉ុន្មានទាំងអស់", "members"),
        ("lo", "ສະມາຊິກມີຈັກເມືອງ", "members"),
        ("fr", "combien de villes ont payé", None),
        ("vi", "bao nhiêu thành viên đã đóng phí", None),
        ("km", "សប្តាហ៍ក្រោយនឹងចេញសារអីខ្លះ", "going_out"),
        ("en", "which reminders will go out next week", "going_out"),
        ("km", "ចង់ជូនដំណឹងទៅក្រុងខ្មែរទាំងអស់", "announcing"),
        ("fr", "je veux prévenir toutes les villes", "announcing"),
        ("fr", "qui a proposé des nouvelles pour la veille", "given"),
        ("fr", "comment proposer un événement pour la veille", "contributing"),
        ("vi", "làm sao đề xuất sự kiện cho bản tin", "contributing"),
        ("fr", "je ne reçois plus les rappels", "not_received"),
        ("fr", "je n'ai pas reçu la veille", "not_received"),
        ("vi", "tôi không nhận được nhắc việc", "not_received"),
        ("vi", "em chua nhan duoc ban tin", "not_received"),
        ("km", "ខ្ញុំមិនទទួលបានការរំលឹក", "not_received"),
        ("lo", "ຂ້ອຍບໍ່ໄດ້ຮັບການເຕືອນ", "not_received"),
        ("en", "I never received the newsletter", "not_received"),
        ("fr", "je n'ai pas reçu la facture", None),
        ("fr", "peut-on avoir la vidéo du dernier webinaire", "recording"),
        ("vi", "video buổi hội thảo vừa rồi", "recording"),
        ("km", "វីដេអូសិក្ខាសាលាចុងក្រោយ", "recording"),
        ("en", "is there a recording of the webinar", "recording"),
        ("fr", "les réunions par vidéo", None),
        ("fr", "qui voit mes données", "privacy"),
        ("fr", "qui voit mes réponses", None),
        ("fr", "rappelle-moi les dates des assises", None),
        ("fr", "rappelle-moi le 12", "remind_me"),
        ("vi", "nhắc lại giúp em ngày họp", None),
        ("vi", "nhắc em trước 3 ngày", "remind_me"),
        ("en", "remind me when the annual meeting is", None),
        ("fr", "mettez les rappels en pause jusqu'au 20 mars", "pausing"),
        ("vi", "tạm dừng nhắc đến 20/12", "pausing"),
        ("vi", "dung nhac chi nua", "pausing"),
        ("km", "សូមផ្អាកការរំលឹក២សប្តាហ៍", "pausing"),
        ("lo", "ພັກການແຈ້ງເຕືອນໄວ້ 2 ອາທິດ", "pausing"),
        ("en", "pause my reminders for two weeks", "pausing"),
        ("fr", "plus de rappels le soir svp", "stop_sending"),
        ("fr", "je ne veux plus recevoir la veille", "stop_sending"),
        ("vi", "mo lai nhac viec", "resuming"),
        ("fr", "vous pouvez reprendre les rappels", "resuming"),
        ("en", "resume the reminders", "resuming"),
        ("km", "បើកការរំលឹកឡើងវិញ", "resuming"),
        ("km", "មានអ្នកណាស្នើសុំចូលបណ្ដាញថ្មីទេ", "requests"),
        ("km", "មានអត្ថបទអីផ្ញើមកខែនេះហើយ", "given"),
        ("km", "រំលឹកក្រុងដែលមិនទាន់ផ្ញើរបាយការណ៍ផង", "chasing"),
        ("fr", "je voudrais annoncer une formation à toutes les villes", "announcing"),
        ("vi", "muốn báo tập huấn cho tất cả các thành phố", "announcing"),
        ("fr", "relancez-les", "chasing"),
        ("fr", "qui va à Vientiane pour les crues", "who_goes"),
        ("vi", "thành phố nào tham dự", "who_goes"),
        ("fr", "qui va me répondre", None),
        ("fr", "j'ai changé de numéro de téléphone", "own_data"),
        ("km", "ខ្ញុំប្តូរលេខទូរស័ព្ទ", "own_data"),
        ("fr", "on l'a déjà envoyé", "did_it"),
        ("fr", "on leur a déjà fait une relance ?", "going_out"),
        ("fr", "qui est le nouveau point focal de Kampot ?", None),
        ("fr", "combien de points focaux avons-nous", "focal_points"),
        ("km", "មានជនបង្គោលប៉ុន្មាននាក់", "focal_points"),
    ],
)
def test_words_together_tell_a_matter(language: Language, text: str, matter: str | None) -> None:
    assert matter_of(READER.intents(normalise(text), language).said) == matter


def test_every_matter_has_rules_and_every_thing_has_words_in_every_language() -> None:
    files = [table(name) for name in ("matters.toml", "attending.toml", "sending.toml")]
    assert {matter for found in files for matter in found["matters"]} == set(MATTERS)
    words = [one for found in files for one in found["words"].values()]
    assert all(set(one) == set(LANGUAGES) and all(one.values()) for one in words)
