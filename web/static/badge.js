// What came while nobody looked: its number stands before the page's title, and on the icon where that is installed.

export class Badge {
  constructor() {
    Object.assign(this, { number: 0, title: document.title });
    document.addEventListener("visibilitychange", () => document.hidden || this.set(0));
  }

  /** Names the page; what came while nobody looked stays before the name. */
  name(title) {
    this.title = title;
    this.set(this.number);
  }

  /** Counts a bubble, unless somebody looks. */
  count() {
    if (document.hidden) this.set(this.number + 1);
  }

  set(number) {
    this.number = number;
    document.title = number ? `(${number}) ${this.title}` : this.title;
    if (number) navigator.setAppBadge?.(number).catch(() => {});
    else navigator.clearAppBadge?.().catch(() => {});
  }
}
