// Where finished answers go: on an enrolled screen into its outbox, sealed to the office computer's key and without a moment; on a
// visitor's phone into its own small queue. Either keeps them until the office has them, however long it is away.

/** @typedef {import("./form.js").Body} Body */
/**
 * @typedef {object} Means
 * @property {boolean} enrolled
 * @property {(kind: string, body: Body, words: { id: string, sealed: boolean, coarse: boolean }) => Promise<unknown>} put into the outbox
 * @property {(id: string, body: Body) => Promise<{ result: "taken" | "waits" | "refused" }>} keep on a phone
 * @property {(id: string, body: Body) => Promise<boolean>} post once, without keeping it
 */

export const KIND = "survey.answered";

/** Hand answers in. Gives whether they are kept for good. @param {{ id: string, body: Body }} answer @param {Means} means */
export async function handIn({ id, body }, { enrolled, put, keep, post }) {
  if (!enrolled) return (await keep(id, body)).result !== "refused";
  try {
    await put(KIND, body, { id, sealed: true, coarse: true });
    return true;
  } catch {
    return post(id, body); // no room, or no key to seal with: what is not sealed is not kept on a screen in the hall
  }
}

/** How many answers wait on this device for the office computer. @param {readonly { kind: string, stamp: unknown, held?: number }[]} entries */
export const waitingAnswers = (entries) => entries.filter(({ kind, stamp, held }) => kind === KIND && stamp === null && held === undefined).length;
