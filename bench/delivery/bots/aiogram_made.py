"""aiogram's bot and its keyboard."""

from aiogram import Bot
from aiogram.client.default import DefaultBotProperties
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.telegram import TelegramAPIServer
from aiogram.types import InlineKeyboardButton, InlineKeyboardMarkup
from common import API, BUTTONS, TOKEN


def bot() -> Bot:
    """A bot at the bench's server."""
    session = AiohttpSession(api=TelegramAPIServer.from_base(API))
    return Bot(TOKEN, session=session, default=DefaultBotProperties(parse_mode="HTML"))


def markup() -> InlineKeyboardMarkup:
    """Four buttons."""
    rows = [[InlineKeyboardButton(text=text, callback_data=data) for text, data in row] for row in BUTTONS]
    return InlineKeyboardMarkup(inline_keyboard=rows)
