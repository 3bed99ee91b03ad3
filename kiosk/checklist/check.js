// Going through a list: one question or one paper at a time. Nothing is sent and nobody is named; what was answered is kept for a
// reload of the page and goes with the visitor.

import { encode } from "./code.js";

export const SETTLE_MS = 350; // a hand that trembles touches twice: the second touch must not answer the next question
export const KEY = "kiosk.visitor.checklist";

/** @typedef {"h" | "m" | "u"} Mark have it, lack it, unsure */
/** @typedef {{ id: string[], en: string[] }} Clips */
/** @typedef {{ id: string, en: string }} Both */
/**
 * @typedef {object} Item one requirement, as the node tells it
 * @property {number} order
 * @property {string} text
 * @property {string | null} text_en
 * @property {{ question: string, answer: "yes" | "no" } | null} when
 * @property {Both | null} what
 * @property {Both | null} where
 * @property {string} picture
 * @property {{ paper: Clips, notes: Clips, where: Clips }} speech
 */
/** @typedef {{ id: string, title: string, title_en: string | null, office_wide: boolean, digest: string, items: Item[], set_by: string | null, set_by_en: string | null, ministry: string | null, speech: Clips }} List */
/** @typedef {{ kind: "question", key: string } | { kind: "paper", item: Item, place: number, count: number }} Step */
/** @typedef {{ facts: Record<string, "yes" | "no">, marks: Record<number, Mark>, at: number, id: string | null, made: string | null }} State */
/** @typedef {{ now: () => number, newId: () => string, store: () => Pick<Storage, "getItem" | "setItem"> | null }} Means */

/** Whether a requirement applies: true, false, or null when its question was not answered.
 * @param {Item} item @param {State["facts"]} facts */
export function applies(item, facts) {
  if (item.when === null) return true;
  const said = facts[item.when.question];
  return said === undefined ? null : said === item.when.answer;
}

/** What is asked, in order: first the plain questions that this list depends on, then every paper that applies.
 * @param {List} list @param {State["facts"]} facts @returns {Step[]} */
export function stepsOf(list, facts) {
  const keys = [...new Set(list.items.flatMap((item) => (item.when ? [item.when.question] : [])))];
  const papers = list.items.filter((item) => applies(item, facts) === true);
  return [
    ...keys.map((key) => /** @type {Step} */ ({ kind: "question", key })),
    ...papers.map((item, place) => /** @type {Step} */ ({ kind: "paper", item, place: place + 1, count: papers.length })),
  ];
}

/** One letter for each requirement, in the document's order; null while something is open.
 * @param {List} list @param {Pick<State, "facts" | "marks">} state */
export function lettersOf(list, { facts, marks }) {
  const letters = list.items.map((item) => {
    const needed = applies(item, facts);
    return needed === null ? undefined : needed ? marks[item.order] : "x";
  });
  return letters.includes(undefined) ? null : letters.join("");
}

/** The answers that led to these letters. @param {List} list @param {string} letters @returns {Pick<State, "facts" | "marks">} */
export function readLetters(list, letters) {
  /** @type {State["facts"]} */
  const facts = {};
  /** @type {State["marks"]} */
  const marks = {};
  list.items.forEach((item, place) => {
    const letter = letters[place];
    if (item.when) facts[item.when.question] = (letter === "x") === (item.when.answer === "yes") ? "no" : "yes";
    if (letter === "h" || letter === "m" || letter === "u") marks[item.order] = letter;
  });
  return { facts, marks };
}

/** The papers by what was said of them. @param {List} list @param {string} letters */
export function groupsOf(list, letters) {
  const of = (/** @type {string} */ letter) => list.items.filter((_, place) => letters[place] === letter);
  return { ready: of("h"), lacking: of("m"), unsure: of("u"), notNeeded: of("x") };
}

/** Which queue helps on: the check where all is there, the information desk where something is not.
 * @param {{ help_queue: string | null, check_queue: string | null }} lists @param {string} letters */
export const queueFor = (lists, letters) => (/[mu]/.test(letters) ? lists.help_queue : lists.check_queue);

/** The whole address that the QR code carries. @param {string} address @param {List} list @param {string} id @param {string} letters */
export const addressOf = (address, list, id, letters) => `${address}#${encode({ service: list.id, digest: list.digest, id, answers: letters })}`;

/** @type {State} */
const FRESH = Object.freeze({ facts: {}, marks: {}, at: 0, id: null, made: null });

/** One applicant's way through one list. */
export class Checking {
  /** @param {List} list @param {Means} means @param {{ id: string, answers: string }} [brought] a list that was gone through elsewhere */
  constructor(list, means, brought) {
    this.list = list;
    this.means = means;
    /** @type {State} */
    this.state = brought ? this.readBrought(brought) : this.kept();
    this.shownAt = Number.NEGATIVE_INFINITY;
    /** @type {Set<() => void>} */
    this.listeners = new Set();
  }

