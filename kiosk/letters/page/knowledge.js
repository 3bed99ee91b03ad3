// What this browser knows: the lists that pinned roots signed, and the revocations of each office. As kiosk/letters/trust/knowledge.py.
import { sha256 } from "@noble/hashes/sha2.js";
import { equal, fromBase64, hex, join } from "./bytes.js";
import { Malformed } from "./cbor.js";
import { readRevocations } from "./revocations.js";
import { REVOCATIONS, read, TRUST, verify } from "./sign1.js";
import { COMPROMISE, MOST_BYTES, readTrustList } from "./trust_list.js";

// A SubjectPublicKeyInfo of P-256 up to the point (RFC 5480, section 2), so that `kidOf` needs no library for ASN.1.
const BEFORE_POINT = fromBase64("MFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgA=");

/** @typedef {import("./trust_list.js").TrustedKey} TrustedKey */
/** @typedef {import("./revocations.js").Revocations} Revocations */
/** @typedef {{ publicKey: Uint8Array, name: string, office: string | null }} Root it may speak for `office` alone, or for all (null) */
/** @typedef {{ above: HeldList, key: TrustedKey }} Certified the list that names a root, and the entry there */
/** @typedef {import("./trust_list.js").TrustList & { root: Root, upon: HeldList | null, payload: Uint8Array }} HeldList */
/** @typedef {{ kind: "lists" | "revocations", place: number, reason: string }} Refusal */
/** @typedef {{ lists: HeldList[], revocations: Map<string, Revocations>, refused: Refusal[] }} Knowledge the most general root's list first */
/** @typedef {{ roots: { public: string, name: string, office: string | null }[], lists: string[], revocations: string[] }} Answer of /api/v1/trust */

/** A message that does not count; `reason` as in knowledge.py. */
class Refused extends Malformed {}

/** @param {boolean} holds @param {string} reason */
function counts(holds, reason) {
  if (!holds) throw new Refused(reason);
}

/** What the node told of whom to believe; what does not hold is left out and named in `refused`. @param {Answer} answer @returns {Promise<Knowledge>} */
export function buildKnowledge({ roots, lists, revocations }) {
  const pinned = roots.map(({ public: point, name, office }) => ({ publicKey: spelt(point), name, office }));
  return build(pinned, lists.map(spelt), revocations.map(spelt));
}

/** Base64, or nothing where it is none: a message of no bytes is refused like any other. @param {string} text */
function spelt(text) {
  try {
    return fromBase64(text);
  } catch {
    return new Uint8Array();
  }
}

/** @param {Root[]} roots @param {Uint8Array[]} listMessages @param {Uint8Array[]} revocationMessages @returns {Promise<Knowledge>} */
export async function build(roots, listMessages, revocationMessages) {
  const { lists, refused } = await takeLists(roots, listMessages);
  /** @type {Map<string, Revocations & { payload: Uint8Array }>} */
  const newest = new Map();
  for (const [place, message] of revocationMessages.entries()) {
    await trying(refused, "revocations", place, async () => {
      const found = await openRevocations(message, lists);
      if (supersedes(found, newest.get(found.office))) newest.set(found.office, found);
    });
  }
  return { lists, revocations: newest, refused };
}

/** The lists of the pinned roots, then those of the roots which these name: one step, no further. @param {Root[]} pinned @param {Uint8Array[]} messages */
async function takeLists(pinned, messages) {
  /** @type {Map<string, HeldList>} */
  const newest = new Map();
  const places = messages.map((_, place) => place);
  const first = await take(newest, messages, places, new Map(pinned.map((root) => [identity(root), { root, certified: null }])));
  const again = first.filter(({ reason }) => reason === "root_unknown").map(({ place }) => place);
  const below = new Map(inOrder(newest).flatMap((above) => certifiedBy(above).map((one) => [identity(one.root), one])));
  const second = await take(newest, messages, again, below);
  const refused = [...first.filter(({ reason }) => reason !== "root_unknown"), ...second];
  return { lists: inOrder(newest), refused: refused.sort((one, other) => one.place - other.place) };
}

/** The roots that a list names, each for its office alone. @param {HeldList} above */
const certifiedBy = (above) =>
  above.keys
    .filter(({ purpose }) => purpose === "root")
    .map((key) => ({ root: { publicKey: key.publicKey, name: above.offices.get(key.office)?.name ?? "", office: key.office }, certified: { above, key } }));

/**
 * Put into `newest` what one of `roots` signed; give back what was refused.
 * @param {Map<string, HeldList>} newest by the root's public key @param {Uint8Array[]} messages @param {number[]} places
 * @param {Map<string, { root: Root, certified: Certified | null }>} roots
 */
