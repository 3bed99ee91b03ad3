import assert from "node:assert/strict";
import { test } from "node:test";
import { KEY, MOST, outcome, PhoneQueue } from "../../kiosk/survey/phone_queue.js";

/** A phone before an office that gives these answers in turn; null: nobody answers. */
function phone(answers, kept = new Map(), refused = false) {
  const state = { asked: [], slept: [], kept };
  const store = () => {
    if (refused) throw new DOMException("no", "SecurityError");
    return { getItem: (key) => kept.get(key) ?? null, setItem: (key, text) => kept.set(key, text), removeItem: (key) => kept.delete(key) };
  };
  const queue = new PhoneQueue({
    store,
    post: async (body) => {
      state.asked.push(body);
      const status = answers.length > 0 ? answers.shift() : 200;
      return { ok: status === 200, status, body: status === 200 ? { result: "taken" } : { code: `X-${status}`, message: "no", reference: "r" } };
    },
    sleep: async (ms) => void state.slept.push(ms),
    random: () => 0.5,
  });
  return Object.assign(state, { queue });
}

const BODY = { scores: { fee: 4 } };

test("an answer that the office has leaves nothing on the phone", async () => {
  const { queue, asked, kept } = phone([200]);
  assert.deepEqual(await queue.put("b", BODY), { result: "taken" });
  assert.deepEqual(asked, [{ id: "b", ...BODY }]);
  assert.equal(kept.size, 0);
});

test("one that nobody answered waits, over a closed page too, and goes up with the same id", async () => {
  const first = phone([0]);
  first.queue.go = async () => undefined; // the page is closed
  assert.deepEqual(await first.queue.put("b", BODY), { result: "waits" });
  const next = phone([0, 503, 429, 200], first.kept);
  await next.queue.go();
  assert.deepEqual(new Set(next.asked.map(({ id }) => id)), new Set(["b"]));
  assert.deepEqual(next.slept, [2000, 5000, 15_000]);
  assert.equal(first.kept.size, 0);
});

test("only the office itself takes an answer: the sign-in page of a network says 200 to anything", () => {
  for (const body of [null, "<html>", {}, { result: "ok" }]) assert.deepEqual(outcome({ ok: true, status: 200, body }), { result: "waits" });
  assert.deepEqual(outcome({ ok: true, status: 200, body: { result: "taken" } }), { result: "taken" });
});

test("what is refused for good is told and does not wait", async () => {
  const { queue, kept } = phone([422]);
  assert.deepEqual(await queue.put("b", { scores: {} }), { result: "refused", code: "X-422", message: "no" });
  assert.equal(kept.size, 0);
});

test("a foreign 404 takes nothing away: only the office's own error does", async () => {
  for (const body of [null, "<html>", { detail: "Not Found" }, { code: 404, reference: 1 }]) {
    for (const status of [400, 404, 405, 413]) assert.deepEqual(outcome({ ok: false, status, body }), { result: "waits" });
  }
  const { queue, kept } = phone([]);
  queue.means.post = async () => ({ ok: false, status: 404, body: null });
  queue.go = async () => undefined;
  assert.deepEqual(await queue.put("b", BODY), { result: "waits" });
  assert.equal(kept.size, 1);
});

test("what waits tells no order and no moment", async () => {
  const { queue, kept } = phone([0, 0, 0]);
  queue.go = async () => undefined;
  for (const id of ["c", "a", "b"]) await queue.put(id, BODY);
  assert.deepEqual(JSON.parse(kept.get(KEY)), [
    { id: "a", body: BODY },
    { id: "b", body: BODY },
    { id: "c", body: BODY },
  ]);
});

test("the same answer twice waits once; a phone that holds too many says so", async () => {
  const { queue } = phone(Array(50).fill(0));
  queue.go = async () => undefined;
  for (let n = 0; n < MOST; n += 1) await queue.put(`n${n}`, BODY);
  await queue.put("n0", BODY);
  assert.equal(queue.read().length, MOST);
  await assert.rejects(queue.put("more", BODY));
});

test("where nothing may be stored it waits as long as the page is open; what is broken there is no answer", async () => {
  const { queue } = phone([0], new Map(), true);
  queue.go = async () => undefined;
  assert.deepEqual(await queue.put("b", BODY), { result: "waits" });
  assert.equal(queue.read().length, 1);
  for (const broken of ["{", "7", '[{"id":7},null]']) assert.deepEqual(phone([], new Map([[KEY, broken]])).queue.read(), []);
});
