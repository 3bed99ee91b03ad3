// Where values stand on the scales of the public index, and how numbers are written: pure rules.

/**
 * @typedef {{ id: string, en: string }} Both
 * @typedef {{ grade: string, from: string, to: string, name: Both }} Grade
 * @typedef {{ key: string, name: Both, mean: string | null, grade: string | null }} Element
 * @typedef {{ index: string | null, grade: string | null, n: number | null, from: string | null, to: string | null, name: Both | null,
 *   weight: string | null, grades: Grade[], elements: Element[], profile: Record<string, { key: string, name: Both, n: number | null }[]> }} Current
 * @typedef {{ grade: string, x: number, width: number, edge: string }} Band
 */

const NEAR = 2.4; // the drawing of means begins here when none lies below: there are the differences that count
const LOWEST = 3; // this many weakest elements are marked

/** Where `value` lies between two ends, in percent; what lies outside stands at the end. @param {number} value @param {number} first @param {number} last */
export const along = (value, first, last) => Math.round(Math.min(Math.max((value - first) / (last - first), 0), 1) * 10_000) / 100;

/**
 * The grades side by side from `first` to `last`, the lowest first; `divisor` 25 for the scale of answers.
 * @param {Grade[]} grades @param {number} first @param {number} last @param {number} [divisor] @returns {Band[]}
 */
export function bands(grades, first, last, divisor = 1) {
  const rising = [...grades].sort((one, other) => Number(one.from) - Number(other.from));
  const edges = rising.map((one) => Math.max(first, Number(one.from) / divisor));
  const places = [...edges.map((edge) => along(edge, first, last)), 100];
  return rising
    .map((one, i) => {
      const x = Number(places[i]);
      const width = Math.round((Number(places[i + 1]) - x) * 100) / 100;
      return { grade: one.grade, x, width, edge: Number(edges[i]).toFixed(2) };
    })
    .filter((band) => band.width > 0);
}

/** Where the drawing of the elements begins. @param {Element[]} elements */
export const beginOf = (elements) => (elements.every((one) => one.mean === null || Number(one.mean) >= NEAR) ? NEAR : 1);

/** Keys of the three weakest elements; `elements` begin with the best. @param {Element[]} elements @returns {string[]} */
export const weakest = (elements) =>
  elements
    .filter((one) => one.mean !== null)
    .slice(-LOWEST)
    .map((one) => one.key);

/** A number of the node, "91.48", as people write it. @param {string | number} value @param {"id" | "en"} language */
export function number(value, language) {
  const text = String(value);
  const digits = text.split(".")[1]?.length ?? 0;
  const spelt = { minimumFractionDigits: digits, maximumFractionDigits: digits };
  return new Intl.NumberFormat(language === "en" ? "en-GB" : "id-ID", spelt).format(Number(text));
}

/** A number in both languages. @param {string | number} value @returns {Both} */
export const both = (value) => ({ id: number(value, "id"), en: number(value, "en") });

/** What the grade is called. @param {Current} current @returns {Both | null} */
export const gradeName = (current) => current.grades.find((one) => one.grade === current.grade)?.name ?? null;

/** A day, "2026-06-30", as people write it. @param {string} day @returns {Both} */
export function dayText(day) {
  const moment = new Date(`${day}T00:00:00Z`);
  const spelt = /** @type {const} */ ({ day: "numeric", month: "long", year: "numeric", timeZone: "UTC" });
  return { id: new Intl.DateTimeFormat("id-ID", spelt).format(moment), en: new Intl.DateTimeFormat("en-GB", spelt).format(moment) };
}

/** Whether this is an index that can be shown. @param {any} told @returns {told is Current} */
export const isShown = (told) => typeof told?.index === "string" && Array.isArray(told.grades) && Array.isArray(told.elements);
