// Which letters of an office were revoked: a bit for each serial, and for each revoked one when and why. As kiosk/letters/trust/revocations.py.
import { Malformed, must } from "./cbor.js";
import { LAST_SERIAL, LAST_TIME, whole } from "./claims.js";
import { fieldsOf, officeId, readTimes } from "./trust_list.js";
import { unpacked } from "./unpack.js";

const MOST_UNPACKED = 1_000_000; // bytes: eight million letters
const LAST_REASON = 4;

/** @typedef {{ at: number, reason: number }} Detail seconds since 1970 UTC, and a reason of 0 to 4 */
/** @typedef {import("./trust_list.js").Times & { office: string, bits: Uint8Array, details: Map<number, Detail> }} Revocations */

/** @param {Uint8Array} payload @returns {Revocations} throws Malformed */
export function readRevocations(payload) {
  const found = fieldsOf(payload, [1, 2, 3, 4, 5, 6, 7]);
  const [times, office, packed] = [readTimes(found), officeId(found.get(5)), found.get(6)];
  if (!(packed instanceof Uint8Array)) throw new Malformed("malformed");
  const read = { ...times, office, bits: unpacked(packed, MOST_UNPACKED), details: readDetails(found.get(7)) };
  must(Array.from(read.details.keys()).every((serial) => isRevoked(read, serial)));
  return read;
}

/** Bit 7 - n % 8 of byte n / 8. @param {{ bits: Uint8Array }} revocations @param {number} serial */
export const isRevoked = ({ bits }, serial) => (Number(bits[Math.floor(serial / 8)] ?? 0) & (0x80 >> (serial % 8))) !== 0;

/** @param {unknown} found @returns {Map<number, Detail>} */
function readDetails(found) {
  if (!(found instanceof Map)) throw new Malformed("malformed");
  return new Map(
    Array.from(found, ([serial, told]) => {
      if (!Array.isArray(told) || told.length !== 2) throw new Malformed("malformed");
      return [whole(serial, LAST_SERIAL), { at: whole(told[0], LAST_TIME), reason: whole(told[1], LAST_REASON) }];
    }),
  );
}
