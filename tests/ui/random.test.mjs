import assert from "node:assert/strict";
import { test } from "node:test";
import { randomSigns, SIGNS, uuid4 } from "../../kiosk/ui/random.js";

const filled = (value) => (bytes) => bytes.fill(value);

test("a random id holds no moment: version 4, variant 10", () => {
  assert.equal(uuid4(filled(0)), "00000000-0000-4000-8000-000000000000");
  assert.equal(uuid4(filled(255)), "ffffffff-ffff-4fff-bfff-ffffffffffff");
  assert.notEqual(
    uuid4((bytes) => crypto.getRandomValues(bytes)),
    uuid4((bytes) => crypto.getRandomValues(bytes)),
  );
});

test("every sign of a code is as likely as another", () => {
  const all = randomSigns(256, (bytes) => bytes.map((_, place) => place));
  assert.equal(SIGNS.length, 32);
  for (const sign of SIGNS) assert.equal([...all].filter((one) => one === sign).length, 8);
  assert.ok(![..."ILOU"].some((sign) => SIGNS.includes(sign)));
});
