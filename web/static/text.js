// Texts with entities (the Bot API's, in UTF-16 units, as JavaScript counts) become DOM nodes; nothing is parsed as HTML.

import { make } from "./dom.js";

const SAFE = /^(https?|tg|mailto|tel):/i;
const TAGS = {
  bold: "b", italic: "i", underline: "u", strikethrough: "s", code: "code",
  pre: "pre", blockquote: "blockquote", expandable_blockquote: "blockquote", spoiler: "span",
};

/** Returns the text as nodes; `words` are the page's own. */
export function draw(text, entities = [], words = {}) {
  const fragment = document.createDocumentFragment();
  fill(fragment, text, 0, text.length, [...entities], words);
  return fragment;
}

function fill(parent, text, start, end, entities, words) {
  let place = start;
  while (entities.length) {
    const entity = entities.shift();
    const from = Math.max(entity.offset, place);
    const to = Math.min(entity.offset + entity.length, end);
    if (to <= from) continue;
    const inside = [];
    while (entities.length && entities[0].offset < to) inside.push(entities.shift());
    parent.append(text.slice(place, from));
    const element = wrap(entity, text.slice(from, to), words);
    fill(element, text, from, to, inside, words);
    parent.append(element);
    place = to;
    if (isBlock(entity) && text[place] === "\n") place += 1; // a block ends its line by itself
  }
  if (place < end) parent.append(text.slice(place, end));
}

const isBlock = (entity) => ["pre", "blockquote", "expandable_blockquote"].includes(entity.type);

function wrap(entity, text, words) {
  switch (entity.type) {
    case "text_link": return link(entity.url);
    case "url": return link(/^https?:/i.test(text) ? text : `https://${text}`);
    case "email": return link(`mailto:${text}`);
    case "phone_number": return link(`tel:${text.replace(/[^+\d]/g, "")}`);
    case "bot_command": return make("button", { type: "button", className: "command", dataset: { send: text } });
    case "spoiler": return make("span", { className: "spoiler", tabIndex: 0, dataset: { spoiler: "" } });
    case "expandable_blockquote": return make("blockquote", { className: "folded", tabIndex: 0, title: words.more ?? "" });
    default: return make(TAGS[entity.type] ?? "span");
  }
}

function link(address) {
  if (!SAFE.test(address)) return make("span");
  return make("a", { href: address, target: "_blank", rel: "noopener noreferrer" });
}

/** Guesses a text's language by its letters, so that it gets its fonts and its line breaks. */
export function languageOf(text, reader) {
  const count = (pattern) => (text.match(pattern) ?? []).length;
  const khmer = count(/[\u1780-\u17ff]/g);
  const lao = count(/[\u0e80-\u0eff]/g);
  const latin = count(/[A-Za-zÀ-ɏ\u1e00-\u1eff]/g);
  if (khmer && khmer >= lao && khmer * 2 >= latin) return "km";
  if (lao && lao * 2 >= latin) return "lo";
  if (/[ăđơưĂĐƠƯ\u1ea0-\u1ef9]/.test(text)) return "vi";
  return latin && (reader === "km" || reader === "lo") ? "" : reader;
}
