from __future__ import annotations

from datetime import date

import pytest

from bot.watch.likeness import ALIKE, Likely, alike, likeness, links, normal_link

A = (date(2027, 4, 12), date(2027, 4, 12))
NEAR = (date(2027, 4, 14), date(2027, 4, 15))
FAR = (date(2027, 9, 12), date(2027, 9, 12))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("https://www.hue.gov.vn/tin/nuoc", "http://hue.gov.vn/tin/nuoc/"),
        ("https://hue.gov.vn/tin?id=4&utm_source=fb&fbclid=x", "https://hue.gov.vn/tin?id=4"),
        ("https://hue.gov.vn/tin?b=2&a=1", "https://hue.gov.vn/tin?a=1&b=2"),
        ("https://HUE.gov.vn/tin#haut", "https://m.hue.gov.vn/tin"),
        ("https://hue.gov.vn/nước", "https://hue.gov.vn/n%C6%B0%E1%BB%9Bc"),
        ("https://hue.gov.vn/index.html", "https://hue.gov.vn"),
    ],
)
def test_links_that_open_the_same_are_one(one: str, other: str) -> None:
    assert normal_link(one) == normal_link(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("https://hue.gov.vn/tin?id=4", "https://hue.gov.vn/tin?id=5"),
        ("https://hue.gov.vn/A", "https://hue.gov.vn/a"),
        ("https://hue.gov.vn:8080/a", "https://hue.gov.vn/a"),
    ],
)
def test_links_that_open_other_things_are_two(one: str, other: str) -> None:
    assert normal_link(one) != normal_link(other)


def test_a_link_ends_before_what_a_sentence_puts_after_it() -> None:
    assert links("Voir (https://a.example.org/x), et « https://b.example.org/y ».") == [
        "https://a.example.org/x", "https://b.example.org/y",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("one", "other", "days", "same"),
    [
        ("Huế ouvre une station de traitement", "Hué ouvre une station de traitement", (A, A), True),
        ("Yen Bai visits Val-de-Marne in September", "Yen Bai visits Val-de-Marne in September", (A, FAR), False),
        ("Atelier sur les boues de vidange à Huế", "À Huế, atelier sur les boues de vidange", (A, NEAR), True),
        ("Hội thảo cấp nước sạch tại Huế", "Hội thảo về cấp nước sạch tại Huế", (A, A), True),
        ("Hội thảo cấp nước sạch tại Huế", "Lễ hội ẩm thực đường phố Đà Nẵng", (A, A), False),
        ("សិក្ខាសាលាស្តីពីទឹកស្អាតនៅភ្នំពេញ", "សិក្ខាសាលាស្ដីពីទឹកស្អាតនៅភ្នំពេញ", (A, A), True),
        ("សិក្ខាសាលាស្តីពីទឹកស្អាតនៅភ្នំពេញ", "ការប្រកួតទូកនៅខេត្តកំពត", (A, A), False),
        ("ກອງປະຊຸມນ້ຳສະອາດຢູ່ວຽງຈັນ", "ກອງປະຊຸມ ນ້ຳສະອາດ ຢູ່ວຽງຈັນ", (A, A), True),
        ("12e Assises de la coopération décentralisée", "11e Assises de la coopération décentralisée", (A, A), True),
        ("Assises 12 de la coopération", "Assises 11 de la coopération", (A, A), False),
        ("Un nouveau point focal à Vientiane", "Un nouveau point focal à Vientiane", (None, A), True),
        ("Un nouveau point focal à Vientiane", "Un nouveau point focal à Kampot", (None, A), False),
        ("Forum", "Forum", (A, A), True),
        ("Forum", "Forum de l’eau", (A, A), False),
    ],
)
def test_nearly_the_same_words_about_nearly_the_same_day_are_alike(
    one: str, other: str, days: tuple[tuple[date, date] | None, tuple[date, date]], same: bool
) -> None:
    found = likeness(Likely("contribution:1", (one,), days[0], None), Likely("news:a", (other,), days[1], None))
    assert (found >= ALIKE) == same


def test_the_same_link_is_the_same_whatever_is_said_of_it() -> None:
    one = Likely("contribution:1", ("Une page",), A, "https://www.hue.gov.vn/tin?utm_source=x")
    other = Likely("news:a", ("Autre chose",), FAR, "https://hue.gov.vn/tin")
    assert likeness(one, other) == 100.0


def test_the_nearest_comes_first_and_nothing_resembles_itself() -> None:
    one = Likely("contribution:1", ("Atelier sur les boues de vidange",), A, None)
    near = Likely("event:a", ("Atelier sur les boues de vidange",), A, None)
    less = Likely("event:b", ("Atelier sur les boues de vidanges urbaines",), A, None)
    assert [found.key for _, found in alike(one, [less, one, near])] == ["event:a", "event:b"]
