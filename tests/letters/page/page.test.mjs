import assert from "node:assert/strict";
import { test } from "node:test";
import { ago } from "../../../kiosk/letters/page/ages.js";
import { faultOf, lookedAt } from "../../../kiosk/letters/page/camera.js";
import { listenTo } from "../../../kiosk/letters/page/scanner.js";
import * as steps from "../../../kiosk/letters/page/steps.js";

const found = (verdict, reasons = []) => ({ verdict, reasons, scope: "code", fields: null });

test("an age is said in whole minutes, hours and days, and one is one", () => {
  const name = (ms) => Object.values(ago(ms)).join(" ");
  assert.deepEqual([0, 59_999, 60_000, 3_599_000, 3_600_000, 47 * 3_600_000, 48 * 3_600_000].map(name), [
    "now 0",
    "now 0",
    "minute 1",
    "minutes 59",
    "hour 1",
    "hours 47",
    "days 2",
  ]);
});

test("a scanner is a keyboard that no hand can follow", () => {
  const type = (text, every) => {
    const hear = listenTo();
    let heard = null;
    [...text, "Enter"].forEach((key, place) => {
      heard = hear(key, place * every);
    });
    return heard;
  };
  const text = "HTTPS://CEK.TEST/V#00123456789012345";
  assert.equal(type(text, 5), text);
  assert.equal(type(text, 600), null, "a hand");
  assert.equal(type(text.slice(9), 5), null, "a tail");
  assert.equal(type("503/0142", 5), null, "too short");
  const hear = listenTo();
  for (const [place, key] of ["Shift", ..."HTTPS://CEK.TEST/V#1"].entries()) hear(key, place);
  assert.equal(hear("Enter", 30), "HTTPS://CEK.TEST/V#1", "Shift is no sign");
});

test("back leads through the steps and never to a result that is gone", () => {
  const result = steps.judged(steps.at("camera"), { judgement: found("code_genuine"), text: "x" });
  assert.equal(steps.back({ ...result, step: "differs" })?.step, "result");
  assert.equal(steps.back({ ...result, step: "report" })?.step, "differs");
  assert.equal(steps.back({ ...steps.judged(steps.BEGIN, { judgement: found("altered") }), step: "report" })?.step, "result");
  assert.deepEqual(steps.back(result), steps.BEGIN);
  assert.equal(steps.back(steps.BEGIN), null);
  assert.equal(steps.checking(result).judgement, null, "nothing of the letter before");
  assert.equal(steps.failed(steps.checking(steps.at("type")), "too_often").step, "type");
});

test("what to do is the reason's own advice, else the verdict's; warnings stand beside", () => {
  const told = { verdicts: { altered: { steps: ["ask"] } }, reasons: { signature_wrong: { steps: [] }, address_foreign: { steps: ["do not open"] } } };
  assert.deepEqual(steps.stepsOf(found("altered", ["signature_wrong"]), told), ["ask"]);
  assert.deepEqual(steps.stepsOf(found("altered", ["signature_wrong", "address_foreign"]), told), ["do not open"]);
  assert.deepEqual(steps.reasonsOf(found("altered", ["signature_wrong", "trust_stale"])), { why: ["signature_wrong"], warns: ["trust_stale"] });
});

test("a frame is looked at no larger than is useful, and a refused camera is told from a missing one", () => {
  assert.deepEqual(lookedAt(1920, 1080), { width: 1280, height: 720 });
  assert.deepEqual(lookedAt(640, 480), { width: 640, height: 480 });
  const named = (name) => faultOf(Object.assign(new Error(name), { name }));
  assert.deepEqual(["NotAllowedError", "NotFoundError", "NotReadableError"].map(named), ["denied", "none", "busy"]);
});
