// The board's stream: one EventSource with our own patience. The browser's reconnecting waits long and never notices a node
// that lost its power: here a sign of life is expected, and the next try comes soon. The last picture is kept, and shown marked
// as old while the node is gone.

/**
 * @typedef {{ version: number, business_date: string, at: string, office: any, calls: any[], queues: any[] }} Picture
 * @typedef {{ picture: Picture | null, seen: number | null, live: boolean }} Feed  seen: ms when the node last said so
 * @typedef {{ addEventListener(name: string, heard: (event: any) => void): void, close(): void }} Source
 * @typedef {{
 *   open: (url: string) => Source, now: () => number, random: () => number,
 *   later: (what: () => void, ms: number) => any, never: (timer: any) => void,
 *   store: Pick<Storage, "getItem" | "setItem"> | null
 * }} Means
 */

export const URL_STREAM = "/api/v1/board/stream";
export const KEY = "kiosk.board";
export const SILENCE_MS = 35_000; // the node gives a sign of life every 15 seconds
const AGAIN_MS = [200, 500, 1000, 2000, 3000];
const FORGIVEN_MS = 1500; // a cut that heals sooner is not shown

/** How long to wait before the next try. @param {number} tries in a row @param {number} random 0 to 1 */
export function again(tries, random) {
  return Math.round(Number(AGAIN_MS[Math.min(tries, AGAIN_MS.length - 1)]) * (0.7 + 0.6 * random));
}

export class BoardFeed {
  /** @param {Means} means */
  constructor(means) {
    this.means = means;
    this.tries = 0;
    /** @type {Source | null} */
    this.source = null;
    /** @type {Record<string, any>} */
    this.timers = {};
    /** @type {(head: any) => void} the node's signed head, with every sign of life */
    this.onHead = () => undefined;
    /** @type {Set<() => void>} */
    this.listeners = new Set();
    /** @type {Feed} */
    this.feed = this.kept();
  }

  start() {
    this.connect();
    return () => this.stop();
  }

  stop() {
    this.source?.close();
    this.source = null;
    for (const name of Object.keys(this.timers)) this.clear(name);
  }

  connect() {
    this.clear("again");
    const source = this.means.open(URL_STREAM);
    this.source = source;
    const mine = (/** @type {(event: any) => void} */ heard) => (/** @type {any} */ event) => {
      if (source === this.source) heard(event);
    };
    source.addEventListener(
      "message",
      mine((event) => this.heard(event.data)),
    );
    source.addEventListener(
      "beat",
      mine((event) => this.beat(event.data)),
    );
    source.addEventListener(
      "error",
      mine(() => this.cut()),
    );
    this.watch();
  }

  /** @param {string} data */
  heard(data) {
    try {
      const picture = /** @type {Picture} */ (JSON.parse(data));
      this.alive(picture);
      this.means.store?.setItem(KEY, JSON.stringify({ picture, seen: this.means.now() }));
    } catch {
      // not our picture, or no room to keep it: the next one comes
    }
  }

  /** @param {string} data */
  beat(data) {
    this.alive(this.feed.picture);
    try {
      this.onHead(JSON.parse(data)?.head ?? null);
    } catch {
      // a sign of life that says nothing
    }
  }

  /** @param {Picture | null} picture */
  alive(picture) {
    this.tries = 0;
    this.clear("forgiven");
    this.become({ picture, seen: this.means.now(), live: true });
    this.watch();
  }

  /** The stream ended, or was silent for too long. */
  cut() {
    this.source?.close();
    this.source = null;
    this.clear("silence");
    if (this.feed.live && !this.timers.forgiven) {
      this.set("forgiven", () => this.become({ ...this.feed, live: false }), FORGIVEN_MS);
    }
    this.set("again", () => this.connect(), again(this.tries, this.means.random()));
    this.tries += 1;
  }

  watch() {
    this.set("silence", () => this.cut(), SILENCE_MS);
  }

  /** @returns {Feed} */
  kept() {
    try {
      const kept = JSON.parse(this.means.store?.getItem(KEY) ?? "null");
      if (kept?.picture && typeof kept.seen === "number") return { picture: kept.picture, seen: kept.seen, live: false };
    } catch {
      // nothing usable was kept
    }
    return { picture: null, seen: null, live: false };
  }

  /** @param {Feed} next */
  become(next) {
    this.feed = Object.freeze(next);
    for (const listener of this.listeners) listener();
  }

  /** @param {string} name @param {() => void} what @param {number} ms */
  set(name, what, ms) {
    this.clear(name);
    this.timers[name] = this.means.later(() => {
      delete this.timers[name];
      what();
    }, ms);
  }

  /** @param {string} name */
  clear(name) {
    if (name in this.timers) this.means.never(this.timers[name]);
    delete this.timers[name];
  }

  read = () => this.feed;

  /** Call `listener` after every change. Returns how to stop. @param {() => void} listener */
  subscribe = (listener) => {
    this.listeners.add(listener);
    return () => {
      this.listeners.delete(listener);
    };
  };
}

/** A feed of this browser. */
export function browserFeed() {
  /** @type {Storage | null} */
  let store = null;
  try {
    store = globalThis.localStorage;
  } catch {
    // refused: nothing is kept
  }
  return new BoardFeed({
    open: (url) => new EventSource(url),
    now: Date.now,
    random: Math.random,
    later: (what, ms) => setTimeout(what, ms),
    never: (timer) => clearTimeout(timer),
    store,
  });
}
