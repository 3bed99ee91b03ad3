import assert from "node:assert/strict";
import { test } from "node:test";
import { halfDay, handIn } from "../../kiosk/checklist/hand_in.js";

const MADE = { id: "0190a5f0-7b3c-7d2e-9a1b-0c2d3e4f5a6b", service: "izin", digest: "0".repeat(64), answers: "hm" };
const NOW = new Date("2026-03-12T16:30:00Z"); // half past midnight on the office's clock

function outbox() {
  const entries = [];
  return { entries, put: async (kind, body, { id }) => entries.push({ kind, body, id }) };
}

test("an enrolled screen hands in which answers were given, in which half of the day, and nothing else", async () => {
  const { entries, put } = outbox();
  assert.equal(await handIn(MADE, { enrolled: true, now: NOW, zone: "Asia/Makassar", put }), true);
  assert.deepEqual(entries, [
    { kind: "checklist.made", id: MADE.id, body: { service: "izin", digest: MADE.digest, answers: "hm", day: "2026-03-13", half: "am" } },
  ]);
});

test("a visitor's phone hands in nothing", async () => {
  const { entries, put } = outbox();
  assert.equal(await handIn(MADE, { enrolled: false, now: NOW, put }), false);
  assert.deepEqual(entries, []);
});

test("a full disk is not the applicant's trouble", async () => {
  const put = () => Promise.reject(new Error("QuotaExceededError"));
  assert.equal(await handIn(MADE, { enrolled: true, now: NOW, put }), false);
});

test("morning and afternoon are those of the office's clock", () => {
  assert.deepEqual(halfDay(new Date("2026-03-12T03:59:00Z"), "Asia/Makassar"), { day: "2026-03-12", half: "am" });
  assert.deepEqual(halfDay(new Date("2026-03-12T04:00:00Z"), "Asia/Makassar"), { day: "2026-03-12", half: "pm" });
});
