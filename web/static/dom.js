// Small helpers over the page's elements and the browser's storage.

export const byId = (id) => document.getElementById(id);

/** Makes an element; `children` are nodes or texts. Texts are never read as HTML. */
export function make(tag, properties = {}, ...children) {
  const { dataset, ...rest } = properties;
  const element = Object.assign(document.createElement(tag), rest);
  Object.assign(element.dataset, dataset);
  element.append(...children.filter((child) => child !== null && child !== undefined));
  return element;
}

/** Makes one of the icons that index.html defines. */
export function icon(name) {
  const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  const use = document.createElementNS("http://www.w3.org/2000/svg", "use");
  use.setAttribute("href", `#i-${name}`);
  svg.setAttribute("aria-hidden", "true");
  svg.append(use);
  return svg;
}

/** Reads a JSON value that was kept; `otherwise` if there is none or storage is closed. */
export function recall(storage, key, otherwise) {
  try { return JSON.parse(storage.getItem(key)) ?? otherwise; } catch { return otherwise; }
}

/** Keeps a JSON value; a browser that keeps nothing loses only comfort. */
export function remember(storage, key, value) {
  try { storage.setItem(key, JSON.stringify(value)); } catch { /* full or closed */ }
}

/** Names an action so that the server takes it once. */
export function newName() {
  const bytes = crypto.getRandomValues(new Uint8Array(12));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}

export const calm = () => matchMedia("(prefers-reduced-motion: reduce)").matches;
