import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.ask.intents import INTENTS, IntentReader, shipped
from bot.ask.normalise import normalise

READER = IntentReader(shipped())


def first(text: str, language: str | None = None) -> str:
    return READER.intents(normalise(text), language).first  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("language", "text", "intent"),
    [
        ("fr", "c'est quand la prochaine réunion du réseau ?", "meetings"),
        ("fr", "dernier délai pour rendre le rapport", "deadlines"),
        ("fr", "rajoutez mon adjointe pour l'atelier", "register"),
        ("fr", "qui s'occupe de nous à la mairie là-bas, un numéro ?", "focal_point"),
        ("vi", "còn mấy ngày nữa là hết hạn nộp hồ sơ", "deadlines"),
        ("vi", "con may ngay nua la het han nop ho so", "deadlines"),
        ("vi", "cho mình rút tên khỏi lớp tập huấn", "my_registrations"),
        ("vi", "xin stk để chuyển hội phí", "dues"),
        ("km", "សុំលេខទូរស័ព្ទជនបង្គោល", "focal_point"),
        ("km", "ឈប់ផ្ញើព្រឹត្តិបត្រប្រចាំខែទៀតទៅ", "digest"),
        ("km", "តើភាគទានឆ្នាំនេះប៉ុន្មាន", "dues"),
        ("lo", "ຂໍບົດບັນທຶກກອງປະຊຸມຄັ້ງກ່ອນ", "documents"),
        ("lo", "ແຜນດຳເນີນງານຄືບໜ້າຮອດໃສ", "action_plan"),
        ("en", "the feedback form shows an error", "survey"),
        ("en", "please answer in French from now on", "language"),
        ("en", "who won the football yesterday", "out_of_scope"),
    ],
)
def test_intents_are_read_in_five_languages(language: str, text: str, intent: str) -> None:
    assert first(text, language) == intent


def test_intents_add_up_to_one_and_are_all_there() -> None:
    ranked = READER.intents(normalise("la réunion de mai"))
    assert sorted(intent for intent, _ in ranked.probabilities) == sorted(INTENTS)
    assert sum(share for _, share in ranked.probabilities) == pytest.approx(1.0)
    assert ranked.top == tuple(intent for intent, _ in ranked.probabilities[:3])
    assert ranked.confidence == ranked.probabilities[0][1]


def test_intents_mix_languages() -> None:
    assert first("deadline របស់ក្រុងយើង", "km") == "deadlines"
    assert first("cho xin minutes họp tháng trước", "vi") == "documents"


@pytest.mark.parametrize(
    ("text", "intent"), [("", "help"), ("?", "help"), ("🙏🙏", "greeting"), ("%%% 123", "out_of_scope")]
)
def test_intents_of_messages_without_words(text: str, intent: str) -> None:
    assert first(text) == intent


def test_masked_places_say_nothing() -> None:
    message = normalise("réunion à Villeneuve")
    masked = READER.intents(message, "fr", [(10, 20)])
    assert masked == READER.intents(normalise("réunion à Bourgneufs"), "fr", [(10, 20)])


def test_taught_words_take_effect_and_can_be_undone() -> None:
    taught = READER.teach({"la grande causette": "meetings", "ການເຕົ້າ": "meetings"})
    assert taught.intents(normalise("et la Grande Causette ?"), "fr").first == "meetings"
    before = READER.intents(normalise("tintamarre la grande causettes"), "fr")
    assert taught.intents(normalise("tintamarre la grande causettes"), "fr") == before
    assert taught.teach({}).intents(normalise("et la Grande Causette ?"), "fr") == READER.intents(
        normalise("et la Grande Causette ?"), "fr"
    )


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("je voudrais m'inscrire à la prochaine formation", "fr"),
        ("tôi muốn đăng ký", "vi"),
        ("toi muon dang ky lop tap huan", "vi"),
        ("I would like to register for the training", "en"),
        ("ខ្ញុំចង់ចុះឈ្មោះ meeting", "km"),
        ("ຂ້ອຍຢາກລົງທະບຽນ", "lo"),
        ("123", None),
        ("", None),
    ],
)
def test_language_of_a_message_is_detected(text: str, language: str | None) -> None:
    assert READER.detect_language(normalise(text)) == language


ODD = ("a" * 4096, "ក" * 4096, "\u202e" * 4096, "<b>'; DROP TABLE people; --" * 150, "ⓟⓓ\x00" * 1000)


@pytest.mark.parametrize("text", ODD)
def test_long_and_odd_messages_are_read(text: str) -> None:
    assert len(READER.intents(normalise(text)).top) == 3
    READER.detect_language(normalise(text))


@given(st.text(max_size=200), st.sampled_from([None, "fr", "vi", "km", "lo", "en"]))
@settings(deadline=None)
def test_any_text_is_read_without_raising_and_alike_twice(text: str, hint: str | None) -> None:
    message = normalise(text)
    ranked = READER.intents(message, hint, [(0, 3), (2, 9)])  # type: ignore[arg-type]
    assert ranked == READER.intents(message, hint, [(0, 3), (2, 9)])  # type: ignore[arg-type]
    assert sum(share for _, share in ranked.probabilities) == pytest.approx(1.0)
    READER.detect_language(message)
