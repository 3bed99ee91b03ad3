// Where finished answers go: on an enrolled screen into its outbox, sealed to the office computer's key and without a moment; on a
// visitor's phone into its own small queue. Either keeps them until the office has them, however long it is away.

/** @typedef {import("./form.js").Body} Body */
/**
 * @typedef {object} Means
 * @property {boolean} enrolled
 * @property {(kind: string, body: Body, words: { id: string, sealed: boolean, coarse: boolean }) => Promise<unknown>} put into the outbox
 * @property {(id: string, body: Body) => Promise<{ result: "taken" | "waits" | "refused" }>} keep on a phone
 * @property {(id: string, body: Body) => Promise<boolean>} post once, without keeping it
 * @property {() => Promise<never>} late rejects when the outbox had time enough: a store that hangs must not hold the screen
 */

export const KIND = "survey.answered";

/** Hand answers in. Gives whether they are kept for good. @param {{ id: string, body: Body }} answer @param {Means} means */
export async function handIn({ id, body }, { enrolled, put, keep, post, late }) {
  if (!enrolled) return (await keep(id, body)).result !== "refused";
  try {
    await Promise.race([put(KIND, body, { id, sealed: true, coarse: true }), late()]);
    return true;
  } catch {
    // No room, no key to seal with, or no word: what is not sealed is not kept on a screen in the hall. What is put after all is the same answer.
    return post(id, body);
  }
}

/** How many answers wait on this device for the office computer. @param {readonly { kind: string, stamp: unknown, held?: number }[]} entries */
export const waitingAnswers = (entries) => entries.filter(({ kind, stamp, held }) => kind === KIND && stamp === null && held === undefined).length;
