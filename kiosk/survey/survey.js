// Going through the survey: one question a screen, each may be skipped, every answer may be changed until the end. Nothing leaves
// this page before the end, and then only what was answered; the page knows no name and no number.

export const SETTLE_MS = 350; // a hand that trembles touches twice: the second touch must not answer the next question
export const KEY = "kiosk.visitor.survey";
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
/** @typedef {{ now: () => number, newId: () => string, store: () => Pick<Storage, "getItem" | "setItem" | "removeItem"> | null,
 *   hand: (answer: { id: string, body: Body }) => Promise<boolean> }} Means  hand: whether it is kept for good */
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
function neighbour(form, steps, at, by) {
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

/** A record without one of its entries. @template T @param {Record<string, T>} from @param {string} key @returns {Record<string, T>} */
export function without(from, key) {
  return Object.fromEntries(Object.entries(from).filter(([name]) => name !== key));
}

/** @param {any} found as it was kept @param {readonly StepName[]} steps @returns {State} */
function checked(found, steps) {
  // Whoever stands at the beginning has said nothing: what an earlier person went back from is not theirs.
  if (found === null || typeof found !== "object" || !steps.includes(found.at) || found.at === "start") return FRESH;
  const { at, scores, service, profile, suggestion, code, given, changing, id } = found;
  return { ...FRESH, at, scores, service, profile, suggestion, code, given, changing, id };
}

/** One visitor's way through the survey; `read`, `subscribe` for React. */
export class Answering {
  /** @param {Form} form @param {Means} means @param {string} [code] eight signs that came with the address */
  constructor(form, means, code = "") {
    this.form = form;
    this.means = means;
    /** @type {readonly Service[]} */
    this.services = [];
    this.shownAt = Number.NEGATIVE_INFINITY;
    this.visit = 0;
    /** @type {Set<() => void>} */
    this.listeners = new Set();
    /** @type {State} */
    this.state = this.kept();
    if (code.length === CODE_SIGNS) this.state = { ...this.state, code, given: true };
  }

  get steps() {
    return stepsOf(this.form, this.services, this.state.given);
  }

  /** The element, group or nothing that stands on the screen. */
  get element() {
    return this.state.at.startsWith("ask:") ? this.form.elements.find(({ key }) => key === nameOf(this.state.at)) : undefined;
  }

  /** The office's services came, or came anew. @param {readonly Service[]} services */
  offer(services) {
    this.services = services;
    this.tell();
  }

  /** Whether a touch counts already. */
  get settled() {
    return this.state.phase === "asking" && this.means.now() - this.shownAt >= SETTLE_MS;
  }

  /** The visitor touched a face (1 to 4). @param {number} score @returns {boolean} whether it counted */
  score(score) {
    const { element, state } = this;
    if (!element || !this.settled || ![1, 2, 3, 4].includes(score)) return false;
    return this.go({ ...state, scores: { ...state.scores, [element.key]: score } });
  }

  /** A service, or a group of the profile's part that stands on the screen. @param {string} key @returns {boolean} whether it counted */
  choose(key) {
    const { state } = this;
    if (!this.settled) return false;
    if (state.at === "service") return this.services.some(({ id }) => id === key) && this.go({ ...state, service: key });
    const part = nameOf(state.at);
    if (!state.at.startsWith("about:") || !this.form.profile[part]?.some((group) => group.key === key)) return false;
    return this.go({ ...state, profile: { ...state.profile, [part]: key } });
  }

  /** On to the next step without an answer: what was said before to this one is taken back. @returns {boolean} whether it counted */
  skip() {
    const { state } = this;
    if (!this.settled) return false;
    const name = nameOf(state.at);
    if (state.at.startsWith("ask:")) return this.go({ ...state, scores: without(state.scores, name) });
    if (state.at.startsWith("about:")) return this.go({ ...state, profile: without(state.profile, name) });
    if (state.at === "service") return this.go({ ...state, service: "" });
    if (state.at === "suggestion") return this.go({ ...state, suggestion: "" });
    if (state.at === "code") return this.go({ ...state, code: "" });
    return false;
  }

  /** On to the next step with what stands there. @returns {boolean} whether it counted */
  on() {
    return this.settled && this.go(this.state);
  }

  /** Past everything that is left. @returns {boolean} whether it counted */
  finish() {
    if (!this.settled) return false;
    this.become({ ...this.state, at: "end", changing: false });
    return true;
  }

  /** @param {State} state @returns {true} */
  go(state) {
    const next = state.changing ? "end" : (neighbour(this.form, this.steps, state.at, 1) ?? "end");
    this.become({ ...state, at: next, changing: false });
    return true;
  }

  /** One step back. @returns {boolean} false at the first, and when all is handed in */
  back() {
    const { state } = this;
    if (state.phase === "done") return false;
    const before = state.changing ? "end" : neighbour(this.form, this.steps, state.at, -1);
    if (before === undefined) return false;
    if (state.phase !== "handing") this.become({ ...state, at: before, changing: false, phase: "asking" });
    return true;
  }

  goBack = () => this.back();

  /** From the end to one question; its answer leads back to the end. @param {string} key */
  change(key) {
    const at = /** @type {StepName} */ (`ask:${key}`);
    if (this.state.at === "end" && this.state.phase === "asking" && this.steps.includes(at)) this.become({ ...this.state, at, changing: true });
  }

  /** From an end without any answer to the first question. */
  restart() {
    const [, first] = this.steps;
    if (first && this.state.phase === "asking") this.become({ ...this.state, at: first });
  }

  /** The visitor writes. @param {(text: string) => string} change */
  write(change) {
    const suggestion = change(this.state.suggestion).slice(0, LONGEST);
    this.state = { ...this.state, suggestion };
    this.keep();
    this.tell();
  }

  /** @param {(signs: string) => string} change gives signs of a code, at most eight */
  type(change) {
    this.state = { ...this.state, code: change(this.state.code).slice(0, CODE_SIGNS) };
    this.keep();
    this.tell();
  }

  /** Hand everything in. A second touch does nothing; a try that failed may be made again, under the same id. */
  async send() {
    const body = bodyOf(this.state);
    if (body === null || this.state.at !== "end" || !["asking", "failed"].includes(this.state.phase)) return;
    const { visit } = this;
    const id = this.state.id ?? this.means.newId();
    this.become({ ...this.state, id, phase: "handing" });
    const kept = await this.means.hand({ id, body }).catch(() => false);
    if (visit !== this.visit) return; // this visitor has left
    if (kept) this.become({ ...FRESH, at: "end", phase: "done" });
    else this.become({ ...this.state, phase: "failed" });
  }

  /** The visitor has left, or makes room for the next one. */
  leave() {
    this.visit += 1;
    this.become(FRESH);
  }

  /** @param {State} next */
  become(next) {
    this.shownAt = this.means.now();
    this.state = next;
    this.keep();
    this.tell();
  }

  tell() {
    for (const listener of this.listeners) listener();
  }

  keep() {
    const { state } = this;
    try {
      const store = this.means.store();
      if (state === FRESH || state.phase === "done") store?.removeItem(KEY);
      else store?.setItem(KEY, JSON.stringify(state));
    } catch {
      // not kept over a reload
    }
  }

  /** What this visitor answered before the page was loaded again. @returns {State} */
  kept() {
    try {
      const found = JSON.parse(this.means.store()?.getItem(KEY) ?? "null");
      return checked(found, stepsOf(this.form, [{ id: "", name: "" }], false));
    } catch {
      return FRESH;
    }
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

/** How far a visitor is among the questions: one mark for each, and which one stands there. @param {Form} form @param {State} state */
export function marksOf(form, state) {
  const now = form.elements.findIndex(({ key }) => `ask:${key}` === state.at);
  const passed = now < 0 ? form.elements.length : now;
  return form.elements.map(({ key }, place) => ({ key, answered: state.scores[key] !== undefined, now: place === now, passed: place < passed }));
}

/** Clips one after the other. @param {(Clips | undefined)[]} parts @returns {Clips} */
export const spoken = (...parts) => ({ id: parts.flatMap((part) => part?.id ?? []), en: parts.flatMap((part) => part?.en ?? []) });

/** What is read of a step; `speech` as the node tells it, by the names of the steps. @param {Record<string, Clips> | undefined} speech @param {State} state */
export const speechOf = (speech, state) => spoken(speech?.[state.phase === "done" ? "thanks" : state.at]);

/** Every clip once, those of one language before the other's. @param {Record<string, Clips> | undefined} speech @returns {string[]} */
export function allClips(speech) {
  const parts = Object.values(speech ?? {});
  return [...new Set([...parts.flatMap(({ id }) => id), ...parts.flatMap(({ en }) => en)])];
}
