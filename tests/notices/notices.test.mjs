import assert from "node:assert/strict";
import { test } from "node:test";
import { currentOf, inTurn, nodeTime } from "../../kiosk/notices/notice_rules.js";

const NODE = Date.parse("2026-03-12T08:00:00+08:00");
const HOUR = 3_600_000;
const told = (at, notices = []) => ({ at, body: { now: "2026-03-12T08:00:00+08:00", notices } });
const notice = (id, from, until) => ({ id, text: { id, en: id }, level: "normal", from: new Date(from).toISOString(), until: new Date(until).toISOString() });
const ids = (notices) => notices.map((one) => one.id);

test("a notice stands from its first moment up to its last", () => {
  const copy = told(NODE, [notice("one", NODE, NODE + HOUR)]);
  assert.deepEqual(ids(currentOf(copy, NODE - 1)), []);
  assert.deepEqual(ids(currentOf(copy, NODE)), ["one"]);
  assert.deepEqual(ids(currentOf(copy, NODE + HOUR - 1)), ["one"]);
  assert.deepEqual(ids(currentOf(copy, NODE + HOUR)), []);
});

test("a screen whose clock stands in 2019 goes by the node's time", () => {
  const then = Date.parse("2019-01-01T00:00:00Z");
  const copy = told(then, [notice("one", NODE, NODE + HOUR)]);
  assert.equal(nodeTime(copy, then + 60_000), NODE + 60_000);
  assert.deepEqual(ids(currentOf(copy, then + 60_000)), ["one"]);
  assert.deepEqual(ids(currentOf(copy, then + HOUR)), []);
});

test("what cannot be read is not shown, and hides nothing else", () => {
  const good = notice("good", NODE, NODE + HOUR);
  for (const bad of [null, 7, {}, { id: "x" }, { ...good, text: null }, { ...good, until: "soon" }, { ...good, from: undefined }]) {
    assert.deepEqual(ids(currentOf(told(NODE, [bad, good]), NODE)), ["good"]);
  }
  for (const body of [null, {}, { notices: "no" }, []]) assert.deepEqual(currentOf({ at: NODE, body }, NODE), []);
  assert.deepEqual(currentOf(null, NODE), []);
  assert.equal(nodeTime({ at: NODE, body: {} }, 5), 5);
});

test("where there is room for one, each has its turn", () => {
  const all = ["a", "b", "c"].map((id) => notice(id, NODE, NODE + HOUR));
  assert.deepEqual(
    [0, 15_000, 30_000, 45_000].map((now) => inTurn(all, now, 15_000)?.id),
    ["a", "b", "c", "a"],
  );
  assert.equal(inTurn([], 5, 15_000), null);
});
