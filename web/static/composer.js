// The text field with its buttons, and the keyboard of suggested answers below it.

import { byId, make } from "./dom.js";
import { languageOf } from "./text.js";
import { Menu } from "./menu.js";

const LARGEST = 20 * 1024 * 1024;

export class Composer {
  /** `send.text(text)`, `send.contact(phone)`, `send.file(file)`, `send.tooBig()` take what is to be sent. */
  constructor(send) {
    Object.assign(this, { send, field: byId("text"), form: byId("composer"), keys: byId("keys"), keyboard: byId("keyboard") });
    Object.assign(this, { markup: null, asksPhone: false, words: {}, placeholder: "" });
    this.menu = new Menu(this.field, byId("slash"), (command) => this.say(`/${command}`));
    this.form.addEventListener("submit", (event) => { event.preventDefault(); this.submit(); });
    this.field.addEventListener("input", () => { this.grow(); this.menu.follow(); });
    this.field.addEventListener("keydown", (event) => this.key(event));
    this.field.addEventListener("focus", () => matchMedia("(pointer: coarse)").matches && this.unfold(false));
    this.field.addEventListener("blur", () => setTimeout(() => document.activeElement !== this.field && this.menu.close(), 150));
    this.keys.addEventListener("click", () => this.unfold(this.keyboard.hidden));
    this.keyboard.addEventListener("click", ({ target }) => this.press(target.closest("button")));
    byId("attach").addEventListener("click", () => byId("file").click());
    byId("file").addEventListener("change", ({ target }) => this.attach(target));
  }

  dress(words) {
    this.words = words;
    for (const [id, word] of [["send", "send"], ["attach", "attach"], ["slash", "commands"], ["keys", "keyboard"]]) {
      byId(id).setAttribute("aria-label", words[word]);
      byId(id).title = words[word];
    }
    this.hint();
  }

  hint() {
    const hint = this.asksPhone ? this.words.phone : this.placeholder || this.words.message;
    this.field.placeholder = hint;
    this.field.setAttribute("aria-label", hint);
    this.field.inputMode = this.asksPhone ? "tel" : "text";
  }

  key(event) {
    if (event.isComposing || event.keyCode === 229) return; // an input method is still making its letter
    if (this.menu.key(event)) return;
    if (event.key === "Enter" && !event.shiftKey) { event.preventDefault(); this.submit(); }
    if (event.key === "Escape") { this.unfold(false); this.ask(false); }
  }

  submit() {
    const text = this.field.value.trim();
    if (!text) return;
    this.field.value = "";
    this.menu.close();
    this.grow();
    if (this.asksPhone) this.send.contact(text);
    else this.send.text(text);
    this.ask(false);
  }

  say(text) {
    this.field.value = "";
    this.grow();
    this.send.text(text);
  }

  grow() {
    this.field.style.height = "auto";
    const border = this.field.offsetHeight - this.field.clientHeight;
    this.field.style.height = `${this.field.scrollHeight + border}px`;
    this.field.lang = languageOf(this.field.value, document.documentElement.lang);
    this.form.classList.toggle("written", this.field.value.trim() !== "");
  }

  ask(phone) {
    this.asksPhone = phone;
    this.hint();
    if (phone) this.field.focus();
  }

  attach(input) {
    const file = input.files[0];
    input.value = "";
    if (!file) return;
    if (file.size > LARGEST || file.size === 0) this.send.tooBig();
    else this.send.file(file);
  }

  /** Shows the keyboard that the assistant gave, or takes it away. */
  setKeyboard(markup, placeholder) {
    const changed = JSON.stringify(markup) !== JSON.stringify(this.markup);
    this.placeholder = placeholder;
    this.hint();
    if (!changed) return;
    this.markup = markup;
    this.keys.hidden = !markup;
    const rows = markup?.keyboard ?? [];
    this.keyboard.replaceChildren(...rows.map((row) => make("div", { className: "row" }, ...row.map((button) => make(
      "button", { type: "button", className: "key", lang: languageOf(button.text, document.documentElement.lang), dataset: { phone: button.request_contact ? "1" : "" } },
      button.text,
    )))));
    this.unfold(Boolean(markup));
  }

  unfold(open) {
    const shown = open && Boolean(this.markup);
    this.keyboard.hidden = !shown;
    this.keys.setAttribute("aria-expanded", String(shown));
    if (shown && matchMedia("(pointer: coarse)").matches) this.field.blur();
  }

  press(button) {
    if (!button) return;
    if (button.dataset.phone) this.ask(true);
    else this.send.text(button.textContent);
    if (this.markup?.one_time_keyboard) this.unfold(false);
  }
}
