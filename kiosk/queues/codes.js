// Codes for the survey: each number gets one, which marks an answer as a ticket holder's, once. The office computer gets nothing of a
// code but its hash, and no ticket with it. Codes are drawn and handed in some at a time, and before the numbers they go with, so that
// nobody who watches the line learns which number got which code: the last number of a lot brings the next lot, none of which is its own.

export const KIND = "survey.code";
export const SIGNS = 8; // of Crockford's base 32: 40 bits
export const AT_ONCE = 8;
const KEY = "kiosk.codes"; // of this device, not of a visitor
const GOOD_MS = 7 * 24 * 3600 * 1000; // a code counts for 30 days after it was handed in: whoever gets it has three weeks

/** @typedef {{ code: string, at: number }} Kept  at: ms of the steady clock when it was handed in */
/**
 * @typedef {object} Means
 * @property {() => Pick<Storage, "getItem" | "setItem">} store
 * @property {() => number} now ms of the steady clock
 * @property {(length: number) => string} draw random signs
 * @property {(text: string) => Promise<string>} hash SHA-256 in hex
 * @property {(hash: string) => Promise<unknown>} give hands a hash in; resolves when it is kept for good
 */

/** The codes that are left and still good. @param {unknown} stored @param {number} now @returns {Kept[]} */
export function left(stored, now) {
  if (!Array.isArray(stored)) return [];
  return stored.filter((one) => typeof one?.code === "string" && one.code.length === SIGNS && typeof one.at === "number" && now - one.at < GOOD_MS);
}

/** Draw a lot and hand it in. @param {Pick<Means, "now" | "draw" | "hash" | "give">} means @returns {Promise<Kept[]>} */
async function lot({ now, draw, hash, give }) {
  const drawn = Array.from({ length: AT_ONCE }, () => draw(SIGNS));
  const hashes = await Promise.all(drawn.map(hash));
  for (const one of hashes.sort()) await give(one); // an order that tells nothing of the one in which numbers get the codes
  return drawn.map((code) => ({ code, at: now() }));
}

/** A code that no other number gets; null where this screen can give none. @param {Means} means @returns {Promise<string | null>} */
export async function nextCode(means) {
  /** @param {Kept[]} kept */
  const keep = (kept) => means.store().setItem(KEY, JSON.stringify(kept));
  try {
    const kept = left(JSON.parse(means.store().getItem(KEY) ?? "null"), means.now());
    const [first, ...rest] = kept.length > 0 ? kept : await lot(means);
    keep(rest); // before anybody sees it
    if (rest.length === 0) keep(await lot(means).catch(() => []));
    return first?.code ?? null;
  } catch {
    return null; // no device, no secure context, no room: the number is good without
  }
}
