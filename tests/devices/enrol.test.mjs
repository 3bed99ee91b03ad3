import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { ALPHABET, canSend, clock, firstPage, meaning, next, SIGNS, START, shown, signsOf } from "../../kiosk/devices/enrol.js";

const typed = (text, state = START) => next(state, { type: "typed", text });
const FULL = typed("7GQ0K2ZD");
const DEVICE = { id: "1", name: "Tablet", kind: "tablet", lane: "T1", place: "" };
const reply = (state, answer) => next(next(state, { type: "send" }), { type: "reply", answer });

test("codes are spelled as the node spells them", () => {
  const python = readFileSync(new URL("../../kiosk/devices/codes.py", import.meta.url), "utf8");
  assert.equal(python.match(/^ALPHABET = "(\w+)"/m)[1], ALPHABET);
  assert.equal(Number(python.match(/^SIGNS, GROUP = (\d+), 4/m)[1]), SIGNS);
  assert.match(python, /\{"O": "0", "I": "1", "L": "1"\}/);
});

test("signs are taken in any case, with look-alikes, without what is none", () => {
  assert.equal(signsOf(" 7gqo-k2zd "), "7GQ0K2ZD");
  assert.equal(signsOf("iLo!u☃"), "110");
  assert.equal(signsOf("7GQ0K2ZD99"), "7GQ0K2ZD");
  assert.equal(signsOf("http://kios.test/daftar#7GQ0-K2ZD"), "7GQ0K2ZD");
  assert.equal(shown("7GQ0K2ZD"), "7GQ0-K2ZD");
  assert.equal(shown("7GQ0"), "7GQ0");
});

test("a code is sent when it is whole, and once", () => {
  assert.equal(canSend(typed("7GQ0K2Z")), false);
  assert.equal(canSend(FULL), true);
  const busy = next(FULL, { type: "send" });
  assert.equal(canSend(busy), false);
  assert.equal(next(busy, { type: "typed", text: "1" }), busy);
  assert.equal(next(busy, { type: "erase" }), busy);
  assert.equal(typed("7GQ0K2Z").busy, next(typed("7GQ0K2Z"), { type: "send" }).busy);
});

test("a ninth sign is not taken, the last one is erased", () => {
  assert.equal(typed("9", FULL).code, "7GQ0K2ZD");
  assert.equal(next(FULL, { type: "erase" }).code, "7GQ0K2Z");
});

test("what a hand scanner types ends in the code, whatever came before", () => {
  const state = [..."http://localhost:8000/daftar#7GQ0-K2ZD"].reduce((before, key) => {
    const what = meaning(key);
    if (what === null) return before;
    return next(before, what === "clear" ? { type: "clear" } : { type: "typed", text: what });
  }, START);
  assert.equal(state.code, "7GQ0K2ZD");
  assert.equal(meaning("Enter"), "send");
  assert.equal(meaning("Backspace"), "erase");
  assert.deepEqual(["Tab", "F5", "U", "-", " "].map(meaning), [null, null, null, null, null]);
});

test("a code that came with the address waits for a touch", () => {
  const state = next(START, { type: "given", text: "7GQ0-K2ZD" });
  assert.deepEqual([state.code, state.given, state.busy], ["7GQ0K2ZD", true, false]);
  assert.equal(next(START, { type: "given", text: "main" }).given, false);
});

test("nobody answered: the code is kept, to be sent again", () => {
  const state = reply(FULL, { ok: false, status: 0, body: null });
  assert.equal(state.code, "7GQ0K2ZD");
  assert.deepEqual(state.problem, { message: null });
  assert.equal(canSend(state), true);
});

test("a refusal is told in the node's words and the code is gone", () => {
  const state = reply(FULL, { ok: false, status: 409, body: { code: "DEVICE-0409", message: "Kode ini sudah dipakai." } });
  assert.equal(state.code, "");
  assert.equal(state.problem.message, "Kode ini sudah dipakai.");
  assert.equal(typed("1", state).problem, null);
});

test("an enrolled device says what it is, and types no more", () => {
  const state = reply(FULL, { ok: true, status: 201, body: DEVICE });
  assert.equal(state.device, DEVICE);
  assert.equal(typed("1", state), state);
  assert.deepEqual(["kiosk", "tablet", "board", "staff"].map(firstPage), ["/", "/", "/papan", "/masuk"]);
});

test("minutes and seconds", () => assert.deepEqual([600, 65, 5, 0].map(clock), ["10:00", "1:05", "0:05", "0:00"]));
