import assert from "node:assert/strict";
import { test } from "node:test";
import { COLUMNS, slipOf, wrapped } from "../../kiosk/checklist/slip.js";

const paper = (order, text, where = null) => ({ order, text, text_en: `Paper ${order}`, when: null, what: null, where, picture: "paper", speech: {} });
const LIST = {
  title: "Izin Pameran",
  title_en: "Exhibition",
  items: [paper(1, "KTP"), paper(2, "Denah", { id: "Buat sendiri", en: "Make it" }), paper(3, "Proposal"), paper(4, "Kuasa")],
};
const WORDS = { slip_title: "Daftar", lacking: "Kurang", unsure: "Tanya", ready: "Siap", slip_foot: "CS memindai", slip_made: "Dibuat {day}" };
const slip = (letters, language = "id") => slipOf({ list: LIST, letters, address: "http://k/#1.x", office: "DPMPTSP", day: "Kamis", words: WORDS, language });

test("a slip names the office, what is missing with where to get it, then what to ask, then what is ready, and carries the code", () => {
  assert.deepEqual(
    slip("hmux").map(({ kind, text }) => `${kind}: ${text}`),
    [
      "head: DPMPTSP",
      "title: Daftar",
      "note: Izin Pameran",
      "group: Kurang (1)",
      "paper: [ ] Denah",
      "note: Buat sendiri",
      "group: Tanya (1)",
      "paper: [?] Proposal",
      "group: Siap (1)",
      "paper: [x] KTP",
      "code: http://k/#1.x",
      "foot: CS memindai",
      "foot: Dibuat Kamis",
    ],
  );
});

test("a group without papers has no heading, and what does not apply is not on paper", () => {
  const lines = slip("hhhx").map(({ text }) => text);
  assert.ok(!lines.some((text) => text.startsWith("Kurang") || text.includes("Kuasa")));
});

test("in English the office's translation stands there", () => {
  assert.ok(slip("hmux", "en").some(({ text }) => text === "[ ] Paper 2"));
});

test("lines fit the paper, break between words, and lose nothing", () => {
  const text = "[ ] Persetujuan dari tetangga di lingkungan yang diketahui oleh RT dan RW, dan Kelurahan";
  for (const columns of [COLUMNS, 32, 12]) {
    const lines = wrapped(text, columns, "    ");
    assert.ok(lines.every((line) => line.length <= columns));
    assert.equal(
      lines
        .map((line) => line.trim())
        .join(" ")
        .replaceAll(" ", ""),
      text.replaceAll(" ", ""),
    );
  }
  assert.deepEqual(wrapped("abcdefghij", 4), ["abcd", "efgh", "ij"]);
  assert.deepEqual(wrapped("", 4), []);
  assert.deepEqual(wrapped("ab cd", 5), ["ab cd"]);
});
