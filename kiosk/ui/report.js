// An enrolled device tells the office computer every two seconds that it is there, which front end it runs, and how much waits
// on it; so it also hears at once that it was revoked. Whether a browser is one stands in a cookie that no script can read,
// so enrolment leaves a mark here: a visitor's phone has none and says nothing.

const MARK = "kiosk.device"; // of this device: stays when a visitor leaves
const ENROLLED = "in";
const LOST = "out";
const PATH = "/api/v1/devices/me";
const BY_ITSELF = "/api/v1/devices/demo";
const NOT_ENROLLED = "DEVICE-0401";
const EVERY_MS = 2000;
const PATIENCE_MS = 5000;

/**
 * @typedef {{ getItem(key: string): string | null, setItem(key: string, value: string): void }} Store
 * @typedef {{ store: () => Store, fetch: typeof fetch, build: () => string }} Means
 * @typedef {{ words: () => Promise<object>, answer: (told: any) => Promise<void>, alone: (work: () => Promise<void>) => Promise<void> }} Exchange
 *   what else a device says, what it does with the answer, and how one page of several does both
 */

/** @type {Exchange} */
const SILENT = { words: async () => ({}), answer: async () => undefined, alone: (work) => work() };

export class Reporter {
  /** @param {Means} means */
  constructor(means) {
    this.means = means;
    this.exchange = SILENT;
    this.telling = false;
    this.told = false; // whether the listeners know that it is lost
    /** @type {Set<() => number>} */
    this.counters = new Set();
    /** @type {Set<() => void>} */
    this.listeners = new Set();
  }

  /** What was marked here; null for a browser that never was a device. */
  marked() {
    try {
      return this.means.store().getItem(MARK);
    } catch {
      return null;
    }
  }

  /** Whether this browser was a device and is none any more. */
  lost() {
    return this.marked() === LOST;
  }

  /** @param {string} mark */
  mark(mark) {
    try {
      this.means.store().setItem(MARK, mark);
    } catch {
      // a store that is refused: the device works, and is not seen in the list
    }
    this.notice();
  }

  /** This browser was just enrolled. */
  enrolled() {
    this.mark(ENROLLED);
  }

  /** The node does not know this browser: a device that was one is one no more; a visitor's phone never was. */
  refused() {
    if (this.marked() === ENROLLED) this.mark(LOST);
  }

  /** Another tab may have marked it. */
  notice() {
    if (this.told === this.lost()) return;
    this.told = this.lost();
    for (const listener of this.listeners) listener();
  }

  /** How many entries wait on this device for the office computer. */
  waiting() {
    return [...this.counters].reduce((sum, count) => sum + count(), 0);
  }

  /** Tell, if this is a device and not telling already. */
  async tell() {
    this.notice();
    if (this.telling || this.marked() !== ENROLLED) return;
    this.telling = true;
    try {
      await this.exchange.alone(() => this.report());
    } catch {
      // the office computer is gone, or what answers is not the office computer: again in two seconds
    } finally {
      this.telling = false;
    }
  }

  async report() {
    const more = await this.exchange.words().catch(() => ({})); // a database that is refused: the device works, without a lane
    const answer = await this.post(PATH, { build: this.means.build(), waiting: this.waiting(), ...more });
    if (answer.ok) return this.exchange.answer(await answer.json());
    if (answer.status === 401 && (await answer.json()).code === NOT_ENROLLED && !(await this.post(BY_ITSELF, {})).ok) this.refused();
  }

  /** @param {string} path @param {unknown} body */
  post(path, body) {
    return this.means.fetch(path, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify(body),
      credentials: "same-origin",
      cache: "no-store",
      signal: AbortSignal.timeout(PATIENCE_MS),
    });
  }
}

const reporter = new Reporter({
  store: () => localStorage,
  fetch: (address, words) => fetch(address, words),
  build: () => document.documentElement.dataset.build ?? "",
});

/** This browser was just enrolled. */
export const deviceEnrolled = () => reporter.enrolled();

/** Whether this browser is an enrolled device. */
export const isDevice = () => reporter.marked() === ENROLLED;

/** What else is exchanged with every report. @param {Exchange} exchange */
export const exchangeWith = (exchange) => {
  reporter.exchange = exchange;
};

/** The node said that this browser is no device. */
export const deviceRefused = () => reporter.refused();

/** Whether this browser was a device and is none any more. */
export const isDeviceLost = () => reporter.lost();

/** Call `listener` when that changes. Returns how to stop. @param {() => void} listener */
export function subscribeDevice(listener) {
  reporter.listeners.add(listener);
  return () => {
    reporter.listeners.delete(listener);
  };
}

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
  const timer = setInterval(tick, EVERY_MS);
  return () => clearInterval(timer);
}
