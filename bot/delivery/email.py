"""The third channel: e-mail, for what the assistant starts by itself to those who are not reached elsewhere."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import structlog

from bot.clock import Clock
from bot.delivery.calls import Call
from bot.delivery.letters import METHOD
from bot.delivery.mime import Letter, Sender, address_of, write
from bot.delivery.outcome import Outcome
from bot.delivery.references import message_id
from bot.delivery.smtp import MailServer
from locales import Catalogues
from storage import mailboxes
from storage.database import Database
from storage.mailboxes import Mailbox

_log = structlog.get_logger()
EMAIL = "email"
PAUSE = 300.0
"""Seconds that no letter is sent after the mail server refused who we are: somebody has to mend the settings."""
LinkOf = Callable[[str, str], str | None]
"""From a person's code and the letter's language to an address of their own; None if there is none."""


class EmailApi:
    """Sends letters (``bot.delivery.letters``); no other call."""

    def __init__(
        self,
        database: Database,
        server: MailServer,
        sender: Sender,
        catalogues: Catalogues,
        clock: Clock,
        *,
        page: LinkOf,
        unsubscribe: LinkOf,
        secret: str,
        bounces: str | None = None,
    ) -> None:
        """Take where letters are handed over, in whose name, and what gives a reader's own links.

        ``secret`` signs the Message-IDs; ``bounces`` is the address to which letters come back, the sender's if None.
        """
        self._database, self._server, self._sender = database, server, sender
        self._catalogues, self._clock, self._secret = catalogues, clock, secret
        self._page, self._unsubscribe = page, unsubscribe
        self._from = address_of("", sender.address)
        self._envelope = address_of("", bounces or sender.address).addr_spec
        self._trouble = ""

    async def make(self, call: Call) -> Outcome:
        """Send the letter; never raises.

        A mail server that refuses who we are asks for a wait of ``PAUSE``: other channels go on, nothing is lost.
        """
        try:
            outcome = await self._send(call)
        except Exception as error:  # what it says may hold an address
            _log.error("a letter could not be written", error=type(error).__name__)
            return Outcome("refused", reason="an error of ours")
        self._tell(outcome)
        if outcome.kind == "unauthorised":
            return Outcome("wait", seconds=PAUSE, reason=outcome.reason)
        return outcome

    async def _send(self, call: Call) -> Outcome:
        if call.method != METHOD:
            return Outcome("refused", reason=f"no letter: {call.method}")
        mailbox = await self._mailbox(call.parameters["chat_id"])
        if isinstance(mailbox, Outcome):
            return mailbox
        try:
            recipient = address_of("", mailbox.address).addr_spec
        except ValueError as error:
            return Outcome("unreachable", reason=str(error))
        try:
            content = await asyncio.to_thread(self._write, call.parameters, call.files, mailbox)
        except OSError as error:
            return Outcome("refused", reason=f"the file cannot be read: {error.strerror}")
        return await self._server.deliver(self._envelope, recipient, content)

    async def _mailbox(self, number: int) -> Mailbox | Outcome:
        """Return whom a letter to the person of that row goes to, or why it goes nowhere."""
        try:
            async with self._database.snapshot() as read:
                mailbox = await mailboxes.of(read, number)
        except Exception:
            _log.exception("the database is out of reach")
            return Outcome("busy", reason="the database is out of reach")
        if mailbox is None:
            return Outcome("refused", reason="there is no address any more")
        return Outcome("refused", reason="letters are unwanted") if mailbox.unsubscribed else mailbox

    def _write(self, parameters: Mapping[str, Any], files: Mapping[str, tuple[str, Path]], mailbox: Mailbox) -> bytes:
        language = parameters["language"]
        letter = Letter(
            reference=message_id(self._secret, parameters["row"], parameters["chat_id"], self._from.domain),
            name=mailbox.name,
            address=mailbox.address,
            html=parameters["html"],
            links=parameters["links"],
            page=self._page(mailbox.person, language),
            unsubscribe=self._unsubscribe(mailbox.person, language),
            attached=[(name, path.read_bytes()) for name, path in files.values()],
        )
        return write(letter, self._sender, self._catalogues[language], self._clock.now()).as_bytes()

    def _tell(self, outcome: Outcome) -> None:
        """Say in the log that letters go out no more, and that they do again; once each."""
        trouble = outcome.kind if outcome.kind in ("offline", "unauthorised") else ""
        if trouble and trouble != self._trouble:
            _log.error("the mail server is of no use", outcome=outcome.kind, reason=outcome.reason)
        elif outcome.kind == "sent" and self._trouble:
            _log.info("letters go out again")
        if trouble or outcome.kind == "sent":
            self._trouble = trouble
