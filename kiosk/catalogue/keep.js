// Every service page must work when the node is gone, also one that nobody opened here before: so each is fetched once and kept.

export const LIST = "/api/v1/catalogue";
/** @param {string} id */
export const pathOf = (id) => `${LIST}/${encodeURIComponent(id)}`;

/** @typedef {{ body: any, missing: boolean }} Copy */

/** Fetch what changed since it was kept. Gives how many were fetched; stops at the first that cannot be had.
 * @param {{ id: string, digest: string }[]} tiles
 * @param {{ getJson: (path: string) => Promise<Copy>, lastCopy: (path: string) => Copy | null }} means */
export async function keepAll(tiles, { getJson, lastCopy }) {
  let fetched = 0;
  for (const { id, digest } of tiles) {
    if (lastCopy(pathOf(id))?.body?.digest === digest) continue;
    const copy = await getJson(pathOf(id));
    if (copy.missing) return fetched;
    fetched += 1;
  }
  return fetched;
}

/** The standards that are kept of these tiles. @param {{ id: string }[]} tiles @param {(path: string) => Copy | null} lastCopy */
export const keptOf = (tiles, lastCopy) => tiles.map(({ id }) => lastCopy(pathOf(id))?.body).filter(Boolean);

/** @typedef {{ id: string[], en: string[] }} Script addresses of clips in each language */

/** Clips of these scripts, each once: all of one language before the next, and no more than `most`.
 * @param {(Script | undefined)[]} scripts @param {number} most @returns {string[]} */
export function clipsOf(scripts, most) {
  const all = (/** @type {"id" | "en"} */ language) => scripts.flatMap((script) => script?.[language] ?? []);
  return [...new Set([...all("id"), ...all("en")])].slice(0, most);
}
