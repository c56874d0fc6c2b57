"""Files to and from the page."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from tests.web.pictures import png
from tests.web.stand import SECRET, Stand, browser
from web.files import LARGEST
from web.keys import sign_key
from web.pictures import picture_size

MINE = "as=tran-thi-mai"
ORIGIN = {"Origin": "http://relais.test", "Accept-Language": "vi"}


async def send(stand: Stand, name: str, content: bytes, mime: str, query: str = MINE, **more: Any) -> int:
    form = {"client": "client-0001", **more.pop("form", {})}
    headers = more.pop("headers", ORIGIN)
    async with browser(stand.site()) as client:
        answer = await client.post(f"/files?{query}", data=form, files={"file": (name, content, mime)}, headers=headers)
    return answer.status_code


async def test_file_becomes_an_update_with_a_document(stand: Stand, mai: int) -> None:
    assert await send(stand, "Báo cáo.pdf", b"%PDF", "application/pdf", form={"caption": "see /help"}) == 204
    message = stand.received[0]["message"]
    document = message["document"]
    assert (document["file_name"], document["mime_type"], document["file_size"]) == (
        "Báo cáo.pdf",
        "application/pdf",
        4,
    )
    assert (message["caption"], message["caption_entities"][0]["type"]) == ("see /help", "bot_command")
    assert message["from"]["language_code"] == "vi"
    file = await stand.call("getFile", file_id=document["file_id"])
    assert await stand.request.retrieve(f"https://web.invalid/file/bot0:web/{file['file_path']}") == b"%PDF"
    [shown] = await stand.bodies(mai)
    assert (shown["mine"], shown["file"]["name"]) == (True, "Báo cáo.pdf")


async def test_picture_becomes_a_photo(stand: Stand, mai: int) -> None:
    assert await send(stand, "x.png", png(40, 30), "image/png") == 204
    [size] = stand.received[0]["message"]["photo"]
    assert (size["width"], size["height"]) == (40, 30)


async def test_what_only_calls_itself_a_picture_is_a_document(stand: Stand, mai: int) -> None:
    assert await send(stand, "x.png", b"<svg onload=alert(1)>", "image/png") == 204
    assert "document" in stand.received[0]["message"]


async def test_file_sent_again_is_taken_once(stand: Stand, mai: int) -> None:
    for _ in range(2):
        assert await send(stand, "a.txt", b"a", "text/plain") == 204
    assert (len(stand.received), len(await stand.bodies(mai))) == (1, 1)
    assert len([path for path in stand.folder.rglob("*") if path.is_file()]) == 1


async def test_file_is_fetched_by_its_chat_alone(stand: Stand, mai: int) -> None:
    await stand.chat("sok-dara")
    sent = await stand.call("sendDocument", {"document": ("a b.html", b"<script>")}, chat_id=mai)
    address = f"/files/{sent['document']['file_id'].removeprefix('web-')}"
    key = sign_key(SECRET, "sok-dara", stand.clock.now() + timedelta(days=1))
    async with browser(stand.site()) as client:
        mine = await client.get(f"{address}?{MINE}")
        others = [
            (await client.get(f"{address}?{query}")).status_code
            for query in ("as=sok-dara", "as=stranger&visitor=1", f"key={key}", "", "as=nobody")
        ]
        missing = await client.get(f"/files/99?{MINE}")
    assert (mine.status_code, mine.content) == (200, b"<script>")
    assert mine.headers["content-disposition"].startswith("attachment")
    assert mine.headers["content-security-policy"] == "default-src 'none'; sandbox"
    assert mine.headers["x-content-type-options"] == "nosniff"
    assert (others, missing.status_code) == ([404, 404, 404, 403, 403], 404)


async def test_picture_is_shown_inline_and_downloaded_when_asked(stand: Stand, mai: int) -> None:
    sent = await stand.call("sendPhoto", {"photo": ("v.png", png(4, 3))}, chat_id=mai)
    address = f"/files/{sent['photo'][0]['file_id'].removeprefix('web-')}?{MINE}"
    async with browser(stand.site()) as client:
        shown, kept = await client.get(address), await client.get(f"{address}&download")
    assert shown.headers["content-disposition"].startswith("inline")
    assert kept.headers["content-disposition"].startswith("attachment")


@pytest.mark.parametrize(
    ("more", "status"),
    [
        ({"query": "as=nobody"}, 403),
        ({"query": ""}, 403),
        ({"headers": {}}, 403),
        ({"headers": {"Origin": "https://elsewhere.example"}}, 403),
        ({"content": b""}, 400),
        ({"content": b"x" * (LARGEST + 1)}, 413),
        ({"content": b"x" * (LARGEST + 100_000)}, 413),
        ({"form": {"client": "short"}}, 400),
    ],
)
async def test_file_that_may_not_come_is_refused(stand: Stand, mai: int, more: dict[str, Any], status: int) -> None:
    given = {"name": "a.txt", "content": b"a", "mime": "text/plain", **more}
    assert await send(stand, **given) == status
    assert stand.received == []


@pytest.mark.parametrize(
    ("content", "size"),
    [
        (png(7, 5), (7, 5)),
        (b"GIF89a\x07\x00\x05\x00", (7, 5)),
        (b"\xff\xd8\xff\xe0\x00\x04ab\xff\xc0\x00\x11\x08\x00\x05\x00\x07", (7, 5)),
        (b"RIFF\0\0\0\0WEBPVP8X" + b"\0" * 8 + b"\x06\0\0\x04\0\0", (7, 5)),
        (b"RIFF\0\0\0\0WEBPVP8 " + b"\0" * 10 + b"\x07\0\x05\0", (7, 5)),
        (b"RIFF\0\0\0\0WEBPVP8L" + b"\0" * 4 + b"\x2f\x06\x00\x01\x00", (7, 5)),
        (b"", None),
        (b"\xff\xd8\xff", None),
        (b"\x89PNG\r\n\x1a\n", None),
        (png(7, 5).replace(b"IHDR\0\0\0\x07", b"IHDR\0\0\0\0"), None),
    ],
)
def test_size_of_a_picture_is_read_from_its_first_bytes(content: bytes, size: tuple[int, int] | None) -> None:
    assert picture_size(content) == size
