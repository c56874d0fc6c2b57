from __future__ import annotations

import pytest

from bot.ask.normalise import normalise
from bot.ask.titles import NOUNS, Entry, Noun, Titled, Titles
from bot.network.content import Content


def entry(noun: Noun, number: int, code: str, event: str | None = None, **titles: str) -> Entry:
    return Entry(noun, number, code, Content.of("fr", **titles), event=event)


TITLES = Titles(
    [
        entry(
            "event", 1, "assises",
            fr="13es Assises de la coopération décentralisée franco-vietnamienne",
            vi="Hội nghị hợp tác giữa các địa phương Việt Nam và Pháp lần thứ 13",
            km="សន្និសីទសហប្រតិបត្តិការវិមជ្ឈការបារាំង-វៀតណាម លើកទី១៣",
        ),
        entry("event", 2, "bilan", fr="Groupe Viet Nam : bilan des Assises", vi="Nhóm Việt Nam: tổng kết"),
        entry("deadline", 3, "fin", "assises", fr="Fin des inscriptions : 13es Assises",
              vi="Hạn chót đăng ký: Hội nghị hợp tác lần thứ 13"),
        entry("deadline", 4, "dcol", fr="Appel DCOL : expertise extérieure", vi="Kêu gọi nộp hồ sơ DCOL"),
        entry("event", 5, "sols", fr="Atelier : prévenir les glissements de terrain",
              vi="Hội thảo: phòng ngừa sạt lở đất"),
        entry("event", 6, "tri", fr="Atelier : trier les déchets à la source", vi="Hội thảo: phân loại rác tại nguồn"),
        entry("event", 7, "bus", fr="Atelier : des bus que l'on choisit de prendre", vi="Hội thảo: xe buýt",
              km="សិក្ខាសាលា៖ រថយន្តនៅ"),
        entry("document", 8, "guide", fr="Guide du point focal (en khmer)", vi="Sổ tay cán bộ đầu mối",
              km="សៀវភៅណែនាំជនបង្គោល"),
        entry("form", 9, "egalite", fr="Questionnaire égalité femmes-hommes", vi="Phiếu khảo sát bình đẳng giới",
              km="កម្រងសំណួរសមភាពយេនឌ័រ"),
        entry("news", 10, "toits", fr="Vingt toitures traditionnelles restaurées", vi="Hai mươi mái nhà truyền thống"),
    ]
)  # fmt: skip


def named(text: str, titles: Titles = TITLES) -> list[Titled]:
    return titles.find(normalise(text), NOUNS, lambda _entry: True)


def codes(text: str) -> list[str]:
    return [one.entry.code for one in named(text)]


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("les 13es assises, c'est où ?", "assises"),
        ("c kan les Assises", "assises"),
        ("hội nghị hợp tác lần 13", "fin"),
        ("hoi nghi hop tac lan thu 13 o dau", "fin"),
        ("DCOL", "dcol"),
        ("l'atelier sur le glissement de terain", "sols"),
        ("phong ngua sat lo dat", "sols"),
        ("le guide du point focal", "guide"),
        ("so tay can bo dau moi", "guide"),
        ("សៀវភៅណែនាំជនបង្គោល", "guide"),
        ("កម្រងសំណួរសមភាពយេនឌ័រ", "egalite"),
    ],
)
def test_row_is_named_by_its_title_in_any_language_and_with_slips(text: str, code: str) -> None:
    assert code in codes(text)
    assert named(text)[0].weight == max(one.weight for one in named(text))


@pytest.mark.parametrize(
    "text",
    [
        "quelles réunions en mai ?", "y a-t-il un atelier ?", "tháng sau có hội thảo không", "merci beaucoup",
        "តើខែឧសភានេះមានសន្និសីទអ្វីខ្លះ?", "មានចំណតរថយន្តទេ", "មិនមែនសមាជិកចូលរួមបានទេ", "le téléphone de Sokha", "", "13", "?",
    ],
)  # fmt: skip
def test_ordinary_words_name_no_row(text: str) -> None:
    assert codes(text) == []


def test_rows_that_the_reader_may_not_see_are_not_found() -> None:
    found = TITLES.find(normalise("les Assises"), NOUNS, lambda one: one.code == "bilan")
    assert [one.entry.code for one in found] == ["bilan"]


def test_search_finds_rows_by_rare_words() -> None:
    many = [entry("document", at, f"d{at}", fr=f"Compte rendu numéro {at}") for at in range(60)]
    titles = Titles([*many, entry("document", 90, "ecoles", fr="Cantines des écoles rurales")])
    found = titles.search(normalise("le rapport sur les écoles"), ("document",), lambda _entry: True)
    assert [one.entry.code for one in found] == ["ecoles"]


def test_rows_are_found_again_by_code_and_number() -> None:
    assert TITLES.of("event", "sols") == TITLES.numbered("event", 5)
    assert TITLES.of("event", "gone") is None
    assert TITLES.numbered("news", 5) is None


def test_places_alone_name_no_row() -> None:
    hue = entry("event", 1, "hue", fr="Visite de Hué")
    titles = Titles([hue], lambda one: one.masked([(one.folded.find("hue"), one.folded.find("hue") + 3)]))
    assert named("que visiter à Hué ?", titles) == []
