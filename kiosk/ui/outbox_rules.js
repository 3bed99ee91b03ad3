// What waits on this device for the office: rules, without a browser. An entry is waiting, being sent (with a lease that runs
// out), parked (with a code, tried again later), or durable, and then it is gone from here. Taken by the node is not durable:
// until the centre holds it too, an entry waits here with its stamp, and is handed in again should the node begin a new epoch.
// Moments are ms of the device's steady clock (steady.js), never of the clock that somebody can set.

/**
 * @typedef {[number, number]} Stamp  epoch and sequence number
 * @typedef {"waiting" | "sending" | "parked"} State
 * @typedef {{ id: string, kind: string, body?: any, sealed?: any, made: number, state: State, due: number, tries: number,
 *   code: string | null, message: string | null, stamp: Stamp | null }} Entry
 *   due: from when it may be sent; of one that is being sent: when its lease runs out
 * @typedef {{ id: string, result: "taken" | "parked", stamp?: Stamp | null, told?: any, code?: string | null, message?: string | null }} Answer
 */

export const LEASE_MS = 20_000;
export const MOST_ENTRIES = 50;
export const MOST_LETTERS = 48_000; // of one batch as JSON: the node reads 64 kB
const AGAIN_MS = [1000, 2000, 4000, 8000, 15_000, 30_000];
const PARKED_MS = [60_000, 300_000, 1_800_000];
const NEVER = Number.MAX_SAFE_INTEGER;

/** @param {{ id: string, kind: string, body?: any, sealed?: any }} given @param {number} now @returns {Entry} */
export function fresh({ id, kind, body, sealed }, now) {
  const content = sealed === undefined ? { body } : { sealed };
  return { id, kind, ...content, made: now, state: "waiting", due: now, tries: 0, code: null, message: null, stamp: null };
}

/** @param {readonly number[]} steps @param {number} tries so far @param {number} random 0 to 1 */
function pause(steps, tries, random) {
  return Math.round(Number(steps[Math.min(tries, steps.length - 1)]) * (0.7 + 0.6 * random));
}

/** Whether the node holds it, and only the centre is still waited for. @param {Entry} entry */
export const atNode = (entry) => entry.stamp !== null;

/** What may be sent now, oldest first, no more than one batch holds. @param {Entry[]} entries @param {number} now @returns {Entry[]} */
export function due(entries, now) {
  const ready = entries.filter((entry) => entry.due <= now).sort((one, other) => one.made - other.made || (one.id < other.id ? -1 : 1));
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
export const leased = (entry, now) => ({ ...entry, state: "sending", due: now + LEASE_MS });

/** Nobody answered. @param {Entry} entry @param {number} now @param {number} random @returns {Entry} */
export function unanswered(entry, now, random) {
  return { ...entry, state: "waiting", due: now + pause(AGAIN_MS, entry.tries, random), tries: entry.tries + 1 };
}

/** The node answered. @param {Entry} entry @param {Answer} answer @param {number} now @param {number} random @returns {Entry} */
export function answered(entry, answer, now, random) {
  if (answer.result === "taken" && answer.stamp) {
    return { ...entry, state: "waiting", due: NEVER, tries: 0, code: null, message: null, stamp: answer.stamp };
  }
  const tries = entry.state === "sending" && entry.code ? entry.tries + 1 : 0;
  const reason = { code: answer.code ?? "ENTRY-0422", message: answer.message ?? null };
  return { ...entry, ...reason, state: "parked", due: now + pause(PARKED_MS, tries, random), tries, stamp: null };
}

/**
 * Whether the centre holds what stands at `stamp`. Only for a stamp and a `durable` of one answer, which speak of one chain: what stands
 * in an epoch before the centre's is behind it then. @param {Stamp} stamp @param {Stamp | null} durable
 */
export const isHeld = (stamp, durable) => durable === null || stamp[0] < durable[0] || (stamp[0] === durable[0] && stamp[1] <= durable[1]);

/**
 * Whether an entry that the node holds is to be handed in once more, now that the centre is known to hold everything up to `durable` (null:
 * there is no centre). It is never forgotten for a watermark alone: the node may have been restored from an older copy since it gave the
 * stamp, and other events stand there now. Handed in again it is found, or taken anew. @param {Entry} entry @param {Stamp | null} durable
 */
export const isRipe = (entry, durable) => entry.stamp !== null && isHeld(entry.stamp, durable);

/** It is to be handed in once more, for its new stamp. @param {Entry} entry @param {number} now @returns {Entry} */
export const again = (entry, now) => ({ ...entry, state: "waiting", due: now, stamp: null });

/** Tried at once: the line is back, or this is a new page. @param {Entry} entry @param {number} now @returns {Entry} */
export const hurried = (entry, now) => (entry.state === "waiting" && entry.stamp === null ? { ...entry, due: Math.min(entry.due, now), tries: 0 } : entry);

/** How old an entry is, in whole ms. @param {Entry} entry @param {number} now */
export const age = (entry, now) => Math.max(0, Math.round(now - entry.made));

/** How many the node does not hold yet. @param {Entry[]} entries */
export const waitingCount = (entries) => entries.filter((entry) => !atNode(entry)).length;

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
