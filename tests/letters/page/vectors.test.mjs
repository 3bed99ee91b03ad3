import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { decode, Malformed } from "../../../kiosk/letters/page/cbor.js";
import { readClaims } from "../../../kiosk/letters/page/claims.js";
import { buildKnowledge, judge } from "../../../kiosk/letters/page/judging.js";
import { LETTER, read, verify } from "../../../kiosk/letters/page/sign1.js";
import { Foreign, fromText } from "../../../kiosk/letters/page/text.js";

const VECTORS = JSON.parse(readFileSync(process.env.LETTER_VECTORS ?? `${import.meta.dirname}/../vectors/letter-codes.json`, "utf-8"));
const base64 = (hex) => Buffer.from(hex, "hex").toString("base64");
const hex = (bytes) => Buffer.from(bytes).toString("hex");
const answered = ({ roots, lists, revocations }) => ({
  roots: roots.map(({ public: point, ...root }) => ({ ...root, public: base64(point) })),
  lists: lists.map(base64),
  revocations: revocations.map(base64),
});
const known = new Map();
for (const [name, given] of Object.entries(VECTORS.knowledge)) known.set(name, await buildKnowledge(answered(given)));

/** What each stage by itself says, as make_vectors.py writes it. */
async function stages(text, { lists }) {
  const said = { text: null, cbor: null, cose: null, claims: null, signature: null };
  let stage = "text";
  try {
    const { message } = fromText(text);
    [said[stage], stage] = ["ok", "cbor"];
    decode(message, 18);
    [said[stage], stage] = ["ok", "cose"];
    const signed = read(message);
    [said[stage], stage] = ["ok", "claims"];
    readClaims(signed.payload);
    [said[stage], stage] = ["ok", "signature"];
    const named = lists.flatMap(({ keys }) => keys).filter(({ kid }) => kid === hex(signed.kid));
    const held = await Promise.all(named.map(({ publicKey }) => verify(signed, publicKey, LETTER)));
    said[stage] = held.includes(true) ? "ok" : named.length > 0 ? "signature_wrong" : "key_unknown";
  } catch (fault) {
    if (!(fault instanceof Malformed || fault instanceof Foreign)) throw fault;
    said[stage] = fault.reason ?? "foreign_code";
  }
  return said;
}

test("of lists and revocations this browser refuses what the golden vectors refuse, for the same reason", () => {
  for (const [name, { refused }] of Object.entries(VECTORS.knowledge)) assert.deepEqual(known.get(name).refused, refused, name);
});

test("every stage and the whole verdict are those of the golden vectors", async () => {
  assert.ok(VECTORS.cases.length >= 139);
  for (const { id, text, knowledge, now, stages: expected } of VECTORS.cases) {
    const { judgement, ...steps } = expected;
    assert.deepEqual(await stages(text, known.get(knowledge)), steps, id);
    assert.deepEqual(await judge(text, known.get(knowledge), now), judgement, id);
  }
});

test("without crypto.subtle, as on plain http, every verdict is the same", async () => {
  const own = Object.getOwnPropertyDescriptor(globalThis, "crypto");
  Object.defineProperty(globalThis, "crypto", { value: undefined, configurable: true });
  try {
    const slow = new Map();
    for (const [name, given] of Object.entries(VECTORS.knowledge)) slow.set(name, await buildKnowledge(answered(given)));
    for (const { id, text, knowledge, now, stages: expected } of VECTORS.cases) {
      assert.deepEqual(await judge(text, slow.get(knowledge), now), expected.judgement, id);
    }
  } finally {
    Object.defineProperty(globalThis, "crypto", own);
  }
});
