from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.watch import contributing
from bot.watch.contribution import Given
from tests.handlers.announcing import HELENE, SECOND, Newsroom, newsroom
from tests.members.network import send_out
from tests.support.people import CAMILLE, LINH, SOKHA
from tests.support.whole import do_owed

ORIGIN = {"type": "hidden_user", "sender_user_name": "UBND Huế", "date": 1}
PRESS = "Huế khánh thành trạm xử lý nước thải An Hòa\nTrạm phục vụ 40.000 hộ dân."
LINK = "https://hue.example.org/tin/tram-xu-ly"


@pytest.fixture
async def room(tmp_path: Path, sample_file: Path) -> AsyncIterator[Newsroom]:
    async with newsroom(tmp_path, sample_file) as room:
        yield room


async def all_given(room: Newsroom, number: int = 1) -> Given:
    async with room.bot.database.snapshot() as read:
        one = await contributing.get(read, number)
    assert one is not None
    return one


async def give(room: Newsroom) -> None:
    """Linh passes on a press release, says that it is news, and sends it."""
    await room.bot.say(PRESS, LINH, forward_origin=ORIGIN)
    await room.bot.tap("Tin tức", LINH)
    await room.bot.tap("Gửi ban điều phối", LINH)
    await send_out(room.bot)


async def test_a_forwarded_message_is_read_asked_about_and_sent(room: Newsroom) -> None:
    await room.bot.say(PRESS, LINH, forward_origin=ORIGIN)
    assert room.read(LINH) == (
        "🗞 Gửi cho bản tin: “Huế khánh thành trạm xử lý nước thải An Hòa”\n\nĐây là sự kiện sắp diễn ra hay tin tức?"
    )
    await room.bot.tap("Tin tức", LINH)
    assert "Chủ đề: Cấp nước, thoát nước" in room.read(LINH)
    assert "Địa phương: Huế" in room.read(LINH)
    await room.bot.tap("Gửi ban điều phối", LINH)
    await send_out(room.bot)
    assert room.read(LINH).startswith("✓ Xin cảm ơn")
    assert room.read(HELENE).startswith("📥 Trần Thị Mai (Hué) propose pour la veille") or "(Huế)" in room.read(HELENE)
    assert "Texte écrit en vietnamien." in room.read(HELENE)
    assert "Trần Thị Mai" in room.read(SECOND)


async def test_a_contribution_is_edited_accepted_and_credited(room: Newsroom) -> None:
    await give(room)
    await room.bot.tap("Modifier", HELENE)
    await room.bot.tap("Texte\u202f: français", HELENE)
    await room.bot.say("Huế inaugure une station d’épuration\nElle sert 40 000 foyers.", HELENE)
    assert "Huế inaugure une station d’épuration" in room.read(HELENE)
    await room.bot.tap("Accepter", HELENE)
    await send_out(room.bot)
    assert "✓ Accepté par Hélène Marchand" in room.read(HELENE)
    assert room.read(LINH) == (
        "✓ “Huế khánh thành trạm xử lý nước thải An Hòa” đã được đăng, và sẽ có trong bản tin tới, ghi tên Huế. "
        "Xin cảm ơn anh/chị."
    )
    one = await all_given(room)
    assert (one.state, one.decided_by, one.content.credited) == ("accepted", "Hélène Marchand", ("hue",))
    assert set(one.content.texts) == {"vi", "fr"}


async def test_what_was_edited_meanwhile_is_shown_again_before_it_is_accepted(room: Newsroom) -> None:
    await give(room)
    old = room.bot.phone(SECOND).last.button("✓")
    await room.bot.tap("Modifier", HELENE)
    await room.bot.tap("Texte\u202f: français", HELENE)
    await room.bot.say("Huế inaugure une station", HELENE)
    assert old is not None
    await room.bot.tap(old, SECOND)
    assert (await all_given(room)).state == "waiting"


async def test_two_coordinators_decide_once(room: Newsroom) -> None:
    await give(room)
    other = room.bot.phone(SECOND).last.button("✓")
    await room.bot.tap("Accepter", HELENE)
    assert other is not None
    await room.bot.tap(other, SECOND)
    await send_out(room.bot)
    assert "Hélène Marchand" in room.read(SECOND)
    assert len([bubble for bubble in room.bot.phone(LINH).bubbles if "đã được đăng" in bubble.text]) == 1


async def test_a_refusal_says_why(room: Newsroom) -> None:
    await give(room)
    await room.bot.tap("Refuser", HELENE)
    await room.bot.say("Déjà paru en février", HELENE)
    await send_out(room.bot)
    assert "Lý do: Déjà paru en février" in room.read(LINH)
    assert (await all_given(room)).state == "refused"


async def test_what_is_put_off_waits_in_the_list(room: Newsroom) -> None:
    await give(room)
    await room.bot.tap("Plus tard", HELENE)
    assert "Propositions en attente" in room.read(HELENE)
    assert "remise à plus tard" in room.read(HELENE)
    await room.bot.say("/contributions", SECOND)
    await room.bot.tap("1", SECOND)
    await room.bot.tap("✓", SECOND)
    await room.bot.say("/contributions", HELENE)
    assert room.read(HELENE) == "Aucune proposition n’attend."


