// Pure rules about the screen: which choices exist, which surface this is, what stands on <html>.
// The build also puts this file in front of early.src.js, so it imports nothing.

/**
 * @typedef {{ language: "id" | "en", text: "normal" | "large", theme: "normal" | "contrast", reach: "normal" | "low" }} Prefs
 * @typedef {"kiosk" | "tablet" | "phone" | "tv" | "staff"} Surface
 * @typedef {{ surface: Surface | null, mm: number | null, aboveReach: number | null }} Screen
 */

export const KEY = "kiosk.prefs"; // of this visitor
export const SCREEN_KEY = "kiosk.screen"; // of this device: stays when a visitor leaves

/** @type {Prefs} */
export const DEFAULTS = Object.freeze({ language: "id", text: "normal", theme: "normal", reach: "normal" });

/** @type {Record<keyof Prefs, readonly string[]>} */
const CHOICES = { language: ["id", "en"], text: ["normal", "large"], theme: ["normal", "contrast"], reach: ["normal", "low"] };

/** @type {readonly string[]} */
const SURFACES = ["kiosk", "tablet", "phone", "tv", "staff"];
const STAFF = /^\/(masuk|loket|berkas|akun|laporan|surat|petugas|perangkat|catatan|riwayat|dugaan|setup)(\/|$)/;
const BOARD = /^\/papan\/?$/;

/** Choices that exist, from anything that was stored. @param {unknown} stored @returns {Prefs} */
export function cleaned(stored) {
  /** @type {Record<string, unknown>} */
  const found = stored !== null && typeof stored === "object" ? { ...stored } : {};
  const pick = (/** @type {keyof Prefs} */ name) => (CHOICES[name].includes(String(found[name])) ? found[name] : DEFAULTS[name]);
  return /** @type {Prefs} */ ({ language: pick("language"), text: pick("text"), theme: pick("theme"), reach: pick("reach") });
}

/** What <html> carries for these choices. @param {Prefs} prefs @returns {Record<string, string>} */
export function attributes(prefs) {
  return { lang: prefs.language, "data-lang": prefs.language, "data-text": prefs.text, "data-theme": prefs.theme, "data-reach": prefs.reach };
}

/**
 * Which surface a page of this path and size is drawn for. A device may be told by its setting.
 * @param {{ path: string, width: number, height: number, told?: string | null }} page @returns {Surface}
 */
export function surfaceOf({ path, width, height, told }) {
  const lying = width > height;
  if (BOARD.test(path) && lying) return "tv";
  if (STAFF.test(path)) return "staff";
  if (told && SURFACES.includes(told)) return /** @type {Surface} */ (told);
  if (lying) return width >= 1000 ? "tablet" : "phone";
  return width >= 800 ? "kiosk" : "phone";
}

/**
 * Whether a visitor may choose a file here: never on a screen of the hall. What is as wide as a tablet and was never set up is
 * a visitor's own computer. @param {{ surface: string | undefined, told: Surface | null, device: string | null }} here
 */
export const takesFiles = ({ surface, told, device }) =>
  !["kiosk", "tablet", "tv"].includes(surface ?? "") || (surface === "tablet" && told === null && device === null);

/** Whether this page may, by what its browser keeps. @param {{ dataset: DOMStringMap }} root @param {() => Storage} store */
export function takesFilesHere(root, store) {
  let device = null;
  try {
    device = store().getItem("kiosk.device"); // report.js
  } catch {
    // storage refused: never set up
  }
  return takesFiles({ surface: root.dataset.surface, told: screenOf(keptJson(store, SCREEN_KEY)).surface, device });
}

/** A device's own measures, from anything that was stored. @param {unknown} stored @returns {Screen} */
export function screenOf(stored) {
  /** @type {Record<string, unknown>} */
  const found = stored !== null && typeof stored === "object" ? { ...stored } : {};
  const number = (/** @type {unknown} */ value, /** @type {number} */ least, /** @type {number} */ most) =>
    typeof value === "number" && value >= least && value <= most ? value : null;
  return {
    surface: SURFACES.includes(String(found.surface)) ? /** @type {Surface} */ (found.surface) : null,
    mm: number(found.mm, 1, 40), // CSS pixels per millimetre, by a bank card of 85.6 mm
    aboveReach: number(found.aboveReach, 0, 1500), // millimetres of screen above 1,220 mm
  };
}

/**
 * Dress <html>: choices, surface and measures. The same before the first paint (early.js) and later (screen.jsx).
 * @param {{ setAttribute(name: string, value: string): void, style: { setProperty(name: string, value: string): void } }} root
 * @param {{ path: string, width: number, height: number }} page @param {unknown} storedPrefs @param {unknown} storedScreen
 */
export function dress(root, page, storedPrefs, storedScreen) {
  const own = screenOf(storedScreen);
  const all = { ...attributes(cleaned(storedPrefs)), "data-surface": surfaceOf({ ...page, told: own.surface }) };
  for (const [name, value] of Object.entries(all)) root.setAttribute(name, value);
  if (own.mm !== null) root.style.setProperty("--mm", `${own.mm}px`);
  if (own.aboveReach !== null) root.style.setProperty("--above-reach", String(own.aboveReach));
}

/** What a store holds under a key, as JSON; null when that cannot be had. @param {() => Storage} store @param {string} key @returns {unknown} */
export function keptJson(store, key) {
  try {
    return JSON.parse(store().getItem(key) ?? "null");
  } catch {
    return null; // storage refused, or something else was written there
  }
}
