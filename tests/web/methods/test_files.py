"""Bubbles with a file."""

from __future__ import annotations

import pytest
from telegram.error import BadRequest, InvalidToken

from tests.web.pictures import png
from tests.web.stand import Stand


async def test_document_is_kept_and_can_be_fetched(stand: Stand, mai: int) -> None:
    sent = await stand.call(
        "sendDocument",
        {"document": ("../Chương trình.pdf", b"%PDF")},
        chat_id=mai,
        caption="<i>x</i>",
        parse_mode="HTML",
    )
    document = sent["document"]
    assert (document["file_name"], document["mime_type"], document["file_size"]) == (
        "Chương trình.pdf",
        "application/pdf",
        4,
    )
    assert (sent["caption"], sent["caption_entities"][0]["type"]) == ("x", "italic")
    file = await stand.call("getFile", file_id=document["file_id"])
    assert await stand.request.retrieve(f"https://web.invalid/file/bot0:web/{file['file_path']}") == b"%PDF"
    again = await stand.call("sendDocument", chat_id=mai, document=document["file_id"])
    assert (again["document"]["file_name"], again["document"]["file_size"]) == ("Chương trình.pdf", 4)


async def test_photo_is_a_picture_or_refused(stand: Stand, mai: int) -> None:
    sent = await stand.call("sendPhoto", {"photo": ("view.png", png(32, 18))}, chat_id=mai)
    assert [(size["width"], size["height"]) for size in sent["photo"]] == [(32, 18)]
    with pytest.raises(BadRequest, match="Image_process_failed"):
        await stand.call("sendPhoto", {"photo": ("view.png", b"no picture")}, chat_id=mai)


async def test_refused_file_leaves_nothing_on_the_disk(stand: Stand, mai: int) -> None:
    with pytest.raises(BadRequest, match="Chat not found"):
        await stand.call("sendDocument", {"document": ("a.txt", b"a")}, chat_id=99)
    with pytest.raises(BadRequest, match="caption is too long"):
        await stand.call("sendDocument", {"document": ("a.txt", b"a")}, chat_id=mai, caption="x" * 1025)
    with pytest.raises(BadRequest, match="File must be non-empty"):
        await stand.call("sendDocument", {"document": ("a.txt", b"")}, chat_id=mai)
    assert [path for path in stand.folder.rglob("*") if path.is_file()] == []


async def test_file_that_is_not_there_is_refused(stand: Stand, mai: int) -> None:
    assert await stand.refusal("sendDocument", chat_id=mai) == "There is no document in the request"
    assert await stand.refusal("getFile", file_id="x") == "Wrong file identifier/http url specified"
    assert await stand.refusal("getFile", file_id="web-9") == "Wrong file_id or the file is temporarily unavailable"
    with pytest.raises(InvalidToken):
        await stand.request.retrieve("https://web.invalid/file/bot0:web/files/9")


async def test_file_that_is_gone_from_the_disk_is_refused(stand: Stand, mai: int) -> None:
    sent = await stand.call("sendDocument", {"document": ("a.txt", b"a")}, chat_id=mai)
    [path] = [path for path in stand.folder.rglob("*") if path.is_file()]
    path.unlink()
    reason = await stand.refusal("sendDocument", chat_id=mai, document=sent["document"]["file_id"])
    assert reason == "Wrong file_id or the file is temporarily unavailable"
    with pytest.raises(InvalidToken):
        await stand.request.retrieve("https://web.invalid/file/bot0:web/files/1")
