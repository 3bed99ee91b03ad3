import assert from "node:assert/strict";
import { test } from "node:test";
import { CHOOSING, isLong, offer, Taking } from "../../kiosk/queues/take.js";
import { uuid7 } from "../../kiosk/queues/uuid7.js";

const given = (number) => ({ ok: true, status: 201, body: { number }, failure: null });
const unreachable = { ok: false, status: 0, body: null, failure: "unreachable" };

/** A node that answers when it is told to; every request is written down. */
function office() {
  const asked = [];
  const taking = new Taking({
    post: (_path, body) => new Promise((answer) => asked.push({ ...body, answer })),
    newId: () => `id-${asked.length}-${Math.random()}`,
  });
  return { asked, taking };
}

const settled = () => new Promise((done) => setImmediate(done));

test("a double touch issues one number", async () => {
  const { asked, taking } = office();
  const first = taking.touch("A");
  await taking.touch("A");
  await taking.touch("B");
  asked[0].answer(given("A-001"));
  await first;
  await taking.touch("A");
  assert.equal(asked.length, 1);
  assert.equal(taking.read().ticket.number, "A-001");
});

test("a touch that failed is not sent again by itself", async () => {
  const { asked, taking } = office();
  const touched = taking.touch("A");
  asked[0].answer(unreachable);
  await touched;
  await settled();
  assert.equal(asked.length, 1);
  assert.equal(taking.read().phase, "failed");
});

test("the same queue touched again by the same visitor reuses the id, another queue does not", async () => {
  const { asked, taking } = office();
  for (const queue of ["A", "B", "A"]) {
    const touched = taking.touch(queue);
    asked.at(-1).answer(unreachable);
    await touched;
  }
  assert.equal(asked[2].id, asked[0].id);
  assert.notEqual(asked[1].id, asked[0].id);
});

test("the next visitor gets another id and sees nothing of the one before", async () => {
  const { asked, taking } = office();
  const touched = taking.touch("A");
  asked[0].answer(unreachable);
  await touched;
  taking.leave();
  assert.equal(taking.read(), CHOOSING);
  void taking.touch("A");
  assert.notEqual(asked[1].id, asked[0].id);
});

test("an answer that comes after the visitor left is shown to nobody", async () => {
  const { asked, taking } = office();
  const touched = taking.touch("A");
  taking.leave();
  asked[0].answer(given("A-001"));
  await touched;
  assert.deepEqual(taking.read(), CHOOSING);
});

test("without the node nothing is offered; outside hours it is closed", () => {
  const open = [{ open: true }];
  assert.equal(offer(open, false), "gone");
  assert.equal(offer(open, null), "open");
  assert.equal(offer(null, true), "unknown");
  assert.equal(offer([{ open: false }], true), "closed");
});

test("long numbers are told from short ones", () => {
  assert.deepEqual(["A-017", "A-1000", "A-K2-014"].map(isLong), [false, false, true]);
});

test("ids are UUIDs of version 7, later ones sort after earlier ones", () => {
  const ids = [0, 1, 1_773_279_720_000, 2 ** 48 - 1].map((now) => uuid7(now, (bytes) => crypto.getRandomValues(bytes)));
  for (const id of ids) assert.match(id, /^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
  assert.deepEqual([...ids].sort(), ids);
  assert.equal(
    ids[2].slice(0, 13),
    (1_773_279_720_000)
      .toString(16)
      .padStart(12, "0")
      .replace(/^(.{8})/, "$1-"),
  );
});
