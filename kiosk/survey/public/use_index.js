// The current index, read from the node now and then; its last copy while the node is gone. Read once for all that show it.
import { useSyncExternalStore } from "react";
import { getJson, lastCopy } from "$/public/external/kiosk/ui/cached.js";

const PATH = "/api/v1/survey/index";
const EVERY_MS = 600_000; // it changes once a day

/** @typedef {import("$/public/external/kiosk/ui/cached.js").Copy} Copy */

/** @type {Copy | null} */
let copy = null;
/** @type {Set<() => void>} */
const listeners = new Set();
/** @type {ReturnType<typeof setInterval> | undefined} */
let timer;

/** @param {Copy | null} told */
function show(told) {
  if (!told || (told.missing && copy)) return;
  copy = told;
  for (const listener of listeners) listener();
}

const read = async () => show(await getJson(PATH));

/** @param {() => void} listener */
function subscribe(listener) {
  listeners.add(listener);
  if (listeners.size === 1) {
    show(lastCopy(PATH));
    void read();
    timer = setInterval(read, EVERY_MS);
  }
  return () => {
    listeners.delete(listener);
    if (listeners.size === 0) clearInterval(timer);
  };
}

const now = () => copy;
const nobody = () => null; // a prerendered page knows no index

/** What the node told last; null before the first answer. @returns {Copy | null} */
export const useIndex = () => useSyncExternalStore(subscribe, now, nobody);
