// The line to the server: opens a WebSocket, keeps it alive, and opens another one when it breaks.

const FIRST_WAIT = 500;
const LONGEST_WAIT = 30_000;
const PING_EVERY = 25_000;
const PATIENCE = 12_000;
const LOCKED = 4403;

export class Line {
  /** `hear(event)` gets what the server says; `turn(open)` is called when the line opens or breaks. */
  constructor(address, hear, turn) {
    Object.assign(this, { address, hear, turn, wait: FIRST_WAIT, socket: null, timer: 0 });
    addEventListener("online", () => this.hurry());
    addEventListener("offline", () => this.socket?.close());
    document.addEventListener("visibilitychange", () => document.hidden || this.hurry());
    setInterval(() => this.ping(), PING_EVERY);
    this.open();
  }

  open() {
    clearTimeout(this.timer);
    const socket = new WebSocket(this.address);
    this.socket = socket;
    socket.onmessage = ({ data }) => {
      clearTimeout(this.silence);
      const event = JSON.parse(data);
      if (event.type === "hello") this.wait = FIRST_WAIT;
      this.hear(event);
      if (event.type === "hello") this.turn(true);
    };
    socket.onclose = ({ code }) => socket === this.socket && this.broken(code);
  }

  broken(code) {
    clearTimeout(this.silence);
    this.turn(false);
    if (code === LOCKED) return location.reload();
    const wait = this.wait * (0.75 + Math.random() / 2);
    this.timer = setTimeout(() => this.open(), wait);
    if (this.wait > 4 * FIRST_WAIT) this.look();
    this.wait = Math.min(this.wait * 2, LONGEST_WAIT);
  }

  /** Asks whether the page itself may still be opened: a link expires. */
  async look() {
    const answer = await fetch(location.href, { cache: "no-store" }).catch(() => null);
    if (answer?.status === 403) location.reload();
  }

  /** Someone is looking, or the network is back: do not wait. */
  hurry() {
    if (this.socket.readyState === WebSocket.OPEN) return this.ping();
    if (this.socket.readyState !== WebSocket.CLOSED) return;
    this.wait = FIRST_WAIT;
    this.open();
  }

  ping() {
    if (!this.say({ do: "ping" })) return;
    clearTimeout(this.silence);
    this.silence = setTimeout(() => {
      const dead = this.socket;
      this.socket = { readyState: WebSocket.CLOSED };
      dead.close();
      this.broken(0);
    }, PATIENCE);
  }

  /** Says something now; returns false if the line is not open. */
  say(action) {
    if (this.socket.readyState !== WebSocket.OPEN) return false;
    this.socket.send(JSON.stringify(action));
    return true;
  }
}