  /** The step that stands on the screen; null: all is answered. @returns {Step | null} */
  get step() {
    return stepsOf(this.list, this.state.facts)[this.state.at] ?? null;
  }

  /** The visitor touched an answer: "yes" or "no" to a question, a mark to a paper.
   * @param {string} said @returns {boolean} whether it counted */
  answer(said) {
    const { step, state } = this;
    if (step === null || this.means.now() - this.shownAt < SETTLE_MS) return false;
    const facts = step.kind === "question" ? { ...state.facts, [step.key]: /** @type {"yes" | "no"} */ (said) } : state.facts;
    const marks = step.kind === "paper" ? { ...state.marks, [step.item.order]: /** @type {Mark} */ (said) } : state.marks;
    this.become({ ...state, facts, marks, at: this.nextOpen(facts, marks) });
    return true;
  }

  /** The place of the first step that nobody answered; behind the last when there is none. @param {State["facts"]} facts @param {State["marks"]} marks */
  nextOpen(facts, marks) {
    const steps = stepsOf(this.list, facts);
    const open = steps.findIndex((step) => (step.kind === "question" ? facts[step.key] === undefined : marks[step.item.order] === undefined));
    return open < 0 ? steps.length : open;
  }

  /** One step back. @returns {boolean} false at the first */
  back() {
    if (this.state.at === 0) return false;
    this.become({ ...this.state, at: Math.min(this.state.at, stepsOf(this.list, this.state.facts).length) - 1 });
    return true;
  }

  goBack = () => this.back();

  /** From the result to one question or paper. @param {string | number} which its key or order */
  change(which) {
    const at = stepsOf(this.list, this.state.facts).findIndex((step) => (step.kind === "question" ? step.key : step.item.order) === which);
    if (at >= 0) this.become({ ...this.state, at });
  }

  /** The letters when all is answered and the result stands on the screen. */
  get letters() {
    return this.step === null ? lettersOf(this.list, this.state) : null;
  }

  /** @param {State} next */
  become(next) {
    this.shownAt = this.means.now();
    this.state = next;
    const letters = this.letters;
    // Another result is another list: the one that an officer may have signed stays what it was.
    if (letters !== null && letters !== next.made) this.state = { ...next, id: this.means.newId(), made: letters };
    this.keep();
    for (const listener of this.listeners) listener();
  }

  keep() {
    try {
      this.means.store()?.setItem(KEY, JSON.stringify({ ...this.state, service: this.list.id, digest: this.list.digest }));
    } catch {
      // not kept over a reload
    }
  }

  /** @param {{ id: string, answers: string }} brought @returns {State} */
  readBrought({ id, answers }) {
    const read = readLetters(this.list, answers);
    return { ...read, at: this.nextOpen(read.facts, read.marks), id, made: answers };
  }

  /** What this visitor answered before the page was loaded again; of another service or an older list: nothing. @returns {State} */
  kept() {
    try {
      const found = JSON.parse(this.means.store()?.getItem(KEY) ?? "null");
      if (found?.service !== this.list.id || found.digest !== this.list.digest || !Number.isInteger(found.at)) return FRESH;
      const { facts, marks } = found;
      const done = typeof found.id === "string" && typeof found.made === "string";
      return { facts, marks, at: Math.min(found.at, this.nextOpen(facts, marks)), id: done ? found.id : null, made: done ? found.made : null };
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

/** Clips one after the other. @param {(Clips | null | undefined)[]} parts @returns {Clips} */
export const spoken = (...parts) => ({ id: parts.flatMap((part) => part?.id ?? []), en: parts.flatMap((part) => part?.en ?? []) });

/** What is read of a step. @param {any} lists @param {Step} step @returns {Clips} */
export function speechOf(lists, step) {
  if (step.kind === "question") return lists.questions[step.key].speech;
  return spoken(lists.speech.have_you, step.item.speech.paper, step.item.speech.notes, lists.speech.answers);
}

/** What is read of a result: what is missing with where to get it, what is to be asked, what is ready.
 * @param {any} lists @param {List} list @param {string} letters @returns {Clips} */
export function speechOfResult(lists, list, letters) {
  const { ready, lacking, unsure } = groupsOf(list, letters);
  const group = (/** @type {Clips} */ title, /** @type {Item[]} */ items, /** @type {boolean} */ where) =>
    items.length ? spoken(title, ...items.flatMap(({ speech }) => (where ? [speech.paper, speech.where] : [speech.paper]))) : null;
  const { speech } = lists;
  const all = lacking.length + unsure.length === 0 ? speech.all_ready : null;
  return spoken(all, group(speech.lacking, lacking, true), group(speech.unsure, unsure, false), group(speech.ready, ready, false), speech.take_along);
}
