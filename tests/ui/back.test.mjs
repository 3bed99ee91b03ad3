import assert from "node:assert/strict";
import { test } from "node:test";
import { onBack, stepBack } from "../../kiosk/ui/back.js";

test("back belongs to the island on top, and to the page when there is none", () => {
  assert.equal(stepBack(), false);
  let steps = 2;
  const stop = onBack(() => (steps -= 1) >= 0);
  assert.deepEqual([stepBack(), stepBack(), stepBack()], [true, true, false]);
  const above = onBack(() => true);
  assert.equal(stepBack(), true);
  above();
  stop();
  assert.equal(stepBack(), false);
});
