// Taking a number. One touch issues one ticket; a touch that failed issues nothing, now or later: nothing is kept and sent
// again by itself. The id of a failed touch is used once more only when the same visitor touches the same queue again, so that
// a ticket whose answer was lost on the way is found instead of doubled. A device with a lane fails only when it can store nothing:
// while the node is gone it issues by itself, under the same id, so that the node finds the two to be one visit.

/**
 * @typedef {{ ok: boolean, status: number, body: any, failure: null | "unreachable" | "refused" | "unstored" }} Answer
 * @typedef {{ phase: "choosing" | "asking" | "ticket" | "failed", queue: string | null, ticket: any, failure: Answer | null }} TakeState
 * @typedef {{ post: (path: string, body: unknown) => Promise<Answer>, newId: () => string,
 *   lane?: () => null | ((queue: string, id: string) => Promise<any>), gone?: () => boolean }} Means
 *   lane: how this device issues by itself, null when it cannot; gone: whether the node is known to be gone
 */

/** @type {TakeState} */
export const CHOOSING = Object.freeze({ phase: "choosing", queue: null, ticket: null, failure: null });
const PATH = "/api/v1/tickets";

export class Taking {
  /** @param {Means} means */
  constructor(means) {
    this.means = means;
    /** @type {TakeState} */
    this.state = CHOOSING;
    /** @type {Map<string, string>} ids of failed touches of this visitor, by queue */
    this.tried = new Map();
    this.visit = 0;
    /** @type {Set<() => void>} */
    this.listeners = new Set();
  }

  /** The visitor touched a queue. A second touch while the first is on its way does nothing. @param {string} queue */
  async touch(queue) {
    if (this.state.phase === "asking" || this.state.phase === "ticket") return;
    const visit = this.visit;
    const id = this.tried.get(queue) ?? this.means.newId();
    this.tried.set(queue, id);
    this.become({ phase: "asking", queue, ticket: null, failure: null });
    const answer = await this.asked(id, queue);
    if (visit !== this.visit) return; // this visitor has left: the next one must not see the number
    const lane = answer.failure === "unreachable" ? this.means.lane?.() : null;
    if (lane) return this.issued(lane, id, queue);
    if (answer.ok) this.become({ phase: "ticket", queue, ticket: answer.body, failure: null });
    else this.become({ phase: "failed", queue, ticket: null, failure: answer });
  }

  /** The node's answer; of a node that is known to be gone none is awaited. @param {string} id @param {string} queue @returns {Promise<Answer>} */
  async asked(id, queue) {
    if (this.means.gone?.() && this.means.lane?.()) return { ok: false, status: 0, body: null, failure: "unreachable" };
    return this.means.post(PATH, { id, queue });
  }

  /** A number of the device's own lane; shown when it is stored, and not before. @param {(queue: string, id: string) => Promise<any>} lane @param {string} id @param {string} queue */
  async issued(lane, id, queue) {
    const visit = this.visit;
    try {
      const ticket = await lane(queue, id);
      if (visit === this.visit) this.become({ phase: "ticket", queue, ticket, failure: null });
    } catch {
      const failure = /** @type {Answer} */ ({ ok: false, status: 0, body: null, failure: "unstored" });
      if (visit === this.visit) this.become({ phase: "failed", queue, ticket: null, failure });
    }
  }

  /** The visitor is done or gone. */
  leave() {
    this.visit += 1;
    this.tried.clear();
    this.become(CHOOSING);
  }

  /** @param {TakeState} next */
  become(next) {
    this.state = Object.freeze(next);
    for (const listener of this.listeners) listener();
  }

  read = () => this.state;

  /** Call `listener` after every change. Returns how to stop. @param {() => void} listener */
  subscribe = (listener) => {
    this.listeners.add(listener);
    return () => {
      this.listeners.delete(listener);
    };
  };
}

/**
 * What the choosing page may offer. `up`: whether the node answers (null: not known yet).
 * @param {any[] | null} queues as `GET /api/v1/queues` gave them @param {boolean | null} up
 * @param {boolean} [able] whether this device issues by itself now
 * @returns {"unknown" | "gone" | "lane" | "closed" | "open"}
 */
export function offer(queues, up, able = false) {
  if (up === false) return able && queues ? "lane" : "gone";
  if (!queues) return "unknown";
  return queues.some((queue) => queue.open) ? "open" : "closed";
}

/** "A-017" is short; "A-K2-014" needs a smaller face. @param {string} number */
export const isLong = (number) => number.length > 6;
