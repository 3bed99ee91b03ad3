// Taking a number. One touch issues one ticket; a touch that failed issues nothing, now or later: nothing is kept and sent
// again by itself. The id of a failed touch is used once more only when the same visitor touches the same queue again, so that
// a ticket whose answer was lost on the way is found instead of doubled.

/**
 * @typedef {{ ok: boolean, status: number, body: any, failure: null | "unreachable" | "refused" }} Answer
 * @typedef {{ phase: "choosing" | "asking" | "ticket" | "failed", queue: string | null, ticket: any, failure: Answer | null }} TakeState
 * @typedef {{ post: (path: string, body: unknown) => Promise<Answer>, newId: () => string }} Means
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
    const answer = await this.means.post(PATH, { id, queue });
    if (visit !== this.visit) return; // this visitor has left: the next one must not see the number
    if (answer.ok) this.become({ phase: "ticket", queue, ticket: answer.body, failure: null });
    else this.become({ phase: "failed", queue, ticket: null, failure: answer });
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
 * @returns {"unknown" | "gone" | "closed" | "open"}
 */
export function offer(queues, up) {
  if (up === false) return "gone";
  if (!queues) return "unknown";
  return queues.some((queue) => queue.open) ? "open" : "closed";
}

/** "A-017" is short; "A-K2-014" needs a smaller face. @param {string} number */
export const isLong = (number) => number.length > 6;
