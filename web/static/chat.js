// The page: what the server says goes to the log, the keyboard and the menu; what the person does goes to the outbox.

import { byId, newName, recall, remember } from "./dom.js";
import { Badge } from "./badge.js";
import { Composer } from "./composer.js";
import { Line } from "./line.js";
import { Log } from "./log.js";
import { Outbox } from "./outbox.js";

const boot = JSON.parse(byId("boot").textContent);
const query = identity();
const whose = query.get("as") === "stranger" ? `stranger${query.get("visitor")}` : query.get("as") ?? "me";
const about = { words: boot.words, language: boot.language, fileAddress: (id) => `/files/${id}?${query}` };
const log = new Log(about, `relais:place:${whose}`);
const outbox = new Outbox(`relais:outbox:${whose}`);
const badge = new Badge();
const tapped = new Map();
const PATIENCE = 3;
let open = false;
let busy = false;
let heard = 0;
let quiet = 0;

/** Who one is, as the server reads it: a personal key, or in a sample network the person that was chosen. */
function identity() {
  const here = new URLSearchParams(location.search);
  const kept = new URLSearchParams();
  for (const name of ["key", "as"]) if (here.has(name)) kept.set(name, here.get(name));
  if (kept.get("as") === "stranger") {
    const number = recall(localStorage, "relais:visitor", 0) || 1 + Math.floor(Math.random() * 2_000_000_000);
    remember(localStorage, "relais:visitor", number);
    kept.set("visitor", number);
  }
  kept.set("language", navigator.language);
  return kept;
}

const composer = new Composer({
  text: (text) => act({ do: "text", text }),
  contact: (phone) => act({ do: "contact", phone }),
  file: (file) => act({ do: "file", file }),
  tooBig: () => toast(about.words.too_big),
});

function act(action) {
  const named = { ...action, client: action.client ?? newName() };
  outbox.add(named);
  if (named.do !== "tap") {
    log.wait(named);
    log.toEnd(true);
    byId("start").hidden = true;
  }
  deliver(named);
  return named.client;
}

function deliver(action) {
  action.heard = heard;
  if (action.do === "file") return upload(action);
  return line.say(action);
}

async function upload(action) {
  if (!open || action.under) return;
  action.under = true;
  const form = new FormData();
  form.set("file", action.file, action.file.name);
  form.set("client", action.client);
  const answer = await fetch(`/files?${query}`, { method: "POST", body: form }).catch(() => null);
  action.under = false;
  if (answer?.ok) taken(action.client);
  else if (answer && answer.status < 500) refused(action.client);
  else if (answer) missed({ client: action.client });
}

function taken(client) {
  const action = outbox.settle(client);
  if (action && action.do !== "tap" && action.heard === heard) expect(); // else the answer was faster
}

/** It will never be taken so: sent again, it is another action. */
function refused(client) {
  leave(client, { client: undefined });
}

/** Shows that it was not sent; `anew` is what changes when the person sends it again. */
function leave(client, anew) {
  const action = outbox.settle(client);
  rest(client);
  if (action && action.do !== "tap") {
    outbox.failed = { ...outbox.failed, [client]: { ...action, ...anew } };
    log.wait({ ...action, reference: anew.reference }, true);
  }
}

/** It could not be taken this time: say it again soon, under the same name; after some times, leave it to the person. */
function missed({ client, reference }) {
  const action = outbox.waiting.get(client);
  if (!action) return;
  action.missed = (action.missed ?? 0) + 1;
  if (action.missed <= PATIENCE) setTimeout(() => outbox.waiting.has(client) && deliver(action), 2000 * action.missed);
  else leave(client, { client, reference, missed: 0 });
}

/** Shows that an answer is being prepared, unless it comes at once. */
function expect() {
  clearTimeout(quiet);
  quiet = setTimeout(() => typing(true), 350);
}

function typing(shown) {
  clearTimeout(quiet);
  busy = shown;
  byId("typing").hidden = !shown;
  if (shown) {
    quiet = setTimeout(() => typing(false), 6000);
    if (log.atEnd) log.toEnd(true);
  }
  status();
}

function status() {
  const { connecting, typing: writes, about: calm } = about.words;
  byId("status").textContent = open ? (busy ? writes : calm) : connecting;
  document.body.classList.toggle("offline", !open);
}

function hear(event) {
  const hearing = {
    hello, typing: () => typing(true), commands: () => composer.menu.set(event.commands, about.words),
    message: () => { if (!event.message.mine) arrived(event.message); log.add(event.message, event.days); mark(); },
    gone: () => log.remove(event.id), ack: () => taken(event.client), refused: () => refused(event.client), failed: () => missed(event),
    keyboard: () => composer.setKeyboard(event.keyboard, event.placeholder),
    answer: () => answered(event), clock: () => clock(event),
  };
  hearing[event.type]?.(event);
}

function arrived({ id }) {
  heard += 1;
  typing(false);
  if (!log.drawn.has(String(id))) badge.count();
}

