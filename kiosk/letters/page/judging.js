// The verdict on a letter's code: pure, the same as kiosk/letters/trust/judging.py gives, to the JSON.
import { hex } from "./bytes.js";
import { Malformed } from "./cbor.js";
import { readClaims } from "./claims.js";
import { covers, isRevokedFor, thatHold } from "./knowledge.js";
import { isRevoked } from "./revocations.js";
import { LETTER, read, verify } from "./sign1.js";
import { Foreign, fromText } from "./text.js";
import { COMPROMISE, isEstablished } from "./trust_list.js";

export { buildKnowledge } from "./knowledge.js";

const BAD = ["unreadable", "not_ours", "altered", "unknown_issuer", "revoked", "expired"]; // the worst first
const UNTRUSTED = BAD.slice(0, 4); // with these nobody knows what was signed, so no field is told
const AHEAD = 300; // seconds by which two clocks may differ before a letter counts as issued in the future

/** @typedef {import("./knowledge.js").Knowledge} Knowledge */
/** @typedef {import("./knowledge.js").HeldList} HeldList */
/** @typedef {import("./claims.js").Claims} Claims */
/** @typedef {{ list: HeldList, key: import("./trust_list.js").TrustedKey }} Named a key and the list that has it */
/** @typedef {{ number: string, name: string, service: string, issued: string, expires: string | null }} Fields */
/**
 * Times are ISO 8601 in UTC; `key` is 16 hex digits. Photos and camera give the scope `code`, never more.
 * @typedef {{ scope: "code" | "document" | "register", verdict: string, fields: Fields | null, issuer: string | null, key: string | null,
 *   trust_as_of: string | null, revocations_as_of: string | null, reasons: string[], revoked: { at: string | null, reason: number } | null }} Judgement
 */

/** What a scanned text is worth at `now`. @param {string} text @param {Knowledge} knowledge @param {number} now s since 1970 @returns {Promise<Judgement>} */
export async function judge(text, knowledge, now) {
  try {
    const { host, message } = fromText(text);
    return await judgeMessage(message, host, knowledge, now);
  } catch (fault) {
    if (fault instanceof Foreign) return bare("not_ours", "foreign_code");
    if (fault instanceof Malformed) return bare("unreadable", fault.reason);
    throw fault;
  }
}

/**
 * The same of a code's bytes; `host` is the address that stood around them, null where none did.
 * @param {Uint8Array} message @param {string | null} host @param {Knowledge} knowledge @param {number} now s since 1970 @returns {Promise<Judgement>}
 */
export async function judgeMessage(message, host, knowledge, now) {
  let signed;
  let claims;
  try {
    signed = read(message);
    claims = readClaims(signed.payload);
  } catch (fault) {
    if (fault instanceof Malformed) return bare("unreadable", fault.reason);
    throw fault;
  }
  const { payload } = signed;
  const kid = hex(signed.kid);
  if (knowledge.lists.length === 0) return { ...bare("unknown_issuer", "no_trust_list"), key: kid };
  const named = knowledge.lists.flatMap((list) => list.keys.filter((key) => key.kid === kid).map((key) => ({ list, key })));
  const held = await thatHold(named, ({ key }) => verify(signed, key.publicKey, LETTER));
  const first = held[0];
  if (!first) return ofNoKnownKey(kid, claims, named.length > 0, knowledge, now);
  // Two offices may list one key, and the most general list speaks first. Of that office every list counts.
  const own = held.filter(({ key }) => key.office === first.key.office);
  return ofKnownKey({ kid, payload, claims, host, now }, own, knowledge);
}

/** A verdict on what is no code at all, or none to be read. @param {string} verdict @param {...string} reasons @returns {Judgement} */
export function bare(verdict, ...reasons) {
  const nothing = { fields: null, issuer: null, key: null, trust_as_of: null, revocations_as_of: null, revoked: null };
  return { scope: "code", verdict, reasons, ...nothing };
}

/** Which list would have named the key nobody knows: the oldest tells how old this knowledge is.
 * @param {string} kid @param {Claims} claims @param {boolean} isNamed @param {Knowledge} knowledge @param {number} now */
function ofNoKnownKey(kid, claims, isNamed, { lists }, now) {
  const oldest = Math.min(...lists.map(asOf));
  const unknown = claims.issued > oldest ? "key_newer_than_list" : "key_unknown";
  const found = isNamed ? bare("altered", "signature_wrong") : bare("unknown_issuer", unknown);
  if (lists.some((list) => isStale(list, now))) found.reasons.push("trust_stale");
  return { ...found, key: kid, trust_as_of: iso(oldest) };
}

