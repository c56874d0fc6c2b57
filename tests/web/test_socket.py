"""A page's line: what is said is taken exactly once, and what is shown is shown again."""

from __future__ import annotations

import pytest
from websockets.exceptions import InvalidStatus

from storage import updates
from storage.database import Database
from storage.updates import Received
from tests.web.stand import Page, Stand, page

MAI = "as=tran-thi-mai"


async def said(one: Page, text: str, client: str = "client-0001") -> None:
    await one.hear("hello")
    await one.say(do="text", client=client, text=text)
    await one.hear("ack")


async def test_text_becomes_an_update_and_its_answer_a_bubble(stand: Stand) -> None:
    async with stand.served() as host, page(host, MAI, language="vi-VN,vi;q=0.9") as one:
        hello = await one.hear("hello")
        assert (hello["language"], hello["me"], hello["messages"]) == ("vi", "Trần Thị Mai", [])
        await one.say(do="text", client="client-0001", text="/help me")
        own = (await one.hear("message"))["message"]
        answer = (await one.hear("message"))["message"]
        keyboard = await one.hear("keyboard")
    assert (own["mine"], own["text"], own["client"], own["time"]) == (True, "/help me", "client-0001", "09:30")
    assert own["entities"] == [{"type": "bot_command", "offset": 0, "length": 5}]
    assert (answer["mine"], answer["text"], answer["entities"][0]["type"]) == (False, "/help", "bold")
    assert [[key["text"] for key in row] for row in keyboard["keyboard"]["keyboard"]] == [["Yes", "No"], ["Perhaps"]]
    message = stand.received[0]["message"]
    assert message["from"]["language_code"] == "vi-VN"
    assert message["from"]["first_name"] == "Trần Thị Mai"
    assert message["entities"] == [{"type": "bot_command", "offset": 0, "length": 5}]


async def test_tap_is_answered_and_edits_its_bubble(stand: Stand) -> None:
    async with stand.served() as host, page(host, MAI) as one:
        await said(one, "hello")
        await stand.inbox.idle()
        await one.say(do="tap", client="client-0002", message=2, data="again1:1")
        answer = await one.hear("answer")
        changed = await one.hear_text("tapped again1:1")
    assert (answer["client"], answer["text"]) == ("client-0002", "noted")
    assert (changed["id"], changed["text"], changed["edited"], "buttons" in changed) == (
        2,
        "tapped again1:1",
        True,
        False,
    )
    query = stand.received[1]["callback_query"]
    assert (query["data"], query["message"]["message_id"], query["message"]["from"]["is_bot"]) == ("again1:1", 2, True)


async def test_action_said_again_after_a_break_is_taken_once(stand: Stand) -> None:
    async with stand.served() as host:
        async with page(host, MAI) as one:
            await said(one, "once")
            await one.drop()
        async with page(host, MAI) as two:
            await said(two, "once")
        await stand.inbox.idle()
    assert len(stand.received) == 1
    assert [bubble["text"] for bubble in await stand.bodies(1)] == ["once", "you said once"]


async def test_what_a_stop_left_between_page_and_inbox_is_received_at_the_next_opening(stand: Stand) -> None:
    chat = await stand.chat("tran-thi-mai")
    broken = stand.receive

    async def fails(channel: str, received: object) -> None:
        raise OSError("the disk is full")

    stand.receive = fails  # type: ignore[assignment,method-assign]
    async with stand.served() as host, page(host, MAI) as one:
        await one.hear("hello")
        await one.say(do="text", client="client-0001", text="kept")
        failed = await one.hear("failed")
    assert (failed["client"], len(failed["reference"])) == ("client-0001", 6)
    assert stand.received == []
    stand.receive = broken  # type: ignore[method-assign]
    async with stand.served() as host, page(host, MAI) as one:
        await said(one, "kept")
        await stand.inbox.idle()
    assert [update["message"]["text"] for update in stand.received] == ["kept"]
    assert [bubble["text"] for bubble in await stand.bodies(chat)] == ["kept", "you said kept"]


async def test_restart_keeps_the_conversation_and_goes_on_counting(quick: Database, stand: Stand) -> None:
    async with stand.served() as host, page(host, MAI) as one:
        await said(one, "before")
        await stand.inbox.idle()
    again = Stand(quick, stand.folder)
    async with again.served() as host, page(host, MAI) as one:
        hello = await one.hear("hello")
        assert [bubble["text"] for bubble in hello["messages"]] == ["before", "you said before"]
        await one.say(do="text", client="client-0002", text="after")
        await one.hear("ack")
    assert again.received[0]["update_id"] > stand.received[0]["update_id"]


