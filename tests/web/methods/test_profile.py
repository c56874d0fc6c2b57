"""What the assistant says about itself."""

from __future__ import annotations

from typing import Any

from tests.web.stand import Stand


async def test_menu_is_the_most_particular_one(stand: Stand, mai: int) -> None:
    async def menu() -> list[str]:
        return [one["command"] for one in (await stand.channel.everything(mai))["commands"]]

    def commands(name: str) -> list[dict[str, str]]:
        return [{"command": name, "description": name}]

    scope = {"type": "chat", "chat_id": mai}
    assert await menu() == []
    await stand.call("setMyCommands", commands=commands("everybody"))
    assert await menu() == ["everybody"]
    await stand.call("setMyCommands", commands=commands("vietnamese"), language_code="vi")
    assert await menu() == ["vietnamese"]
    await stand.call("setMyCommands", commands=commands("private"), scope={"type": "all_private_chats"})
    assert await menu() == ["private"]
    await stand.call("setMyCommands", commands=commands("mine"), scope=scope)
    assert await menu() == ["mine"]
    assert await stand.call("getMyCommands", scope=scope) == commands("mine")
    assert await stand.call("getMyCommands", language_code="vi") == commands("vietnamese")
    await stand.call("deleteMyCommands", scope=scope)
    await stand.call("deleteMyCommands", scope={"type": "all_private_chats"})
    assert await menu() == ["vietnamese"]
    assert await stand.call("getMyCommands", scope=scope) == []


async def test_wrong_menu_is_refused(stand: Stand, mai: int) -> None:
    async def reason(name: str, description: str, **more: Any) -> str:
        commands = [{"command": name, "description": description}]
        return await stand.refusal("setMyCommands", commands=commands, **more)

    assert await reason("Ré", "x") == "Bot_command_invalid"
    assert await reason("x", " ") == "Bot_command_description_invalid"
    assert await reason("x", "x", scope={"type": "chat", "chat_id": 99}) == "Chat not found"
    assert await reason("x", "x", scope={"type": "moon"}) == "Botcommandscope has unsupported type specified"
    assert await stand.refusal("setMyCommands", commands="x") == "Can't parse commands json object"


async def test_name_and_descriptions_are_shown_in_the_readers_language(stand: Stand, mai: int) -> None:
    await stand.call("setMyName", name="The network")
    await stand.call("setMyName", name="Mạng lưới", language_code="vi")
    await stand.call("setMyDescription", description="Xin chào", language_code="vi")
    await stand.call("setMyShortDescription", short_description="Thư ký", language_code="vi")
    shown = await stand.channel.everything(mai)
    assert (shown["title"], shown["empty"], shown["summary"]) == ("Mạng lưới", "Xin chào", "Thư ký")
    await stand.call("setMyName", name="", language_code="vi")
    assert (await stand.channel.everything(mai))["title"] == "The network"
    assert await stand.refusal("setMyName", name="x" * 65) == "Name is too long"


async def test_menu_button_is_taken(stand: Stand, mai: int) -> None:
    assert await stand.call("setChatMenuButton", chat_id=mai, menu_button={"type": "commands"}) is True
    assert await stand.call("setChatMenuButton") is True
    assert await stand.refusal("setChatMenuButton", menu_button={"type": "x"}) == (
        "Menubutton has unsupported type specified"
    )


async def test_get_me_says_who_it_is(stand: Stand) -> None:
    me = await stand.call("getMe")
    assert (me["is_bot"], me["first_name"]) == (True, "Relais")
    assert await stand.call("getme") == me
