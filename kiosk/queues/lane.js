// Numbers of this device's own lane, while the node is gone: rules, without a browser. A number bridges a restart of the office
// computer: it is stored before it is shown, and handed in when the node is back.

/**
 * @typedef {{ name: string, date: string, last: number }} Count  of one queue in one lane, on the office's day as the node told it
 * @typedef {{ id: string, number: string, queue: string, queue_name: string, queue_name_en: string, taken_at: string, lane: string }} LaneTicket
 */

export const KIND = "ticket.taken";

/** Under which name a lane's count is kept: a device that is enrolled anew counts anew, in another lane. @param {string} device @param {string} queue */
export const countName = (device, queue) => `count:${device}:${queue}`;

/**
 * The count after one more number. A new day begins at 1, but not while numbers wait to be handed in: the node files those under the
 * day on which it gets them. A day that lies before the last one (a clock set back) begins nothing.
 * @param {Count | undefined} kept @param {string} name @param {string} date "2026-03-12" @param {number} waiting numbers of this queue that wait
 * @returns {Count}
 */
export function counted(kept, name, date, waiting) {
  if (!kept) return { name, date, last: 1 };
  if (date > kept.date && waiting === 0) return { name, date, last: 1 };
  return { ...filed(kept, date), last: kept.last + 1 };
}

/** The node filed a number under this day: the count belongs to that day now. @param {Count} kept @param {string} date */
export const filed = (kept, date) => (date > kept.date ? { ...kept, date } : kept);

/** "A-K2-014". @param {string} queue @param {string} lane @param {number} serial */
export const numberText = (queue, lane, serial) => `${queue}-${lane}-${String(serial).padStart(3, "0")}`;

/** Minutes of "08:30". @param {string} text */
const minutes = (text) => Number(text.slice(0, 2)) * 60 + Number(text.slice(3, 5));

/**
 * Whether the office is open, by the last copy of its hours and the office's own moment; where no hours are known, it is.
 * @param {any} office as `GET /api/v1/office` gave it @param {number} now ms since 1970, the office's @returns {boolean}
 */
export function isOpen(office, now) {
  if (!office || office.demo || !office.hours) return true;
  const parts = new Intl.DateTimeFormat("en-GB", {
    timeZone: office.zone,
    weekday: "short",
    year: "numeric",
    month: "2-digit",
    day: "2-digit",
    hour: "2-digit",
    minute: "2-digit",
    hourCycle: "h23",
  }).formatToParts(now);
  const part = (/** @type {string} */ type) => parts.find((one) => one.type === type)?.value ?? "";
  const today = `${part("year")}-${part("month")}-${part("day")}`;
  if (office.why === "holiday" && office.now?.slice(0, 10) === today) return false;
  const day = String(["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"].indexOf(part("weekday")) + 1);
  const hours = office.hours[day];
  const moment = Number(part("hour")) * 60 + Number(part("minute"));
  return Boolean(hours) && minutes(hours[0]) <= moment && moment < minutes(hours[1]);
}

/**
 * Whether the device may issue now: it has a lane, no other page issues in it, and the office is open.
 * @param {{ lane: string, mark: string } | null} device @param {boolean} alone @param {any} office @param {number} moment the office's
 */
export const mayIssue = (device, alone, office, moment) => Boolean(device?.lane && !device.mark && alone && isOpen(office, moment));

/**
 * Issue a number: count and entry in one transaction. Resolves when both are on the disk; rejects when they are not, and then nothing
 * was issued. The same id again is the same number.
 * @param {{ id: string, queue: any }} touch queue: as the node told it last
 * @param {{ store: any, now: () => number, officeNow: (device: any, at: number) => number }} means
 * @returns {Promise<LaneTicket>}
 */
export async function issue({ id, queue }, { store, now, officeNow }) {
  const { ENTRIES, FACTS } = store;
  return store.transact("readwrite", async (/** @type {any} */ access) => {
    const device = await access.get(FACTS, "device");
    if (!device?.lane) throw new Error("this device has no lane");
    const known = (await access.get(ENTRIES, id)) ?? null;
    const taken_at = new Date(officeNow(device, known?.made ?? now())).toISOString();
    const names = { id, queue: queue.code, queue_name: queue.name, queue_name_en: queue.name_en, taken_at };
    if (known) return { ...names, number: known.body.number, lane: known.body.lane };
    const waiting = (await access.all(ENTRIES)).filter(
      (/** @type {any} */ one) => one.kind === KIND && store.waits(one) && one.body.queue === queue.code,
    ).length;
    const name = countName(device.id, queue.code);
    const count = counted(await access.get(FACTS, name), name, device.date, waiting);
    const number = numberText(queue.code, device.lane, count.last);
    const body = { queue: queue.code, lane: device.lane, serial: count.last, date: count.date, number };
    access.put(FACTS, count);
    access.put(ENTRIES, store.fresh({ id, kind: KIND, body }, now()));
    return { ...names, number, lane: device.lane };
  });
}
