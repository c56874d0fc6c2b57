"""Sends N messages through python-telegram-bot, as its builder makes a bot."""

import asyncio

from common import API, BUTTONS, TEXT, TOKEN, run_senders
from telegram import InlineKeyboardButton, InlineKeyboardMarkup
from telegram.ext import ApplicationBuilder


async def main() -> None:
    """Send."""
    async with ApplicationBuilder().token(TOKEN).base_url(f"{API}/bot").pool_timeout(60).build().bot as bot:

        async def send(chat: int) -> None:
            rows = [[InlineKeyboardButton(text, callback_data=data) for text, data in row] for row in BUTTONS]
            await bot.send_message(chat, TEXT, reply_markup=InlineKeyboardMarkup(rows), parse_mode="HTML")

        await run_senders(send)


asyncio.run(main())
