// Gzip (RFC 1952) with a limit that holds while it unpacks. Not DecompressionStream: Safari has it since 16.4, and one way is enough.
import { Inflate } from "fflate";
import { equal, join } from "./bytes.js";
import { Malformed, must } from "./cbor.js";

const HEAD = Uint8Array.of(0x1f, 0x8b, 8, 0); // gzip, deflate, and none of the optional fields
const HEAD_LENGTH = 10;
const TAIL_LENGTH = 8;
const STEP = 4096; // bytes put in at once: a byte becomes 1,032 at most, so a step at most 4 MB

/** One member, whole and no byte more. @param {Uint8Array} packed @param {number} most bytes @returns {Uint8Array} throws Malformed */
export function unpacked(packed, most) {
  must(packed.length > HEAD_LENGTH + TAIL_LENGTH && equal(packed.subarray(0, HEAD.length), HEAD));
  const body = packed.subarray(HEAD_LENGTH, packed.length - TAIL_LENGTH);
  const bits = inflated(body, most);
  must(!isWhole(body.subarray(0, -1), most)); // fflate says nothing of bytes behind the end: then the last byte was none of the stream's
  const tail = new DataView(packed.buffer, packed.byteOffset + packed.length - TAIL_LENGTH);
  must(tail.getUint32(0, true) === crc32(bits) && tail.getUint32(4, true) === bits.length);
  return bits;
}

/** @param {Uint8Array} deflated (RFC 1951) @param {number} most */
function inflated(deflated, most) {
  /** @type {Uint8Array[]} */
  const parts = [];
  let length = 0;
  const inflate = new Inflate((part) => {
    length += part.length;
    must(length <= most, "too_large");
    parts.push(part);
  });
  try {
    for (let at = 0; at < deflated.length; at += STEP) inflate.push(deflated.subarray(at, at + STEP), at + STEP >= deflated.length);
  } catch (fault) {
    throw fault instanceof Malformed ? fault : new Malformed("malformed");
  }
  return join(...parts);
}

/** @param {Uint8Array} deflated @param {number} most */
function isWhole(deflated, most) {
  try {
    return inflated(deflated, most).length >= 0;
  } catch {
    return false;
  }
}

/** CRC-32 (RFC 1952, section 8). @param {Uint8Array} bytes */
function crc32(bytes) {
  let rest = 0xffffffff;
  for (const byte of bytes) rest = (rest >>> 8) ^ Number(TABLE[(rest ^ byte) & 255]);
  return (rest ^ 0xffffffff) >>> 0;
}

const TABLE = Uint32Array.from({ length: 256 }, (_, byte) => {
  let rest = byte;
  for (let bit = 0; bit < 8; bit += 1) rest = rest & 1 ? (rest >>> 1) ^ 0xedb88320 : rest >>> 1;
  return rest;
});
