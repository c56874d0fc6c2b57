// The list of commands over the text field: filtered while one types, walked with the arrow keys.

import { byId, make } from "./dom.js";

export class Menu {
  /** `choose(command)` is called with a command without its slash. */
  constructor(field, button, choose) {
    Object.assign(this, { field, button, choose, list: byId("menu"), commands: [], shown: [], active: -1, words: {} });
    this.list.addEventListener("mousedown", (event) => event.preventDefault()); // the field keeps the letters
    this.list.addEventListener("click", ({ target }) => {
      const item = target.closest("[data-command]");
      if (item) this.pick(item.dataset.command);
    });
    button.addEventListener("click", () => {
      if (this.open) return this.close();
      this.show("");
      this.field.focus({ preventScroll: true });
    });
  }

  get open() {
    return !this.list.hidden;
  }

  set(commands, words) {
    this.commands = commands;
    this.words = words;
    this.button.hidden = commands.length === 0;
    this.follow();
  }

  /** Follows what is typed. */
  follow() {
    const typed = /^\/(\w*)$/.exec(this.field.value);
    if (typed && this.commands.length) this.show(typed[1].toLowerCase());
    else this.close();
  }

  show(typed) {
    this.shown = this.commands.filter(({ command }) => command.startsWith(typed));
    this.list.replaceChildren(...this.shown.map(({ command, description }, place) => make(
      "li", { id: `command-${place}`, dataset: { command } },
      make("b", {}, `/${command}`), make("span", {}, description),
    )));
    if (!this.shown.length) this.list.append(make("li", { className: "none" }, this.words.no_command ?? ""));
    for (const item of this.list.children) item.setAttribute("role", "option");
    this.list.hidden = false;
    this.mark(typed && this.shown.length ? 0 : -1);
    this.expanded(true);
  }

  close() {
    this.list.hidden = true;
    this.expanded(false);
    this.field.removeAttribute("aria-activedescendant");
  }

  expanded(open) {
    this.button.setAttribute("aria-expanded", String(open));
  }

  mark(place) {
    this.active = place;
    [...this.list.children].forEach((item, number) => item.setAttribute("aria-selected", String(number === place)));
    if (place >= 0) this.field.setAttribute("aria-activedescendant", `command-${place}`);
    else this.field.removeAttribute("aria-activedescendant");
    this.list.children[place]?.scrollIntoView({ block: "nearest" });
  }

  pick(command) {
    this.close();
    this.choose(command);
  }

  /** Handles a key; returns whether it was for the menu. */
  key(event) {
    if (!this.open) return false;
    const count = this.shown.length;
    if (event.key === "Escape") this.close();
    else if (event.key === "ArrowDown" && count) this.mark((this.active + 1) % count);
    else if (event.key === "ArrowUp" && count) this.mark(this.active <= 0 ? count - 1 : this.active - 1);
    else if ((event.key === "Enter" || event.key === "Tab") && this.active >= 0 && !event.shiftKey) this.pick(this.shown[this.active].command);
    else return false;
    event.preventDefault();
    return true;
  }
}