async def test_the_same_again_is_shown_first_and_merged_with_both_cities_named(room: Newsroom) -> None:
    await give(room)
    await room.bot.tap("Accepter", HELENE)
    await room.bot.say(PRESS, SOKHA, forward_origin=ORIGIN)
    await room.bot.tap("ព័ត៌មាន", SOKHA)
    assert "Huế khánh thành trạm xử lý nước thải An Hòa" in room.read(SOKHA)
    await room.bot.tap("ខុសគ្នា", SOKHA)
    await room.bot.tap("ផ្ញើជូន", SOKHA)
    await send_out(room.bot)
    assert "À comparer :" in room.read(HELENE)
    await room.bot.tap("Fusionner", HELENE)
    await room.bot.tap("Huế khánh thành", HELENE)
    assert (await all_given(room)).content.credited == ("hue", "phnom-penh")
    assert ((await all_given(room, 2)).state, (await all_given(room, 2)).merged) == ("merged", "contribution:1")


async def test_the_same_thing_is_not_sent_if_its_giver_says_so(room: Newsroom) -> None:
    await give(room)
    await room.bot.say(PRESS, SOKHA, forward_origin=ORIGIN)
    await room.bot.tap("ព័ត៌មាន", SOKHA)
    await room.bot.tap("ដូចគ្នា", SOKHA)
    assert (await all_given(room, 2)).state == "dropped"


async def test_a_bare_link_is_asked_for_its_words_and_never_opened(room: Newsroom) -> None:
    await room.bot.say(LINK, LINH)
    assert "đường dẫn này nói về điều gì" in room.read(LINH)
    await room.bot.say("Hội thảo nước sạch tại Huế ngày 12 tháng 4", LINH)
    assert "Ngày: Thứ Hai, ngày 12 tháng 4 năm 2027" in room.read(LINH)
    assert LINK in room.read(LINH)


async def test_a_photo_with_words_reaches_the_coordinator(room: Newsroom, tmp_path: Path) -> None:
    photo = [{"file_id": "p1", "file_unique_id": "u", "width": 90, "height": 90}]
    await room.bot.say(None, CAMILLE, photo=photo, caption="Le Havre rouvre son marché couvert")
    await room.bot.tap("Actualité", CAMILLE)
    await room.bot.tap("Tous les thèmes", CAMILLE)
    await room.bot.tap("Envoyer", CAMILLE)
    await send_out(room.bot)
    await room.bot.tap("Voir le fichier", HELENE)
    await do_owed(room.bot, tmp_path)
    assert [call.params["photo"] for call in room.bot.calls if call.method == "sendPhoto"] == ["p1"]


async def test_a_second_tap_thanks_again(room: Newsroom) -> None:
    await room.bot.say(PRESS, LINH, forward_origin=ORIGIN)
    await room.bot.tap("Tin tức", LINH)
    for _ in range(2):
        await room.bot.tap_data("gv1:1:send", LINH)
        assert room.read(LINH).startswith("✓ Xin cảm ơn")


async def test_a_photo_that_follows_its_words_belongs_to_them_and_one_alone_is_asked_about(room: Newsroom) -> None:
    photo = [{"file_id": "p1", "file_unique_id": "u", "width": 90, "height": 90}]
    await room.bot.say(None, CAMILLE, photo=photo)
    assert "de quoi" in room.read(CAMILLE)
    await room.bot.say("Le Havre rouvre son marché couvert", CAMILLE)
    assert (await all_given(room)).content.file is not None
    await room.bot.say(PRESS, LINH, forward_origin=ORIGIN)
    await room.bot.say(None, LINH, photo=photo)
    assert room.read(LINH).startswith("🗞 Gửi cho bản tin: “Huế khánh thành")
    assert (await all_given(room, 2)).content.file is not None


async def test_a_question_is_answered_whatever_was_begun(room: Newsroom) -> None:
    await room.bot.say("Quand est la prochaine réunion ?", CAMILLE)
    assert "veille" not in room.read(CAMILLE)
    await room.bot.say("/watch", CAMILLE)
    await room.bot.say("/meetings", CAMILLE)
    await room.bot.say("Quand est la prochaine réunion ?", CAMILLE)
    assert "Pour la veille" not in room.read(CAMILLE)


async def test_a_question_that_was_passed_on_is_answered_at_a_tap(room: Newsroom) -> None:
    await room.bot.say("Quand est la prochaine réunion ?", CAMILLE, forward_origin=ORIGIN)
    assert room.read(CAMILLE).startswith("🗞 Pour la veille")
    await room.bot.tap("C’est une question", CAMILLE)
    assert "Comité de préparation de la réunion annuelle" in room.read(CAMILLE) or "📅" in room.read(CAMILLE)
    assert (await all_given(room)).state == "dropped"


async def test_a_command_that_was_passed_on_is_no_command(room: Newsroom) -> None:
    await room.bot.say("/settings", CAMILLE, forward_origin=ORIGIN)
    assert "Fuseau" not in room.read(CAMILLE)


async def test_a_stranger_gives_nothing(room: Newsroom) -> None:
    await room.bot.say(LINK)
    await room.bot.say("/watch")
    assert room.bot.phone().last.text == "No issue has come out yet."
    await room.bot.tap_data("gv1:0:first")
    assert "members of the network" in room.bot.phone().last.text


async def test_another_members_draft_cannot_be_touched(room: Newsroom) -> None:
    await room.bot.say(PRESS, LINH, forward_origin=ORIGIN)
    await room.bot.tap_data("gv1:1:send", CAMILLE)
    await room.bot.tap_data("gd1:1:accept:1", HELENE)
    await room.bot.tap_data("gd1:1:accept:1", CAMILLE)
    assert (await all_given(room)).state == "draft"


async def test_what_was_begun_is_there_after_a_restart(room: Newsroom) -> None:
    await room.bot.say(PRESS, LINH, forward_origin=ORIGIN)
    await room.bot.say("/watch", LINH)
    assert "sự kiện sắp diễn ra hay tin tức" in room.read(LINH)
