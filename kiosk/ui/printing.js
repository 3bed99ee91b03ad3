// Printing a slip on the office's receipt printer: one touch, one slip. The node is asked once and never again by itself, because
// paper cannot be taken back; who wants a second try touches again.

/** @typedef {import("./post.js").Answer} Answer */
/** @typedef {{ phase: "ready" | "printing" | "printed" | "failed", said: string | null }} PrintState
 *   said: why it failed, in the node's words for this visitor; null: nobody answered */
/** @typedef {(path: string, body: unknown, means: { timeout: number, tries: number }) => Promise<Answer>} Post */

const TIMEOUT_MS = 30_000; // three slips before this one, and a printer that takes its time
const TOUCHED = ["kiosk", "tablet"];

/** @type {PrintState} */
export const READY = Object.freeze({ phase: "ready", said: null });

/** Whether this screen offers paper: one that visitors touch, in an office with a printer.
 * @param {{ printer?: boolean } | null} office as `GET /api/v1/office` told it @param {string | undefined} surface */
export const offersPaper = (office, surface) => office?.printer === true && TOUCHED.includes(surface ?? "");

export class Printing {
  /** @param {{ post: Post }} means */
  constructor({ post }) {
    this.post = post;
    this.state = READY;
    this.visit = 0;
    /** @type {Set<() => void>} */
    this.listeners = new Set();
  }

  /** The visitor touched the button. A second touch while the slip is being printed, or when it was, does nothing.
   * @param {string} path @param {unknown} body @param {{ path: string, body: unknown } | null} [then] a slip that follows a printed one; the
   *   first one is out whatever becomes of it */
  async print(path, body, then = null) {
    if (this.state.phase === "printing" || this.state.phase === "printed") return;
    const visit = this.visit;
    this.become({ phase: "printing", said: null });
    const answer = await this.post(path, body, { timeout: TIMEOUT_MS, tries: 1 });
    if (answer.ok && then && visit === this.visit) await this.post(then.path, then.body, { timeout: TIMEOUT_MS, tries: 1 });
    if (visit !== this.visit) return; // this visitor has left
    this.become(answer.ok ? { phase: "printed", said: null } : { phase: "failed", said: answer.body?.message ?? null });
  }

  /** The visitor, or the thing that was to be printed, is gone. */
  leave() {
    this.visit += 1;
    this.become(READY);
  }

  /** @param {PrintState} next */
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
