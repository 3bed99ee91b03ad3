// Where finished answers go: on an enrolled screen into its outbox, sealed to the office computer's key and without a moment; on a
// visitor's phone into its own small queue. Either keeps them until the office has them, however long it is away.

/** @typedef {import("./survey.js").Body} Body */
/**
 * @typedef {object} Means
 * @property {boolean} enrolled
 * @property {(kind: string, body: Body, words: { id: string, sealed: boolean, coarse: boolean }) => Promise<unknown>} put
 * @property {(id: string, body: Body) => Promise<unknown>} post
 */

export const KIND = "survey.answered";

/** Hand answers in. Gives whether they are kept for good. @param {{ id: string, body: Body }} answer @param {Means} means */
export async function handIn({ id, body }, { enrolled, put, post }) {
  if (enrolled) {
    try {
      await put(KIND, body, { id, sealed: true, coarse: true });
      return true;
    } catch {
      // no room, or no key to seal with: the office may be reached all the same
    }
  }
  try {
    await post(id, body);
    return true;
  } catch {
    return false;
  }
}

/** How many answers wait on this device for the office computer. @param {readonly { kind: string, stamp: unknown, state: string }[]} entries */
export const waitingAnswers = (entries) => entries.filter(({ kind, stamp, state }) => kind === KIND && stamp === null && state !== "held").length;
