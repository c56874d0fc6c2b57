// Sends N messages through grammY.
const { Bot } = require("grammy");
const { API, TOKEN, TEXT, markup, runSenders } = require("./common");
const bot = new Bot(TOKEN, { client: { apiRoot: API } });
runSenders((chat) => bot.api.sendMessage(chat, TEXT, { reply_markup: markup(), parse_mode: "HTML" }));
