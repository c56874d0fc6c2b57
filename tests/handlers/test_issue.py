from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from bot.network.content import Content
from bot.network.records import NewsItem
from storage.database import Database
from storage.network import NEWS
from tests.handlers.announcing import HELENE, SECOND
from tests.handlers.watching import WatchRoom, watch_room, watching
from tests.members.network import send_out
from tests.support.people import CAMILLE, LINH, SOKHA

PHNOM_PENH = ZoneInfo("Asia/Phnom_Penh")
APRIL = datetime(2027, 4, 1, 9, 0, tzinfo=PHNOM_PENH)
IN_FRANCE = datetime(2027, 4, 1, 9, 0, tzinfo=ZoneInfo("Europe/Paris"))
MAY = datetime(2027, 5, 4, 15, 0, tzinfo=PHNOM_PENH)


@pytest.fixture
async def room(tmp_path: Path, sample_file: Path) -> AsyncIterator[WatchRoom]:
    async with watch_room(tmp_path, sample_file) as room:
        yield room


async def publish(
    database: Database, code: str, audience: str = "everyone", *, themes: tuple[str, ...] = (),
    day: date = date(2027, 3, 12),
) -> None:  # fmt: skip
    title = Content.of(
        "fr", fr=f"Titre {code}", vi=f"Tin {code}", km=f"ព័ត៌មាន {code}", lo=f"ຂ່າວ {code}", en=f"News {code}"
    )
    item = NewsItem(code=code, title=title, published=day, audience=audience, themes=themes)
    async with database.transaction() as write:
        await NEWS.put(write, item)


async def states(room: WatchRoom) -> list[str]:
    async with room.bot.database.snapshot() as read:
        return [row["state"] for row in await read.fetch_all("SELECT state FROM issues ORDER BY month")]


async def test_three_readers_get_it_in_their_language_at_nine_where_they_are(room: WatchRoom) -> None:
    await room.approve()
    await room.until(APRIL - timedelta(minutes=1))
    assert [room.issues(who) for who in (LINH, SOKHA, CAMILLE)] == [[], [], []]
    await room.until(APRIL)
    assert [len(room.issues(who)) for who in (LINH, SOKHA, CAMILLE)] == [1, 1, 0]
    await room.until(IN_FRANCE - timedelta(minutes=1))
    assert room.issues(CAMILLE) == []
    await room.until(IN_FRANCE)
    assert [len(room.issues(who)) for who in (LINH, SOKHA, CAMILLE, HELENE)] == [1, 1, 1, 1]
    assert room.issues(LINH)[0].startswith("🗞 Bản tin mạng lưới · tháng 4 năm 2027\n\nSự kiện sắp diễn ra\n1. ")
    assert room.issues(SOKHA)[0].startswith("🗞 ព្រឹត្តិបត្រប្រចាំខែ · ខែមេសា ឆ្នាំ2027")
    assert "8h00 – 12h00, Thứ Ba, ngày 18 tháng 5" in room.issues(LINH)[0]
    assert "de 8 h à 12 h (Phnom Penh)" in room.issues(CAMILLE)[0] or "à 3 h" in room.issues(CAMILLE)[0]
    await room.send()
    assert await states(room) == ["sent"]


async def test_nothing_goes_out_that_nobody_approved(room: WatchRoom) -> None:
    await room.bot.say("/issue", HELENE)
    await room.until(IN_FRANCE)
    assert [room.issues(who) for who in (LINH, SOKHA, CAMILLE, HELENE)] == [[], [], [], []]


async def test_each_gets_what_concerns_them_and_what_they_may_see(room: WatchRoom) -> None:
    database = room.bot.database
    await publish(database, "all")
    await publish(database, "paid", "members_paid")
    await publish(database, "staff", "coordinators")
    await publish(database, "water", themes=("water",))
    await publish(database, "heritage", themes=("heritage",))
    async with database.transaction() as write:
        await write.execute("UPDATE organisations SET dues_paid_until = '2026-12-31' WHERE code = 'hue'")
        await write.execute("UPDATE people SET themes = '[\"heritage\"]' WHERE code = 'tran-thi-mai'")
        await write.execute("UPDATE people SET themes = '[\"water\"]' WHERE code = 'sok-dara'")
    await room.approve()
    await room.until(IN_FRANCE)
    vietnamese, khmer, french = (room.issues(who)[0] for who in (LINH, SOKHA, HELENE))
    codes = ("all", "paid", "staff", "water", "heritage")
    assert [f"Tin {code}\n" in f"{vietnamese}\n" for code in codes] == [True, False, False, False, True]
    assert [f"ព័ត៌មាន {code}\n" in f"{khmer}\n" for code in codes] == [True, True, False, True, False]
    assert f"Titre {codes[2]}" in french


