// The outbox at work, without a browser: entries in a store, batches to the node, what its answers change. `outbox.js` gives it the
// device's database, clock and line.
import * as rules from "./outbox_rules.js";
import { ENTRIES } from "./outbox_store.js";

/**
 * @typedef {import("./outbox_rules.js").Entry} Entry
 * @typedef {import("./outbox_store.js").Access} Access
 * @typedef {(access: Access, entry: Entry, told: any) => Promise<void> | void} Taken
 * @typedef {{ transact: typeof import("./outbox_store.js").transact, now: () => number, random: () => number, head: () => any,
 *   post: (body: any) => Promise<{ ok: boolean, status: number, body: any }>, heard?: (head: any) => void, changed?: () => void }} Means
 *   changed: what is on the disk was changed here, for other pages of this device
 */

const READ_MS = 15_000; // what another page stored is also told (`changed`)
const SHOWN = /** @type {const} */ (["id", "state", "due", "tries", "code", "held"]); // what of an entry changes
const LOOK_AGAIN = new Set([401, 403, 408, 425, 429]); // says nothing about an entry: wait
/** @type {readonly Entry[]} */
const NONE = Object.freeze([]);

/** @param {Entry} one @param {Entry | undefined} other */
const isSame = (one, other) => other !== undefined && SHOWN.every((name) => one[name] === other[name]) && String(one.stamp) === String(other.stamp);

/** Whether every entry was answered: something between us and the node may say 200 to anything. @param {{ ok: boolean, body: any }} answer @param {Entry[]} batch */
function isWhole({ ok, body }, batch) {
  if (!ok || !Array.isArray(body?.entries)) return false;
  const told = new Set(body.entries.map((/** @type {any} */ one) => one?.id));
  return batch.every(({ id }) => told.has(id));
}

export class Outbox {
  /** @param {Means} means */
  constructor(means) {
    this.means = means;
    this.entries = NONE;
    this.busy = false;
    this.single = false; // a batch was refused as a whole: one by one
    this.flows = false; // the last batch was answered, every entry of it
    this.readAt = Number.NEGATIVE_INFINITY;
    this.calm = 0; // until when coarse entries rest: kept here, because stored it would tell when each was sent
    this.misses = 0;
    /** @type {Set<() => void>} */
    this.listeners = new Set();
    /** @type {Map<string, Taken>} */
    this.takers = new Map();
  }

  /** Store an entry; resolves when it is on the disk. The same id again gives what is there. @param {{ id: string, kind: string, body?: any, sealed?: any, coarse?: boolean, quiet?: boolean }} given */
  async put(given) {
    const entry = await this.means.transact("readwrite", async (access) => {
      const known = await access.get(ENTRIES, given.id);
      const stored = known ?? rules.fresh(given, this.means.now());
      if (!known) access.put(ENTRIES, stored);
      return stored;
    });
    this.wrote(new Map([[entry.id, entry]]));
    return entry;
  }

  /** Read what is there, for who shows how many wait. */
  async load() {
    const found = await this.means.transact("readonly", (access) => access.all(ENTRIES));
    this.readAt = this.means.now();
    if (found.length !== this.entries.length || !found.every((one, place) => isSame(one, this.entries[place]))) this.become(found);
  }

  /** What was on the disk when it was read last is no longer all. */
  doubt() {
    this.readAt = Number.NEGATIVE_INFINITY;
  }

  /** @param {Entry[]} entries */
  become(entries) {
    this.entries = Object.freeze(entries);
    for (const listener of this.listeners) listener();
  }

  /** These are on the disk now; null: gone. Thousands that wait beside them are not read again. @param {Map<string, Entry | null>} changes */
  wrote(changes) {
    if (changes.size === 0) return;
    const rest = this.entries.map((entry) => (changes.has(entry.id) ? changes.get(entry.id) : entry));
    const known = new Set(this.entries.map(({ id }) => id));
    const added = [...changes.values()].filter((entry) => entry && !known.has(entry.id));
    this.become(/** @type {Entry[]} */ ([...rest, ...added].filter(Boolean)));
    this.means.changed?.();
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
    this.means.changed?.();
  }

