// The device's outbox: what a room puts here reaches the office once, however often the line, the page or the power breaks.
// It belongs to the device: nobody is shown what is in it, the kiosk at most how many wait.
import { loadDevice, onHeard, readDevice, tellAlso } from "./device.js";
import { readLink, subscribeLink } from "./link.js";
import { Outbox } from "./outbox_loop.js";
import * as rules from "./outbox_rules.js";
import { ENTRIES, FACTS, transact } from "./outbox_store.js";
import { post } from "./post.js";
import { countWaiting, isDevice } from "./report.js";
import { seal } from "./seal.js";
import { keepSteady, steadyNow } from "./steady.js";

/** @typedef {import("./outbox_rules.js").Entry} Entry */
/** @typedef {import("./outbox_loop.js").Taken} Taken */

const PATH = "/api/v1/entries";
const PATIENCE_MS = 10_000;
const EVERY_MS = 1000;

/** @type {BroadcastChannel | null} to the other pages of this device: they read again when one of them stored something */
let others = null;

const outbox = new Outbox({
  transact,
  now: steadyNow,
  random: Math.random,
  head: () => readDevice()?.head ?? null,
  post: (body) => post(PATH, body, { tries: 1, timeout: PATIENCE_MS }),
  changed: () => others?.postMessage(null),
});

/**
 * Hand something to the office, now or when it is there again; resolves when it is durable on this device, rejects when it is not
 * (a full disk, no device, nothing to seal with). `sealed`: nobody but the node can read it from now on. `coarse`: of the moment no more is
 * kept and sent than ten minutes; `id` must be random then. `quiet`: it is not counted among what waits.
 * @param {string} kind @param {any} body @param {{ id: string, sealed?: boolean, coarse?: boolean, quiet?: boolean }} words @returns {Promise<Entry>}
 */
export async function putEntry(kind, body, { id, sealed = false, coarse = false, quiet = false }) {
  if (!isDevice()) throw new Error("only an enrolled device keeps what waits");
  const to = (readDevice() ?? (await loadDevice()))?.seal ?? ""; // a page that was opened while the node is gone has not read it yet
  if (sealed && to === "") throw new Error("the office computer's key is not known yet");
  keepSteady();
  const content = sealed ? { sealed: await seal(body, { id, kind, to }) } : { body };
  const entry = await outbox.put({ id, kind, coarse, quiet, ...content });
  void outbox.turn().catch(() => undefined);
  return entry;
}

/** A room does something in the same transaction in which an entry of `kind` was taken by the node. @param {string} kind @param {Taken} taken */
export const whenTaken = (kind, taken) => void outbox.takers.set(kind, taken);

/** What waits here. The same array until it changes. */
export const readOutbox = () => outbox.entries;

/** Call `listener` after every change. Returns how to stop. @param {() => void} listener */
export function subscribeOutbox(listener) {
  outbox.listeners.add(listener);
  return () => {
    outbox.listeners.delete(listener);
  };
}

/** For a room that stores an entry together with facts of its own, in one transaction. */
export const ownStore = { transact, ENTRIES, FACTS, fresh: rules.fresh, waits: (/** @type {Entry} */ one) => !rules.atNode(one) };

/** Something was stored beside `putEntry`: show it and send it. */
export const refreshOutbox = () => outbox.load().then(() => void outbox.turn().catch(() => undefined));

/** Begin to send while this page is open. Returns how to stop. */
export function startOutbox() {
  const quiet = (/** @type {Promise<unknown>} */ work) => void work.catch(() => undefined); // the store is refused or full: again in a second
  const tick = () => {
    if (!isDevice()) return;
    keepSteady();
    if (readLink().up !== false) quiet(outbox.drain());
  };
  let up = readLink().up;
  const stops = [
    subscribeLink(() => {
      const before = up;
      up = readLink().up;
      if (up && before === false && isDevice()) quiet(outbox.hurry().then(() => outbox.drain()));
    }),
    countWaiting(() => rules.toldCount([...outbox.entries], steadyNow())),
    tellAlso(() => ({ parked: rules.parkedOnes([...outbox.entries]) })),
    onHeard((told) => quiet(outbox.settle(told.durable, told.head?.epoch))),
  ];
  if (isDevice()) {
    others ??= new BroadcastChannel("kiosk.outbox");
    others.onmessage = () => outbox.doubt();
    quiet(outbox.hurry(true));
    quiet(Promise.resolve(navigator.storage?.persist?.()));
  }
  const timer = setInterval(tick, EVERY_MS);
  return () => {
    clearInterval(timer);
    for (const stop of stops) stop();
  };
}