function hello(event) {
  const anew = event.language !== about.language;
  Object.assign(about, { words: event.words, language: event.language });
  dress(event);
  log.sync(event.messages, event.days, outbox.messages(), anew);
  composer.setKeyboard(event.keyboard, event.placeholder);
  composer.menu.set(event.commands, event.words);
  byId("start").hidden = !log.isEmpty;
}

/** Puts the page's own words in their places. */
function dress({ words, language, title, summary, empty, me }) {
  document.documentElement.lang = language;
  badge.name(boot.sample && me ? `${me} · ${title}` : title);
  byId("title").textContent = title;
  byId("title").title = summary;
  byId("empty").querySelector("p").textContent = empty;
  byId("start").textContent = words.start;
  for (const [id, word] of [["theme", "theme"], ["newest", "newest"], ["log", "conversation"], ["clock", "clock"]]) {
    byId(id).setAttribute("aria-label", words[word]);
  }
  byId("theme").title = words.theme;
  byId("alert").querySelector("button").textContent = words.close;
  [words.day, words.week, words.month].forEach((word, place) => { byId("clock").querySelectorAll("button")[place].textContent = word; });
  byId("me").hidden = !(boot.sample && me);
  byId("me").textContent = me ?? "";
  byId("me").title = words.change_person;
  byId("me").setAttribute("aria-label", `${me}: ${words.change_person}`);
  composer.dress(words);
}

function clock({ label, short }) {
  byId("clock").hidden = false;
  byId("hour").textContent = short;
  byId("hour").title = label;
}

// Buttons under bubbles -----------------------------------------------------------------------------------------

function tap(button) {
  const message = Number(button.closest("[data-id]").dataset.id);
  const client = act({ do: "tap", message, data: button.dataset.data });
  log.expect(message);
  tapped.set(client, { message, place: button.dataset.place });
  mark();
  setTimeout(() => rest(client), 15_000);
}

function answered({ client, text, alert }) {
  if (!tapped.has(client)) return; // another window tapped
  rest(client);
  if (text && alert) {
    byId("alert").querySelector("p").textContent = text;
    byId("alert").showModal();
  } else if (text) toast(text);
}

function rest(client) {
  tapped.delete(client);
  mark();
}

/** Turns the sign on the buttons whose taps wait for their answer. */
function mark() {
  const turning = new Set([...tapped.values()].map(({ message, place }) => `[data-id="${message}"] [data-place="${place}"]`));
  for (const button of document.querySelectorAll(".key.busy")) button.classList.remove("busy");
  for (const where of turning) byId("log").querySelector(where)?.classList.add("busy");
}

function toast(text) {
  const element = byId("toast");
  element.textContent = text;
  element.classList.add("shown");
  clearTimeout(element.timer);
  element.timer = setTimeout(() => element.classList.remove("shown"), 3500);
}

byId("log").addEventListener("click", ({ target }) => {
  const at = (selector) => target.closest(selector);
  if (at("[data-data]")) tap(at("[data-data]"));
  else if (at("[data-copy]")) navigator.clipboard?.writeText(at("[data-copy]").dataset.copy).then(() => toast(about.words.copied));
  else if (at("[data-send]")) act({ do: "text", text: at("[data-send]").dataset.send });
  else if (at("[data-again]")) again(at("[data-again]").dataset.again);
  else if (at("[data-spoiler]")) at("[data-spoiler]").classList.add("seen");
  else if (at("blockquote.folded") && !getSelection().toString()) at("blockquote.folded").classList.toggle("unfolded");
});

byId("log").addEventListener("keydown", (event) => {
  const target = event.target.closest("[data-spoiler], blockquote.folded");
  if (target && (event.key === "Enter" || event.key === " ")) { event.preventDefault(); target.click(); }
});

function again(client) {
  const action = outbox.failed?.[client];
  log.drop(client);
  if (action) act({ ...action, under: false });
}

byId("start").addEventListener("click", () => act({ do: "text", text: "/start" }));
byId("clock").addEventListener("click", ({ target }) => {
  if (target.dataset.days) line.say({ do: "advance", days: Number(target.dataset.days) });
});
byId("theme").addEventListener("click", () => {
  const root = document.documentElement;
  const dark = root.dataset.theme ? root.dataset.theme === "dark" : matchMedia("(prefers-color-scheme: dark)").matches;
  root.dataset.theme = dark ? "light" : "dark";
  try { localStorage.setItem("relais:theme", root.dataset.theme); } catch { /* for this page only */ }
});

dress(boot);
const line = new Line(`${location.protocol === "https:" ? "wss" : "ws"}://${location.host}/socket?${query}`, hear, (isOpen) => {
  open = isOpen;
  if (!open) typing(false);
  status();
  if (open) for (const action of outbox.all()) deliver(action);
  if (open) begin();
});

/** A link such as a badge's opens the page with what follows /start; it is sent once. */
function begin() {
  const code = new URLSearchParams(location.search).get("start");
  if (!/^[A-Za-z0-9_-]{1,64}$/.test(code ?? "")) return;
  const rest = new URL(location.href);
  rest.searchParams.delete("start");
  history.replaceState(null, "", rest);
  act({ do: "text", text: `/start ${code}` });
}
status();
