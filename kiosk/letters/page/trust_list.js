// The trust list: which keys sign for which office, from when to when, and which of them were revoked. As kiosk/letters/trust/trust_list.py.
import { sha256 } from "@noble/hashes/sha2.js";
import { compare, hex } from "./bytes.js";
import { decode, Malformed, must } from "./cbor.js";
import { bytes, LAST_TIME, plain, whole } from "./claims.js";
import { isHost } from "./text.js";

export const MOST_BYTES = 4_000_000;
export const COMPROMISE = 1; // of CRLReason (RFC 5280, section 5.3.1)
const LAST_SEQUENCE = Number.MAX_SAFE_INTEGER;
const ES256 = -7;
const REASONS = [0, COMPROMISE, 4, 5];
const ESTABLISHED = 16; // bytes of the SHA-256 of a letter's payload

/** @typedef {{ sequence: number, issued: number, nextUpdate: number }} Times seconds since 1970 UTC */
/** @typedef {{ name: string, host: string }} Office `host` is "" where none is told */
/**
 * `notAfter` is included; `revokedAt` and `reason` stand or lack together.
 * @typedef {{ kid: string, publicKey: Uint8Array, office: string, notBefore: number, notAfter: number, purpose: "letters" | "node" | "root",
 *   revokedAt: number | null, reason: number | null }} TrustedKey
 */
/** @typedef {Times & { offices: Map<string, Office>, keys: TrustedKey[], established: Map<string, Uint8Array> }} TrustList keys are named by kid in hex */

/** @param {Uint8Array} payload @returns {TrustList} throws Malformed */
export function readTrustList(payload) {
  const found = fieldsOf(payload, [1, 2, 3, 4, 5, 6], [7]);
  const times = readTimes(found);
  const offices = readOffices(found.get(5));
  const entries = found.get(6);
  if (!Array.isArray(entries)) throw new Malformed("malformed");
  const keys = entries.map((entry) => readKey(entry, offices));
  return { ...times, offices, keys, established: readEstablished(found.has(7) ? found.get(7) : new Map()) };
}

/** Whether a letter stood in the log, under a timestamp, before its key was compromised. @param {TrustList} list @param {string} kid @param {Uint8Array} payload */
export function isEstablished({ established }, kid, payload) {
  const wanted = sha256(payload).subarray(0, ESTABLISHED);
  return hashesIn(established.get(kid) ?? new Uint8Array()).some((one) => compare(one, wanted) === 0);
}

/** The map in a payload, with all of `needed` and at most the `possible` beside. @param {Uint8Array} payload @param {number[]} needed @param {number[]} possible */
export function fieldsOf(payload, needed, possible = []) {
  must(payload.length <= MOST_BYTES, "too_large");
  const found = decode(payload);
  if (!(found instanceof Map)) throw new Malformed("malformed");
  must(
    needed.every((field) => found.has(field)),
    "missing_field",
  );
  must(found.size === needed.length + possible.filter((field) => found.has(field)).length);
  must(found.get(1) === 1);
  return found;
}

/** Fields 2, 3 and 4. @param {Map<unknown, unknown>} found @returns {Times} throws Malformed */
export function readTimes(found) {
  const sequence = whole(found.get(2), LAST_SEQUENCE);
  const [issued, nextUpdate] = [whole(found.get(3), LAST_TIME), whole(found.get(4), LAST_TIME)];
  must(issued <= nextUpdate);
  return { sequence, issued, nextUpdate };
}

/** The id of an office. @param {unknown} value @returns {string} throws Malformed */
export const officeId = (value) => plain(value, 64);

/** @param {unknown} found @returns {Map<string, Office>} */
function readOffices(found) {
  if (!(found instanceof Map)) throw new Malformed("malformed");
  return new Map(
    Array.from(found, ([id, known]) => {
      must(Array.isArray(known) && known.length === 2);
      const [name, host] = known;
      must(host === "" || (typeof host === "string" && isHost(host)));
      return [officeId(id), { name: plain(name, 100), host: host.toLowerCase() }];
    }),
  );
}

/** @param {unknown} entry @param {Map<string, Office>} offices @returns {TrustedKey} */
function readKey(entry, offices) {
  if (!Array.isArray(entry) || entry.length !== 9) throw new Malformed("malformed");
  const [kid, algorithm, publicKey, office, first, last, purpose, revokedAt, reason] = entry;
  must(algorithm === ES256 && offices.has(office) && ["letters", "node", "root"].includes(purpose));
  must(bytes(publicKey, 65)[0] === 4);
  const [notBefore, notAfter] = [whole(first, LAST_TIME), whole(last, LAST_TIME)];
  must(notBefore <= notAfter);
  must(revokedAt === null ? reason === null : REASONS.includes(reason) && whole(revokedAt, LAST_TIME) >= 0);
  return { kid: hex(bytes(kid, 8)), publicKey, office, notBefore, notAfter, purpose, revokedAt, reason };
}

/** Field 7: whole hashes, each greater than the one before. @param {unknown} found @returns {Map<string, Uint8Array>} */
function readEstablished(found) {
  if (!(found instanceof Map)) throw new Malformed("malformed");
  for (const [kid, known] of found) {
    must(bytes(kid, 8) && known instanceof Uint8Array && known.length % ESTABLISHED === 0);
    const hashes = hashesIn(known);
    must(hashes.every((one, at) => at === 0 || compare(hashes[at - 1] ?? one, one) < 0));
  }
  return new Map(Array.from(found, ([kid, known]) => [hex(kid), known]));
}

/** @param {Uint8Array} joined */
const hashesIn = (joined) => Array.from({ length: joined.length / ESTABLISHED }, (_, at) => joined.subarray(at * ESTABLISHED, (at + 1) * ESTABLISHED));
