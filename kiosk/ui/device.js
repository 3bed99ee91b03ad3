// What this device knows of itself: the lane it was granted, the word by which it proves that it is not a copy, the office's day
// and the highest signed head that it was told. Kept in the device's own database: a wiped device has none, and must be enrolled again.
import { heard, higher, isNews } from "./device_rules.js";
import { FACTS, transact } from "./outbox_store.js";
import { exchangeWith } from "./report.js";
import { steadyNow } from "./steady.js";

/** @typedef {import("./device_rules.js").Device} Device */

const FACT = "device";
const LOCK = "kiosk.report";

/** @type {Device | null} */
let device = null;
/** @type {Device | null} as it is on the disk */
let kept = null;
/** @type {Set<() => void>} */
const listeners = new Set();
/** @type {Set<() => object>} */
const tellers = new Set();
/** @type {Set<(told: any) => void>} */
const hearers = new Set();

/** @param {Device | null} next */
function become(next) {
  device = next;
  for (const listener of listeners) listener();
}

/** Another page may have been given a newer word: the disk knows. */
async function fromDisk() {
  kept = (await transact("readonly", (access) => access.get(FACTS, FACT))) ?? null;
  if (kept && (!device || device.id !== kept.id || kept.at > device.at)) become({ ...kept, head: higher(kept.head, device?.head) });
  return kept;
}

/** @returns {Promise<object>} */
async function words() {
  const also = Object.assign({}, ...[...tellers].map((tell) => tell()));
  if (typeof navigator.locks === "undefined") return also; // no secure context: no lane
  const known = await fromDisk();
  return { ...also, word: known?.word ?? "", of: known?.id ?? "", clock: Date.now(), head: device?.head ?? null };
}

/** @param {any} told */
async function answer(told) {
  if (!told?.id) return; // a node of before lanes
  const next = heard(device?.id === told.id ? device : null, told, steadyNow());
  if (isNews(kept, next)) {
    await transact("readwrite", async (access) => access.put(FACTS, next));
    kept = next;
  }
  become(next);
  for (const hear of hearers) hear(told);
}

exchangeWith({
  words,
  answer,
  alone: async (work) => {
    if (navigator.locks) await navigator.locks.request(LOCK, work);
    else await work();
  },
});

/** The device; null before anything was told or read. The same object until it changes. */
export const readDevice = () => device;

/** Read what is kept, for a page that opens while the node is gone. */
export const loadDevice = () => fromDisk().catch(() => null);

/** This browser becomes another device: the lane of the old one is not its own any more. What waits stays, and is handed in by the new one. */
export async function forgetDevice() {
  kept = null;
  become(null);
  await transact("readwrite", async (access) => access.drop(FACTS, FACT)).catch(() => undefined); // refused: the next report tells
}

/** Call `listener` after every change. Returns how to stop. @param {() => void} listener */
export function subscribeDeviceFacts(listener) {
  listeners.add(listener);
  return () => {
    listeners.delete(listener);
  };
}

/** A room adds to what the device tells. Returns how to stop. @param {() => object} tell */
export function tellAlso(tell) {
  tellers.add(tell);
  return () => {
    tellers.delete(tell);
  };
}

/** Call `hear` with every answer to a report. Returns how to stop. @param {(told: any) => void} hear */
export function onHeard(hear) {
  hearers.add(hear);
  return () => {
    hearers.delete(hear);
  };
}

/** The node said a head elsewhere (the board's sign of life). @param {any} head */
export function headSeen(head) {
  const top = higher(device?.head ?? null, head);
  if (device && top !== device.head) device = { ...device, head: top };
}
