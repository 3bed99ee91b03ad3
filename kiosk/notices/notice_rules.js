// Which notices are to be shown: pure rules.

/**
 * @typedef {{ id: string, text: { id: string, en: string }, level: string, from: string, until: string }} Notice
 * @typedef {{ body: any, at: number | null }} Told  a copy of what the node said, and when this screen heard it (its own clock)
 */

/**
 * The node's time, by what it said and how long ago that was: a screen's own clock may stand in 2019.
 * @param {Told} told @param {number} now of this screen, ms since 1970
 */
export function nodeTime(told, now) {
  const there = Date.parse(told.body?.now);
  return Number.isNaN(there) || told.at === null ? now : there + (now - told.at);
}

/**
 * Those whose time it is, in the node's order: from the moment of `from`, up to that of `until`.
 * @param {Told | null} told @param {number} now of this screen @returns {Notice[]}
 */
export function currentOf(told, now) {
  const all = told?.body?.notices;
  if (!told || !Array.isArray(all)) return [];
  const time = nodeTime(told, now);
  return all.filter((one) => typeof one?.text?.id === "string" && Date.parse(one.from) <= time && time < Date.parse(one.until));
}

/**
 * The one for a place that has room for one: each in turn. @template T @param {T[]} notices @param {number} now @param {number} turn ms
 * @returns {T | null}
 */
export function inTurn(notices, now, turn) {
  return notices[Math.floor(now / turn) % Math.max(1, notices.length)] ?? null;
}