async def test_update_ids_go_on_from_those_that_are_stored(quick: Database, stand: Stand) -> None:
    async with quick.transaction() as tx:
        await updates.add(tx, [Received("web", 4711, 1, "{}")], stand.clock.now())
    async with stand.served(inbox=False) as host, page(host, MAI) as one:
        await said(one, "hello")
    assert [update["update_id"] for update in stand.received] == [4712]


async def test_windows_of_one_person_show_the_same_and_others_nothing(stand: Stand) -> None:
    async with (
        stand.served() as host,
        page(host, MAI) as one,
        page(host, MAI) as two,
        page(host, "as=sok-dara") as other,
    ):
        await two.hear("hello")
        await other.hear("hello")
        await said(one, "hello")
        assert (await two.hear("message"))["message"]["text"] == "hello"
        await other.say(do="ping")
        await other.hear("pong")
    assert [event["type"] for event in other.events if event["type"] == "message"] == []


async def test_chosen_language_changes_the_words_of_the_page(stand: Stand) -> None:
    async with stand.served() as host, page(host, MAI) as one:
        vietnamese = await one.hear("hello")
        await one.say(do="text", client="client-0001", text="fr")
        french = await one.hear("hello")
    assert (vietnamese["words"]["send"], french["language"], french["words"]["send"]) == ("Gửi", "fr", "Envoyer")
    assert french["days"] != vietnamese["days"]


async def test_stranger_is_the_visitor_of_that_browser(stand: Stand) -> None:
    async with stand.served() as host:
        async with page(host, "as=stranger&visitor=7", language="fr") as one:
            hello = await one.hear("hello")
            assert (hello["language"], hello["me"]) == ("fr", "Visiteur")
            await one.say(do="text", client="client-0001", text="bonjour")
            await one.hear("ack")
        async with page(host, "as=stranger&visitor=8") as two:
            assert (await two.hear("hello"))["messages"] == []
    assert stand.received[0]["message"]["chat"]["id"] == 10**9 + 7


async def test_clock_moves_on_every_page_and_what_follows_is_done(stand: Stand) -> None:
    async with stand.served() as host, page(host, MAI) as one, page(host, "as=camille-lefort") as two:
        await one.hear("clock")
        first = await two.hear("clock")
        await one.say(do="advance", days=7)
        moved = await two.hear("clock")
        await one.say(do="advance", days=2)
        assert (await one.hear("refused"))["client"] is None
    assert first["label"] == "mardi 18 mai 2027 à 4\u00a0h\u00a030"
    assert moved["label"] == "mardi 25 mai 2027 à 4\u00a0h\u00a030"
    assert stand.advanced == 7 * 24


async def test_contact_that_was_asked_for_is_sent(stand: Stand) -> None:
    async with stand.served(inbox=False) as host, page(host, MAI) as one:
        await one.hear("hello")
        await one.say(do="contact", client="client-0001", phone=" +84 90 000 00 00 ")
        shown = (await one.hear("message"))["message"]
        await one.hear("ack")
    contact = {"phone_number": "+84 90 000 00 00", "first_name": "Trần Thị Mai", "user_id": 1}
    assert (shown["contact"], stand.received[0]["message"]["contact"]) == (contact, contact)


@pytest.mark.parametrize(
    "action",
    [
        {"do": "text", "client": "client-0001", "text": "  "},
        {"do": "text", "client": "client-0001", "text": "x" * 4097},
        {"do": "tap", "client": "client-0001", "message": 99, "data": "a1"},
        {"do": "text", "client": "short", "text": "x"},
        {"do": "dance"},
    ],
)
async def test_what_cannot_be_taken_is_refused(stand: Stand, action: dict[str, object]) -> None:
    async with stand.served(inbox=False) as host, page(host, MAI) as one:
        await one.hear("hello")
        await one.say(**action)
        await one.hear("refused")
    assert stand.received == []


@pytest.mark.parametrize("query", ["", "as=nobody", "as=stranger", "key=wrong", "as=stranger&visitor=x"])
async def test_line_opens_for_nobody_without_a_name(stand: Stand, query: str) -> None:
    async with stand.served(inbox=False) as host:
        with pytest.raises(InvalidStatus) as refused:
            async with page(host, query):
                pass
    assert refused.value.response.status_code == 403


async def test_line_opens_for_no_other_site(stand: Stand) -> None:
    async with stand.served(inbox=False) as host:
        with pytest.raises(InvalidStatus) as refused:
            async with page(host, MAI, origin="https://elsewhere.example"):
                pass
    assert refused.value.response.status_code == 403
