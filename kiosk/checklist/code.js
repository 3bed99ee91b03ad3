// The code of a finished checklist, as rules.py describes it. The browser makes and reads it without the node.

export const DIGEST = 12;
const LONGEST = 500;
const SHAPE = /^1\.([a-z0-9]+(?:-[a-z0-9]+)*)\.([0-9a-f]{12})\.([0-9a-f]{32})\.([hmux]{1,60})\.([0-9a-f]{8})$/;

/** @typedef {{ service: string, digest: string, id: string, answers: string }} Code */
/** @typedef {{ code: Code | null, fault: "foreign" | "long" | "broken" | null }} Read */

/** CRC-32 (RFC 1952, section 8) of a text of ASCII, as 8 hex digits. @param {string} text */
export function check(text) {
  let rest = 0xffffffff;
  for (const sign of text) {
    rest ^= sign.charCodeAt(0);
    for (let bit = 0; bit < 8; bit += 1) rest = rest & 1 ? (rest >>> 1) ^ 0xedb88320 : rest >>> 1;
  }
  return ((rest ^ 0xffffffff) >>> 0).toString(16).padStart(8, "0");
}

/** @param {Code} code */
export function encode({ service, digest, id, answers }) {
  const body = ["1", service, digest.slice(0, DIGEST), id.replaceAll("-", ""), answers].join(".");
  return `${body}.${check(body)}`;
}

/** What stands behind `#` of an address, or the code alone. @param {string} scanned @returns {Read} */
export function decode(scanned) {
  if (scanned.length > LONGEST) return { code: null, fault: "long" };
  const text = scanned.trim().toLowerCase();
  const bare = text.slice(text.lastIndexOf("#") + 1);
  if (!bare.startsWith("1.")) return { code: null, fault: "foreign" };
  const [, service, digest, plain, answers, sum] = SHAPE.exec(bare) ?? [];
  if (!service || !digest || !plain || !answers || check(bare.slice(0, bare.lastIndexOf("."))) !== sum) return { code: null, fault: "broken" };
  const id = [plain.slice(0, 8), plain.slice(8, 12), plain.slice(12, 16), plain.slice(16, 20), plain.slice(20)].join("-");
  return { code: { service, digest, id, answers }, fault: null };
}

/** Whether the code was made of this list. @param {Code} code @param {{ digest: string, items: { when: unknown }[] }} list */
export function fits(code, list) {
  const sized = code.digest === list.digest.slice(0, DIGEST) && code.answers.length === list.items.length;
  return sized && list.items.every((item, place) => item.when !== null || code.answers[place] !== "x");
}
