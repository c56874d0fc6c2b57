// Answers every text with one fixed message: grammY with its runner, which handles updates side by side.
const { Bot } = require("grammy");
const { run } = require("@grammyjs/runner");
const { API, TOKEN, TEXT, markup } = require("./common");
const bot = new Bot(TOKEN, { client: { apiRoot: API } });
bot.on("message:text", (ctx) => ctx.reply(TEXT, { reply_markup: markup(), parse_mode: "HTML" }));
bot.init().then(() => run(bot));
