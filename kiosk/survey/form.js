// The survey's steps and what is made of the answers: pure, without a screen. The page knows no name and no number.

export const LONGEST = 1000; // characters of a suggestion, as in questionnaire.py
export const CODE_SIGNS = 8;
export const ABOUT = /** @type {const} */ (["sex", "age", "education", "work"]);

/** @typedef {{ id: string, en: string }} Both */
/** @typedef {{ id: string[], en: string[] }} Clips */
/** @typedef {{ key: string, number: number, name: Both, question: Both, answers: Both[] }} Element */
/** @typedef {{ key: string, label: Both }} Group */
/** @typedef {{ id: string, name: string, name_en?: string | null }} Service */
/** @typedef {{ elements: Element[], profile: Record<string, Group[]> }} Form what the build knows of the questionnaire */
/** @typedef {"start" | "service" | "suggestion" | "code" | "end" | `ask:${string}` | `about:${string}`} StepName */
/**
 * @typedef {object} State
 * @property {StepName} at
 * @property {Record<string, number>} scores element to 1..4, only what was answered
 * @property {string} service
 * @property {Record<string, string>} profile
 * @property {string} suggestion
 * @property {string} code eight signs, or what was typed of them
 * @property {boolean} given whether the code came with the address
 * @property {boolean} changing whether the next answer leads back to the end
 * @property {string | null} id drawn when the answers are first handed in; the same until this visitor leaves
 * @property {"asking" | "handing" | "failed" | "done"} phase
 */
/** @typedef {{ scores: Record<string, number>, service?: string, profile?: Record<string, string>, suggestion?: string, code?: string }} Body */

/** @type {State} */
export const FRESH = Object.freeze({
  at: "start",
  scores: {},
  service: "",
  profile: {},
  suggestion: "",
  code: "",
  given: false,
  changing: false,
  id: null,
  phase: "asking",
});

/** What is asked, in order. An office without services asks for none; a code that came with the address is not asked for.
 * @param {Form} form @param {readonly Service[]} services @param {boolean} given @returns {StepName[]} */
export function stepsOf(form, services, given) {
  return [
    "start",
    ...form.elements.map(({ key }) => /** @type {StepName} */ (`ask:${key}`)),
    ...(services.length > 0 ? /** @type {StepName[]} */ (["service"]) : []),
    ...ABOUT.map((part) => /** @type {StepName} */ (`about:${part}`)),
    "suggestion",
    ...(given ? [] : /** @type {StepName[]} */ (["code"])),
    "end",
  ];
}

/** Where one goes from `at`, `by` 1 or -1: the nearest step there is; undefined beyond the first. A step that is none any more (services
 * that went, a code that came) still has its place in the order.
 * @param {Form} form @param {readonly StepName[]} steps @param {StepName} at @param {1 | -1} by */
export function neighbour(form, steps, at, by) {
  const order = stepsOf(form, [{ id: "", name: "" }], false);
  for (let place = order.indexOf(at) + by; place >= 0 && place < order.length; place += by) {
    const step = order[place];
    if (step && steps.includes(step)) return step;
  }
  return undefined;
}

/** "requirements" of "ask:requirements". @param {StepName} step */
export const nameOf = (step) => step.slice(step.indexOf(":") + 1);

/** Only what was answered; null when no question was. @param {State} state @returns {Body | null} */
export function bodyOf({ scores, service, profile, suggestion, code }) {
  if (Object.keys(scores).length === 0) return null;
  const words = suggestion.trim().slice(0, LONGEST);
  return {
    scores,
    ...(service ? { service } : {}),
    ...(Object.keys(profile).length > 0 ? { profile } : {}),
    ...(words ? { suggestion: words } : {}),
    ...(code.length === CODE_SIGNS ? { code } : {}),
  };
}

/** How far one is behind the questions, from 1: of the service to the code. @param {readonly StepName[]} steps @param {StepName} at */
export function placeOf(steps, at) {
  const behind = steps.filter((step) => step !== "start" && step !== "end" && !step.startsWith("ask:"));
  return { place: behind.indexOf(at) + 1, count: behind.length };
}

/** A record without one of its entries. @template T @param {Record<string, T>} from @param {string} key @returns {Record<string, T>} */
export function without(from, key) {
  return Object.fromEntries(Object.entries(from).filter(([name]) => name !== key));
}

/** How far a visitor is among the questions: one mark for each, and which one stands there. @param {Form} form @param {State} state */
export function marksOf(form, state) {
  const now = form.elements.findIndex(({ key }) => `ask:${key}` === state.at);
  const passed = now < 0 ? form.elements.length : now;
  return form.elements.map(({ key }, place) => ({ key, answered: state.scores[key] !== undefined, now: place === now, passed: place < passed }));
}

/** Clips one after the other. @param {(Clips | undefined)[]} parts @returns {Clips} */
export const spoken = (...parts) => ({ id: parts.flatMap((part) => part?.id ?? []), en: parts.flatMap((part) => part?.en ?? []) });

/** What stands there, by the names of reading.py. `hall`: on a screen that is handed on; `later`: the office does not have the answers yet.
 * @param {State} state @param {{ hall: boolean, later: boolean }} where @returns {string[]} */
export function spokenAt(state, { hall, later }) {
  if (state.phase === "done") return ["thanks", ...(later ? [hall ? "later" : "later_phone"] : []), hall ? "lapor" : "lapor_phone"];
  if (state.phase === "failed") return ["failed"];
  return [state.at === "end" && bodyOf(state) === null ? "nothing" : state.at];
}

/** What is read of these; `speech` as the node tells it. @param {Record<string, Clips> | undefined} speech @param {readonly string[]} steps */
export const speechOf = (speech, steps) => spoken(...steps.map((step) => speech?.[step]));

/** Every clip once, those of one language before the other's. @param {Record<string, Clips> | undefined} speech @returns {string[]} */
export function allClips(speech) {
  const parts = Object.values(speech ?? {});
  return [...new Set([...parts.flatMap(({ id }) => id), ...parts.flatMap(({ en }) => en)])];
}
