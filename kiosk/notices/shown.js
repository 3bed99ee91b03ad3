// Which notices a screen shows now, and the reading of them: from the node, else from the last copy. No React here.
import { getJson, lastCopy } from "$/public/external/kiosk/ui/cached.js";
import { currentOf } from "./notice_rules.js";

const PATH = "/api/v1/notices";
export const LOOK_MS = 15_000; // begins and ends are noticed within this
export const READS = 3; // every how many looks the node is asked: a screen that nobody touches has a new notice within a minute

/** @typedef {import("./notice_rules.js").Notice} Notice */

/** @type {import("$/public/external/kiosk/ui/cached.js").Copy | null} */
let copy = null;
/** @type {Notice[]} */
let current = [];
/** @type {Set<() => void>} */
const listeners = new Set();
/** @type {ReturnType<typeof setInterval> | undefined} */
let timer;
let looks = 0;

function look() {
  const next = currentOf(copy, Date.now());
  if (JSON.stringify(next) === JSON.stringify(current)) return;
  current = next;
  for (const listener of listeners) listener();
}

async function read() {
  const told = await getJson(PATH);
  if (!told.missing) copy = told;
  look();
}

function tick() {
  looks += 1;
  if (looks % READS === 0) void read();
  else look();
}

/** @param {() => void} listener */
export function subscribe(listener) {
  listeners.add(listener);
  if (listeners.size === 1) {
    copy ??= lastCopy(PATH);
    look();
    void read();
    timer = setInterval(tick, LOOK_MS);
  }
  return () => {
    listeners.delete(listener);
    if (listeners.size === 0) clearInterval(timer);
  };
}

export const now = () => current;

/** @type {Notice[]} */
const NONE = [];
export const nobody = () => NONE; // a prerendered page knows no office