/** Of a code that a key of the office in `held` signed.
 * @param {{ kid: string, payload: Uint8Array, claims: Claims, host: string | null, now: number }} code @param {Named[]} held @param {Knowledge} knowledge */
function ofKnownKey({ kid, payload, claims, host, now }, held, knowledge) {
  const office = /** @type {Named} */ (held[0]).key.office;
  const known = knowledge.lists.find(({ offices }) => offices.has(office))?.offices.get(office);
  const fit = held.filter(({ key }) => key.purpose === "letters");
  const then = fit.filter(({ key }) => covers(key, claims.issued));
  const { list } = /** @type {Named} */ (then[0] ?? fit[0] ?? held[0]);
  const found = { ...bare("code_genuine"), issuer: known?.name ?? null, key: kid, trust_as_of: iso(asOf(list)), fields: fieldsOf(claims) };
  if (host !== null && known?.host && host.toLowerCase() !== known.host) add(found, "altered", "address_foreign");
  if (then.length === 0) {
    add(found, "unknown_issuer", fit.length > 0 ? "key_not_valid_then" : "key_not_for_letters");
  } else {
    addRevokedKey(found, held, claims, payload);
    addStanding(found, claims, knowledge.revocations.get(office), now);
  }
  if (isStale(list, now)) add(found, null, "trust_stale");
  if (claims.issued > now + AHEAD) add(found, null, "issued_in_future");
  return UNTRUSTED.includes(found.verdict) ? { ...found, fields: null } : found;
}

/** Whether one of the lists revokes the key, for this letter. @param {Judgement} found @param {Named[]} held @param {Claims} claims @param {Uint8Array} payload */
function addRevokedKey(found, held, claims, payload) {
  for (const { list, key } of held) {
    const isCompromised = key.reason === COMPROMISE;
    if (!isRevokedFor(key, claims.issued) || (isCompromised && isEstablished(list, key.kid, payload))) continue;
    add(found, "revoked", isCompromised ? "key_compromised" : "key_revoked");
    found.revoked = found.revoked ?? { at: iso(key.revokedAt), reason: key.reason ?? 0 };
  }
}

/** Whether the letter itself was revoked or has expired.
 * @param {Judgement} found @param {Claims} claims @param {import("./revocations.js").Revocations | undefined} known @param {number} now */
function addStanding(found, claims, known, now) {
  if (known && isRevoked(known, claims.serial)) {
    const detail = known.details.get(claims.serial);
    add(found, "revoked", "letter_revoked");
    found.revoked = { at: iso(detail?.at ?? null), reason: detail?.reason ?? 0 };
  }
  if (claims.expires !== null && now >= claims.expires) add(found, "expired", "letter_expired");
  found.revocations_as_of = iso(known?.issued ?? null);
  if (!known) add(found, null, "revocations_missing");
  else if (now > known.nextUpdate) add(found, null, "revocations_stale");
}

/** One more finding: the worse verdict stands, null changes none. @param {Judgement} found @param {string | null} verdict @param {string} reason */
function add(found, verdict, reason) {
  if (verdict !== null && rank(verdict) < rank(found.verdict)) found.verdict = verdict;
  if (!found.reasons.includes(reason)) found.reasons.push(reason);
}

/** @param {string} verdict */
const rank = (verdict) => (BAD.includes(verdict) ? BAD.indexOf(verdict) : BAD.length);

/** When the older of the lists that this one rests on was issued: so old is what is known. @param {HeldList} list @returns {number} */
const asOf = ({ issued, upon }) => (upon ? Math.min(issued, upon.issued) : issued);

/** Whether a newer list should have come, of this root or of the one above. @param {HeldList} list @param {number} now @returns {boolean} */
const isStale = ({ nextUpdate, upon }, now) => now > nextUpdate || (upon !== null && isStale(upon, now));

/** @param {Claims} claims @returns {Fields} */
const fieldsOf = ({ number, name, service, issued, expires }) => ({ number, name, service, issued: String(iso(issued)), expires: iso(expires) });

/** Seconds since 1970 as ISO 8601 in UTC. @param {number | null} when */
const iso = (when) => (when === null ? null : `${new Date(when * 1000).toISOString().slice(0, 19)}Z`);
