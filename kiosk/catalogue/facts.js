// What of a standard stands large above its page, and how its parts are told apart. Pure: a standard in, names of texts out.

/** @typedef {{ text: string, facts?: Record<string, unknown> }} Said  name of an island's text, and what fills its places */

/** Time limit as a short answer, or null where the document gives no number.
 * @param {any} time @returns {Said | null} */
export function timeFact(time) {
  if (Number.isInteger(time?.days)) return { text: time.days === 1 ? "one_day" : "days", facts: { count: time.days } };
  if (Number.isInteger(time?.working_days)) return { text: time.working_days === 1 ? "one_working_day" : "working_days", facts: { count: time.working_days } };
  return null;
}

/** Fee as a short answer, or null where the document gives no sum.
 * @param {any} fee @returns {Said | null} */
export function feeFact(fee) {
  if (!Number.isInteger(fee?.rupiah)) return null;
  return fee.rupiah === 0 ? { text: "free" } : { text: "rupiah", facts: { sum: rupiah(fee.rupiah) } };
}

/** Whole rupiah with points between thousands: 12500 is "12.500". @param {number} sum */
export const rupiah = (sum) => String(sum).replace(/\B(?=(\d{3})+$)/g, ".");

/** What to bring, in one line. A list that a ministry sets is not "nothing".
 * @param {{ listed: boolean, count: number } | null} asked @returns {Said} */
export function needFact(asked) {
  if (!asked) return { text: "needs_unknown" };
  if (!asked.listed) return { text: "needs_by_ministry" };
  return asked.count === 1 ? { text: "one_need" } : { text: "needs", facts: { count: asked.count } };
}

/** Who does a step: the document's column, or the roles that its table marks. @param {any} step @returns {string[]} */
export const whoDoes = (step) => (step.actor ? [step.actor] : step.actors);

/** How the actors were found, where the document's own column does not say it: `[["tersirat dari uraian", [1, 2, 3]]]`.
 * @param {any[]} steps @returns {[string, number[]][]} */
export function bases(steps) {
  /** @type {Map<string, number[]>} */
  const found = new Map();
  for (const { actor_basis: basis, order } of steps) if (basis) found.set(basis, [...(found.get(basis) ?? []), order]);
  return [...found];
}

/** Numbers as ranges: [1, 2, 3, 5] is "1–3, 5". @param {number[]} numbers */
export function ranges(numbers) {
  /** @type {[number, number][]} */
  const spans = [];
  for (const number of numbers) {
    const last = spans.at(-1);
    if (last && number === last[1] + 1) last[1] = number;
    else spans.push([number, number]);
  }
  return spans.map(([from, to]) => (from === to ? `${from}` : `${from}–${to}`)).join(", ");
}

/** Whether a text stands large or has to stand smaller to be read at all. @param {string} text */
export const isLong = (text) => text.length > 28;
