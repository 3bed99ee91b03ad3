import assert from "node:assert/strict";
import { test } from "node:test";
import { ANSWER_MS, arrived, atRest, next, QUIET_MS, secondsLeft } from "../../kiosk/ui/idle.js";

const after = (events, start = 0) => events.reduce((idle, [type, at]) => next(idle, { type, at }), arrived(start));

test("a minute without a touch warns, twenty more seconds end the visit", () => {
  assert.equal(after([["tick", QUIET_MS - 1]]).phase, "quiet");
  assert.equal(after([["tick", QUIET_MS]]).phase, "warning");
  assert.equal(
    after([
      ["tick", QUIET_MS],
      ["tick", QUIET_MS + ANSWER_MS - 1],
    ]).phase,
    "warning",
  );
  assert.equal(
    after([
      ["tick", QUIET_MS],
      ["tick", QUIET_MS + ANSWER_MS],
    ]).phase,
    "over",
  );
});

test("one touch gives the whole time again, also during the warning", () => {
  const idle = after([
    ["tick", QUIET_MS],
    ["touch", QUIET_MS + 5000],
    ["tick", 2 * QUIET_MS + 4999],
  ]);
  assert.equal(idle.phase, "quiet");
  assert.equal(next(idle, { type: "tick", at: 2 * QUIET_MS + 5000 }).phase, "warning");
});

test("a screen that slept still gives twenty seconds to answer", () => {
  const woken = after([["tick", 3_600_000]]);
  assert.equal(woken.phase, "warning");
  assert.equal(secondsLeft(woken, 3_600_000), 20);
});

test("speech holds the clock, and its end starts it anew", () => {
  const speaking = after([
    ["hold", 1000],
    ["tick", 500_000],
  ]);
  assert.equal(speaking.phase, "quiet");
  const silent = next(speaking, { type: "release", at: 500_000 });
  assert.equal(next(silent, { type: "tick", at: 500_000 + QUIET_MS - 1 }).phase, "quiet");
  assert.equal(next(silent, { type: "tick", at: 500_000 + QUIET_MS }).phase, "warning");
});

test("a touch while the screen speaks does not let the clock go", () => {
  assert.equal(
    after([
      ["hold", 0],
      ["touch", 10],
      ["tick", 900_000],
    ]).phase,
    "quiet",
  );
});

test("what is over stays over: a late touch does not bring the visitor's data back", () => {
  const over = after([
    ["tick", QUIET_MS],
    ["tick", QUIET_MS + ANSWER_MS],
  ]);
  assert.equal(next(over, { type: "touch", at: 999_999 }).phase, "over");
});

test("seconds are told in whole numbers, never below zero, and only while it is asked", () => {
  const warned = after([["tick", QUIET_MS]]);
  assert.equal(secondsLeft(warned, QUIET_MS + 100), 20);
  assert.equal(secondsLeft(warned, QUIET_MS + 19_001), 1);
  assert.equal(secondsLeft(warned, QUIET_MS + 99_000), 0);
  assert.equal(secondsLeft(arrived(0), 5), null);
});

test("home with nothing chosen is at rest; a choice of the last visitor is not left behind", () => {
  assert.equal(atRest("/", false), true);
  assert.equal(atRest("/", true), false);
  assert.equal(atRest("/antrean", false), false);
});
