// Seal a body to the office's node at once, so that a stolen tablet tells nothing: a fresh X25519 pair (RFC 7748), HKDF-SHA256
// over the shared secret (RFC 5869; salt: both public keys), AES-256-GCM with the entry's id and kind as associated data.
// The node's side is kiosk/devices/sealing.py.

const INFO = "kios-sealed-1";
const NONCE = new Uint8Array(12); // every key seals once, so one nonce is enough

const bytes = (/** @type {string} */ text) => Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0));
const text = (/** @type {ArrayBuffer} */ found) => btoa(Array.from(new Uint8Array(found), (byte) => String.fromCharCode(byte)).join(""));

/**
 * `{key, box}`, both base64. Rejects where the browser has no such cryptography (a page that is no secure context).
 * @param {unknown} body @param {{ id: string, kind: string, to: string }} words to: the node's public key, base64
 * @param {Crypto} [crypto] of this browser
 */
export async function seal(body, { id, kind, to }, crypto = globalThis.crypto) {
  const subtle = crypto.subtle;
  const theirs = bytes(to);
  const pair = /** @type {CryptoKeyPair} */ (await subtle.generateKey({ name: "X25519" }, false, ["deriveBits"]));
  const mine = await subtle.exportKey("raw", pair.publicKey);
  const peer = await subtle.importKey("raw", theirs, { name: "X25519" }, false, []);
  const shared = await subtle.deriveBits({ name: "X25519", public: peer }, pair.privateKey, 256);
  const salt = new Uint8Array([...new Uint8Array(mine), ...theirs]);
  const base = await subtle.importKey("raw", shared, "HKDF", false, ["deriveKey"]);
  const hkdf = { name: "HKDF", hash: "SHA-256", salt, info: new TextEncoder().encode(INFO) };
  const key = await subtle.deriveKey(hkdf, base, { name: "AES-GCM", length: 256 }, false, ["encrypt"]);
  const additionalData = new TextEncoder().encode(`${id}.${kind}`);
  const box = await subtle.encrypt({ name: "AES-GCM", iv: NONCE, additionalData }, key, new TextEncoder().encode(JSON.stringify(body)));
  return { key: text(mine), box: text(box) };
}
