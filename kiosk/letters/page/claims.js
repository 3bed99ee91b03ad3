// What a letter's code says: five fields of the letter and two times (RFC 8392 for 4 and 6). The limits of kiosk/letters/qr/claims.py.
import { decode, Malformed, must } from "./cbor.js";

const EXP = 4;
const IAT = 6;
const LETTER = -65537; // labels below -65536 are for private use (RFC 8392, section 9.1)
const [NUMBER, NAME, SERVICE, RECORD, SERIAL] = [1, 2, 3, 4, 5];
export const LAST_SERIAL = 2 ** 32 - 1;
export const LAST_TIME = 253_402_300_799; // the last second of the year 9999
// What controls a terminal, and what turns the order of other signs around: with them a name could read otherwise than it was signed.
const NOT_PLAIN = /[\p{Cc}\u202a-\u202e\u2066-\u2069]/u;

/**
 * Times are seconds since 1970 UTC; `expires` is the first at which the letter counts no more.
 * @typedef {{ number: string, name: string, service: string, record: Uint8Array, serial: number, issued: number, expires: number | null }} Claims
 */

/** The fields in `payload`. @param {Uint8Array} payload @returns {Claims} throws Malformed */
export function readClaims(payload) {
  const found = decode(payload);
  if (!(found instanceof Map)) throw new Malformed("malformed");
  must(found.has(IAT) && found.has(LETTER), "missing_field");
  const letter = found.get(LETTER);
  if (!(letter instanceof Map)) throw new Malformed("malformed");
  must(
    [NUMBER, NAME, SERVICE, RECORD, SERIAL].every((field) => letter.has(field)),
    "missing_field",
  );
  must(letter.size === 5 && found.size === (found.has(EXP) ? 3 : 2));
  const issued = whole(found.get(IAT), LAST_TIME);
  const expires = found.has(EXP) ? whole(found.get(EXP), LAST_TIME) : null;
  must(expires === null || expires >= issued);
  return {
    number: plain(letter.get(NUMBER), 64),
    name: plain(letter.get(NAME), 100),
    service: plain(letter.get(SERVICE), 80),
    record: bytes(letter.get(RECORD), 16),
    serial: whole(letter.get(SERIAL), LAST_SERIAL),
    issued,
    expires,
  };
}

/** Text of 1 to `most` characters (not UTF-16 units). @param {unknown} text @param {number} most @returns {string} throws Malformed */
export function plain(text, most) {
  if (typeof text !== "string" || text === "" || Array.from(text).length > most || NOT_PLAIN.test(text)) throw new Malformed("malformed");
  return text;
}

/** An integer of 0 to `most`. @param {unknown} value @param {number} most @returns {number} throws Malformed */
export function whole(value, most) {
  if (typeof value !== "number" || value < 0 || value > most) throw new Malformed("malformed");
  return value;
}

/** @param {unknown} value @param {number} length @returns {Uint8Array} throws Malformed */
export function bytes(value, length) {
  if (!(value instanceof Uint8Array && value.length === length)) throw new Malformed("malformed");
  return value;
}
