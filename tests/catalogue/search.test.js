// The thirty misspelt queries, on the page alone. Run: node --test "tests/**/*.test.js"
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { distance, search, similarity, stem, words } from "../../kiosk/catalogue/search.js";

const read = (name) => JSON.parse(readFileSync(new URL(name, import.meta.url), "utf8"));
const queries = read("queries.json");

/** 300 services: every act of a sector on every one of its subjects, as in test_search.py. */
const entries = read("licences.json").flatMap((sector) =>
  sector.acts.flatMap((act) =>
    sector.subjects.map((subject) => ({
      id: `${act} ${subject}`.toLowerCase().replace(/[^a-z0-9]+/g, "-"),
      names: `${act} ${subject}`,
      product: act,
      requirements: sector.requirements.join(" "),
    })),
  ),
);

test("there are thirty queries over three hundred services", () => {
  assert.equal(new Set(entries.map((entry) => entry.id)).size, 300);
  assert.equal(queries.length, 30);
});

for (const { query, expected } of queries) {
  test(`"${query}" finds ${expected} among the first three`, () => {
    const found = search(query, entries, 3);
    assert.ok(found.includes(expected), `found ${found}`);
  });
}

test("a swap of neighbours is one edit", () => {
  assert.equal(distance("pamrean", "pameran"), 1);
  assert.equal(distance("", "abc"), 3);
  assert.equal(distance("limbah", "limbah"), 0);
});

test("words lose accents, capitals and punctuation", () => {
  assert.deepEqual(words("Jum'at Café, (EO)!"), ["jumat", "cafe", "eo"]);
  assert.deepEqual(words(""), []);
});

test("a stem keeps at least four letters", () => {
  assert.equal(stem("penyelenggaraan"), stem("menyelenggarakan"));
  assert.equal(stem("izin"), "izin");
});

test("the beginning of a word is enough while typing", () => {
  assert.ok(similarity("rekom", "rekomendasi") > 0.9);
  assert.equal(similarity("pameran", "undian"), 0);
});

test("no word finds everything in order, nonsense nothing", () => {
  assert.deepEqual(search(" ?! ", entries.slice(0, 3)), entries.slice(0, 3).map((entry) => entry.id));
  assert.deepEqual(search("zzzzzz qqqq", entries), []);
});
