// What the person did and the server has not yet taken. Every action keeps its name until then, so that it is said as
// often as it must be and taken once. Messages outlive a reload; taps and files do not.

import { recall, remember } from "./dom.js";

export class Outbox {
  constructor(key) {
    this.key = key;
    this.waiting = new Map(recall(localStorage, key, []).map((action) => [action.client, action]));
  }

  add(action) {
    this.waiting.set(action.client, action);
    this.keep();
  }

  settle(client) {
    const action = this.waiting.get(client);
    this.waiting.delete(client);
    this.keep();
    return action;
  }

  all() {
    return [...this.waiting.values()];
  }

  messages() {
    return this.all().filter((action) => action.do !== "tap");
  }

  keep() {
    remember(localStorage, this.key, this.all().filter((action) => action.do === "text" || action.do === "contact"));
  }
}
