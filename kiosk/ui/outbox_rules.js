// What waits on this device for the office: rules, without a browser. An entry is waiting, being sent (with a lease that runs
// out), parked (with a code, tried again later), or durable, and then it is gone from here. Taken by the node is not durable:
// until the centre holds it too, an entry waits here with its stamp, and is handed in again should the node begin a new epoch.
// Held: the node has it, and tells of it later; it stays here too, and the node is asked again then.
// Moments are ms of the device's steady clock (steady.js), never of the clock that somebody can set. Of a coarse entry none is kept or
// sent that is nearer than ten minutes, and none in which it was tried: neither this device nor the wire knows when it was made.

/**
 * @typedef {[number, number]} Stamp  epoch and sequence number
 * @typedef {"waiting" | "sending" | "held" | "parked"} State
 * @typedef {{ id: string, kind: string, body?: any, sealed?: any, made: number, state: State, due: number, tries: number,
 *   code: string | null, message: string | null, stamp: Stamp | null, coarse?: true, quiet?: true, held?: number }} Entry
 *   due: from when it may be sent; of one that is being sent: when its lease runs out; held: the epoch in which the node said so;
 *   quiet: nobody waits for it, so that it is not counted
 * @typedef {{ id: string, result: "taken" | "held" | "parked", stamp?: Stamp | null, again_s?: number | null, told?: any,
 *   code?: string | null, message?: string | null }} Answer
 */

export const LEASE_MS = 20_000;
export const MOST_ENTRIES = 50;
export const MOST_LETTERS = 48_000; // of one batch as JSON: the node reads 64 kB
export const COARSE_MS = 600_000;
const HOLD_MS = 3_600_000; // of a node that does not say when to ask again
const AGAIN_MS = [1000, 2000, 4000, 8000, 15_000, 30_000];
const PARKED_MS = [60_000, 300_000, 1_800_000];
const NEVER = Number.MAX_SAFE_INTEGER;

/** @typedef {Pick<Entry, "coarse">} Grain */
/** A moment that lies behind, as it is kept of an entry. @param {Grain} entry @param {number} at */
const before = (entry, at) => (entry.coarse ? Math.floor(at / COARSE_MS) * COARSE_MS : at);
/** A moment that lies ahead. @param {Grain} entry @param {number} at */
const ahead = (entry, at) => (entry.coarse ? Math.ceil(at / COARSE_MS) * COARSE_MS : at);

/** @param {{ id: string, kind: string, body?: any, sealed?: any, coarse?: boolean, quiet?: boolean }} given @param {number} now @returns {Entry} */
export function fresh({ id, kind, body, sealed, coarse = false, quiet = false }, now) {
  const content = sealed === undefined ? { body } : { sealed };
  /** @type {Pick<Entry, "coarse" | "quiet">} */
  const grain = { ...(coarse ? { coarse: true } : {}), ...(quiet ? { quiet: true } : {}) };
  const made = before(grain, now);
  return { id, kind, ...content, ...grain, made, state: "waiting", due: made, tries: 0, code: null, message: null, stamp: null };
}

/** @param {readonly number[]} steps @param {number} tries so far @param {number} random 0 to 1 */
function pause(steps, tries, random) {
  return Math.round(Number(steps[Math.min(tries, steps.length - 1)]) * (0.7 + 0.6 * random));
}

/** How long coarse entries rest together, of which none may keep a pace of its own. @param {number} misses in a row @param {number} random 0 to 1 */
export const rest = (misses, random) => pause(AGAIN_MS, misses, random);

/** Whether the node holds it, and only the centre is still waited for. @param {Entry} entry */
export const atNode = (entry) => entry.stamp !== null || entry.held !== undefined;

/** @param {Entry} entry @returns {Entry} */
function letGo({ held: _, ...rest }) {
  return rest;
}

/** The oldest first; of one moment, as the ten minutes of coarse ones are, the quiet ones first: an answer comes behind the code that it
 * names. @param {Entry} one @param {Entry} other */
const inTurn = (one, other) => one.made - other.made || Number(other.quiet ?? false) - Number(one.quiet ?? false) || (one.id < other.id ? -1 : 1);

/**
 * What may be sent now, in turn, no more than one batch holds. Coarse ones rest until `calm`.
 * @param {readonly Entry[]} entries @param {number} now @param {number} [calm] @returns {Entry[]}
 */
export function due(entries, now, calm = 0) {
  const rests = (/** @type {Entry} */ { coarse, state }) => coarse && now < calm && (state === "waiting" || state === "held");
  const ready = entries.filter((entry) => entry.due <= now && !rests(entry)).sort(inTurn);
  const batch = [];
  let letters = 0;
  for (const entry of ready.slice(0, MOST_ENTRIES)) {
    letters += JSON.stringify(entry.body ?? entry.sealed ?? null).length + 300;
    if (batch.length > 0 && letters > MOST_LETTERS) break;
    batch.push(entry);
  }
  return batch;
}

