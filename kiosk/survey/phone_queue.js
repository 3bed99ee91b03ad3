// A visitor's phone is no device of the office: an answer waits in the phone's own storage until the office has it, and then nothing of
// it stays. What waits lies in the order of its random ids, without a moment.

/**
 * @typedef {{ id: string, body: any }} Waiting
 * @typedef {{ ok: boolean, status: number, body: any }} Answer
 * @typedef {{ result: "taken" | "waits" | "refused", code?: string, message?: string }} Outcome
 * @typedef {{ store: () => Pick<Storage, "getItem" | "setItem" | "removeItem">, post: (body: any) => Promise<Answer>,
 *   sleep: (ms: number) => Promise<void>, random: () => number }} Means  store: may throw, where the browser refuses it
 */

export const KEY = "kiosk.survey.waiting";
export const MOST = 20; // answers of one phone that wait at once
const AGAIN_MS = [2000, 5000, 15_000, 60_000, 120_000];
const LOOK_AGAIN = new Set([401, 403, 408, 425, 429]); // says nothing about the answer

/** @param {Answer} answer @returns {Outcome} */
export function outcome({ ok, status, body }) {
  if (ok) return { result: body?.result === "taken" ? "taken" : "waits" }; // the sign-in page of a network says 200 to anything
  const ours = typeof body?.code === "string" && typeof body?.reference === "string"; // anything else may say 404
  const refused = ours && status >= 400 && status < 500 && !LOOK_AGAIN.has(status);
  return refused ? { result: "refused", code: body.code, message: body.message ?? "" } : { result: "waits" };
}

export class PhoneQueue {
  /** @param {Means} means */
  constructor(means) {
    this.means = means;
    /** @type {Waiting[] | null} where nothing may be stored */
    this.memory = null;
    /** @type {Promise<void> | null} */
    this.going = null;
    /** @type {Set<() => void>} */
    this.listeners = new Set();
  }

  /** What waits. @returns {Waiting[]} */
  read() {
    if (this.memory) return this.memory;
    try {
      const found = JSON.parse(this.means.store().getItem(KEY) ?? "[]");
      return Array.isArray(found) ? found.filter((one) => typeof one?.id === "string") : [];
    } catch {
      return [];
    }
  }

  /** @param {Waiting[]} waiting */
  write(waiting) {
    const sorted = [...waiting].sort((one, other) => (one.id < other.id ? -1 : 1));
    try {
      if (this.memory) throw new Error("not stored");
      if (sorted.length > 0) this.means.store().setItem(KEY, JSON.stringify(sorted));
      else this.means.store().removeItem(KEY);
    } catch {
      this.memory = sorted; // as long as this page is open
    }
    for (const listener of this.listeners) listener();
  }

  /** @param {string} id */
  drop(id) {
    this.write(this.read().filter((one) => one.id !== id));
  }

  /**
   * Keep an answer and send it. Resolves when the office has it, refused it for good (then it does not wait), or did not answer: then it
   * waits. Rejects when too many wait already. @param {string} id random @param {any} body @returns {Promise<Outcome>}
   */
  async put(id, body) {
    const waiting = this.read();
    if (!waiting.some((one) => one.id === id)) {
      if (waiting.length >= MOST) throw new Error("too many answers wait on this phone");
      this.write([...waiting, { id, body }]);
    }
    const told = await this.send({ id, body });
    if (told.result === "waits") void this.go();
    return told;
  }

  /** @param {Waiting} one */
  async send({ id, body }) {
    const told = outcome(await this.means.post({ id, ...body }));
    if (told.result !== "waits") this.drop(id);
    return told;
  }

  /** Send what waits, ever more slowly, until nothing does. Two callers share one round. */
  go() {
    this.going ??= this.round().finally(() => {
      this.going = null;
    });
    return this.going;
  }

  async round() {
    for (let tries = 0; this.read().length > 0; tries += 1) {
      for (const one of this.read()) if ((await this.send(one)).result === "waits") break;
      if (this.read().length === 0) return;
      const pause = Number(AGAIN_MS[Math.min(tries, AGAIN_MS.length - 1)]);
      await this.means.sleep(Math.round(pause * (0.7 + 0.6 * this.means.random())));
    }
  }
}
