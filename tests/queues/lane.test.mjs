import assert from "node:assert/strict";
import { test } from "node:test";
import { counted, filed, isOpen, issue, mayIssue, numberText } from "../../kiosk/queues/lane.js";
import { Taking } from "../../kiosk/queues/take.js";
import { atNode, fresh } from "../../kiosk/ui/outbox_rules.js";

const DAY = "2026-03-12";

test("a lane counts from 1 and from 1 again on a new day", () => {
  const first = counted(undefined, "n", DAY, 0);
  assert.deepEqual(first, { name: "n", date: DAY, last: 1 });
  assert.equal(counted(first, "n", DAY, 1).last, 2);
  assert.deepEqual(counted({ ...first, last: 9 }, "n", "2026-03-13", 0), { name: "n", date: "2026-03-13", last: 1 });
});

test("a day before the last one, a clock set back, begins nothing anew", () => {
  assert.deepEqual(counted({ name: "n", date: DAY, last: 9 }, "n", "2019-01-01", 0), { name: "n", date: DAY, last: 10 });
});

test("a new day begins no new count while numbers wait: the node files those under the day on which it gets them", () => {
  const over = counted({ name: "n", date: DAY, last: 3 }, "n", "2026-03-13", 2);
  assert.deepEqual(over, { name: "n", date: "2026-03-13", last: 4 });
  assert.deepEqual(filed({ name: "n", date: DAY, last: 5 }, "2026-03-13"), { name: "n", date: "2026-03-13", last: 5 });
  assert.deepEqual(filed(over, DAY), over);
});

test("numbers read as the node writes them", () => {
  assert.deepEqual([numberText("A", "K2", 14), numberText("B", "T10", 1234)], ["A-K2-014", "B-T10-1234"]);
});

const OFFICE = { zone: "Asia/Makassar", hours: { 4: ["08:00", "16:00"] }, why: null, now: "2026-03-12T09:00:00+08:00" };
const at = (local) => Date.parse(`${local}+08:00`);

test("outside of the office's hours nothing is issued, by the office's time and not the screen's", () => {
  assert.deepEqual(
    ["2026-03-12T07:59:00", "2026-03-12T08:00:00", "2026-03-12T15:59:00", "2026-03-12T16:00:00", "2026-03-13T09:00:00"].map((local) =>
      isOpen(OFFICE, at(local)),
    ),
    [false, true, true, false, false],
  );
  assert.equal(isOpen({ ...OFFICE, why: "holiday" }, at("2026-03-12T09:00:00")), false);
  for (const office of [null, undefined, { demo: true, hours: OFFICE.hours }, { zone: "Asia/Makassar", hours: null }])
    assert.equal(isOpen(office, at("2026-03-13T23:00:00")), true);
});

test("a device issues in its lane, alone, while it is not marked", () => {
  const device = { lane: "K2", mark: "" };
  assert.equal(mayIssue(device, true, null, 0), true);
  assert.deepEqual([mayIssue(null, true, null, 0), mayIssue(device, false, null, 0)], [false, false]);
  assert.equal(mayIssue({ ...device, lane: "" }, true, null, 0), false);
  assert.equal(mayIssue({ ...device, mark: "cloned" }, true, null, 0), false);
});

/** A device's disk, on which only whole transactions remain. */
function disk() {
  const kept = { entries: new Map(), facts: new Map([["device", { name: "device", id: "d", lane: "K2", date: DAY, now: 0, at: 0 }]]) };
  const store = {
    ENTRIES: "entries",
    FACTS: "facts",
    fresh,
    waits: (one) => !atNode(one),
    full: false,
    transact: async (_mode, work) => {
      const put = [];
      const given = await work({
        get: async (name, key) => kept[name].get(key),
        all: async (name) => [...kept[name].values()],
        put: (name, value) => put.push([name, value]),
      });
      if (store.full) throw new DOMException("full", "QuotaExceededError");
      for (const [name, value] of put) kept[name].set(value.id && name === "entries" ? value.id : value.name, value);
      return given;
    },
  };
  return { kept, store };
}

const A = { code: "A", name: "Layanan", name_en: "Service" };
const means = (store) => ({ store, now: () => 5, officeNow: () => Date.parse("2026-03-12T01:42:00Z") });

test("count and entry are stored together, and the same touch is the same number", async () => {
  const { kept, store } = disk();
  const first = await issue({ id: "x", queue: A }, means(store));
  assert.equal(first.number, "A-K2-001");
  assert.equal((await issue({ id: "x", queue: A }, means(store))).number, "A-K2-001");
  assert.equal((await issue({ id: "y", queue: A }, means(store))).number, "A-K2-002");
  assert.equal((await issue({ id: "z", queue: { ...A, code: "B" } }, means(store))).number, "B-K2-001");
  assert.deepEqual(kept.entries.get("y").body, { queue: "A", lane: "K2", serial: 2, date: DAY, number: "A-K2-002" });
});

test("a full disk issues nothing, and the next number that fits is the one that was not given", async () => {
  const { kept, store } = disk();
  store.full = true;
  await assert.rejects(issue({ id: "x", queue: A }, means(store)));
  assert.equal(kept.entries.size, 0);
  store.full = false;
  assert.equal((await issue({ id: "y", queue: A }, means(store))).number, "A-K2-001");
});

test("a device that was wiped has no lane to issue in", async () => {
  const { kept, store } = disk();
  kept.facts.clear();
  await assert.rejects(issue({ id: "x", queue: A }, means(store)));
});

const unreachable = { ok: false, status: 0, body: null, failure: "unreachable" };

test("a touch that nobody answers gets a number of the lane, under the same id", async () => {
  const asked = [];
  const taking = new Taking({
    post: async (_path, body) => (asked.push(body), unreachable),
    newId: () => "the-id",
    lane: () => async (queue, id) => ({ number: `${queue}-K2-001`, lane: "K2", id }),
  });
  await taking.touch("A");
  assert.deepEqual([asked[0].id, taking.read().ticket.id, taking.read().ticket.number], ["the-id", "the-id", "A-K2-001"]);
});

test("of a node that is known to be gone nothing is asked", async () => {
  let asked = 0;
  const taking = new Taking({ post: async () => (asked++, unreachable), newId: () => "i", gone: () => true, lane: () => async () => ({ number: "A-K2-001" }) });
  await taking.touch("A");
  assert.deepEqual([asked, taking.read().phase], [0, "ticket"]);
});

test("what the node refused is refused: the lane is for a node that is gone", async () => {
  const refused = { ok: false, status: 423, body: {}, failure: "refused" };
  const taking = new Taking({ post: async () => refused, newId: () => "i", lane: () => async () => assert.fail("issued") });
  await taking.touch("A");
  assert.equal(taking.read().failure, refused);
});

test("a number that could not be stored is not shown", async () => {
  const full = async () => {
    throw new DOMException("full", "QuotaExceededError");
  };
  const taking = new Taking({ post: async () => unreachable, newId: () => "i", lane: () => full });
  await taking.touch("A");
  assert.deepEqual([taking.read().phase, taking.read().ticket, taking.read().failure.failure], ["failed", null, "unstored"]);
});

test("a visitor who left before the node failed to answer gets no number of the lane", async () => {
  let answer;
  const taking = new Taking({ post: () => new Promise((give) => (answer = give)), newId: () => "i", lane: () => async () => assert.fail("issued") });
  const touched = taking.touch("A");
  taking.leave();
  answer(unreachable);
  await touched;
  assert.equal(taking.read().phase, "choosing");
});