async def test_the_next_issue_holds_only_what_is_new(room: WatchRoom) -> None:
    await publish(room.bot.database, "march")
    await room.approve()
    await room.until(IN_FRANCE)
    await room.until(datetime(2027, 4, 20, 15, 0, tzinfo=PHNOM_PENH))
    await publish(room.bot.database, "fresh", day=date(2027, 4, 20))
    await room.approve()
    await room.until(MAY)
    first, second = room.issues(LINH)
    assert ("Tin march" in first, "Tin march" in second, "Tin fresh" in second) == (True, False, True)
    assert "Hội nghị thường niên của mạng lưới\n" in first
    assert "Hội nghị thường niên của mạng lưới\n" not in second


async def test_who_missed_an_issue_gets_its_news_in_the_next_one(room: WatchRoom) -> None:
    await publish(room.bot.database, "march")
    await room.approve()
    room.bot.clock.advance(APRIL - room.bot.clock.now())
    await room.watching.go()
    async with room.bot.database.transaction() as write:
        await write.execute("UPDATE outbox SET state = 'failed' WHERE person = 'tran-thi-mai'")
    await room.until(IN_FRANCE)
    await room.until(datetime(2027, 4, 20, 15, 0, tzinfo=PHNOM_PENH))
    await room.approve()
    await room.until(MAY)
    assert ["Tin march" in text for text in room.issues(LINH)] == [True]


async def test_a_restart_in_the_middle_of_everything_sends_nothing_twice(room: WatchRoom) -> None:
    await room.approve()
    room.bot.clock.advance(APRIL - room.bot.clock.now())
    await room.watching.go()
    async with room.bot.database.transaction() as write:  # as if it was killed while it was being filled
        await write.execute("UPDATE campaigns SET state = 'filling'")
        await write.execute("DELETE FROM outbox WHERE person = 'sok-dara' AND campaign > 0")
    await room.room.dispatcher.once()
    room.watching = watching(room.room)
    await room.until(IN_FRANCE)
    room.watching = watching(room.room)
    await room.send()
    assert [len(room.issues(who)) for who in (LINH, SOKHA, CAMILLE)] == [1, 1, 1]


async def test_an_issue_whose_month_is_over_is_not_sent(room: WatchRoom) -> None:
    await room.approve()
    await room.until(datetime(2027, 7, 2, 15, 0, tzinfo=PHNOM_PENH))
    assert (room.issues(LINH), await states(room)) == ([], ["missed"])


async def test_after_days_of_downtime_it_goes_out_once_in_working_hours(room: WatchRoom) -> None:
    await room.approve()
    await room.until(datetime(2027, 4, 10, 23, 0, tzinfo=PHNOM_PENH))  # a Saturday night
    assert room.issues(LINH) == []
    await room.until(datetime(2027, 4, 12, 9, 0, tzinfo=PHNOM_PENH))
    assert len(room.issues(LINH)) == 1


async def test_an_issue_approved_late_goes_out_at_the_next_working_hour(room: WatchRoom) -> None:
    evening = datetime(2027, 4, 2, 20, 30, tzinfo=PHNOM_PENH)  # a Friday
    await room.bot.say("/issue", HELENE)
    await room.until(evening)
    await room.approve()
    await room.until(datetime(2027, 4, 5, 8, 59, tzinfo=PHNOM_PENH))
    assert [len(room.issues(who)) for who in (LINH, SOKHA)] == [0, 0]
    await room.until(datetime(2027, 4, 5, 9, 0, tzinfo=PHNOM_PENH))
    assert [len(room.issues(who)) for who in (LINH, SOKHA)] == [1, 1]
    await room.until(datetime(2027, 4, 6, 9, 0, tzinfo=IN_FRANCE.tzinfo))
    assert [len(room.issues(who)) for who in (LINH, SOKHA, CAMILLE)] == [1, 1, 1]


