import pytest

from bot.ask import kinds
from bot.ask.normalise import normalise
from bot.network.languages import Language


@pytest.mark.parametrize(
    ("language", "intent", "text", "expected"),
    [
        ("fr", "meetings", "le prochain CA", "bureau"),
        ("fr", "meetings", "ca commence quand", None),
        ("fr", "meetings", "l'AG de mai", "general_assembly"),
        ("fr", "meetings", "webinaire numérique", "webinar"),
        ("fr", "documents", "le compte rendu du bureau", "minutes"),
        ("fr", "documents", "le rapport de l'atelier", "report"),
        ("fr", "deadlines", "s'inscrire à l'atelier", "registration"),
        ("fr", "deadlines", "jusqu'à quand pour l'atelier", "workshop"),
        ("fr", "news", "des nouvelles de l'atelier", None),
        ("vi", "meetings", "hội thảo trực tuyến", "webinar"),
        ("vi", "meetings", "hội thảo ở Huế", "workshop"),
        ("vi", "meetings", "hoi nghi thuong nien", "annual_meeting"),
        ("vi", "deadlines", "hạn đăng ký hội nghị", "registration"),
        ("vi", "documents", "anh cho em xin biên bản", "minutes"),
        ("vi", "documents", "anh oi cho em xin", None),
        ("vi", "documents", "xin file mau dang ky", "form"),
        ("km", "meetings", "សិក្ខាសាលាអនឡាញ", "webinar"),
        ("km", "meetings", "សន្និបាតប្រចាំឆ្នាំ", "annual_meeting"),
        ("km", "documents", "ស្លាយភ្នំពេញ", "presentation"),
        ("km", "documents", "របៀបវារះប្រជុំ", "agenda"),
        ("km", "deadlines", "ដាក់គម្រោង", "call"),
        ("km", "deadlines", "ចុះឈ្មោះកិច្ចប្រជុំប្រចាំឆ្នាំ", "annual_meeting"),
        ("km", "register", "សិក្ខាសាលា សួរពីការិយាល័យខ្ញុំ", "workshop"),
        ("lo", "meetings", "ສໍາມະນາ", "workshop"),
        ("lo", "documents", "ຂໍບົດບັນທຶກກອງປະຊຸມ", "minutes"),
        ("lo", "deadlines", "ສົ່ງບົດລາຍງານ", "report"),
        ("en", "documents", "slides from the webinar", "presentation"),
        ("en", "meetings", "slides from the webinar", "webinar"),
        ("en", "deadlines", "send a heritage project", "call"),
        ("en", None, "the workshop", None),
    ],
)
def test_kind_follows_what_is_asked_for(
    language: Language, intent: str | None, text: str, expected: str | None
) -> None:
    found = kinds.find(normalise(text), intent, language)
    assert (found.code if found else None) == expected
