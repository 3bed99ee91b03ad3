import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { byNoble, byWebCrypto, holds } from "../../../kiosk/letters/page/ecdsa.js";

const WYCHEPROOF = JSON.parse(readFileSync(`${import.meta.dirname}/../vectors/ecdsa_secp256r1_sha256_p1363_test.json`, "utf-8"));
const bytes = (hex) => Uint8Array.from(Buffer.from(hex, "hex"));
const CASES = WYCHEPROOF.testGroups.flatMap(({ publicKey, tests }) => tests.map((one) => ({ ...one, publicKey: bytes(publicKey.uncompressed) })));

async function missed(verify) {
  const found = await Promise.all(CASES.map(({ publicKey, sig, msg }) => verify(publicKey, bytes(sig), bytes(msg))));
  return CASES.filter(({ result }, at) => found[at] !== (result === "valid")).map(({ tcId, comment }) => `${tcId} ${comment}`);
}

test("WebCrypto and noble both say of all 262 cases of Wycheproof what Wycheproof says", async () => {
  assert.equal(CASES.length, 262);
  assert.deepEqual(await missed(byWebCrypto(crypto.subtle)), []);
  assert.deepEqual(await missed(byNoble), []);
});

test("what cannot be a key or a signature verifies nothing", async () => {
  const { publicKey, sig, msg } = CASES.find(({ result }) => result === "valid");
  const compressed = Uint8Array.from([2 + (publicKey[64] & 1), ...publicKey.subarray(1, 33)]);
  const elsewhere = publicKey.map((byte, at) => (at === 64 ? byte ^ 1 : byte));
  for (const verify of [byWebCrypto(crypto.subtle), byNoble]) {
    assert.equal(await verify(publicKey, bytes(sig), bytes(msg)), true);
    for (const key of [compressed, elsewhere, publicKey.subarray(1), new Uint8Array(65), new Uint8Array()]) {
      assert.equal(await verify(key, bytes(sig), bytes(msg)), false);
    }
    for (const signature of [bytes(`${sig}00`), bytes(sig).subarray(1), new Uint8Array(64), new Uint8Array()]) {
      assert.equal(await verify(publicKey, signature, bytes(msg)), false);
    }
  }
});

test("where the page has no crypto.subtle, as on plain http, noble verifies", async () => {
  const { publicKey, sig, msg } = CASES.find(({ result }) => result === "valid");
  const asked = [];
  const own = Object.getOwnPropertyDescriptor(globalThis, "crypto");
  const withCrypto = async (value) => {
    Object.defineProperty(globalThis, "crypto", { value, configurable: true });
    return holds(publicKey, bytes(sig), bytes(msg)).finally(() => Object.defineProperty(globalThis, "crypto", own));
  };
  const subtle = { importKey: async (...words) => asked.push(words[0]), verify: async () => true };
  assert.equal(await withCrypto({ subtle }), true);
  assert.deepEqual(asked, ["raw"]);
  assert.equal(await withCrypto({}), true);
  assert.equal(await withCrypto(undefined), true);
  assert.deepEqual(asked, ["raw"]);
});
