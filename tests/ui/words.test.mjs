import assert from "node:assert/strict";
import { test } from "node:test";
import { clockText, dateText, filled, localClock, openingText, pick } from "../../kiosk/ui/words.js";

const TEXTS = { ahead: { id: "{n} orang di depan Anda", en: "{n} people ahead of you" } };

test("a text is taken in the visitor's language with its facts", () => {
  assert.equal(pick(TEXTS, "ahead", "id", { n: 3 }), "3 orang di depan Anda");
  assert.equal(pick(TEXTS, "ahead", "en", { n: 0 }), "0 people ahead of you");
});

test("what is missing shows: an unknown name, a place without a fact", () => {
  assert.equal(pick(TEXTS, "gone", "id"), "gone");
  assert.equal(filled("{n} orang"), "{n} orang");
});

test("a fact is a text, never a pattern", () => {
  assert.equal(filled("{n}", { n: "$& {n} <b>" }), "$& {n} <b>");
});

test("hours are written with a point, in the office's zone", () => {
  assert.equal(clockText(Date.UTC(2026, 2, 12, 1, 42), "Asia/Makassar"), "09.42");
  assert.equal(clockText(Date.UTC(2026, 2, 12, 16, 5), "Asia/Makassar"), "00.05");
  assert.equal(dateText(Date.UTC(2026, 2, 12, 1, 42), "id", "Asia/Makassar"), "Kamis, 12 Maret 2026");
  assert.equal(dateText(Date.UTC(2026, 2, 11, 20, 0), "en", "Asia/Makassar"), "Thursday, 12 March 2026");
});

test("an opening is told by the office's clock, not by this screen's", () => {
  assert.equal(openingText("2026-03-16T08:00:00+08:00", "id"), "Senin, 16 Maret, 08.00");
  assert.match(openingText("2026-03-16T08:00:00+08:00", "en"), /^Monday,? 16 March, 08:00$/);
  assert.equal(localClock("2026-03-16T19:00:00+08:00", "id"), "19.00");
});
