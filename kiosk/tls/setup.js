// What /setup decides, without a page: is this device's clock right, does it trust the secure address, how a fingerprint is laid out.

/**
 * @typedef {{ https_address: string | null, problem: string | null, fingerprint: string | null, name: string | null,
 *   not_before: string | null, not_after: string | null, now: string }} Setup
 * @typedef {"loading" | "silent" | "off" | "problem" | "public" | "ready"} Meaning
 * @typedef {"unknown" | "checking" | "yes" | "no"} Trust
 */

export const TOLERATED_MS = 60 * 60_000; // as much as a certificate begins before it was made
const PATIENCE_MS = 6000;

/** What the node told, in one word. @param {Setup | null | undefined} setup undefined while it is asked, null when it is silent @returns {Meaning} */
export function meaning(setup) {
  if (setup === undefined) return "loading";
  if (setup === null) return "silent";
  if (setup.problem !== null) return "problem";
  if (setup.https_address === null) return "off";
  return setup.fingerprint === null ? "public" : "ready";
}

/**
 * The node's moment when this device's clock cannot be right; null when it is. The node is asked over a local network, so what the
 * answer took on its way does not matter. @param {number} device ms since 1970 @param {Setup | null | undefined} setup @returns {Date | null}
 */
export function clockWrong(device, setup) {
  const node = Date.parse(setup?.now ?? "");
  return Number.isNaN(node) || Math.abs(device - node) <= TOLERATED_MS ? null : new Date(node);
}

/** Date and time, so that years are seen. @param {number | Date} moment @param {"id" | "en"} language */
export function momentText(moment, language) {
  return new Intl.DateTimeFormat(language === "en" ? "en-GB" : "id-ID", { dateStyle: "long", timeStyle: "short" }).format(moment);
}

/** Groups of a fingerprint, to be drawn four in a row. @param {string | null} fingerprint */
export function groups(fingerprint) {
  return (fingerprint ?? "").split(" ").filter(Boolean);
}

/** Whether this page is shown on the office computer itself. @param {string} hostname */
export function isHere(hostname) {
  return ["localhost", "127.0.0.1", "[::1]"].includes(hostname);
}

/**
 * Does this browser trust the secure address? From elsewhere, any answer means yes: without trust there is none. On the secure page
 * itself somebody may have waved a warning aside; only a trusted one may register a worker.
 * @param {string} address @param {{ origin: string, fetch: (url: string, how: RequestInit) => Promise<unknown>, register?: () => Promise<unknown> }} means
 * @returns {Promise<"yes" | "no">}
 */
export async function trusts(address, means) {
  try {
    if (means.origin === address) {
      if (!means.register) return "no";
      await means.register();
    } else {
      await means.fetch(`${address}/healthz`, { mode: "no-cors", cache: "no-store", signal: AbortSignal.timeout(PATIENCE_MS) });
    }
    return "yes";
  } catch {
    return "no";
  }
}
