// The conversation: bubbles in their order, days between them, and the place where one reads.

import { byId, calm, make, recall, remember } from "./dom.js";
import { drawBubble } from "./bubbles.js";

const NEAR = 48;

export class Log {
  constructor(about, key) {
    Object.assign(this, { about, key, log: byId("log"), scroller: byId("scroll"), newest: byId("newest") });
    Object.assign(this, { drawn: new Map(), days: {}, unread: 0, atEnd: true, begun: false });
    this.scroller.addEventListener("scroll", () => this.scrolled(), { passive: true });
    this.newest.addEventListener("click", () => this.toEnd(true));
    addEventListener("pagehide", () => this.keep());
    new ResizeObserver(() => this.atEnd && this.toEnd()).observe(this.scroller);
    new ResizeObserver(() => this.atEnd && this.toEnd()).observe(this.log);
  }

  /** Shows exactly these bubbles, changing only what differs; `pending` are those that the server has not yet. */
  sync(messages, days, pending, anew) {
    this.days = days;
    this.log.setAttribute("aria-live", "off");
    this.log.classList.add("still");
    const known = new Set(messages.map(({ id }) => String(id)));
    for (const id of [...this.drawn.keys()]) if (!known.has(id)) this.remove(id);
    for (const message of messages) this.put(message, anew);
    this.separate();
    for (const action of pending) this.wait(action);
    if (!this.begun) this.begin();
    clearTimeout(this.waking);
    this.waking = setTimeout(() => {
      this.log.classList.remove("still");
      this.log.setAttribute("aria-live", "polite");
    }, 300);
  }

  begin() {
    this.begun = true;
    const place = recall(sessionStorage, this.key, null);
    const element = place && this.drawn.get(place.id)?.element;
    if (!element) return this.toEnd();
    this.atEnd = false;
    this.scroller.scrollTop = element.offsetTop - place.offset;
    this.scrolled();
  }

  /** Adds a bubble at the end, or changes the one of the same number. */
  add(message, days) {
    Object.assign(this.days, days);
    const isNew = !this.drawn.has(String(message.id));
    const stay = this.atEnd || message.mine || message.id === this.tapped;
    const element = this.put(message);
    this.separate();
    if (element && !isNew) this.flash(element);
    if (stay) this.reveal(element);
    else if (isNew) this.count(this.unread + 1);
  }

  /** Goes to the end, but not past the beginning of what is to be read: a high bubble, or the one that was tapped. */
  reveal(element) {
    const below = element ? this.scroller.scrollHeight - element.offsetTop : 0;
    if (!element || element.classList.contains("mine") || below <= this.scroller.clientHeight) return this.toEnd(!calm());
    this.atEnd = false;
    this.scroller.scrollTo({ top: element.offsetTop - 8, behavior: "instant" });
    this.count(0);
  }

  put(message, anew = false) {
    const id = String(message.id);
    const same = JSON.stringify(message);
    const before = this.drawn.get(id);
    if (before?.same === same && !anew) return null;
    const element = drawBubble(message, this.about);
    const waiting = message.client && this.log.querySelector(`[data-client="${CSS.escape(message.client)}"]:not([data-id])`);
    if (before) before.element.replaceWith(element);
    else if (waiting) { waiting.remove(); this.place(element); } else this.place(element);
    this.drawn.set(id, { element, same });
    return element;
  }

  place(element) {
    const waiting = this.log.querySelector(".message:not([data-id])");
    if (waiting) waiting.before(element);
    else this.log.append(element);
  }

  /** Shows what the server has not taken yet. */
  wait(action, failed = false) {
    const name = CSS.escape(action.client);
    if (this.log.querySelector(`[data-client="${name}"][data-id]`)) return;
    const message = { mine: true, client: action.client, pending: !failed, failed, reference: action.reference, text: action.text, file: action.file && local(action.file) };
    if (action.do === "contact") message.contact = { phone_number: action.phone };
    const element = drawBubble(message, this.about);
    const before = this.log.querySelector(`[data-client="${name}"]`);
    if (before) before.replaceWith(element);
    else this.log.append(element);
    this.separate();
  }

  drop(client) {
    this.log.querySelector(`[data-client="${CSS.escape(client)}"]:not([data-id])`)?.remove();
  }

  remove(id) {
    this.drawn.get(String(id))?.element.remove();
    this.drawn.delete(String(id));
    this.separate();
  }

  /** Puts the days between the bubbles, and a tail on the last of each side's run. */
  separate() {
    let day = "";
    let last = null;
    for (const element of [...this.log.children]) {
      if (element.classList.contains("day")) {
        if (element.nextElementSibling?.dataset.day !== element.dataset.of || element.dataset.of === day) element.remove();
        else { day = element.dataset.of; this.name(element.firstChild, day); last = null; }
        continue;
      }
      if (element.dataset.day && element.dataset.day !== day) {
        day = element.dataset.day;
        element.before(make("div", { className: "day", dataset: { of: day } }, make("span", {}, this.days[day] ?? day)));
        last = null;
      }
      const follows = last?.classList.contains("mine") === element.classList.contains("mine");
      element.classList.toggle("follows", Boolean(last) && follows);
      if (last && follows) last.classList.remove("tail");
      element.classList.add("tail");
      last = element;
    }
    byId("empty").hidden = this.log.childElementCount > 0;
  }

  /** Names a day; a name that stays is not written again, or it would be read aloud again. */
  name(element, day) {
    const name = this.days[day] ?? day;
    if (element.textContent !== name) element.textContent = name;
  }

  flash(element) {
    element.classList.add("changed");
    element.addEventListener("animationend", () => element.classList.remove("changed"), { once: true });
  }

  /** Remembers which bubble the person tapped last: what becomes of it is to be seen. */
  expect(id) {
    this.tapped = id;
  }

  get isEmpty() {
    return this.log.childElementCount === 0;
  }

  toEnd(smooth = false) {
    this.atEnd = true;
    this.scroller.scrollTo({ top: this.scroller.scrollHeight, behavior: smooth ? "smooth" : "instant" });
    this.count(0);
  }

  scrolled() {
    const { scrollTop, scrollHeight, clientHeight } = this.scroller;
    const left = scrollHeight - scrollTop - clientHeight;
    const down = scrollTop >= (this.last ?? 0);
    this.last = scrollTop;
    if (left < 2 || (left < NEAR && down)) this.atEnd = true;
    else if (!down) this.atEnd = false;
    if (this.atEnd) this.count(0);
    this.newest.hidden = this.atEnd;
    clearTimeout(this.keeping);
    this.keeping = setTimeout(() => this.keep(), 250);
  }

  /** Remembers the first bubble in sight, for a reload. */
  keep() {
    const top = this.scroller.scrollTop;
    const first = [...this.log.querySelectorAll("[data-id]")].find((element) => element.offsetTop + element.offsetHeight > top);
    remember(sessionStorage, this.key, this.atEnd || !first ? null : { id: first.dataset.id, offset: first.offsetTop - top });
  }

  count(unread) {
    this.unread = unread;
    this.newest.lastElementChild.textContent = unread || "";
    this.newest.hidden = this.atEnd;
  }
}

function local(file) {
  return { name: file.name, size: file.size, local: "" };
}
