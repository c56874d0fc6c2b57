"""Sends N messages through aiogram as it comes."""

import asyncio

from aiogram_made import bot, markup
from common import TEXT, run_senders


async def main() -> None:
    """Send."""
    async with bot() as sender:
        await run_senders(lambda chat: sender.send_message(chat, TEXT, reply_markup=markup()))


asyncio.run(main())
