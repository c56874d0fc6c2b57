import subprocess
import sys
from pathlib import Path

import pytest

from bot.ask import features
from bot.ask.concepts import build, dates_pattern
from bot.ask.model import MAGIC, Weights, read, write
from bot.ask.normalise import normalise

ROOT = Path(__file__).resolve().parents[2]
LEXICON = build(
    {
        "fr": {"register": ["inscri*"], "deadline": ["jusqu'à quand"], "when": ["quand"]},
        "vi": {"who": ["ai"], "until": ["đến ngày nào"], "when": ["ngày nào"], "seats": ["2 suất"]},
        "lo": {"event": ["ງານ"], "focal": ["ປະສານງານ"]},
    },
    ["Mai"],
)


def concepts(text: str, vietnamese: bool = False) -> tuple[str, ...]:
    return LEXICON.find(features.view(normalise(text)), vietnamese)


def test_concepts_are_found_by_word_and_by_beginning() -> None:
    assert concepts("Inscrivez-moi") == ("register",)
    assert concepts("c'est quand") == ("when",)
    assert concepts("quandary") == ()


def test_concepts_inside_longer_ones_are_left_out() -> None:
    assert concepts("jusqu’à quand ?") == ("deadline",)
    assert concepts("đến ngày nào") == ("until",)
    assert concepts("ຜູ້ປະສານງານ") == ("focal",)


def test_vietnamese_words_count_without_marks_only_in_vietnamese() -> None:
    assert concepts("j'ai faim") == ()
    assert concepts("gap ai", vietnamese=True) == ("who",)
    assert concepts("cho 3 suất") == ("seats",)


def test_view_masks_places_dates_and_numbers() -> None:
    seen = features.view(normalise("à Hué le 18 mai"), [(2, 5)], dates_pattern(LEXICON))
    assert seen.folded == ("a", features.PLACE, "le", "0", features.DATE)


def test_relations_are_the_same_in_any_order() -> None:
    assert (
        features.relations(["when", "event"])
        == features.relations(["event", "when"])
        == ["event", "when", "event+when"]
    )


def test_weights_add_up() -> None:
    weights = Weights(["a", "b"], bytes([130, 120, 9, 128, 0, 16]), 2, 0.5)
    sums = weights.add(["a", "b", "unknown"])
    assert (sums.weights, sums.size) == ((2, -136), 5.0)
    assert weights.scores(sums) == pytest.approx([0.2, -13.6])
    assert weights.scores(weights.add([])) == [0.0, 0.0]


def test_weights_that_do_not_fit_are_refused() -> None:
    with pytest.raises(ValueError, match="do not fit"):
        Weights(["a"], b"12", 2, 1.0)


def test_a_file_is_read_as_it_was_written() -> None:
    block = {"count": 1, "lanes": 1, "scale": 1.0}
    head = {"intents": ["meetings"], "languages": [], "bias": [0.0], "warmth": 1.0, "made_from": "x"}
    content = ({**head, "pieces": block, "relations": block}, LEXICON, bytes([129, 1, 127, 1]), ["one", "two"])
    data = write(*content)
    model = read(data)
    assert model.lexicon == LEXICON
    assert model.scores(model.pieces.add(["one"]), model.relations.add(["two"])) == [0.0]
    assert data == write(
        {**head, "pieces": block, "relations": block}, LEXICON, bytes([129, 1, 127, 1]), ["one", "two"]
    )


def test_another_file_is_refused() -> None:
    with pytest.raises(ValueError, match="not a weights file"):
        read(b"PK" + MAGIC)


def test_shipped_weights_are_small() -> None:
    assert (ROOT / "bot/ask/weights.bin").stat().st_size < 3_000_000


def test_shipped_weights_were_made_from_these_words() -> None:
    sys.path.insert(0, str(ROOT))
    from bench.ask.phrasings import fingerprint  # noqa: PLC0415

    assert read((ROOT / "bot/ask/weights.bin").read_bytes()).made_from == fingerprint(), "run `make model`"


@pytest.mark.long
def test_training_again_gives_the_same_bytes(tmp_path: Path) -> None:
    pytest.importorskip("sklearn")
    made = tmp_path / "weights.bin"
    subprocess.run([sys.executable, "-m", "bench.ask.train", "--out", str(made)], cwd=ROOT, check=True)
    assert made.read_bytes() == (ROOT / "bot/ask/weights.bin").read_bytes()
