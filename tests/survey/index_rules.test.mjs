import assert from "node:assert/strict";
import { test } from "node:test";
import { along, bands, beginOf, both, dayText, gradeName, isShown, weakest } from "../../kiosk/survey/public/index_rules.js";

const name = { id: "-", en: "-" };
const GRADES = [
  { grade: "A", from: "88.31", to: "100.00", name: { id: "Sangat baik", en: "Very good" } },
  { grade: "B", from: "76.61", to: "88.30", name },
  { grade: "C", from: "65.00", to: "76.60", name },
  { grade: "D", from: "25.00", to: "64.99", name },
];
const element = (key, mean) => ({ key, name, mean, grade: null });

test("the grades stand side by side and fill the whole scale", () => {
  const found = bands(GRADES, 25, 100);
  assert.deepEqual(
    found.map((band) => [band.grade, band.x, band.edge]),
    [
      ["D", 0, "25.00"],
      ["C", 53.33, "65.00"],
      ["B", 68.81, "76.61"],
      ["A", 84.41, "88.31"],
    ],
  );
  assert.equal(
    found.reduce((sum, band) => sum + band.width, 0),
    100,
  );
  assert.deepEqual(
    bands(GRADES, 2.4, 4, 25).map((band) => band.edge),
    ["2.40", "2.60", "3.06", "3.53"],
  );
});

test("a value beyond an end stands at the end", () => {
  assert.deepEqual([along(20, 25, 100), along(62.5, 25, 100), along(101, 25, 100)], [0, 50, 100]);
});

test("a low mean is never cut off", () => {
  assert.equal(beginOf([element("fee", "3.10"), element("product", null)]), 2.4);
  assert.equal(beginOf([element("fee", "3.10"), element("product", "2.39")]), 1);
});

test("the three weakest are the last three that have a value", () => {
  const all = ["4.00", "3.90", "3.80", "3.70", null].map((mean, i) => element(`e${i}`, mean));
  assert.deepEqual(weakest(all), ["e1", "e2", "e3"]);
});

test("numbers and days are spelt in the language's own way", () => {
  assert.deepEqual(both("91.48"), { id: "91,48", en: "91.48" });
  assert.deepEqual(both(1234), { id: "1.234", en: "1,234" });
  assert.deepEqual(dayText("2026-06-30"), { id: "30 Juni 2026", en: "30 June 2026" });
});

test("what is no index is not shown", () => {
  const good = { index: "91.48", grade: "A", grades: GRADES, elements: [] };
  assert.equal(isShown(good), true);
  for (const bad of [null, {}, { index: null, grades: GRADES, elements: [] }, { index: "91.48" }, { ...good, index: 91.48 }]) assert.equal(isShown(bad), false);
  assert.equal(gradeName(/** @type {any} */ (good))?.en, "Very good");
  assert.equal(gradeName(/** @type {any} */ ({ ...good, grade: null })), null);
});
