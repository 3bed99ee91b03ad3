// Deterministic CBOR (RFC 8949, section 4.2.1) of the subset that letters use: what has two spellings, or more than it should, is refused.
// The same rules as kiosk/letters/qr/cbor.py, to the byte and to the reason.
import { compare, hex } from "./bytes.js";

const DEEPEST = 8; // arrays and maps within each other
const MOST_ITEMS = 200_000; // an empty array is one byte on the wire
const UNSIGNED = 0;
const NEGATIVE = 1;
const BYTES = 2;
const TEXT = 3;
const ARRAY = 4;
const TAG = 6;
const SIMPLE = 7;

/** @typedef {unknown} Value number (bigint beyond 2^53), string, boolean, null, Uint8Array, array of values, Values */
/** @typedef {Map<Value, Value>} Values keys of bytes are objects: go through the map to find one */

/** Bytes that are not what they should be; `reason` is a stable code, a screen has its sentence. */
export class Malformed extends Error {
  /** @param {string} reason */
  constructor(reason) {
    super(reason);
    this.reason = reason;
  }
}

/** @param {boolean} holds @param {string} [reason] */
export function must(holds, reason = "malformed") {
  if (!holds) throw new Malformed(reason);
}

/**
 * The value in `data`, all of it; with `tag` it must be that tag's content. Throws Malformed with the first fault from the left.
 * @param {Uint8Array} data @param {number} [tag] @returns {Value}
 */
export function decode(data, tag) {
  const reader = new Reader(data);
  if (tag !== undefined) {
    const [major, argument] = reader.head();
    must(major === TAG && argument === tag, "wrong_tag");
  }
  const value = reader.item(DEEPEST);
  must(reader.at === data.length, "trailing_bytes");
  return value;
}

/** Walks once over the bytes; nothing is made for a length that the bytes do not hold. */
class Reader {
  /** @param {Uint8Array} data */
  constructor(data) {
    this.data = data;
    this.at = 0;
    this.items = 0;
  }

  /** @param {number | bigint} count @returns {Uint8Array} the next bytes, as a view */
  take(count) {
    must(count <= this.data.length - this.at);
    const start = this.at;
    this.at += Number(count);
    return this.data.subarray(start, this.at);
  }

  /** Major type and argument. @returns {[number, number | bigint]} */
  head() {
    const first = Number(this.take(1)[0]);
    const [major, info] = [first >> 5, first & 31];
    if (info < 24) return [major, info];
    must(info !== 31, "indefinite_length");
    must(info < 28 && major !== SIMPLE);
    const width = 1 << (info - 24);
    let argument = 0n;
    for (const byte of this.take(width)) argument = argument * 256n + BigInt(byte);
    must(argument >= (width === 1 ? 24n : 1n << BigInt(width * 4)), "not_deterministic");
    return [major, exact(argument)];
  }

  /** The next item, in which `depth` more arrays and maps may lie within each other. @param {number} depth @returns {Value} */
  item(depth) {
    this.items += 1;
    must(this.items <= MOST_ITEMS, "too_large");
    const [major, argument] = this.head();
    if (major === UNSIGNED) return argument;
    if (major === NEGATIVE) return exact(-1n - BigInt(argument));
    if (major === BYTES) return this.take(argument);
    if (major === TEXT) return utf8(this.take(argument));
    must(major !== TAG, "wrong_tag");
    if (major === SIMPLE) return constant(argument);
    must(depth > 0 && argument <= this.data.length - this.at); // each item takes a byte at least
    return major === ARRAY ? this.array(Number(argument), depth - 1) : this.map(Number(argument), depth - 1);
  }

  /** @param {number} count @param {number} depth */
  array(count, depth) {
    const items = [];
    while (items.length < count) items.push(this.item(depth));
    return items;
  }

  /** Keys rise, byte by byte, in their encoding. @param {number} count @param {number} depth @returns {Values} */
  map(count, depth) {
    /** @type {Values} */
    const found = new Map();
    const seen = new Set();
    let before = this.data.subarray(0, 0);
    for (let entry = 0; entry < count; entry += 1) {
      const start = this.at;
      const key = this.item(0);
      if (!(key instanceof Uint8Array || ["number", "bigint", "string"].includes(typeof key))) throw new Malformed("malformed");
      const spelt = this.data.subarray(start, this.at);
      must(!seen.has(hex(spelt)), "duplicate_keys");
      must(compare(before, spelt) < 0, "not_deterministic");
      seen.add(hex(spelt));
      before = spelt;
      found.set(key, this.item(depth));
    }
    return found;
  }
}

/** @param {bigint} integer as a number wherever a number is exact */
const exact = (integer) => (integer <= Number.MAX_SAFE_INTEGER && integer >= Number.MIN_SAFE_INTEGER ? Number(integer) : integer);

/** @param {Uint8Array} bytes */
function utf8(bytes) {
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    throw new Malformed("malformed");
  }
}

/** @param {number | bigint} argument */
function constant(argument) {
  if (argument === 20) return false;
  if (argument === 21) return true;
  must(argument === 22);
  return null;
}
