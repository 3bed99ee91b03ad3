// COSE_Sign1 (RFC 9052, section 4.2) with ES256 (RFC 9053, section 2.1) in the one form that letters, trust lists and revocations have.
import { join } from "./bytes.js";
import { decode, Malformed, must } from "./cbor.js";
import { holds } from "./ecdsa.js";

export const LETTER = "DPMPTSP-SURAT-v1";
export const TRUST = "DPMPTSP-PERCAYA-v1";
export const REVOCATIONS = "DPMPTSP-CABUT-v1";

const ALGORITHM = 1;
const KEY_ID = 4;
const ES256 = -7;
const KID = 8; // bytes
const SIGNATURE = 64;

/** @typedef {{ kid: Uint8Array, payload: Uint8Array, signature: Uint8Array, head: Uint8Array }} Sign1 `head`: the protected header as it was signed */

/** The parts of a message. @param {Uint8Array} data @returns {Sign1} throws Malformed */
export function read(data) {
  const parts = decode(data, 18);
  if (!Array.isArray(parts) || parts.length !== 4) throw new Malformed("malformed");
  const [head, unsigned, payload, signature] = parts;
  must(unsigned instanceof Map && unsigned.size === 0);
  if (!(head instanceof Uint8Array && payload instanceof Uint8Array && signature instanceof Uint8Array)) throw new Malformed("malformed");
  must(signature.length === SIGNATURE);
  return { kid: keyId(head), payload, signature, head };
}

/** The key's name out of the protected header, which must be exactly {1: -7, 4: kid}. @param {Uint8Array} head */
function keyId(head) {
  const fields = decode(head);
  if (!(fields instanceof Map)) throw new Malformed("malformed");
  must(fields.has(ALGORITHM), "missing_field");
  must(fields.get(ALGORITHM) === ES256, "wrong_algorithm");
  must(fields.has(KEY_ID), "missing_field");
  const kid = fields.get(KEY_ID);
  if (!(kid instanceof Uint8Array)) throw new Malformed("malformed");
  must(kid.length === KID && fields.size === 2);
  return kid;
}

/** Whether this key made the signature in this context. @param {Sign1} message @param {Uint8Array} publicKey 65 bytes @param {string} context */
export const verify = ({ head, payload, signature }, publicKey, context) => holds(publicKey, signature, toBeSigned(head, payload, context));

/** Sig_structure (RFC 9052, section 4.4). @param {Uint8Array} head @param {Uint8Array} payload @param {string} context */
export function toBeSigned(head, payload, context) {
  return join([0x84], text("Signature1"), bytes(head), bytes(ascii(context)), bytes(payload));
}

/** @param {string} words */
const ascii = (words) => Uint8Array.from(words, (sign) => sign.charCodeAt(0));

/** @param {string} words below 24 signs */
const text = (words) => join([0x60 | words.length], ascii(words));

/** @param {Uint8Array} content below 4 GB */
function bytes(content) {
  const length = content.length;
  if (length < 24) return join([0x40 | length], content);
  if (length < 0x100) return join([0x58, length], content);
  if (length < 0x10000) return join([0x59, length >> 8, length & 255], content);
  return join([0x5a, length >>> 24, (length >> 16) & 255, (length >> 8) & 255, length & 255], content);
}
