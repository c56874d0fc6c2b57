"""Answers every text with one fixed message: python-telegram-bot as it comes."""

from common import API, BUTTONS, TEXT, TOKEN
from telegram import InlineKeyboardButton, InlineKeyboardMarkup, Update
from telegram.ext import ApplicationBuilder, ContextTypes, MessageHandler, filters


async def answer(update: Update, _: ContextTypes.DEFAULT_TYPE) -> None:
    """Answer."""
    assert update.message is not None
    rows = [[InlineKeyboardButton(text, callback_data=data) for text, data in row] for row in BUTTONS]
    await update.message.reply_text(TEXT, reply_markup=InlineKeyboardMarkup(rows), parse_mode="HTML")


application = ApplicationBuilder().token(TOKEN).base_url(f"{API}/bot").build()
application.add_handler(MessageHandler(filters.TEXT, answer))
application.run_polling()
