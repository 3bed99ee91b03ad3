// After the thanks the screen is made clean for the next person. Whoever still reads, or listens, has more time with one touch.

export const CLEAN_MS = 15_000;
const HALL = ["kiosk", "tablet"];

/** Whether this screen is handed on to a next person by itself. @param {string | undefined} surface */
export const isHandedOn = (surface) => HALL.includes(surface ?? "");

/** Whole seconds that are left. @param {number} since ms of the last touch, or of the thanks @param {number} now */
export const secondsLeft = (since, now) => Math.max(0, Math.ceil((CLEAN_MS - (now - since)) / 1000));
