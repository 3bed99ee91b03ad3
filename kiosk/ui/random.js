// What is drawn by chance and tells nothing: ids without a moment (UUIDv7 holds the millisecond), and codes to be typed.

export const SIGNS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"; // Crockford's base 32: 32 signs, so that five bits of a byte are even

/** @typedef {(bytes: Uint8Array) => Uint8Array} Fill with random bytes, as `crypto.getRandomValues` */

/** A UUID of version 4 (RFC 9562, section 5.4). `crypto.randomUUID` is missing on plain http. @param {Fill} fill */
export function uuid4(fill) {
  const bytes = fill(new Uint8Array(16));
  bytes[6] = 0x40 | (Number(bytes[6]) & 0x0f);
  bytes[8] = 0x80 | (Number(bytes[8]) & 0x3f);
  const hex = Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join("-");
}

/** `length` random signs, five bits each. @param {number} length @param {Fill} fill */
export const randomSigns = (length, fill) => Array.from(fill(new Uint8Array(length)), (byte) => SIGNS[byte & 31]).join("");

/** @param {Uint8Array} bytes */
export const fillRandom = (bytes) => crypto.getRandomValues(/** @type {Uint8Array<ArrayBuffer>} */ (bytes));
