// The office of this node: name and region for the header, hours for the first page. Kept, so that it stands offline too.
// Read once for all that show it.
import { useEffect, useState, useSyncExternalStore } from "react";
import { getJson, lastCopy } from "./cached.js";

const PATH = "/api/v1/office";
const EVERY_MS = 60_000; // open or closed changes by the minute

/** @type {any} */
let office = null;
/** @type {Set<() => void>} */
const listeners = new Set();
/** @type {ReturnType<typeof setInterval> | undefined} */
let timer;

/** @param {import("./cached.js").Copy | null} copy */
function show(copy) {
  if (!copy || copy.missing) return;
  office = { ...copy.body, fresh: copy.fresh, at: copy.at };
  for (const listener of listeners) listener();
}

const read = async () => show(await getJson(PATH));

/** @param {() => void} listener */
function subscribe(listener) {
  listeners.add(listener);
  if (listeners.size === 1) {
    if (office === null) show(lastCopy(PATH));
    void read();
    timer = setInterval(read, EVERY_MS);
  }
  return () => {
    listeners.delete(listener);
    if (listeners.size === 0) clearInterval(timer);
  };
}

const now = () => office;
const nobody = () => null; // a prerendered page knows no office

/** The office as the node told it, or its last copy; null before the first answer ever. @returns {any} */
export function useOffice() {
  return useSyncExternalStore(subscribe, now, nobody);
}

/** This moment, renewed at every full minute; null before the page lives. @returns {number | null} */
export function useMinute() {
  const [now, setNow] = useState(/** @type {number | null} */ (null));
  useEffect(() => {
    /** @type {ReturnType<typeof setTimeout>} */
    let timer;
    const tick = () => {
      setNow(Date.now());
      timer = setTimeout(tick, 60_000 - (Date.now() % 60_000) + 20);
    };
    tick();
    return () => clearTimeout(timer);
  }, []);
  return now;
}
