// Going through the survey: one question a screen, each may be skipped, every answer may be changed until the end. Nothing leaves
// this page before the end, and then only what was answered.

import { bodyOf, CODE_SIGNS, FRESH, LONGEST, nameOf, neighbour, stepsOf, without } from "./form.js";

export const SETTLE_MS = 350; // a hand that trembles touches twice: the second touch must not answer the next question
export const KEY = "kiosk.visitor.survey";

/** @typedef {import("./form.js").Body} Body */
/** @typedef {import("./form.js").Form} Form */
/** @typedef {import("./form.js").Service} Service */
/** @typedef {import("./form.js").State} State */
/** @typedef {import("./form.js").StepName} StepName */
/** @typedef {{ now: () => number, newId: () => string, store: () => Pick<Storage, "getItem" | "setItem" | "removeItem"> | null,
 *   hand: (answer: { id: string, body: Body }) => Promise<boolean> }} Means  hand: whether it is kept for good */

/** @param {any} found as it was kept @param {readonly StepName[]} steps @returns {State} */
function checked(found, steps) {
  // Whoever stands at the beginning has said nothing: what an earlier person went back from is not theirs.
  if (found === null || typeof found !== "object" || !steps.includes(found.at) || found.at === "start") return FRESH;
  const kept = Object.entries(FRESH).filter(([name, usual]) => found[name] && typeof found[name] === typeof usual);
  const id = typeof found.id === "string" ? found.id : null;
  return { ...FRESH, ...Object.fromEntries(kept.map(([name]) => [name, found[name]])), id, phase: "asking" };
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

  /** The office's services came, or came anew; whoever draws the page says so before. @param {readonly Service[]} services */
  offer(services) {
    this.services = services;
  }

  /** Whether what stands on the screen stands there long enough to have been seen. */
  get rested() {
    return this.means.now() - this.shownAt >= SETTLE_MS;
  }

  /** Whether a touch counts already. */
  get settled() {
    return this.state.phase === "asking" && this.rested;
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
    if (this.state.at === "end" && this.settled && this.steps.includes(at)) this.become({ ...this.state, at, changing: true });
  }

  /** From an end without any answer to the first question. */
  restart() {
    const [, first] = this.steps;
    if (first && this.settled) this.become({ ...this.state, at: first });
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

  /** Hand everything in: what was not yet seen is not sent. A second touch does nothing; a try that failed may be made again, under the same id. */
  async send() {
    const body = bodyOf(this.state);
    if (!this.rested || body === null || this.state.at !== "end" || !["asking", "failed"].includes(this.state.phase)) return;
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
