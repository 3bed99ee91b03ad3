// Read JSON from the node, with the last good copy when the node is gone. A copy tells its age; nothing personal is read here.
import { doubtLink, seenLink } from "./link.js";

/**
 * @typedef {{ body: any, at: number | null, fresh: boolean, missing: boolean, status: number }} Copy
 *   `at`: ms since 1970 when the node gave it; `fresh`: came from the node just now; `missing`: there is nothing to show;
 *   `status`: what the node said, 0 when it said nothing
 * @typedef {{ timeout?: number, fetch?: typeof fetch, now?: () => number, store?: Storage | null, keep?: boolean }} Means
 */

const PREFIX = "kiosk.copy:";
/** Set by the service worker on what it kept: ms since 1970. */
export const KEPT_AT = "x-kiosk-kept-at";

/** @returns {Storage | null} */
function browserStore() {
  try {
    return globalThis.localStorage ?? null;
  } catch {
    return null;
  }
}

/** The last good copy, without asking the node. @param {string} path @param {Means} [means] @returns {Copy | null} */
export function lastCopy(path, means = {}) {
  const store = means.store === undefined ? browserStore() : means.store;
  try {
    const kept = JSON.parse(store?.getItem(PREFIX + path) ?? "null");
    return kept && typeof kept.at === "number" ? { body: kept.body, at: kept.at, fresh: false, missing: false, status: 0 } : null;
  } catch {
    return null;
  }
}

/** @param {string} path @param {unknown} body @param {number} at @param {Means} means */
function keepCopy(path, body, at, means) {
  const store = means.store === undefined ? browserStore() : means.store;
  try {
    store?.setItem(PREFIX + path, JSON.stringify({ at, body }));
  } catch {
    // no room: the service worker's copy remains
  }
}

/** @param {string} path @param {number} status @param {Means} means @returns {Copy} */
function older(path, status, means) {
  return { ...(lastCopy(path, means) ?? { body: null, at: null, fresh: false, missing: true }), status };
}

/**
 * GET `path` as JSON: from the node, else the last good copy. A 4xx is the node's answer and
 * not replaced by a copy, but for 429: that only says "not now".
 * @param {string} path @param {Means} [means] @returns {Promise<Copy>}
 */
export async function getJson(path, means = {}) {
  const now = (means.now ?? Date.now)();
  try {
    const response = await (means.fetch ?? fetch)(path, { headers: { accept: "application/json" }, signal: AbortSignal.timeout(means.timeout ?? 4000) });
    const keptAt = Number(response.headers.get(KEPT_AT));
    if (response.ok) {
      const body = await response.json();
      if (keptAt) {
        void doubtLink();
        return { body, at: keptAt, fresh: false, missing: false, status: 0 };
      }
      seenLink();
      if (means.keep !== false) keepCopy(path, body, now, means);
      return { body, at: now, fresh: true, missing: false, status: response.status };
    }
    if (response.status < 500 && response.status !== 429)
      return { body: await response.json().catch(() => null), at: now, fresh: true, missing: true, status: response.status };
    return older(path, response.status, means);
  } catch {
    void doubtLink();
    return older(path, 0, means);
  }
}
