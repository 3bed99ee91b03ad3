import assert from "node:assert/strict";
import { test } from "node:test";
import { atRest } from "../../kiosk/ui/idle.js";
import { asked, startOf } from "../../kiosk/ui/start.js";
import { mayMove } from "../../kiosk/ui/sw_rules.js";

test("an address with ?awal makes its page the one where this device begins", () => {
  assert.equal(asked("/survey", "?awal"), "/survey");
  assert.equal(asked("/survey/", "?awal="), "/survey");
  assert.equal(asked("/", "?awal"), "/");
  assert.equal(asked("/survey", ""), null);
  assert.equal(asked("/loket", "?awal"), null, "not every page is one to begin at");
});

test("a device begins at the first page unless it was told otherwise", () => {
  for (const odd of [null, undefined, 7, "", "/loket", "https://elsewhere.example"]) assert.equal(startOf(odd), "/");
  assert.equal(startOf("/survey"), "/survey");
});

test("a tablet of the survey rests at its first screen, and nowhere else", () => {
  assert.equal(atRest("/survey", false, "/survey"), true);
  assert.equal(atRest("/survey/", false, "/survey"), true);
  assert.equal(atRest("/survey", true, "/survey"), false, "somebody is answering");
  assert.equal(atRest("/", false, "/survey"), false);
  assert.equal(atRest("/survey", false), false);
});

test("a new build comes in where a device rests, but not while somebody answers", () => {
  const quiet = { surface: "tablet", untouched: 15_000, open: 99_000 };
  assert.equal(mayMove({ ...quiet, path: "/survey", start: "/survey" }), true);
  assert.equal(mayMove({ ...quiet, path: "/survey/", start: "/survey" }), true);
  assert.equal(mayMove({ ...quiet, path: "/survey", start: "/survey", visit: true }), false);
  assert.equal(mayMove({ ...quiet, path: "/survey", start: null }), false);
  assert.equal(mayMove({ ...quiet, path: "/", start: null }), true);
});
