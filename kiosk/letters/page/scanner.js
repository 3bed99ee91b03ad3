// A hand-held scanner of barcodes is a keyboard that types an address without a pause, and ends with Enter.

const PAUSE_MS = 500; // between two keys of a scanner on a busy machine
const ADDRESS = /^https?:/i; // how every letter's code begins; a tail of one is no code
const LEAST = 20; // signs: shorter than any letter's code

/** Takes keys with their times; gives what a scanner typed when its Enter comes, else null. @param {{ pause?: number, least?: number }} [limits] */
export function listenTo({ pause = PAUSE_MS, least = LEAST } = {}) {
  let typed = "";
  let last = Number.NEGATIVE_INFINITY;
  /** @param {string} key as in KeyboardEvent.key @param {number} at ms @returns {string | null} */
  return (key, at) => {
    if (at - last > pause) typed = "";
    last = at;
    if (key.length === 1) {
      typed += key;
      return null;
    }
    if (key !== "Enter") return null; // Shift, before a capital letter
    const whole = typed;
    typed = "";
    return whole.length >= least && ADDRESS.test(whole) ? whole : null;
  };
}
