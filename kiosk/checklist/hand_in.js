// A finished checklist goes to the office computer as a figure without a person: which service, which answers, morning or afternoon.
// Only an enrolled screen hands it in, through the browser's outbox, so that it arrives also when the office computer was away.

/** @typedef {(kind: string, body: Record<string, unknown>, words: { id: string }) => Promise<unknown>} Put */

export const KIND = "checklist.made";

/** The day on the office's clock, and which half of it. @param {Date} now @param {string} [zone] */
export function halfDay(now, zone) {
  const parts = new Intl.DateTimeFormat("en-CA", { timeZone: zone, year: "numeric", month: "2-digit", day: "2-digit", hour: "2-digit", hourCycle: "h23" });
  const found = Object.fromEntries(parts.formatToParts(now).map(({ type, value }) => [type, value]));
  return { day: `${found.year}-${found.month}-${found.day}`, half: Number(found.hour) < 12 ? "am" : "pm" };
}

/**
 * Hand a result in, when this is an enrolled screen. Gives whether it is in the outbox; a visitor never waits for it nor hears of it.
 * @param {{ id: string, service: string, digest: string, answers: string }} made
 * @param {{ enrolled: boolean, now: Date, zone?: string, put: Put }} means
 */
export async function handIn({ id, service, digest, answers }, { enrolled, now, zone, put }) {
  if (!enrolled) return false;
  try {
    await put(KIND, { service, digest, answers, ...halfDay(now, zone) }, { id });
    return true;
  } catch {
    return false; // a full disk costs a figure, not the applicant's list
  }
}
