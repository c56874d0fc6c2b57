from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path

import pytest

from storage.network import EVENTS
from tests.support.answering import COORDINATOR, sample_bot
from tests.support.bot import TestBot
from tests.support.people import CAMILLE, JOHN, LINH, SOKHA


@pytest.fixture
async def bot(tmp_path: Path, sample_file: Path) -> AsyncIterator[TestBot]:
    async with await sample_bot(tmp_path, sample_file) as started:
        yield started


async def test_next_meetings_are_read_in_khmer(bot: TestBot) -> None:
    (bubble,) = await bot.say("/meetings", SOKHA)
    assert bubble.html == (
        "📅 <b>កិច្ចប្រជុំខាងមុខ</b>\n\n"
        "<b>1.</b> សិក្ខាសាលាតាមអនឡាញ៖ ការបើកចំហទិន្នន័យទីក្រុង\n"
        "ថ្ងៃសុក្រ ទី12 ខែមីនា ម៉ោង 15:00 · តាមប្រព័ន្ធវីដេអូ\n\n"
        "<b>2.</b> កិច្ចសន្ទនាតាមប្រធានបទ៖ ទទួលភ្ញៀវទេសចរដោយថែរក្សាទីក្រុង\n"
        "ថ្ងៃអង្គារ ទី23 ខែមីនា ម៉ោង 08:30 · ក្រុងសៀមរាប\n\n"
        "<b>3.</b> សិក្ខាសាលា៖ ការបង្ការការបាក់ដី\n"
        "ថ្ងៃច័ន្ទ ទី29 ខែមីនា ម៉ោង 08:30 · ខេត្តយ៉េនបាយ\n\n"
        "<b>4.</b> សិក្ខាសាលា៖ ការញែកសំរាមតាំងពីប្រភព\n"
        "ថ្ងៃអង្គារ ទី13 ខែមេសា ម៉ោង 08:30 · ទីក្រុងហ្វេ\n\n"
        "<b>5.</b> សិក្ខាសាលា៖ ទីក្រុងប្រឈមនឹងទឹកជំនន់ទន្លេមេគង្គ\n"
        "ថ្ងៃព្រហស្បតិ៍ ទី15 ខែមេសា ម៉ោង 09:00 · វៀងចន្ទន៍\n\n"
        "ទំព័រ 1/7"
    )
    assert bubble.labels == [
        ["1", "2", "3", "4", "5"], ["បន្ទាប់ ›"], ["ប្រធានបទ", "ប្រទេស", "ខែ"], ["កន្លងមក"],
    ]  # fmt: skip


async def test_pages_are_turned_in_place(bot: TestBot) -> None:
    await bot.say("/meetings", SOKHA)
    (second,) = await bot.tap("បន្ទាប់", SOKHA)
    assert (second.edits, second.text.splitlines()[-1]) == (1, "ទំព័រ 2/7")
    assert second.labels[:2] == [["6", "7", "8", "9", "10"], ["‹ មុន", "បន្ទាប់ ›"]]
    (first,) = await bot.tap("‹ មុន", SOKHA)
    assert (first.edits, first.text.splitlines()[-1], len(bot.phone(SOKHA).bubbles)) == (2, "ទំព័រ 1/7", 1)


async def test_theme_and_month_narrow_the_list_and_the_card_leads_back_to_it(bot: TestBot) -> None:
    await bot.say("/meetings", SOKHA)
    (choice,) = await bot.tap("ប្រធានបទ", SOKHA)
    assert choice.text == "សូមជ្រើសរើសប្រធានបទ៖"
    (by_theme,) = await bot.tap("ការអប់រំ", SOKHA)
    assert by_theme.text.splitlines()[0] == "📅 កិច្ចប្រជុំខាងមុខ · ការអប់រំ"
    (months,) = await bot.tap("ខែ", SOKHA)
    assert months.labels == [["ឧសភា 2027", "តុលា 2027"], ["គ្រប់ខែ"], ["‹ ត្រឡប់ក្រោយ"]]
    (narrowed,) = await bot.tap("ឧសភា 2027", SOKHA)
    assert narrowed.text.splitlines()[0] == "📅 កិច្ចប្រជុំខាងមុខ · ការអប់រំ · ខែឧសភា ឆ្នាំ2027"
    (card,) = await bot.tap("1", SOKHA)
    assert card.text.splitlines()[0] == "📅 សិក្ខាសាលា៖ ក្រុមប្រឹក្សាយុវជន"
    (back,) = await bot.tap("‹ ត្រឡប់ក្រោយ", SOKHA)
    assert (back.html, back.labels) == (narrowed.html, narrowed.labels)
    (free,) = await bot.tap("ដកតម្រង", SOKHA)
    assert free.text.splitlines()[-1] == "ទំព័រ 1/7"


