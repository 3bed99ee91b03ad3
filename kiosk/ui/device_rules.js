// What an enrolled device knows of itself and of the office: rules, without a browser.

/**
 * @typedef {{ office_id: string, epoch: number, seq: number, hash: string, signature: string }} Head
 * @typedef {{ name: "device", id: string, lane: string, word: string | null, mark: string, date: string, now: number, at: number,
 *   zone: string, head: Head | null, durable: [number, number] | null, seal: string }} Device
 *   now: the office's moment in ms since 1970, told when this device's steady clock stood at `at`
 */

const KEPT_MS = 30_000;

/** The one that says more; a head of another office does not count. @param {Head | null} known @param {any} told @returns {Head | null} */
export function higher(known, told) {
  if (!told || typeof told.epoch !== "number" || typeof told.seq !== "number") return known;
  if (!known || known.office_id !== told.office_id) return told;
  return told.epoch > known.epoch || (told.epoch === known.epoch && told.seq > known.seq) ? told : known;
}

/** @param {Device | null} known @param {any} told what the node answered to a report @param {number} at steady ms @returns {Device} */
export function heard(known, told, at) {
  const { id, lane, word, mark, date, zone, durable, seal } = told;
  return { name: "device", id, lane, word, mark, date, zone, durable, seal, now: Date.parse(told.now), at, head: higher(known?.head ?? null, told.head) };
}

/** Whether it must be on the disk before anything else happens: the head alone may be half a minute old. @param {Device | null} kept @param {Device} now */
export function isNews(kept, now) {
  if (!kept) return true;
  const same = /** @type {const} */ (["id", "lane", "word", "mark", "date", "seal"]).every((name) => kept[name] === now[name]);
  return !same || now.at - kept.at > KEPT_MS || now.at < kept.at;
}

/** The office's moment now, whatever this device's own clock says, in ms since 1970. @param {Device} device @param {number} steady */
export const officeNow = (device, steady) => device.now + Math.max(0, steady - device.at);
