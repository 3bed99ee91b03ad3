// An enrolled device tells the office computer once a minute that it is there, which front end it runs, and how much waits on
// it. Whether a browser is one stands in a cookie that no script can read, so enrolment leaves a mark here: a visitor's phone
// has none and says nothing.

const MARK = "kiosk.device"; // of this device: stays when a visitor leaves
const PATH = "/api/v1/devices/me";
const EVERY_MS = 61_000; // the node writes once a minute: a little later than that is never too early
const LOOK_MS = 5000;
const PATIENCE_MS = 5000;

/**
 * @typedef {{ getItem(key: string): string | null, setItem(key: string, value: string): void, removeItem(key: string): void }} Store
 * @typedef {{ store: () => Store, fetch: typeof fetch, now: () => number, random: () => number, build: () => string }} Means  now: ms that never go back
 */

export class Reporter {
  /** @param {Means} means */
  constructor(means) {
    this.means = means;
    this.due = 0;
    /** @type {Set<() => number>} */
    this.counters = new Set();
  }

  /** Whether this browser was enrolled. */
  enrolled() {
    try {
      return this.means.store().getItem(MARK) !== null;
    } catch {
      return false;
    }
  }

  /** @param {boolean} is */
  mark(is) {
    try {
      if (is) this.means.store().setItem(MARK, "1");
      else this.means.store().removeItem(MARK);
      this.due = 0;
    } catch {
      // a store that is refused: the device works, and is not seen in the list
    }
  }

  /** How many entries wait on this device for the office computer. */
  waiting() {
    return [...this.counters].reduce((sum, count) => sum + count(), 0);
  }

  /** Tell, when it is time and this is a device. One that is none any more stops telling. */
  async tell() {
    if (!this.enrolled() || this.means.now() < this.due) return;
    this.due = this.means.now() + EVERY_MS * (1 + 0.2 * this.means.random());
    try {
      const answer = await this.means.fetch(PATH, {
        method: "POST",
        headers: { "content-type": "application/json" },
        body: JSON.stringify({ build: this.means.build(), waiting: this.waiting() }),
        credentials: "same-origin",
        cache: "no-store",
        signal: AbortSignal.timeout(PATIENCE_MS),
      });
      if (answer.status === 401) this.mark(false);
    } catch {
      // the office computer is gone: again in a minute
    }
  }
}

const reporter = new Reporter({
  store: () => localStorage,
  fetch: (address, words) => fetch(address, words),
  now: () => performance.now(),
  random: Math.random,
  build: () => document.documentElement.dataset.build ?? "",
});

/** This browser was just enrolled (or is no device any more). @param {boolean} is */
export const markDevice = (is = true) => reporter.mark(is);

/** A room counts what waits here. Returns how to stop. @param {() => number} count */
export function countWaiting(count) {
  reporter.counters.add(count);
  return () => {
    reporter.counters.delete(count);
  };
}

/** Begin to tell; `there` says whether the office computer answers. Returns how to stop. @param {() => boolean} there */
export function startReport(there) {
  const tick = () => {
    if (there()) void reporter.tell();
  };
  tick();
  const timer = setInterval(tick, LOOK_MS);
  return () => clearInterval(timer);
}
