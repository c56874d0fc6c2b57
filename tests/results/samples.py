"""A small form of every kind of question, and answers to it, made by hand."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from bot.forms.definition import Definition, build
from bot.network.content import Content
from bot.network.forms import Form, Question
from bot.network.records import Organisation, Person
from bot.results.figures import figures
from bot.results.shapes import Results
from storage.submissions import State, Submission

NOW = datetime(2027, 5, 20, 8, tzinfo=UTC)
SENT = int(datetime(2027, 5, 4, 3, 30, tzinfo=UTC).timestamp())
DAY = 86_400


def content(fr: str, **others: str) -> Content:
    return Content.of("fr", fr=fr, **others)


def _organisation(code: str, country: str, zone: str, fr: str, **more: Any) -> Organisation:
    names = {key: more.pop(key) for key in ("km", "vi", "lo", "en") if key in more}
    return Organisation(
        code=code, name=content(fr, **names), kind="city", country=country, time_zone=zone, membership="member", **more
    )


HUE = _organisation("hue", "VN", "Asia/Ho_Chi_Minh", "Huế", km="ហ្វេ", lo="ເຫວ້")
DA_NANG = _organisation("da-nang", "VN", "Asia/Ho_Chi_Minh", "Da Nang", vi="Đà Nẵng", km="ដាណាំង", lo="ດານັງ")
KAMPOT = _organisation("kampot", "KH", "Asia/Phnom_Penh", "Kampot", km="កំពត", lo="ກຳປອດ")
LUANG = _organisation("luang-prabang", "LA", "Asia/Vientiane", "Luang Prabang", km="ហ្លួងព្រះបាង", lo="ຫຼວງພະບາງ")
ORGANISATIONS = (HUE, DA_NANG, KAMPOT, LUANG)
MAI = Person(
    code="mai", name="Trần Thị Mai", organisation="hue", function=content("Cheffe de service"), role="focal_point",
    languages=("vi",),
)  # fmt: skip
PEOPLE = (MAI,)


def question(number: int, name: str, kind: str, label: Content | str, form: str = "survey", **more: Any) -> Question:
    said = content(label) if isinstance(label, str) else label
    return Question.model_validate(
        {"code": f"{form}.{name}", "form": form, "name": name, "number": number, "kind": kind, "label": said, **more}
    )


THEME = question(
    1, "theme", "one_choice",
    content(
        "Quel thème souhaitez-vous voir traité en priorité à la prochaine réunion annuelle ?",
        vi="Quý vị mong muốn chủ đề nào được ưu tiên tại hội nghị thường niên sắp tới?",
        km="តើលោក/លោកស្រីចង់ឲ្យប្រធានបទណាមួយត្រូវបានលើកយកមកពិភាក្សាជាអាទិភាពនៅក្នុងកិច្ចប្រជុំប្រចាំឆ្នាំខាងមុខ?",
        lo="ທ່ານຢາກໃຫ້ຫົວຂໍ້ໃດໄດ້ຮັບການພິຈາລະນາເປັນບູລິມະສິດໃນກອງປະຊຸມປະຈຳປີຄັ້ງຕໍ່ໄປ?",
    ),
    options=("water", "tourism", "smart"),
    choices=content(
        "Assainissement urbain; Tourisme durable et valorisation du patrimoine; Ville intelligente",
        vi="Thoát nước và vệ sinh đô thị; Du lịch bền vững và phát huy di sản; Thành phố thông minh",
        km="អនាម័យទីក្រុង; ទេសចរណ៍ប្រកបដោយចីរភាព និងការលើកតម្កើងតម្លៃបេតិកភណ្ឌវប្បធម៌របស់ទីក្រុង; ទីក្រុងឆ្លាតវៃ",
        lo="ສຸຂາພິບານຕົວເມືອງ; ການທ່ອງທ່ຽວແບບຍືນຍົງ ແລະ ການເສີມຂະຫຍາຍມໍລະດົກ; ເມືອງອັດສະລິຍະ",
    ),
)  # fmt: skip
QUESTIONS = (
    THEME,
    question(
        2, "languages", "several_choices", "Quelles langues ?", options=("fr", "vi"),
        choices=content("Français; Vietnamien"),
    ),
    question(3, "nights", "whole_number", "Combien de nuits ?"),
    question(
        4, "rating", "rating",
        content("Note de la réunion", km="ការវាយតម្លៃកិច្ចប្រជុំ", vi="Đánh giá hội nghị", lo="ການໃຫ້ຄະແນນກອງປະຊຸມ"),
    ),
    question(5, "day", "date", "Quel jour ?", required=False),
    question(6, "host", "city", "Quelle ville hôte ?"),
    question(7, "wish", "long_text", "Vos souhaits ?", required=False),
    question(8, "hotel", "yes_no", "Un hôtel ?"),
    question(9, "mail", "email", "Votre adresse ?", known="email"),
    question(10, "stay", "date_range", "Votre séjour ?", required=False),
)  # fmt: skip


def form(**more: Any) -> Form:
    return Form.model_validate(
        {
            "code": "survey",
            "title": content("Questionnaire", km="កម្រងសំណួរស្តីពីកិច្ចប្រជុំប្រចាំឆ្នាំ", vi="Phiếu khảo sát", lo="ແບບສອບຖາມ"),
            "kind": "survey", "time_zone": "Asia/Ho_Chi_Minh", **more,
        }
    )  # fmt: skip


def definition(*questions: Question, **more: Any) -> Definition:
    return build(form(**more), questions or QUESTIONS)


def submission(number: int, organisation: str | None = "hue", /, **more: Any) -> Submission:
    """The answers are what is no field of a submission."""
    fields = {key: more.pop(key) for key in Submission._fields if key in more}
    state: State = fields.pop("state", "confirmed")
    base: dict[str, Any] = {
        "id": 10**12 + number, "form": "survey", "owner": f"p:{number}", "account": number, "person": None,
        "organisation": organisation, "language": "fr", "definition": "v", "answers": more, "people": 1,
        "state": state, "place": number, "sent": SENT, "changed": SENT, "version": 1, "offered_until": None,
        "reason": None, "proposed": None,
    }  # fmt: skip
    return Submission(**{**base, **fields})


def answers(**more: Any) -> Mapping[str, Any]:
    base = {
        "theme": "water", "languages": ["fr"], "nights": 2, "rating": 4, "day": "2027-05-18", "host": "kampot",
        "wish": "Plus d’eau", "hotel": "yes", "mail": "a@example.org", "stay": ["2027-05-18", "2027-05-19"],
    }  # fmt: skip
    return base | more


SUBMISSIONS = (
    submission(1, "hue", person="mai", **answers()),
    submission(
        2, "da-nang", language="vi",
        **answers(theme="tourism", languages=["vi", "fr"], nights=5, wish="Thêm nước sạch cho đô thị"),
    ),
    submission(
        3, "kampot", language="km", sent=SENT + 2 * DAY,
        **answers(rating=5, day=None, wish=None, host={"written": "Battambang"}),
    ),
    submission(4, "luang-prabang", state="waiting", **answers()),
    submission(5, "hue", state="withdrawn", **answers(theme="smart")),
)  # fmt: skip


def results(**more: Any) -> Results:
    return figures(definition(**more), SUBMISSIONS, ORGANISATIONS, NOW, PEOPLE)
