// React's side of prefs.js and link.js.
import { useSyncExternalStore } from "react";
import { readLink, subscribeLink, UNKNOWN } from "./link.js";
import { DEFAULTS, readPrefs, subscribePrefs } from "./prefs.js";

/** The visitor's choices; the component renders again when they change. @returns {import("./screen_rules.js").Prefs} */
export function usePrefs() {
  return useSyncExternalStore(subscribePrefs, readPrefs, () => DEFAULTS);
}

/** Whether the node is there: `{ up: true | false | null, since: ms | null }`. @returns {import("./link.js").LinkState} */
export function useLink() {
  return useSyncExternalStore(subscribeLink, readLink, () => UNKNOWN);
}
