// A clock that nobody can set: ms that have passed on this device, over reloads too. Between two pages, and while the device was
// off, the wall clock fills in what it can be believed; set back, or put right from 2019, it counts as no time at all.

const KEY = "kiosk.steady";
const BELIEVED_MS = 14 * 24 * 3600 * 1000;

/** @typedef {{ passed: number, wall: number }} Kept */

/** What had passed when a page begins at `wall`. @param {unknown} kept as it was stored @param {number} wall ms since 1970 */
export function resumed(kept, wall) {
  const { passed, wall: then } = /** @type {Kept} */ (kept !== null && typeof kept === "object" ? kept : {});
  if (typeof passed !== "number" || !Number.isFinite(passed) || passed < 0) return 0;
  const gap = typeof then === "number" ? wall - then : 0;
  return passed + (gap > 0 && gap < BELIEVED_MS ? gap : 0);
}

export class Steady {
  /** @param {{ store: () => Pick<Storage, "getItem" | "setItem">, wall: () => number, running: () => number }} means running: ms of this page */
  constructor(means) {
    this.means = means;
    this.base = resumed(this.kept(), means.wall()) - means.running();
  }

  /** @returns {unknown} */
  kept() {
    try {
      return JSON.parse(this.means.store().getItem(KEY) ?? "null");
    } catch {
      return null;
    }
  }

  /** Ms that have passed; never less than before. */
  now() {
    return this.base + this.means.running();
  }

  /** Remember it, for the next page. Of several pages the one that counted furthest is believed. */
  keep() {
    const other = /** @type {Kept | null} */ (this.kept());
    if (other && typeof other.passed === "number" && other.passed > this.now()) this.base = other.passed - this.means.running();
    try {
      this.means.store().setItem(KEY, JSON.stringify({ passed: Math.round(this.now()), wall: this.means.wall() }));
    } catch {
      // no room: the next page begins a little earlier
    }
  }
}

/** @type {Steady | null} */
let steady = null;

function own() {
  steady ??= new Steady({ store: () => localStorage, wall: Date.now, running: () => performance.now() });
  return steady;
}

/** Ms that have passed on this device. */
export const steadyNow = () => own().now();

/** Remember it now; who makes something durable calls this. */
export const keepSteady = () => own().keep();
