// The device's outbox: what a room puts here reaches the office once, however often the line, the page or the power breaks.
// It belongs to the device: nobody is shown what is in it, the kiosk at most how many wait.
import { onHeard, readDevice, tellAlso } from "./device.js";
import { readLink, subscribeLink } from "./link.js";
import * as rules from "./outbox_rules.js";
import { ENTRIES, FACTS, transact } from "./outbox_store.js";
import { post } from "./post.js";
import { countWaiting, isDevice } from "./report.js";
import { seal } from "./seal.js";
import { keepSteady, steadyNow } from "./steady.js";

/**
 * @typedef {import("./outbox_rules.js").Entry} Entry
 * @typedef {import("./outbox_store.js").Access} Access
 * @typedef {(access: Access, entry: Entry, told: any) => Promise<void> | void} Taken
 * @typedef {{ transact: typeof transact, now: () => number, random: () => number, head: () => any,
 *   post: (body: any) => Promise<{ ok: boolean, status: number, body: any }>, heard?: (head: any) => void }} Means
 */

const PATH = "/api/v1/entries";
const PATIENCE_MS = 10_000;
const EVERY_MS = 1000;
const LOOK_AGAIN = new Set([401, 403, 408, 425, 429]); // says nothing about an entry: wait
/** @type {readonly Entry[]} */
const NONE = Object.freeze([]);

export class Outbox {
  /** @param {Means} means */
  constructor(means) {
    this.means = means;
    this.entries = NONE;
    this.busy = false;
    this.single = false; // a batch was refused as a whole: one by one
    /** @type {Set<() => void>} */
    this.listeners = new Set();
    /** @type {Map<string, Taken>} */
    this.takers = new Map();
  }

  /** Store an entry; resolves when it is on the disk. The same id again gives what is there. @param {{ id: string, kind: string, body?: any, sealed?: any }} given */
  async put(given) {
    const entry = await this.means.transact("readwrite", async (access) => {
      const known = await access.get(ENTRIES, given.id);
      if (!known) access.put(ENTRIES, rules.fresh(given, this.means.now()));
      return known ?? rules.fresh(given, this.means.now());
    });
    await this.load();
    return entry;
  }

  /** Read what is there, for who shows how many wait. */
  async load() {
    const found = await this.means.transact("readonly", (access) => access.all(ENTRIES));
    if (JSON.stringify(found) === JSON.stringify(this.entries)) return;
    this.entries = Object.freeze(found);
    for (const listener of this.listeners) listener();
  }

  /** Change every entry by `change`; null takes it away. @param {(entry: Entry) => Entry | null} change */
  async each(change) {
    await this.means.transact("readwrite", async (access) => {
      for (const entry of await access.all(ENTRIES)) {
        const next = change(entry);
        if (next === null) access.drop(ENTRIES, entry.id);
        else if (next !== entry) access.put(ENTRIES, next);
      }
    });
    await this.load();
  }

  /** The centre holds everything up to `durable`; null: there is none. @param {import("./outbox_rules.js").Stamp | null} durable */
  async settle(durable) {
    if (!this.entries.some((entry) => rules.isRipe(entry, durable))) return;
    const now = this.means.now();
    await this.each((entry) => (rules.isRipe(entry, durable) ? rules.again(entry, now) : entry));
  }

  /** Try everything at once: the line is back, or the page is a new one and so perhaps the node. @param {boolean} [parked] too */
  async hurry(parked = false) {
    const now = this.means.now();
    await this.each((entry) => (parked && entry.state === "parked" ? { ...entry, due: now } : rules.hurried(entry, now)));
  }

  /** Send what is due, one batch. Returns how many were sent. */
  async turn() {
    if (this.busy) return 0;
    this.busy = true;
    try {
      await this.load();
      const batch = await this.lease();
      if (batch.length > 0) await this.send(batch);
      return batch.length;
    } finally {
      this.busy = false;
    }
  }

