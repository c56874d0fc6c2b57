"""The page in a real browser, as wide as a small phone."""

from __future__ import annotations

import contextlib
from collections.abc import AsyncIterator
from typing import Any

from playwright.async_api import Browser, Page, expect

from bot.delivery.incoming import Incoming
from bot.texts.reply import Button, Reply, Tap
from locales import Html
from tests.web.pictures import png
from tests.web.stand import Stand

MAI = "/?as=tran-thi-mai"


class Opened:
    """A page, and what went wrong on it."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.errors: list[str] = []
        page.on("pageerror", lambda error: self.errors.append(str(error)))
        page.on("console", lambda said: self.errors.append(said.text) if said.type == "error" else None)

    async def write(self, text: str) -> None:
        await self.page.fill("#text", text)
        await self.page.press("#text", "Enter")

    async def texts(self) -> list[str]:
        """What the bubbles say, without their hours."""
        script = "all => all.map(one => one.textContent.slice(0, -one.querySelector('.room').textContent.length))"
        found: list[str] = await self.page.locator(".message .text").evaluate_all(script)
        return found


@contextlib.asynccontextmanager
async def phone(browser: Browser, host: str, address: str = MAI, **more: Any) -> AsyncIterator[Opened]:
    """Open an address on a phone of 360 × 740; nothing may go wrong on it, and nothing stand out at its side."""
    context = await browser.new_context(**{"viewport": {"width": 360, "height": 740}, "locale": "vi-VN", **more})
    opened = Opened(await context.new_page())
    await opened.page.goto(f"http://{host}{address}")
    yield opened
    assert await opened.page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert opened.errors == []
    await context.close()


async def test_conversation_on_a_phone(stand: Stand, chromium: Browser) -> None:
    async with stand.served() as host, phone(chromium, host) as one:
        page = one.page
        await page.click("#start")
        await expect(page.locator(".theirs .text b")).to_have_text("/start")
        await expect(page.locator("#keyboard .key")).to_have_text(["Yes", "No", "Perhaps"])
        await page.click("#keyboard .key >> text=Perhaps")
        await expect(page.locator(".theirs").last).to_contain_text("you said Perhaps")
        await page.click(".buttons .key")
        await expect(page.locator("#toast")).to_have_text("noted")
        await expect(page.locator(".theirs").last).to_contain_text("tapped again1:1")
        await expect(page.locator(".key.busy")).to_have_count(0)
        said = ["/start", "/start", "Perhaps", "tapped again1:1"]
        assert await one.texts() == said
        await page.reload()
        await expect(page.locator(".message")).to_have_count(4)
        assert await one.texts() == said
    assert [incoming.kind for incoming in stand.desk.seen] == ["command", "text", "tap"]


async def test_message_written_without_a_line_is_sent_once_when_it_is_back(stand: Stand, chromium: Browser) -> None:
    async with stand.served() as host:
        port = int(host.rsplit(":", 1)[1])
        context = await chromium.new_context(locale="vi-VN")
        one = Opened(await context.new_page())
        await one.page.goto(f"http://{host}{MAI}")
        await expect(one.page.locator("#status")).to_have_text("Ban thư ký mạng lưới")
    await expect(one.page.locator("#status")).to_have_text("Đang kết nối…")
    await one.write("kept")
    await expect(one.page.locator(".message.pending")).to_have_count(1)
    async with stand.served(port=port):
        await expect(one.page.locator(".theirs")).to_contain_text("you said kept")
        await expect(one.page.locator(".pending")).to_have_count(0)
        assert await one.texts() == ["kept", "you said kept"]
        await context.close()
    assert len(stand.received) == 1


async def test_message_written_without_a_line_outlives_a_reload(stand: Stand, chromium: Browser) -> None:
    async with stand.served() as host, phone(chromium, host) as one:
        await expect(one.page.locator("#start")).to_be_visible()
        await one.page.evaluate("WebSocket.prototype.send = function () { this.close(); }")
        await one.write("kept")
        await expect(one.page.locator(".message.pending")).to_have_count(1)
        await one.page.reload()
        await expect(one.page.locator(".theirs")).to_contain_text("you said kept")
        assert await one.texts() == ["kept", "you said kept"]


async def test_nothing_that_is_written_becomes_html(stand: Stand, chromium: Browser) -> None:
    wicked = '<img src=x onerror="document.title=1">'
    stand.desk.reply = lambda _: Reply(Html("&lt;img src=x&gt;"), ((Button(wicked, Tap.to("again")),),))
    async with stand.served() as host, phone(chromium, host) as one:
        await one.write(wicked)
        await expect(one.page.locator(".key .label")).to_have_text(wicked)
        assert await one.texts() == [wicked, "<img src=x>"]
        await stand.call("sendDocument", {"document": ("<b>x.txt", b"x")}, chat_id=1)
        await expect(one.page.locator(".file b")).to_have_text("<b>x.txt")
        assert await one.page.locator("#log img").count() == 0


async def test_menu_follows_the_letters_and_the_arrows(stand: Stand, chromium: Browser) -> None:
    commands = [{"command": name, "description": name.title()} for name in ("meetings", "members", "help")]
    await stand.call("setMyCommands", commands=commands)
    async with stand.served() as host, phone(chromium, host) as one:
        page, options = one.page, one.page.locator("#menu li")
        await page.click("#slash")
        await expect(options).to_have_count(3)
        await page.press("#text", "Escape")
        await expect(page.locator("#menu")).to_be_hidden()
        await page.type("#text", "/me")
        await expect(options).to_have_text(["/meetingsMeetings", "/membersMembers"])
        await page.press("#text", "ArrowDown")
        await expect(page.locator("#menu [aria-selected=true]")).to_have_text("/membersMembers")
        await page.press("#text", "Enter")
        await expect(page.locator(".theirs .text b")).to_have_text("/members")
        await page.type("#text", "one")
        await page.press("#text", "Shift+Enter")
        await page.type("#text", "two")
        await page.press("#text", "Enter")
        await expect(page.locator(".theirs")).to_have_count(2)
    assert [incoming.command or incoming.text for incoming in stand.desk.seen] == ["members", "one\ntwo"]


async def test_every_bubble_names_its_language_and_the_page_follows_the_readers(
    stand: Stand, chromium: Browser
) -> None:
    def answer(incoming: Incoming) -> Reply:
        return Reply(Html("សួស្តី") if incoming.text == "km" else Html("ສະບາຍດີ"))

    stand.desk.reply = answer
    async with stand.served() as host, phone(chromium, host) as one:
        await one.write("Cuộc họp")
        await expect(one.page.locator(".message")).to_have_count(2)
        await expect(one.page.locator("#text")).to_have_attribute("placeholder", "Tin nhắn")
        await one.write("km")
        await expect(one.page.locator("html")).to_have_attribute("lang", "km")
        await expect(one.page.locator("#text")).to_have_attribute("placeholder", "សារ")
        await expect(one.page.locator(".message")).to_have_count(4)
        languages = await one.page.locator(".message").evaluate_all("all => all.map(one => one.lang)")
    assert languages == ["vi", "lo", "", "km"]


async def test_reading_place_is_kept_when_news_come_and_after_a_reload(stand: Stand, chromium: Browser) -> None:
    mai = await stand.chat("tran-thi-mai")
    for number in range(60):
        await stand.call("sendMessage", chat_id=mai, text=f"Message {number}")
    async with stand.served() as host, phone(chromium, host) as one:
        page, newest = one.page, one.page.locator("#newest")
        await expect(page.locator(".message").last).to_be_in_viewport()
        await expect(newest).to_be_hidden()
        await page.locator(".message >> nth=20").scroll_into_view_if_needed()
        await expect(newest).to_be_visible()
        await stand.call("sendMessage", chat_id=mai, text="News")
        await expect(newest.locator("b")).to_have_text("1")
        await expect(page.locator(".message >> nth=20")).to_be_in_viewport()
        await page.reload()
        await expect(page.locator(".message >> nth=20")).to_be_in_viewport()
        await newest.click()
        await expect(page.locator(".message").last).to_be_in_viewport()
        await expect(newest).to_be_hidden()


async def test_long_answer_is_read_from_its_beginning(stand: Stand, chromium: Browser) -> None:
    lines = "\n".join(f"line {number}" for number in range(50))

    def answer(incoming: Incoming) -> Reply:
        word = "changed" if incoming.tap else "new"
        return Reply(Html(f"<b>{word}</b>\n{lines}"), ((Button("Again", Tap.to("again")),),))

    stand.desk.reply = answer
    async with stand.served() as host, phone(chromium, host) as one:
        await one.write("x")
        await expect(one.page.locator(".theirs b >> text=new")).to_be_in_viewport()
        await expect(one.page.locator("#newest")).to_be_visible()
        await one.page.click(".buttons .key")
        await expect(one.page.locator(".theirs b >> text=changed")).to_be_in_viewport()


async def test_files_go_both_ways(stand: Stand, chromium: Browser) -> None:
    async with stand.served() as host, phone(chromium, host) as one:
        await expect(one.page.locator("#start")).to_be_visible()
        picture: Any = {"name": "vue.png", "mimeType": "image/png", "buffer": png(64, 36)}
        await one.page.set_input_files("#file", picture)
        await expect(one.page.locator(".mine .photo img")).to_have_js_property("naturalWidth", 64)
        await expect(one.page.locator(".pending")).to_have_count(0)
        await stand.call("sendDocument", {"document": ("Chương trình.pdf", b"%PDF")}, chat_id=1)
        async with one.page.expect_download() as download:
            await one.page.click(".theirs .file")
        assert (await download.value).suggested_filename == "Chương trình.pdf"
    assert stand.received[0]["message"]["photo"][0]["width"] == 64


async def test_two_people_side_by_side_share_the_clock(stand: Stand, chromium: Browser) -> None:
    wide = {"viewport": {"width": 1100, "height": 760}}
    async with stand.served() as host, phone(chromium, host, f"{MAI}&as=camille-lefort", **wide) as one:
        mai, camille = (one.page.frame_locator(f"iframe >> nth={place}") for place in (0, 1))
        await expect(mai.locator("#me")).to_have_text("Trần Thị Mai")
        await expect(camille.locator("#hour")).to_have_text("mar. 18 mai, 4 h 30")
        await mai.locator("#clock button >> nth=1").click()
        await expect(camille.locator("#hour")).to_have_text("mar. 25 mai, 4 h 30")
    assert stand.advanced == 7 * 24


async def test_look_that_was_chosen_stays(stand: Stand, chromium: Browser) -> None:
    async with stand.served() as host, phone(chromium, host, color_scheme="light") as one:
        await one.page.click("#theme")
        await expect(one.page.locator("html")).to_have_attribute("data-theme", "dark")
        await one.page.reload()
        await expect(one.page.locator("html")).to_have_attribute("data-theme", "dark")


async def test_phone_number_that_is_asked_for_is_sent_as_a_contact(stand: Stand, chromium: Browser) -> None:
    mai = await stand.chat("tran-thi-mai")
    keyboard = {"keyboard": [[{"text": "Share", "request_contact": True}]]}
    await stand.call("sendMessage", chat_id=mai, text="Your number", reply_markup=keyboard)
    async with stand.served() as host, phone(chromium, host) as one:
        await one.page.click("#keyboard .key")
        await expect(one.page.locator("#text")).to_have_attribute("inputmode", "tel")
        await one.write("+84 90 000 00 00")
        await expect(one.page.locator(".mine")).to_contain_text("+84 90 000 00 00")
        await expect(one.page.locator(".pending")).to_have_count(0)
    assert stand.received[0]["message"]["contact"]["phone_number"] == "+84 90 000 00 00"


async def test_field_has_no_scrollbar_when_it_is_empty_or_holds_a_line(stand: Stand, chromium: Browser) -> None:
    roomy = "(one => one.scrollHeight <= one.clientHeight)(document.getElementById('text'))"
    async with stand.served() as host, phone(chromium, host) as one:
        await one.write("hello")
        assert await one.page.evaluate(roomy)
        await one.page.type("#text", "សួស្តី")
        assert await one.page.evaluate(roomy)


async def test_message_that_could_not_be_taken_is_said_again_by_itself(stand: Stand, chromium: Browser) -> None:
    works, times = stand.receive, 0

    async def fails_once(channel: str, received: Any) -> None:
        nonlocal times
        times += 1
        if times == 1:
            raise OSError("the disk is full")
        await works(channel, received)

    stand.receive = fails_once  # type: ignore[method-assign]
    async with stand.served() as host, phone(chromium, host) as one:
        await one.write("kept")
        await expect(one.page.locator(".theirs")).to_contain_text("you said kept")
        assert await one.texts() == ["kept", "you said kept"]
    assert len(stand.received) == 1


async def test_writing_is_shown_while_the_answer_is_prepared(stand: Stand, chromium: Browser) -> None:
    mai = await stand.chat("tran-thi-mai")
    async with stand.served() as host, phone(chromium, host) as one:
        await expect(one.page.locator("#start")).to_be_visible()
        await stand.call("sendChatAction", chat_id=mai, action="typing")
        await expect(one.page.locator("#status")).to_have_text("Đang soạn…")
        await stand.call("sendMessage", chat_id=mai, text="x")
        await expect(one.page.locator("#typing")).to_be_hidden()


async def test_choice_leads_to_the_chat_and_a_closed_door_says_so(stand: Stand, chromium: Browser) -> None:
    async with stand.served() as host, phone(chromium, host, "/", locale="fr-FR") as one:
        await one.page.click("text=Visiteur")
        await expect(one.page.locator("#start")).to_have_text("Commencer")
        await one.write("bonjour")
        await expect(one.page.locator(".theirs")).to_contain_text("you said bonjour")
    async with stand.served(sample=False) as host:
        page = await chromium.new_page()
        answer = await page.goto(f"http://{host}/")
        assert (answer and answer.status) == 403
        await expect(page.locator("section")).to_have_count(5)
