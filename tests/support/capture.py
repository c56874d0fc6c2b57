"""A request layer that opens no socket: it keeps every call as it travels, and answers as Telegram would."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import orjson
from telegram.error import TelegramError
from telegram.request import BaseRequest, RequestData

from tests.support.phone import Phone

Answer = tuple[int, bytes] | TelegramError


@dataclass(frozen=True)
class Recorded:
    """A call as it travelled: its parameters as a form carries them, its files by form field."""

    method: str
    params: Mapping[str, str]
    files: Mapping[str, tuple[str, Any]] = field(default_factory=dict)

    @property
    def for_check(self) -> dict[str, Any]:
        """The call as `tests/botapi/check_calls.py` reads it."""
        sizes = {name: {"filename": file[0], "size": len(file[1])} for name, file in self.files.items()}
        return {"method": self.method, "params": dict(self.params), "files": sizes}


class CapturingRequest(BaseRequest):
    """Keeps calls in `calls` and shows them on the phones of those they are for."""

    def __init__(self) -> None:
        self.calls: list[Recorded] = []
        self.phones: dict[int, Phone] = {}
        self.scripted: dict[str, list[Answer]] = {}
        """Answers to give instead of Telegram's, by method, each once."""
        self.sent_files: dict[str, bytes] = {}
        """What people have sent, by the name under which Telegram keeps it."""

    @property
    def read_timeout(self) -> float:
        return 1.0

    async def initialize(self) -> None: ...

    async def shutdown(self) -> None: ...

    def phone(self, chat: int) -> Phone:
        return self.phones.setdefault(chat, Phone(chat))

    async def do_request(
        self, url: str, method: str, request_data: RequestData | None = None, *timeouts: object, **named: object
    ) -> tuple[int, bytes]:
        if "/file/bot" in url:
            return 200, self.sent_files[url.rsplit("/", 1)[1]]
        assert request_data is not None
        files = {name: (str(file[0]), file[1]) for name, file in request_data.multipart_data.items()}
        call = Recorded(url.rsplit("/", 1)[1], request_data.json_parameters, files)
        self.calls.append(call)
        if self.scripted.get(call.method):
            answer = self.scripted[call.method].pop(0)
            if isinstance(answer, TelegramError):
                raise answer
            return answer
        return self._answer(call)

    def _answer(self, call: Recorded) -> tuple[int, bytes]:
        if call.method == "getMe":
            return ok({"id": 1, "is_bot": True, "first_name": "Relais", "username": "relais_bot"})
        if call.method == "getFile":
            return self._file(call.params["file_id"])
        if "chat_id" not in call.params:
            return ok(True)
        return ok(self.phone(int(call.params["chat_id"])).show(call.method, call.params, call.files))

    def _file(self, name: str) -> Answer:
        if name not in self.sent_files:
            return refusal(400, "Bad Request: wrong file_id or the file is temporarily unavailable")
        return ok({"file_id": name, "file_unique_id": name, "file_path": name})


def ok(result: object) -> tuple[int, bytes]:
    """Telegram's answer to a call that it accepts."""
    return 200, orjson.dumps({"ok": True, "result": result})


def refusal(code: int, description: str, **parameters: int) -> tuple[int, bytes]:
    """Telegram's answer to a call that it does not accept."""
    body: dict[str, object] = {"ok": False, "error_code": code, "description": description}
    if parameters:
        body["parameters"] = parameters
    return code, orjson.dumps(body)
