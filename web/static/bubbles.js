// One bubble: what is written, the file, the hour, the buttons below.

import { icon, make } from "./dom.js";
import { draw, languageOf } from "./text.js";

const STILL = "no1"; // what fills a place among buttons and is none: the days of the week over a calendar
const BLANK = "\u2800";
const UNITS = ["B", "kB", "MB"];

/** Draws a bubble; `about` gives the page's `words`, the reader's `language` and `fileAddress(id)`. */
export function drawBubble(message, about) {
  const { words, language } = about;
  const bubble = make("div", { className: "bubble" });
  bubble.append(make("span", { className: "unseen" }, `${message.mine ? words.you : words.name}: `));
  if (message.file) bubble.append(drawFile(message.file, about));
  if (message.contact) bubble.append(make("div", { className: "text" }, `👤 ${message.contact.phone_number}`));
  const meta = drawMeta(message, words);
  if (message.text) {
    const room = make("span", { className: "room" }, meta.textContent, message.mine ? "\u2003" : "");
    room.setAttribute("aria-hidden", "true");
    bubble.append(make("div", { className: "text" }, draw(message.text, message.entities, words), room));
  }
  bubble.append(meta);
  const kind = [message.mine ? "mine" : "theirs", message.pending && "pending", message.failed && "failed"];
  const picture = message.file?.picture;
  if (picture) bubble.classList.add(message.text ? "picture" : "bare");
  const element = make("article", { className: ["message", ...kind].filter(Boolean).join(" ") }, bubble);
  element.lang = languageOf(message.text ?? "", language);
  if (message.buttons?.length) element.append(drawButtons(message));
  if (message.failed) element.append(make("button", { type: "button", className: "again", dataset: { again: message.client } }, words.again));
  if (message.id) element.dataset.id = message.id;
  if (message.client) element.dataset.client = message.client;
  if (message.mine) element.setAttribute("aria-live", "off"); // one knows what one wrote
  element.dataset.day = message.day ?? "";
  return element;
}

function drawMeta(message, words) {
  const meta = make("span", { className: "meta" });
  if (message.edited) meta.append(make("span", {}, words.edited), " ");
  if (message.failed) meta.append(make("span", { className: "bad" }, [words.not_sent, message.reference].filter(Boolean).join(" · ")));
  else if (message.time) meta.append(make("time", {}, message.time));
  if (message.mine && !message.failed) {
    meta.append(icon(message.pending ? "wait" : "sent"));
    if (message.pending) meta.append(make("span", { className: "unseen" }, words.sending));
  }
  return meta;
}

function drawFile(file, { fileAddress, words }) {
  const address = file.local ?? fileAddress(file.id);
  if (file.picture) {
    const [width, height] = file.picture;
    const picture = make("img", { src: address, alt: words.picture, width, height, loading: "lazy", decoding: "async" });
    return make("a", { href: address, target: "_blank", rel: "noopener", className: "photo" }, picture);
  }
  const ending = (/\.([A-Za-z0-9]{1,4})$/.exec(file.name)?.[1] ?? "").toUpperCase();
  const detail = [ending, size(file.size)].filter(Boolean).join(" · ");
  const chip = [
    make("span", { className: "sheet" }, icon("file")),
    make("span", { className: "what" }, make("b", { dir: "auto" }, file.name), make("small", {}, detail)),
  ];
  if (file.local === "") return make("span", { className: "file" }, ...chip);
  return make("a", { className: "file", href: `${address}&download`, download: file.name }, ...chip);
}

function size(bytes) {
  let unit = 0;
  let value = bytes;
  while (value >= 1000 && unit < UNITS.length - 1) { value /= 1000; unit += 1; }
  return `${value < 10 && unit ? value.toFixed(1) : Math.round(value)} ${UNITS[unit]}`;
}

function drawButtons(message) {
  const rows = message.buttons.map((row, line) => make("div", { className: "row" }, ...row.map((button, place) => drawButton(button, `${line}.${place}`))));
  return make("div", { className: "buttons" }, ...rows);
}

function drawButton(button, place) {
  const label = make("span", { className: "label" }, button.text);
  if (button.url) {
    return make("a", { className: "key", href: button.url, target: "_blank", rel: "noopener noreferrer", lang: languageOf(button.text, document.documentElement.lang) }, label, icon("link"));
  }
  if (button.callback_data === STILL) return make("span", { className: "still" }, button.text === BLANK ? "" : button.text);
  const dataset = button.copy_text ? { copy: button.copy_text.text } : { data: button.callback_data };
  return make("button", { type: "button", className: "key", lang: languageOf(button.text, document.documentElement.lang), dataset: { ...dataset, place } }, label);
}
