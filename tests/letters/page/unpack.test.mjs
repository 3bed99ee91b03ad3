import assert from "node:assert/strict";
import { test } from "node:test";
import { constants, gzipSync } from "node:zlib";
import { unpacked } from "../../../kiosk/letters/page/unpack.js";

const BITS = Uint8Array.from({ length: 12_500 }, (_, at) => (at % 97 === 0 ? 0x80 >> (at % 8) : 0));
const gzip = (bytes, options) => Uint8Array.from(gzipSync(bytes, options));
const PACKED = gzip(BITS);
const reason = (packed, most = 1_000_000) => {
  try {
    unpacked(packed, most);
  } catch (fault) {
    return fault.reason ?? String(fault);
  }
  return null;
};

test("whatever a packer of today makes is unpacked, up to the limit and not a byte further", () => {
  for (const level of [0, 1, 9]) assert.deepEqual(unpacked(gzip(BITS, { level }), BITS.length), BITS);
  assert.deepEqual(unpacked(gzip(BITS, { strategy: constants.Z_FIXED }), BITS.length), BITS);
  assert.deepEqual(unpacked(gzip(new Uint8Array()), 0), new Uint8Array());
  assert.equal(reason(PACKED, BITS.length - 1), "too_large");
});

test("a bomb is stopped while it unpacks", () => {
  const bomb = gzip(new Uint8Array(60_000_000));
  const memory = process.memoryUsage().arrayBuffers;
  assert.equal(reason(bomb), "too_large");
  assert.ok(process.memoryUsage().arrayBuffers - memory < 30_000_000);
});

test("what is cut, followed by anything, or changed is malformed", () => {
  for (let length = 0; length < PACKED.length; length += 1) assert.equal(reason(PACKED.subarray(0, length)), "malformed", `cut to ${length}`);
  const behind = (...parts) => Uint8Array.from(parts.flatMap((part) => Array.from(part)));
  assert.equal(reason(behind(PACKED, [0])), "malformed");
  assert.equal(reason(behind(PACKED, PACKED)), "malformed");
  assert.equal(reason(behind(PACKED.subarray(0, -8), [0], PACKED.subarray(-8))), "malformed", "a byte between the stream and its sum");
  for (let at = 10; at < PACKED.length; at += 1) {
    const changed = PACKED.map((byte, place) => (place === at ? byte ^ 4 : byte));
    assert.notEqual(reason(changed), null, `byte ${at}`);
  }
});

test("a name or a comment in the head is more than the format has", () => {
  assert.equal(reason(PACKED.map((byte, at) => (at === 3 ? 8 : byte))), "malformed");
});
