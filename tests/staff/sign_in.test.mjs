// Signing in, without a screen.
import assert from "node:assert/strict";
import { test } from "node:test";
import { ask, canSend, canType, landing, meaning, next, opens, START, secondsLeft, waitText } from "../../kiosk/staff/sign_in.js";

const PEOPLE = [
  { id: "s", name: "Sari", roles: ["information"] },
  { id: "b", name: "Budi", roles: ["admin"] },
];
const reply = (status, code = null, wait = 0) => ({ status, code, wait, message: "words of the node" });

/** Play events; typing happens at `at`. */
function play(events, state = START) {
  return events.reduce((before, event) => next(before, event), state);
}
const typed = (pin, at = 0) => [...pin].map((digit) => ({ type: "digit", digit, at }));
const atThePad = play([
  { type: "listed", people: PEOPLE },
  { type: "choose", id: "s" },
]);
const sent = (answer, at = 0, id = "s") => play([...typed("270841", at), { type: "send" }, { type: "reply", id, reply: answer, at }], atThePad);

test("nothing is typed before a name is chosen", () => {
  assert.equal(play(typed("123")).pin, "");
  assert.equal(canType(START, 0), false);
});

test("six digits are a PIN, a seventh and what is no digit are not taken", () => {
  assert.equal(play(typed("2708"), atThePad).pin, "2708");
  assert.equal(canSend(play(typed("27084"), atThePad), 0), false);
  const whole = play([...typed("2708417"), ...typed("x"), { type: "digit", digit: "12", at: 0 }], atThePad);
  assert.equal(whole.pin, "270841");
  assert.equal(canSend(whole, 0), true);
});

test("erase takes the last digit, also of nothing", () => {
  assert.equal(play([...typed("27"), { type: "erase" }], atThePad).pin, "2");
  assert.equal(play([{ type: "erase" }], atThePad).pin, "");
});

test("another name begins anew, the same name does not", () => {
  const half = play(typed("270"), atThePad);
  assert.equal(next(half, { type: "choose", id: "b" }).pin, "");
  assert.equal(next(half, { type: "choose", id: "s" }).pin, "270");
});

test("while the node looks, nothing is typed, erased, chosen or sent again", () => {
  const busy = play([...typed("270841"), { type: "send" }], atThePad);
  assert.equal(canSend(busy, 0), false);
  assert.deepEqual(play([...typed("1"), { type: "erase" }, { type: "choose", id: "b" }], busy), busy);
});

test("no PIN stays after an answer, whatever the answer", () => {
  for (const status of [0, 204, 401, 423, 429, 500]) assert.equal(sent(reply(status)).pin, "");
});

test("a wrong PIN says so, and the next digit takes the words away", () => {
  const wrong = sent(reply(401, "STAFF-0401"));
  assert.equal(wrong.problem.kind, "wrong");
  assert.equal(canType(wrong, 0), true);
  assert.equal(play(typed("1"), wrong).problem, null);
});

test("a wait holds this account until it is over, and no other", () => {
  const waiting = sent(reply(401, "STAFF-0401", 15), 1000);
  assert.equal(secondsLeft(waiting, 1000), 15);
  assert.equal(secondsLeft(waiting, 15_001), 1);
  assert.equal(canType(waiting, 15_999), false);
  assert.equal(play(typed("1", 15_999), waiting).pin, "");
  assert.equal(canType(waiting, 16_000), true);
  assert.equal(canType(next(waiting, { type: "choose", id: "b" }), 1000), true);
});

test("a refusal to wait counts down and says nothing else", () => {
  const refused = sent(reply(429, "STAFF-0429", 7), 0);
  assert.deepEqual([refused.problem, secondsLeft(refused, 0)], [null, 7]);
});

test("too many calls from this address is another matter: the node's own words", () => {
  assert.equal(sent(reply(429, "HTTP-0429", 0)).problem.message, "words of the node");
});

test("a locked account stays locked on this screen, and the others open", () => {
  const locked = sent(reply(423, "STAFF-0423"));
  assert.equal(canType(locked, 1e12), false);
  assert.equal(canType(next(locked, { type: "choose", id: "b" }), 0), true);
});

test("a late answer holds the account that it is about", () => {
  const state = sent(reply(401, "STAFF-0401", 15), 0, "b");
  assert.equal(canType(state, 0), true);
  assert.equal(secondsLeft(next(state, { type: "choose", id: "b" }), 0), 15);
});

test("who is in types nothing more", () => {
  const done = sent(reply(204));
  assert.equal(done.done, true);
  assert.equal(canType(done, 0), false);
});

test("names that cannot be had are told, and those that came before stay", () => {
  assert.deepEqual(play([{ type: "unlisted", reply: reply(401, "DEVICE-0401") }]).people, []);
  assert.deepEqual(play([{ type: "unlisted", reply: reply(0) }], atThePad).people, PEOPLE);
});

test("a wait in words never rounds to nothing", () => {
  assert.deepEqual(waitText(15), { name: "wait_seconds", facts: { seconds: 15 } });
  assert.deepEqual(waitText(60), { name: "wait_minutes", facts: { minutes: 1, seconds: 0 } });
  assert.deepEqual(waitText(3599), { name: "wait_minutes", facts: { minutes: 59, seconds: 59 } });
  assert.deepEqual(waitText(7680), { name: "wait_hours", facts: { hours: 2, minutes: 8 } });
});

test("a keyboard does what the keypad does, and no more", () => {
  const keys = ["0", "9", "Backspace", "Delete", "Enter", "a", "F2", " ", "Tab", "12", "٣"];
  assert.deepEqual(keys.map(meaning), ["0", "9", "erase", "erase", "send", null, null, null, null, null, null]);
});

const answering =
  (status, body, headers = {}) =>
  async () =>
    new Response(body, { status, headers });

test("the answer's wait is read in seconds, and nonsense is none", async () => {
  const told = async (value) => (await ask("POST", "/x", {}, answering(429, '{"code":"STAFF-0429"}', value === null ? {} : { "retry-after": value }))).wait;
  assert.deepEqual(await Promise.all(["15", null, "-3", "Wed, 21 Oct 2026", "1e99", "Infinity"].map(told)), [15, 0, 0, 0, 86_400, 0]);
});

test("an answer without a body, one that is no JSON, and none at all", async () => {
  assert.equal((await ask("POST", "/x", {}, async () => new Response(null, { status: 204 }))).status, 204);
  assert.deepEqual((await ask("GET", "/x", undefined, answering(502, "<html>"))).code, null);
  const nobody = async () => {
    throw new TypeError("no network");
  };
  assert.equal((await ask("GET", "/x", undefined, nobody)).status, 0);
});

test("a sign-in is asked once: a second try would cost a second time", async () => {
  let asked = 0;
  await ask("POST", "/x", {}, async () => {
    asked += 1;
    throw new TypeError("no network");
  });
  assert.equal(asked, 1);
});

const PLACES = [
  { path: "/loket", roles: ["information", "collection"] },
  { path: "/petugas", roles: ["admin"] },
];

test("who signs in comes to the first place that the roles open, and to the own account without one", () => {
  assert.deepEqual(
    [["information"], ["admin"], ["admin", "collection"], ["agency"], []].map((roles) => landing(PLACES, roles)),
    ["/loket", "/petugas", "/loket", "/akun", "/akun"],
  );
});

test("at a counter only those who may sit there can be chosen", () => {
  assert.deepEqual(
    [["collection"], ["admin"], []].map((roles) => opens(PLACES, "/loket", roles)),
    [true, false, false],
  );
});
