// Ways to reach the office. An address stands as the document prints it; only one that can work may be touched, on a phone.

/** @typedef {{ channel: string, value: string | null }} Channel */

const MAIL = /^[^\s@]+@[^\s@]+\.[^\s@.]{2,}$/;
const ADDRESS = /@|www\.|\.go\.id|\.com|\.id\b|\//i;
const NUMBER = /^[\d\s()+-]{6,}$/;

/** Whether an e-mail or web address holds a space: then it cannot work, and nobody here knows the right one.
 * @param {string | null} value */
export const isBroken = (value) => value !== null && !NUMBER.test(value) && ADDRESS.test(value) && /\s/.test(value.trim());

/** What a touch on a phone opens, or null. Never a web page: the document prints no scheme, and some hosts are misspelt.
 * @param {string | null} value @returns {string | null} */
export function contactLink(value) {
  if (value === null || isBroken(value)) return null;
  if (MAIL.test(value)) return `mailto:${value}`;
  return NUMBER.test(value) ? `tel:${value.replace(/[^\d+]/g, "")}` : null;
}

/** Channels of several standards, each once, in the order in which they come. @param {any[]} standards @returns {Channel[]} */
export function channelsOf(standards) {
  /** @type {Map<string, Channel>} */
  const found = new Map();
  for (const { complaints } of standards) {
    for (const one of [...(complaints?.online ?? []), ...(complaints?.channels ?? [])]) {
      // The same number printed under two names is one number to call.
      const key = one.value ?? one.channel;
      if (!found.has(key)) found.set(key, one);
    }
  }
  return [...found.values()];
}
