// Answers every text with one fixed message: Telegraf.
const { Telegraf } = require("telegraf");
const { message } = require("telegraf/filters");
const { API, TOKEN, TEXT, markup } = require("./common");
const bot = new Telegraf(TOKEN, { telegram: { apiRoot: API } });
bot.on(message("text"), (ctx) => ctx.reply(TEXT, { reply_markup: markup(), parse_mode: "HTML" }));
bot.launch();
