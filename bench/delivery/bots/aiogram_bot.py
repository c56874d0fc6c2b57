"""Answers every text with one fixed message: aiogram as it comes."""

import asyncio

from aiogram import Dispatcher, F
from aiogram.types import Message
from aiogram_made import bot, markup
from common import TEXT

dispatcher = Dispatcher()


@dispatcher.message(F.text)
async def answer(message: Message) -> None:
    """Answer."""
    await message.answer(TEXT, reply_markup=markup())


asyncio.run(dispatcher.start_polling(bot()))