async def test_a_missing_translation_is_asked_for_or_waived_by_name(room: WatchRoom) -> None:
    title = Content.of("fr", fr="Une nouvelle sans traduction")
    async with room.bot.database.transaction() as write:
        await NEWS.put(write, NewsItem(code="only-french", title=title, published=date(2027, 3, 12)))
    await room.bot.say("/issue", HELENE)
    assert "Traductions manquantes : vietnamien (1), khmer (1)" in room.room.read(HELENE)
    await room.bot.tap("Approuver…", HELENE)
    assert "vietnamien : 1 à traduire\n• Une nouvelle sans traduction" in room.room.read(HELENE)
    await room.bot.tap("Se passer de\u202f: vietnamien", HELENE)
    await room.bot.tap("La veille", HELENE)
    await room.bot.tap("Approuver…", HELENE)
    assert "khmer : 1 à traduire" in room.room.read(HELENE)
    await room.bot.tap("Se passer de\u202f: khmer", HELENE)
    await room.bot.tap("La veille", HELENE)
    await room.bot.tap("Approuver…", HELENE)
    assert "Sans traduction : vietnamien, khmer." in room.room.read(HELENE)
    await room.bot.tap("✓ Approuver", HELENE)
    await room.until(APRIL)
    assert "Une nouvelle sans traduction" in room.issues(LINH)[0]


async def test_an_issue_that_was_changed_meanwhile_is_asked_about_again(room: WatchRoom) -> None:
    await room.bot.say("/issue", HELENE)
    await room.bot.tap("Approuver…", HELENE)
    yes = room.bot.phone(HELENE).last.button("✓ Approuver")
    await room.bot.say("/issue", SECOND)
    await room.bot.tap_data("gk1:1:inside", SECOND)
    await room.bot.tap("1", SECOND)
    await room.bot.tap("📌", SECOND)
    assert yes is not None
    await room.bot.tap(yes, HELENE)
    assert await states(room) == ["edited"]


async def test_what_is_dropped_stays_out_and_what_is_pinned_comes_first(room: WatchRoom) -> None:
    await publish(room.bot.database, "first", themes=("tourism",))
    await room.bot.say("/issue", HELENE)
    await room.bot.tap("Contenu", HELENE)
    await room.bot.tap("1", HELENE)
    await room.bot.tap("Retirer", HELENE)
    await room.bot.tap("La veille", HELENE)
    async with room.bot.database.snapshot() as read:
        row = await read.fetch_one("SELECT id FROM news WHERE code = 'first'")
    await room.bot.tap_data(f"gk1:1:entry:news:{row['id']}", HELENE)
    await room.bot.tap("📌 Épingler", HELENE)
    await room.approve()
    await room.until(APRIL)
    assert room.issues(SOKHA)[0].split("\n")[2:4] == ["សូមអានជាមុន", "1. ព័ត៌មាន first"]
    assert "វគ្គបណ្តុះបណ្តាល៖ ឧបករណ៍ទីក្រុងឆ្លាតវៃ" not in room.issues(SOKHA)[0]


async def test_the_opening_word_is_read_in_each_language(room: WatchRoom) -> None:
    await room.bot.say("/issue", HELENE)
    for language, words in (
        ("français", "Bonne lecture."),
        ("vietnamien", "Kính chúc Quý vị."),
        ("khmer", "សូមជម្រាបសួរ។"),
    ):
        await room.bot.tap("Mot d’ouverture", HELENE)
        await room.bot.tap(f"Texte\u202f: {language}", HELENE)
        await room.bot.say(words, HELENE)
        await room.bot.tap("La veille", HELENE)
    await room.approve(waive=False)
    await room.until(APRIL)
    assert room.issues(LINH)[0].split("\n")[2] == "Kính chúc Quý vị."
    assert room.issues(SOKHA)[0].split("\n")[2] == "សូមជម្រាបសួរ។"


async def test_a_test_comes_in_every_language_and_counts_for_nothing(room: WatchRoom) -> None:
    await room.bot.say("/issue", HELENE)
    await room.bot.tap("M’envoyer un essai", HELENE)
    await send_out(room.bot)
    assert len(room.issues(HELENE)) == 3
    await room.approve()
    await room.until(IN_FRANCE)
    assert len(room.issues(HELENE)) == 4


async def test_an_approved_issue_can_be_taken_back(room: WatchRoom) -> None:
    await room.approve()
    await room.bot.tap("Reprendre la préparation", HELENE)
    await room.until(IN_FRANCE)
    assert (room.issues(LINH), await states(room)) == ([], ["edited"])


async def test_others_know_nothing_of_it(room: WatchRoom) -> None:
    await room.bot.say("/issue", HELENE)
    await room.bot.tap_data("gk1:1:approve:1", LINH)
    await room.bot.say("/issue", LINH)
    assert await states(room) == ["open"]