/** Leased to who sends it now. A page that dies with it gives it back when the lease runs out. @param {Entry} entry @param {number} now @returns {Entry} */
export const leased = (entry, now) => ({ ...entry, state: "sending", due: ahead(entry, now + LEASE_MS) });

/** Nobody answered. @param {Entry} entry @param {number} now @param {number} random @returns {Entry} */
export function unanswered(entry, now, random) {
  const state = entry.held === undefined ? "waiting" : "held";
  if (entry.coarse) return { ...entry, state, due: before(entry, now) };
  return { ...entry, state, due: now + pause(AGAIN_MS, entry.tries, random), tries: entry.tries + 1 };
}

/**
 * The node answered. @param {Entry} entry @param {Answer} answer @param {number} now @param {number} random
 * @param {number} [epoch] in which it spoke @returns {Entry}
 */
export function answered(entry, answer, now, random, epoch = 0) {
  const calm = { ...letGo(entry), tries: 0, code: null, message: null, stamp: null };
  if (answer.result === "taken" && answer.stamp) return { ...calm, state: "waiting", due: NEVER, stamp: answer.stamp };
  if (answer.result === "held") {
    const asked = ahead(entry, now + (answer.again_s ? answer.again_s * 1000 : HOLD_MS)) + Math.floor(random * COARSE_MS);
    return { ...calm, state: "held", due: asked, held: epoch };
  }
  const tries = entry.state === "sending" && entry.code ? entry.tries + 1 : 0;
  const reason = { code: answer.code ?? "ENTRY-0422", message: answer.message ?? null };
  return { ...calm, ...reason, state: "parked", due: ahead(entry, now + pause(PARKED_MS, tries, random)), tries };
}

/**
 * Whether the centre holds what stands at `stamp`. Only for a stamp and a `durable` of one answer, which speak of one chain: what stands
 * in an epoch before the centre's is behind it then. @param {Stamp} stamp @param {Stamp | null} durable
 */
export const isHeld = (stamp, durable) => durable === null || stamp[0] < durable[0] || (stamp[0] === durable[0] && stamp[1] <= durable[1]);

/** Whether an entry that the node has just answered may be forgotten. @param {Entry} entry @param {Stamp | null} durable of the same answer */
export const isSafe = (entry, durable) => (entry.stamp ? isHeld(entry.stamp, durable) : entry.state === "held" && durable === null);

/**
 * Whether an entry that the node holds is to be handed in once more, now that the centre is known to hold everything up to `durable` (null:
 * there is no centre). It is never forgotten for a watermark alone: the node may have been restored from an older copy since it gave the
 * stamp, and other events stand there now. Handed in again it is found, or taken anew. One that is held without a stamp is handed in again
 * when the node speaks of a newer `epoch`: it may have forgotten it.
 * @param {Entry} entry @param {Stamp | null} durable @param {number} [epoch]
 */
export function isRipe({ stamp, held }, durable, epoch = 0) {
  if (stamp) return isHeld(stamp, durable);
  return held !== undefined && (durable === null || epoch > held);
}

/** It is to be handed in once more, for its new stamp. @param {Entry} entry @param {number} now @returns {Entry} */
export const again = (entry, now) => ({ ...letGo(entry), state: "waiting", due: before(entry, now), stamp: null });

/**
 * Tried at once: the line is back, or (`anew`) this is a new page, which does not wait for the coarse lease of one that is gone.
 * @param {Entry} entry @param {number} now @param {boolean} [anew] @returns {Entry}
 */
export function hurried(entry, now, anew = false) {
  const orphan = anew && entry.state === "sending" && entry.coarse === true;
  if (!orphan && (entry.state !== "waiting" || entry.stamp !== null)) return entry;
  const due = Math.min(entry.due, before(entry, now));
  return due === entry.due && entry.tries === 0 ? entry : { ...entry, due, tries: 0 };
}

/** How old an entry is, in whole ms. @param {Entry} entry @param {number} now */
export const age = (entry, now) => Math.max(0, Math.round(now - entry.made));

/** How many that matter to anybody the node does not hold yet. @param {Entry[]} entries */
export const waitingCount = (entries) => entries.filter((entry) => !atNode(entry) && !entry.quiet).length;

/** How many of those the device tells the office of. A coarse one only once it waits for the second ten minutes: the report in which a newer
 * one comes or goes would be its moment. @param {Entry[]} entries @param {number} now */
export const toldCount = (entries, now) => waitingCount(entries.filter((entry) => !entry.coarse || now - entry.made >= 2 * COARSE_MS));

/** What is parked and why, for the staff: `[{kind, code, count}]`. @param {Entry[]} entries */
export function parkedOnes(entries) {
  /** @type {Map<string, { kind: string, code: string, count: number }>} */
  const found = new Map();
  for (const { state, kind, code } of entries) {
    if (state !== "parked") continue;
    const key = `${kind} ${code}`;
    found.set(key, { kind, code: code ?? "", count: (found.get(key)?.count ?? 0) + 1 });
  }
  return [...found.values()].slice(0, 20);
}