async def test_back_from_a_choice_changes_nothing(bot: TestBot) -> None:
    (before,) = await bot.say("/meetings", JOHN)
    await bot.tap("Country", JOHN)
    (after,) = await bot.tap("‹ Back", JOHN)
    assert (after.html, after.labels) == (before.html, before.labels)


async def test_meeting_at_16_in_paris_is_read_in_hue_as_22_with_both(bot: TestBot) -> None:
    """The sample's group meets after the clocks have changed: a winter's meeting is 22:00, this one 21:00."""
    async with bot.database.transaction() as write:
        event = await EVENTS.get(write, "viet-nam-group-1")
        assert event is not None
        winter = timedelta(days=-7 * 4, hours=1)
        await EVENTS.put(write, event.model_copy(update={"begins": event.begins + winter, "ends": event.ends + winter}))
    await bot.say("/meetings", LINH)
    (card,) = await bot.tap_data(f"e1:{event.id}", LINH)
    assert card.text.splitlines()[3:5] == [
        "Thời gian: 16h00 – 17h00, Thứ Tư, ngày 3 tháng 3 năm 2027 (giờ Paris)",
        "= 22h00 – 23h00 (giờ Việt Nam)",
    ]


async def test_card_shows_all_about_a_meeting(bot: TestBot) -> None:
    await bot.say("/meetings", CAMILLE)
    async with bot.database.snapshot() as read:
        event = await EVENTS.get(read, "annual-meeting")
    assert event is not None
    (card,) = await bot.tap_data(f"e1:{event.id}", CAMILLE)
    assert card.text == (
        "📅 Réunion annuelle du réseau\n"
        "Réunion annuelle\n\n"
        "Quand\u202f: mardi 18 mai 2027, de 8\u00a0h à 12\u00a0h (heure du Cambodge)\n"
        "= de 3\u00a0h à 7\u00a0h (heure de Paris)\n"
        "dans 69 jours\n"
        "Où\u202f: Hôtel du Quai, salle Mékong, Phnom Penh, Cambodge\n"
        "Pour qui\u202f: membres du réseau\n"
        "Thèmes\u202f: Gouvernance urbaine, Eau et assainissement urbain, Tourisme intelligent et durable\n"
        "Inscription\u202f: ouvre vendredi 19 mars 2027 (dans 9 jours)\n\n"
        "Échéances\n"
        "mercredi 14 avril 2027 (dans 35 jours) · Fin du tarif hôtelier négocié\u202f: réunion annuelle\n"
        "jeudi 17 juin 2027 (dans 99 jours) · Validation des recommandations de la réunion annuelle\n\n"
        "Bilan du plan d'action, choix des thèmes de l'année et tour de table des villes. Les recommandations sont"
        " ensuite envoyées à tous les membres pour validation.\n\n"
        "Programme\n"
        "08:00 Accueil des délégations\n08:30 Ouverture\n09:00 Thèmes et façons de travailler\n10:00 Pause\n"
        "10:15 Table ronde\u202f: souhaits des villes\n11:30 Recommandations\n12:00 Fin de la séance"
    )
    assert [row[0].url for row in card.buttons[:1]] == [event.link]


async def test_registration_opens_and_closes_with_the_clock(bot: TestBot) -> None:
    async with bot.database.snapshot() as read:
        event = await EVENTS.get(read, "annual-meeting")
    assert event is not None
    await bot.say("/meetings", CAMILLE)
    lines = []
    for days in (0, 9, 41, 20):
        bot.clock.advance(timedelta(days=days))
        (card,) = await bot.tap_data(f"e1:{event.id}", CAMILLE)
        found = [line for line in card.text.splitlines() if line.startswith("Inscription")]
        lines.append((found, card.button("S’inscrire") is not None))
    assert lines == [
        (["Inscription\u202f: ouvre vendredi 19 mars 2027 (dans 9 jours)"], False),
        (["Inscription\u202f: ouverte jusqu’au mercredi 28 avril 2027 (dans 40 jours)"], True),
        (["Inscription\u202f: close depuis le mercredi 28 avril 2027"], False),
        ([], False),
    ]


