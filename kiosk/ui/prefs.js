// What a visitor chose on this screen: language, text, theme, reach. Kept in localStorage, shown as attributes of <html>.
// `early.js` sets the same attributes before the first paint (see screen_rules.js).
import { attributes, cleaned, DEFAULTS, KEY } from "./screen_rules.js";

/** @typedef {import("./screen_rules.js").Prefs} Prefs */

export { DEFAULTS };

/** @type {Set<() => void>} */
const listeners = new Set();
/** @type {Prefs} */
let current = DEFAULTS;
let loaded = false;

/** @returns {Prefs} */
function stored() {
  try {
    return cleaned(JSON.parse(globalThis.localStorage.getItem(KEY) ?? "null"));
  } catch {
    return DEFAULTS; // storage refused or damaged: the page still works
  }
}

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
export function show(prefs) {
  if (typeof document === "undefined") return;
  for (const [name, value] of Object.entries(attributes(prefs))) document.documentElement.setAttribute(name, value);
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
