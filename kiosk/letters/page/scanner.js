// A hand-held scanner of barcodes is a keyboard that types faster than any hand, and ends with Enter.

const PAUSE_MS = 80; // between two keys of a scanner; a hand needs more
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
    return whole.length >= least ? whole : null;
  };
}
