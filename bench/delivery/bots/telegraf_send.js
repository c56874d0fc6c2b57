// Sends N messages through Telegraf.
const { Telegraf } = require("telegraf");
const { API, TOKEN, TEXT, markup, runSenders } = require("./common");
const bot = new Telegraf(TOKEN, { telegram: { apiRoot: API } });
runSenders((chat) => bot.telegram.sendMessage(chat, TEXT, { reply_markup: markup(), parse_mode: "HTML" }));