  async lease() {
    if (rules.due([...this.entries], this.means.now()).length === 0) return [];
    return this.means.transact("readwrite", async (access) => {
      const now = this.means.now();
      const ready = rules.due(await access.all(ENTRIES), now);
      const batch = (this.single ? ready.slice(0, 1) : ready).map((entry) => rules.leased(entry, now));
      for (const entry of batch) access.put(ENTRIES, entry);
      return batch;
    });
  }

  /** @param {Entry[]} batch */
  async send(batch) {
    const now = this.means.now();
    const words = batch.map((entry) => ({
      id: entry.id,
      kind: entry.kind,
      age_ms: rules.age(entry, now),
      ...(entry.sealed === undefined ? { body: entry.body } : { sealed: entry.sealed }),
    }));
    const answer = await this.means.post({ entries: words, head: this.means.head() });
    const refused = !answer.ok && answer.status >= 400 && answer.status < 500 && !LOOK_AGAIN.has(answer.status);
    this.single = refused && batch.length > 1;
    await this.write(batch, answer, refused && batch.length === 1);
    if (!answer.ok) return;
    this.means.heard?.(answer.body?.head);
    if (answer.body?.durable !== undefined) await this.settle(answer.body.durable);
  }

  /** @param {Entry[]} batch @param {{ ok: boolean, body: any }} answer @param {boolean} park */
  async write(batch, answer, park) {
    const now = this.means.now();
    const durable = answer.ok ? answer.body?.durable : undefined;
    const told = new Map((answer.ok && Array.isArray(answer.body?.entries) ? answer.body.entries : []).map((/** @type {any} */ one) => [one.id, one]));
    await this.means.transact("readwrite", async (access) => {
      for (const { id } of batch) {
        const entry = await access.get(ENTRIES, id);
        if (!entry) continue;
        const one = told.get(id) ?? (park ? { id, result: "parked", ...answer.body } : null);
        const next = one ? rules.answered(entry, one, now, this.means.random()) : rules.unanswered(entry, now, this.means.random());
        if (next.stamp && durable !== undefined && rules.isHeld(next.stamp, durable)) access.drop(ENTRIES, id);
        else access.put(ENTRIES, next);
        if (one?.result === "taken") await this.takers.get(entry.kind)?.(access, entry, one.told);
      }
    });
    await this.load();
  }
}

const outbox = new Outbox({
  transact,
  now: steadyNow,
  random: Math.random,
  head: () => readDevice()?.head ?? null,
  post: (body) => post(PATH, body, { tries: 1, timeout: PATIENCE_MS }),
});

/**
 * Hand something to the office, now or when it is there again; resolves when it is durable on this device, rejects when it is not
 * (a full disk, no device, nothing to seal with). `sealed`: nobody but the node can read it from now on.
 * @param {string} kind @param {any} body @param {{ id: string, sealed?: boolean }} words @returns {Promise<Entry>}
 */
export async function putEntry(kind, body, { id, sealed = false }) {
  if (!isDevice()) throw new Error("only an enrolled device keeps what waits");
  const to = readDevice()?.seal ?? "";
  if (sealed && to === "") throw new Error("the office computer's key is not known yet");
  keepSteady();
  const content = sealed ? { sealed: await seal(body, { id, kind, to }) } : { body };
  const entry = await outbox.put({ id, kind, ...content });
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
    if (readLink().up !== false) quiet(outbox.turn());
  };
  let up = readLink().up;
  const stops = [
    subscribeLink(() => {
      const before = up;
      up = readLink().up;
      if (up && before === false && isDevice()) quiet(outbox.hurry().then(() => outbox.turn()));
    }),
    countWaiting(() => rules.waitingCount([...outbox.entries])),
    tellAlso(() => ({ parked: rules.parkedOnes([...outbox.entries]) })),
    onHeard((told) => quiet(outbox.settle(told.durable))),
  ];
  if (isDevice()) {
    quiet(outbox.hurry(true));
    quiet(Promise.resolve(navigator.storage?.persist?.()));
  }
  const timer = setInterval(tick, EVERY_MS);
  return () => {
    clearInterval(timer);
    for (const stop of stops) stop();
  };
}
