import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { test } from "node:test";
import { AT_ONCE, left, nextCode, SIGNS } from "../../kiosk/queues/codes.js";
import { addressOf, shown } from "../../kiosk/queues/codes_shown.js";

const DAY = 24 * 3600 * 1000;
const sha = (text) => createHash("sha256").update(text).digest("hex");

/** One screen: `given` is what the office gets. */
function screen({ refuses = () => false } = {}) {
  const kept = new Map();
  const clock = { ms: 0 };
  const given = [];
  let count = 0;
  const means = {
    store: () => ({ getItem: (key) => kept.get(key) ?? null, setItem: (key, value) => kept.set(key, value) }),
    now: () => clock.ms,
    draw: (length) => String(++count).padStart(length, "0"),
    hash: async (text) => sha(text),
    give: async (hash) => {
      if (refuses()) throw new Error("full");
      given.push(hash);
    },
  };
  return { kept, clock, given, means };
}

test("no two numbers get one code, and the office has the hash of each", async () => {
  const { means, given } = screen();
  const codes = [];
  for (let taken = 0; taken < 20; taken += 1) codes.push(await nextCode(means));
  assert.equal(new Set(codes).size, 20);
  for (const code of codes) assert.ok(given.includes(sha(code)));
  assert.equal(JSON.stringify(given).includes(codes[0]), false);
});

test("a number that is taken hands in nothing, but for one in eight", async () => {
  const { means, given } = screen();
  const before = [];
  for (let taken = 0; taken < AT_ONCE * 3; taken += 1) {
    before.push(given.length);
    await nextCode(means);
  }
  assert.deepEqual(
    before.filter((count, place) => count !== before[place - 1]),
    [0, 8, 16, 24],
  );
});

test("a code was handed in before its number was taken, but for the very first", async () => {
  const { means, given } = screen();
  await nextCode(means);
  for (let taken = 1; taken < AT_ONCE * 3; taken += 1) {
    const before = [...given];
    assert.ok(before.includes(sha(await nextCode(means))), `number ${taken + 1}`);
  }
});

test("hashes are handed in in an order that tells nothing of the one in which numbers get the codes", async () => {
  const { means, given } = screen();
  const codes = [];
  for (let taken = 0; taken < AT_ONCE; taken += 1) codes.push(await nextCode(means));
  const drawn = codes.map((code) => sha(code));
  assert.deepEqual(given.slice(0, AT_ONCE), drawn.toSorted());
  assert.notDeepEqual(given.slice(0, AT_ONCE), drawn);
});

test("a code is gone from the device before anybody sees it", async () => {
  const { means, kept } = screen();
  const code = await nextCode(means);
  assert.ok(![...kept.values()].join().includes(String(code)));
});

test("an old code is not given out: who gets it must have time", async () => {
  const { means, clock } = screen();
  const first = await nextCode(means);
  clock.ms = 8 * DAY;
  assert.equal(Number(await nextCode(means)), Number(first) + AT_ONCE);
});

test("a code that the office cannot get to know is not shown", async () => {
  const { means, kept } = screen({ refuses: () => true });
  assert.equal(await nextCode(means), null);
  assert.equal(kept.size, 0);
  const full = screen();
  full.means.store = () => ({
    getItem: () => null,
    setItem: () => {
      throw new Error("full");
    },
  });
  assert.equal(await nextCode(full.means), null);
});

test("whatever lay there is no code", () => {
  for (const odd of [null, 7, "x", [null], [{ code: "x", at: 0 }], [{ code: "12345678" }]]) assert.deepEqual(left(odd, 0), []);
});

test("a code goes to the phone behind #", () => {
  assert.equal(SIGNS, 8);
  assert.equal(shown("7GQ0K2ZD"), "7GQ0-K2ZD");
  assert.equal(addressOf("http://k/tiket?id=1", "7GQ0K2ZD"), "http://k/tiket?id=1#7GQ0K2ZD");
  assert.equal(addressOf("http://k/tiket?id=1", null), "http://k/tiket?id=1");
});
