import assert from "node:assert/strict";
import { test } from "node:test";
import { EVERY_MS, idOf, isNewCall, isOld, meaning, pause } from "../../kiosk/queues/follow.js";

const usual = { failures: 0, sinceSeen: 9, meaning: "waiting", random: 0.5 };

test("it asks every four seconds, sooner when the phone is taken up, later and later while nobody answers", () => {
  assert.equal(pause(usual), EVERY_MS);
  assert.ok(pause({ ...usual, sinceSeen: 0 }) < EVERY_MS);
  const waits = [1, 2, 3, 4, 9].map((failures) => pause({ ...usual, failures }));
  assert.deepEqual(waits, [4000, 8000, 16000, 30000, 30000]);
});

test("jitter spreads a hall of phones", () => {
  assert.ok(pause({ ...usual, random: 0 }) < EVERY_MS && pause({ ...usual, random: 1 }) > EVERY_MS);
});

test("it stops when nothing can change any more, and not when somebody was absent: they may be called back", () => {
  assert.equal(pause({ ...usual, meaning: "done" }), null);
  assert.equal(pause({ ...usual, meaning: "other_day" }), null);
  assert.equal(pause({ ...usual, meaning: "no_show" }), EVERY_MS);
});

test("nobody ahead means next; another day's number says so whatever its status", () => {
  assert.equal(meaning({ today: true, status: "waiting", ahead: 0 }), "next");
  assert.equal(meaning({ today: true, status: "waiting", ahead: 2 }), "waiting");
  assert.equal(meaning({ today: true, status: "called", ahead: 0 }), "called");
  assert.equal(meaning({ today: false, status: "waiting", ahead: 3 }), "other_day");
});

test("the phone shakes at a call and at a call again, not when the page opens", () => {
  const called = { status: "called", calls: 1, counter: "2" };
  assert.equal(isNewCall(null, called), false);
  assert.equal(isNewCall({ status: "waiting" }, called), true);
  assert.equal(isNewCall(called, called), false);
  assert.equal(isNewCall(called, { ...called, calls: 2 }), true);
  assert.equal(isNewCall(called, { ...called, status: "serving" }), false);
});

test("what is shown grows old when questions stay without an answer", () => {
  assert.equal(isOld(null, 99_999), false);
  assert.equal(isOld(1000, 9000), false);
  assert.equal(isOld(1000, 14_000), true);
});

test("an address without a ticket's id follows nothing", () => {
  assert.equal(idOf("?id=0190a5f0-7b3c-7d2e-9a1b-0c2d3e4f5a6b"), "0190a5f0-7b3c-7d2e-9a1b-0c2d3e4f5a6b");
  for (const bad of ["", "?id=", "?id=A-001", "?id=../../staff/session"]) assert.equal(idOf(bad), null);
});
