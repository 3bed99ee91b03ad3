// Where a visitor is on the page that checks letters, and what one step leads to. Pure: who calls it has asked and judged.

/**
 * @typedef {"choose" | "camera" | "type" | "checking" | "result" | "same" | "differs" | "report"} Step
 * @typedef {import("./judging.js").Judgement} Judgement
 * @typedef {{ step: Step, way: Step, judgement: Judgement | null, text: string | null, kept: number | null, problem: string | null }} State
 *   way: where the visitor came from, and may go back to; text: of the code, for a report; kept: ms since 1970 when the lists were
 *   fetched, should the node not have answered; problem: why nothing could be checked
 */

/** @type {State} */
export const BEGIN = Object.freeze({ step: "choose", way: "choose", judgement: null, text: null, kept: null, problem: null });

/** Somewhere to check. @param {"choose" | "camera" | "type"} way @returns {State} */
export const at = (way) => ({ ...BEGIN, step: way, way });

/** A check has begun. @param {State} state @returns {State} */
export const checking = (state) => ({ ...BEGIN, way: state.way, step: "checking" });

/** @param {State} state @param {{ judgement: Judgement, text?: string | null, kept?: number | null }} found @returns {State} */
export const judged = (state, { judgement, text = null, kept = null }) => ({ ...BEGIN, step: "result", way: state.way, judgement, text, kept });

/** Nothing could be checked, for a reason that is not the letter's. @param {State} state @param {string} problem @returns {State} */
export const failed = (state, problem) => ({ ...BEGIN, step: state.way, way: state.way, problem });

/** One step back; null where the page itself goes back. @param {State} state @returns {State | null} */
export function back(state) {
  if (state.step === "report") return { ...state, step: state.judgement && asksToCompare(state.judgement) ? "differs" : "result" };
  if (state.step === "same" || state.step === "differs") return { ...state, step: "result" };
  return state.step === "choose" ? null : BEGIN;
}

const GOOD = ["valid", "code_genuine", "registered"];
const SUSPICIOUS = ["altered", "unknown_issuer", "not_ours", "revoked"];

/** Whether eyes are to compare what was signed with a paper. @param {Judgement} judgement */
export const asksToCompare = ({ verdict }) => GOOD.includes(verdict);

/** Whether a report is offered with the result itself. @param {Judgement} judgement */
export const isSuspicious = ({ verdict }) => SUSPICIOUS.includes(verdict);

/** Reasons that say more of this verdict, and those beside it that warn. @param {Judgement} judgement */
export function reasonsOf({ reasons }) {
  const warns = reasons.filter((code) => BESIDE.includes(code));
  return { why: reasons.filter((code) => !BESIDE.includes(code)), warns };
}

export const BESIDE = ["trust_stale", "revocations_stale", "revocations_missing", "issued_in_future"];

/** What to do: the reason's own advice where it has some, else the verdict's.
 * @template T @param {Judgement} judgement @param {{ verdicts: Record<string, { steps: T[] }>, reasons: Record<string, { steps: T[] }> }} told @returns {T[]} */
export function stepsOf(judgement, told) {
  const own = reasonsOf(judgement).why.map((code) => told.reasons[code]?.steps ?? []);
  return own.find((steps) => steps.length > 0) ?? told.verdicts[judgement.verdict]?.steps ?? [];
}
