// What a visitor chose on this screen: language, text, theme, reach. Kept in localStorage, shown as attributes of <html>.
// `early.js` sets the same attributes before the first paint (see screen_rules.js).
import { attributes, cleaned, DEFAULTS, dress, KEY, keptJson, SCREEN_KEY } from "./screen_rules.js";

/** @typedef {import("./screen_rules.js").Prefs} Prefs */

export { DEFAULTS };

/** @type {Set<() => void>} */
const listeners = new Set();
/** @type {Prefs} */
let current = DEFAULTS;
let loaded = false;

const stored = () => cleaned(keptJson(() => globalThis.localStorage, KEY));

/** The choices of now. The same object until one changes. @returns {Prefs} */
export function readPrefs() {
  if (!loaded && typeof window !== "undefined") {
    loaded = true;
    current = stored();
    // Another tab of the same device chose: follow it.
    window.addEventListener("storage", (event) => {
      if (event.key === KEY) change(stored());
    });
  }
  return current;
}

/** Put the choices on <html>. @param {Prefs} prefs */
function show(prefs) {
  if (typeof document === "undefined") return;
  for (const [name, value] of Object.entries(attributes(prefs))) document.documentElement.setAttribute(name, value);
  remeasure();
}

/** Chromium 156 keeps the old answer of a container query in rem when only the root's font size changed: ask it anew. */
function remeasure() {
  document.body.style.containerType = "normal";
  void document.body.offsetHeight;
  document.body.style.containerType = "";
}

/** Dress <html> for the page of `path` in this window: choices, surface, measures. @param {string} path */
export function dressPage(path) {
  const page = { path, width: window.innerWidth, height: window.innerHeight };
  dress(
    document.documentElement,
    page,
    readPrefs(),
    keptJson(() => window.localStorage, SCREEN_KEY),
  );
  remeasure();
}

/** @param {Prefs} next */
function change(next) {
  current = next;
  show(next);
  for (const listener of listeners) listener();
}

/** Choose. @param {Partial<Prefs>} choice */
export function setPrefs(choice) {
  const next = cleaned({ ...readPrefs(), ...choice });
  try {
    globalThis.localStorage.setItem(KEY, JSON.stringify(next));
  } catch {
    // not kept over a reload, but chosen now
  }
  change(next);
}

/** Back to what every visitor finds. */
export function resetPrefs() {
  try {
    globalThis.localStorage.removeItem(KEY);
  } catch {
    // nothing was kept
  }
  change(DEFAULTS);
}

/** Call `listener` after every change. Returns how to stop. @param {() => void} listener */
export function subscribePrefs(listener) {
  listeners.add(listener);
  return () => {
    listeners.delete(listener);
  };
}