async def test_cancelled_meeting_says_so_and_invites_nobody(bot: TestBot) -> None:
    async with bot.database.snapshot() as read:
        event = await EVENTS.get(read, "hanoi-archives")
    assert event is not None
    await bot.say("/meetings", CAMILLE)
    (card,) = await bot.tap_data(f"e1:{event.id}", CAMILLE)
    assert card.text.splitlines()[1] == "Atelier · rencontre annulée"
    assert (card.labels, "dans" in card.text.split("\n\n")[1]) == ([["‹ Retour"]], False)


async def test_past_meetings_go_back_to_2003(bot: TestBot) -> None:
    await bot.say("/meetings", JOHN)
    await bot.tap("Past meetings", JOHN)
    titles: list[str] = []
    while bot.phone(JOHN).last.button("Next ›"):
        titles += bot.phone(JOHN).last.text.splitlines()
        await bot.tap("Next ›", JOHN)
    titles += bot.phone(JOHN).last.text.splitlines()
    assert [title.split(". ")[1] for title in titles if title.endswith("decentralised cooperation")] == [
        *(f"{number}th Assises of French–Vietnamese decentralised cooperation" for number in range(12, 4, -1)),
    ]


async def test_members_and_strangers_read_different_lists(bot: TestBot) -> None:
    pages = [(await bot.say("/meetings", who))[0].text.splitlines()[-1] for who in (JOHN, LINH, CAMILLE, COORDINATOR)]
    assert pages == ["Page 1 of 7", "Trang 1/12", "Page 1 sur 12", "Page 1 sur 13"]


async def test_meeting_that_a_stranger_may_not_see_is_answered_like_one_that_is_gone(bot: TestBot) -> None:
    async with bot.database.snapshot() as read:
        board = await EVENTS.get(read, "board-1")
    assert board is not None
    (before,) = await bot.say("/meetings", JOHN)
    for number in (board.id, 999_999):
        await bot.tap_data(f"e1:{number}", JOHN)
        assert bot.phone(JOHN).last.html == before.html
        notice = [call.params.get("text") for call in bot.calls if call.method == "answerCallbackQuery"][-1]
        assert notice == "This meeting is no longer in the calendar."


@pytest.mark.parametrize("data", ["m0", "e9:1", "mf2:t:n", "m12:p:3"])
async def test_tap_of_another_version_refreshes_the_bubble(bot: TestBot, data: str) -> None:
    (before,) = await bot.say("/meetings", JOHN)
    await bot.tap("Next ›", JOHN)
    await bot.tap_data(data, JOHN)
    assert (bot.phone(JOHN).last.html, bot.phone(JOHN).last.labels) == (before.html, before.labels)
    notices = [call.params.get("text") for call in bot.calls if call.method == "answerCallbackQuery"]
    assert notices[-1] == "Message refreshed"


async def test_double_tap_shows_the_same_page_once(bot: TestBot) -> None:
    await bot.say("/meetings", JOHN)
    next_page = bot.phone(JOHN).last.button("Next ›")
    assert next_page is not None
    await bot.tap(next_page, JOHN)
    once = bot.phone(JOHN).last
    await bot.tap(next_page, JOHN)
    twice = bot.phone(JOHN).last
    assert (twice.html, twice.labels, len(bot.phone(JOHN).bubbles)) == (once.html, once.labels, 1)


async def test_each_reader_is_answered_in_their_language(bot: TestBot) -> None:
    heads = [(await bot.say("/meetings", who))[0].text.splitlines()[0] for who in (SOKHA, LINH, CAMILLE, JOHN)]
    assert heads == ["📅 កិច្ចប្រជុំខាងមុខ", "📅 Các cuộc họp sắp tới", "📅 Prochaines réunions", "📅 Next meetings"]