  /**
   * The centre holds everything up to `durable`; null: there is none. `epoch`: in which the node speaks.
   * @param {import("./outbox_rules.js").Stamp | null} durable @param {number} [epoch]
   */
  async settle(durable, epoch = 0) {
    if (!this.entries.some((entry) => rules.isRipe(entry, durable, epoch))) return;
    const now = this.means.now();
    await this.each((entry) => (rules.isRipe(entry, durable, epoch) ? rules.again(entry, now) : entry));
  }

  /** Try everything at once: the line is back, or the page is a new one and so perhaps the node. @param {boolean} [parked] too */
  async hurry(parked = false) {
    const now = this.means.now();
    this.calm = this.misses = 0;
    await this.each((entry) => (parked && entry.state === "parked" ? { ...entry, due: now } : rules.hurried(entry, now, parked)));
  }

  /** Send what is due, batch after batch, as long as the node answers. */
  async drain() {
    while ((await this.turn()) > 0 && this.flows);
  }

  /** Send what is due, one batch. Returns how many were sent. */
  async turn() {
    if (this.busy) return 0;
    this.busy = true;
    try {
      if (this.means.now() - this.readAt >= READ_MS) await this.load();
      const batch = await this.lease();
      if (batch.length > 0) await this.send(batch);
      return batch.length;
    } finally {
      this.busy = false;
    }
  }

  async lease() {
    const now = this.means.now();
    const ready = rules.due(this.entries, now, this.calm);
    if (ready.length === 0) return [];
    const batch = await this.means.transact(
      "readwrite",
      async (access) => {
        const some = this.single ? ready.slice(0, 1) : ready;
        const found = await Promise.all(some.map(({ id }) => access.get(ENTRIES, id)));
        const free = found.filter((entry) => entry && entry.due <= now);
        if (free.length < some.length) this.doubt(); // another page was quicker
        const leased = free.map((entry) => rules.leased(entry, now));
        for (const entry of leased) access.put(ENTRIES, entry);
        return leased;
      },
      "relaxed",
    ); // forgotten, it is sent once more
    this.wrote(new Map(batch.map((entry) => [entry.id, entry])));
    return batch;
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
    this.flows = isWhole(answer, batch);
    this.pace(batch);
    await this.write(batch, answer, refused && batch.length === 1);
    if (!answer.ok) return;
    this.means.heard?.(answer.body?.head);
    if (answer.body?.durable !== undefined) await this.settle(answer.body.durable, answer.body.head?.epoch);
  }

  /** Coarse entries that nobody answered rest together. @param {Entry[]} batch */
  pace(batch) {
    if (this.flows) this.misses = this.calm = 0;
    else if (batch.some(({ coarse }) => coarse)) this.calm = this.means.now() + rules.rest(this.misses++, this.means.random());
  }

  /** @param {Entry[]} batch @param {{ ok: boolean, body: any }} answer @param {boolean} park */
  async write(batch, answer, park) {
    const now = this.means.now();
    const durable = answer.ok ? answer.body?.durable : undefined;
    const told = new Map((answer.ok && Array.isArray(answer.body?.entries) ? answer.body.entries : []).map((/** @type {any} */ one) => [one?.id, one]));
    /** @type {Map<string, Entry | null>} */
    const changes = new Map();
    await this.means.transact("readwrite", async (access) => {
      changes.clear();
      const found = await Promise.all(batch.map(({ id }) => access.get(ENTRIES, id)));
      for (const [place, { id }] of batch.entries()) {
        const entry = found[place];
        changes.set(id, null);
        if (!entry) continue;
        const one = told.get(id) ?? (park ? { id, result: "parked", ...answer.body } : null);
        const chance = this.means.random();
        const next = one ? rules.answered(entry, one, now, chance, answer.body?.head?.epoch) : rules.unanswered(entry, now, chance);
        const gone = one && durable !== undefined && rules.isSafe(next, durable);
        if (gone) access.drop(ENTRIES, id);
        else access.put(ENTRIES, next);
        changes.set(id, gone ? null : next);
        if (one?.result === "taken") await this.takers.get(entry.kind)?.(access, entry, one.told);
      }
    });
    this.wrote(changes);
  }
}
