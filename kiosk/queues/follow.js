// Following a ticket on a phone: when to ask again, and what its state means for who holds it.

/** @typedef {"waiting" | "next" | "called" | "serving" | "done" | "no_show" | "other_day"} Meaning */

export const EVERY_MS = 4000;
const SLOWEST_MS = 30_000;
const SOON_MS = 1200; // right after the phone was taken up again
const SOON_TIMES = 3;
const OLD_MS = 12_000; // three questions without an answer

/**
 * How long to wait before asking again; null: never, nothing changes any more.
 * @param {{ failures: number, sinceSeen: number, meaning: Meaning | null, random: number }} now
 *   failures in a row; questions asked since the page was last brought to the front; random 0 to 1
 */
export function pause({ failures, sinceSeen, meaning, random }) {
  if (meaning === "done" || meaning === "other_day") return null;
  const plain = failures > 0 ? Math.min(EVERY_MS * 2 ** (failures - 1), SLOWEST_MS) : sinceSeen < SOON_TIMES ? SOON_MS : EVERY_MS;
  return Math.round(plain * (0.85 + 0.3 * random));
}

/** What a ticket's state means to its holder. @param {any} ticket @returns {Meaning} */
export function meaning(ticket) {
  if (!ticket.today) return "other_day";
  if (ticket.status === "waiting") return ticket.ahead === 0 ? "next" : "waiting";
  return ticket.status;
}

/** Whether what is shown should be marked as old. @param {number | null} at ms when the node said it @param {number} now */
export const isOld = (at, now) => at !== null && now - at > OLD_MS;

/** Whether the holder has just been called, or called again: time to shake the phone. @param {any} before @param {any} after */
export function isNewCall(before, after) {
  if (!before || after?.status !== "called") return false;
  return before.status !== "called" || after.calls > before.calls || after.counter !== before.counter;
}

/** The ticket's id in an address, or null. @param {string} search "?id=..." */
export function idOf(search) {
  const id = new URLSearchParams(search).get("id") ?? "";
  return /^[0-9a-f-]{36}$/i.test(id) ? id : null;
}
