// What a reader of QR codes says: an address for every phone, whose digits after "#" are the signed bytes. Never opened, only read.
import { must } from "./cbor.js";

export const LONGEST = 4296; // characters of the largest QR code (ISO/IEC 18004, version 40-L, alphanumeric)
const HOST = "[a-z0-9](?:[a-z0-9.-]{0,251}[a-z0-9])?(?::[0-9]{1,5})?";
const ADDRESS = new RegExp(`^https?://(${HOST})/v/?#([0-9]+)$`, "i");
const ONLY_HOST = new RegExp(`^${HOST}$`, "i");
const GROUP = 17; // digits of 7 bytes
const LENGTHS = [0, 3, 5, 8, 10, 13, 15, GROUP]; // digits by bytes

/** @param {string} host a name, with its port where it needs one */
export const isHost = (host) => ONLY_HOST.test(host);

/** A code that is none of a letter's. */
export class Foreign extends Error {}

/** @param {string} scanned @returns {{ host: string, message: Uint8Array }} the host in small letters, with its port; throws Foreign, Malformed */
export function fromText(scanned) {
  must(scanned.length <= 2 * LONGEST && Array.from(scanned).length <= LONGEST, "too_long");
  const [, host, digits] = ADDRESS.exec(scanned.replace(/^[ \r\n\t]+|[ \r\n\t]+$/g, "")) ?? [];
  if (!host || !digits) throw new Foreign();
  return { host: host.toLowerCase(), message: toBytes(digits) };
}

/** @param {string} digits groups of 17 for 7 bytes, the last one shorter; each a number whose lowest byte comes first */
export function toBytes(digits) {
  must(LENGTHS.includes(digits.length % GROUP));
  /** @type {number[]} */
  const bytes = [];
  for (let at = 0; at < digits.length; at += GROUP) {
    const group = digits.slice(at, at + GROUP);
    const length = LENGTHS.indexOf(group.length);
    let rest = BigInt(group);
    must(rest >> BigInt(8 * length) === 0n, "group_too_large");
    for (let byte = 0; byte < length; byte += 1, rest >>= 8n) bytes.push(Number(rest & 255n));
  }
  return Uint8Array.from(bytes);
}