async function take(newest, messages, places, roots) {
  /** @type {Refusal[]} */
  const refused = [];
  for (const place of places) {
    await trying(refused, "lists", place, async () => {
      const found = await openList(messages[place] ?? new Uint8Array(), Array.from(roots.values()));
      const name = hex(found.root.publicKey);
      if (supersedes(found, newest.get(name))) newest.set(name, found);
    });
  }
  return refused;
}

/** @param {Uint8Array} message @param {{ root: Root, certified: Certified | null }[]} roots @returns {Promise<HeldList>} throws Refused, Malformed */
async function openList(message, roots) {
  const signed = opened(message);
  const named = roots.filter(({ root }) => equal(kidOf(root.publicKey), signed.kid));
  const [by] = await thatHold(named, ({ root }) => verify(signed, root.publicKey, TRUST));
  if (!by) throw new Refused(named.length > 0 ? "signature_wrong" : "root_unknown");
  const { root, certified } = by;
  const list = readTrustList(signed.payload);
  counts(root.office === null || Array.from(list.offices.keys()).every((office) => office === root.office), "office_foreign");
  counts(!certified || (covers(certified.key, list.issued) && !isRevokedFor(certified.key, list.issued)), "key_not_valid_then");
  return { ...list, root, upon: certified?.above ?? null, payload: signed.payload };
}

/** The key must have been good when they were issued; the same key may stand in two lists, of which one has not heard that it was revoked.
 * @param {Uint8Array} message @param {HeldList[]} lists @returns {Promise<Revocations & { payload: Uint8Array }>} throws Refused, Malformed */
async function openRevocations(message, lists) {
  const signed = opened(message);
  const named = lists.flatMap(({ keys }) => keys).filter(({ kid }) => kid === hex(signed.kid));
  counts(named.length > 0, "key_unknown");
  const held = await thatHold(named, ({ publicKey }) => verify(signed, publicKey, REVOCATIONS));
  counts(held.length > 0, "signature_wrong");
  const nodes = held.filter(({ purpose }) => purpose === "node");
  counts(nodes.length > 0, "key_not_for_revocations");
  const found = readRevocations(signed.payload);
  const own = nodes.filter(({ office }) => office === found.office);
  counts(own.length > 0, "office_foreign");
  counts(own.some((key) => covers(key, found.issued)) && !own.some((key) => isRevokedFor(key, found.issued)), "key_not_valid_then");
  return { ...found, payload: signed.payload };
}

/** @param {TrustedKey} key @param {number} when */
export const covers = ({ notBefore, notAfter }, when) => notBefore <= when && when <= notAfter;

/** Whether what the key signed at `when` by its own word counts no more: all of it when the key was compromised. @param {TrustedKey} key @param {number} when */
export const isRevokedFor = ({ revokedAt, reason }, when) => revokedAt !== null && (reason === COMPROMISE || when >= revokedAt);

/** Those of which the promise holds. @template T @param {T[]} ones @param {(one: T) => Promise<boolean>} holds */
export async function thatHold(ones, holds) {
  const held = await Promise.all(ones.map(holds));
  return ones.filter((_, at) => held[at]);
}

/** The first 8 bytes of SHA-256 of the DER SubjectPublicKeyInfo. @param {Uint8Array} publicKey 65 bytes */
export const kidOf = (publicKey) => sha256(join(BEFORE_POINT, publicKey)).subarray(0, 8);

/** @param {Uint8Array} message */
function opened(message) {
  counts(message.length <= MOST_BYTES, "too_large");
  return read(message);
}

/** Whether `fresh` takes the place of what is known of the same root or office.
 * @param {{ sequence: number, payload: Uint8Array }} fresh @param {{ sequence: number, payload: Uint8Array } | undefined} known throws Refused */
function supersedes(fresh, known) {
  if (!known || fresh.sequence > known.sequence) return true;
  counts(fresh.sequence === known.sequence, "older");
  counts(equal(fresh.payload, known.payload), "sequence_reused");
  return false;
}

/** @param {Refusal[]} refused @param {"lists" | "revocations"} kind @param {number} place @param {() => Promise<void>} work */
async function trying(refused, kind, place, work) {
  try {
    await work();
  } catch (fault) {
    if (!(fault instanceof Malformed)) throw fault;
    refused.push({ kind, place, reason: fault.reason });
  }
}

/** @param {Root} root */
const identity = ({ publicKey, name, office }) => JSON.stringify([hex(publicKey), name, office]);

/** Lists that speak for every office first, certified ones last. @param {Map<string, HeldList>} newest */
const inOrder = (newest) => Array.from(newest.values()).sort((one, other) => generality(one) - generality(other));

/** @param {HeldList} list */
const generality = ({ root, upon }) => (upon ? 2 : 0) + (root.office === null ? 0 : 1);
