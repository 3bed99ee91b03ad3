// Is the office computer there? A heartbeat on /healthz, quicker while it is gone, with jitter so that a hall full of
// screens does not ask at once. Two misses in a row mean gone; the moment of the first one is kept over a reload.

/**
 * @typedef {{ up: boolean | null, since: number | null }} LinkState  up: null = not asked yet; since: ms, while gone
 * @typedef {{ getItem(key: string): string | null, setItem(key: string, value: string): void, removeItem(key: string): void }} Store
 * @typedef {{ ask: () => Promise<boolean>, now: () => number, random: () => number, store: Store | null, every: number }} Means
 */

const KEY = "kiosk.link";
const MISSES = 2;
const SOON_MS = 400; // after a first miss
const GONE_MS = [1000, 1500, 2500, 4000]; // then slower, but never slower than the last
const PATIENCE_MS = 2500;

/** @type {LinkState} */
export const UNKNOWN = Object.freeze({ up: null, since: null });

/**
 * How long to wait before asking again. @param {number} misses in a row @param {number} every ms between beats when all is well
 * @param {number} random 0 to 1 @returns {number} ms, plus or minus a fifth
 */
export function pause(misses, every, random) {
  const plain = misses === 0 ? every : misses < MISSES ? SOON_MS : GONE_MS[Math.min(misses - MISSES, GONE_MS.length - 1)];
  return Math.round((plain ?? every) * (0.8 + 0.4 * random));
}

/** The heart: `beat()` asks once and gives the pause before the next one. */
export class Link {
  /** @param {Means} means */
  constructor(means) {
    this.means = means;
    this.misses = 0;
    /** @type {number | null} */
    this.firstMiss = null;
    /** @type {LinkState} */
    this.state = this.kept();
    /** @type {Set<() => void>} */
    this.listeners = new Set();
  }

  /** A page that is loaded while the node is gone knows since when. @returns {LinkState} */
  kept() {
    try {
      const since = JSON.parse(this.means.store?.getItem(KEY) ?? "null");
      return typeof since === "number" && since <= this.means.now() ? { up: false, since } : UNKNOWN;
    } catch {
      return UNKNOWN;
    }
  }

  /** @returns {Promise<number>} */
  async beat() {
    const there = await this.means.ask().catch(() => false);
    if (there) this.seen();
    else this.missed();
    return pause(this.misses, this.means.every, this.means.random());
  }

  /** Something just came from the node. */
  seen() {
    this.misses = 0;
    this.firstMiss = null;
    this.become({ up: true, since: null });
  }

  missed() {
    this.misses += 1;
    this.firstMiss ??= this.means.now();
    if (this.misses >= MISSES) this.become({ up: false, since: this.state.up === false ? this.state.since : this.firstMiss });
  }

  /** @param {LinkState} next */
  become(next) {
    if (next.up === this.state.up && next.since === this.state.since) return;
    this.state = Object.freeze(next);
    try {
      if (next.up === false) this.means.store?.setItem(KEY, JSON.stringify(next.since));
      else this.means.store?.removeItem(KEY);
    } catch {
      // a full or refused store: the state is right, only not kept
    }
    for (const listener of this.listeners) listener();
  }
}

/** @returns {Promise<boolean>} */
async function askNode() {
  const answer = await fetch("/healthz", { cache: "no-store", signal: AbortSignal.timeout(PATIENCE_MS) });
  return answer.ok;
}

const browser = typeof window !== "undefined";
const link = new Link({ ask: askNode, now: Date.now, random: Math.random, store: browser ? safeStore() : null, every: 5000 });
/** @type {ReturnType<typeof setTimeout> | undefined} */
let timer;
let asking = false;
let started = false; // a page without the heartbeat (a test, a prerendering) asks nothing

/** @returns {Store | null} */
function safeStore() {
  try {
    return window.localStorage;
  } catch {
    return null;
  }
}

/** Ask now; who just failed to reach the node calls this, so that the badge does not wait for the next beat. */
export async function doubtLink() {
  if (asking || !started) return;
  asking = true;
  clearTimeout(timer);
  const wait = await link.beat();
  asking = false;
  if (started) timer = setTimeout(doubtLink, wait);
}

/** Something just came from the node. */
export const seenLink = () => link.seen();

/** The state of now. The same object until it changes. @returns {LinkState} */
export const readLink = () => link.state;

/** Call `listener` after every change. Returns how to stop. @param {() => void} listener */
export function subscribeLink(listener) {
  link.listeners.add(listener);
  return () => {
    link.listeners.delete(listener);
  };
}

/** Begin to ask, every `every` ms when all is well. Returns how to stop. */
export function startLink(every = 5000) {
  link.means.every = every;
  started = true;
  const again = () => void doubtLink();
  window.addEventListener("online", again);
  window.addEventListener("offline", again);
  document.addEventListener("visibilitychange", again);
  again();
  return () => {
    started = false;
    clearTimeout(timer);
    window.removeEventListener("online", again);
    window.removeEventListener("offline", again);
    document.removeEventListener("visibilitychange", again);
  };
}
