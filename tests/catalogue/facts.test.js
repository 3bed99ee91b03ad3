// What stands large above a service's page, and what of an address may be touched. Run: node --test "tests/**/*.test.js"
import assert from "node:assert/strict";
import { test } from "node:test";
import { channelsOf, contactLink, isBroken } from "../../kiosk/catalogue/contacts.js";
import { bases, feeFact, needFact, ranges, rupiah, timeFact, whoDoes } from "../../kiosk/catalogue/facts.js";
import { clipsOf, keepAll, keptOf, pathOf } from "../../kiosk/catalogue/keep.js";
import { weekOf, zoneName } from "../../kiosk/catalogue/week.js";

test("days and working days are told apart, and no number is invented", () => {
  assert.deepEqual(timeFact({ days: 1 }), { text: "one_day", facts: { count: 1 } });
  assert.deepEqual(timeFact({ days: null, working_days: 7 }), { text: "working_days", facts: { count: 7 } });
  assert.equal(timeFact({ days: null, working_days: null }), null);
  assert.equal(timeFact(null), null);
});

test("nothing to pay is free; a sum has points between thousands; no sum stays unknown", () => {
  assert.deepEqual(feeFact({ rupiah: 0 }), { text: "free" });
  assert.deepEqual(feeFact({ rupiah: 1250000 }), { text: "rupiah", facts: { sum: "1.250.000" } });
  assert.equal(feeFact({ rupiah: null }), null);
  assert.equal(feeFact(null), null);
  assert.equal(rupiah(500), "500");
});

test("a list that a ministry sets is not 'nothing to bring'", () => {
  assert.equal(needFact({ listed: false, count: 0 }).text, "needs_by_ministry");
  assert.equal(needFact(null).text, "needs_unknown");
  assert.deepEqual(needFact({ listed: true, count: 7 }), { text: "needs", facts: { count: 7 } });
});

test("who does a step comes from its column or from the marked roles", () => {
  assert.deepEqual(whoDoes({ actor: "Pemohon", actors: [] }), ["Pemohon"]);
  assert.deepEqual(whoDoes({ actor: null, actors: ["Pemohon", "PTSP"] }), ["Pemohon", "PTSP"]);
});

test("steps whose actor was read from the text are told, in ranges", () => {
  const steps = [1, 2, 3, 4].map((order) => ({ order, actor_basis: order === 3 ? "kolom" : "uraian" }));
  assert.deepEqual(bases(steps), [["uraian", [1, 2, 4]], ["kolom", [3]]]);
  assert.equal(ranges([1, 2, 4, 7, 8, 9]), "1–2, 4, 7–9");
  assert.equal(ranges([]), "");
});

test("an address with a space is broken and never a link", () => {
  for (const value of ["Pengaduan@dpmptsp.Rokan Hilirkab.go.id", "dpmptsp.Rokan Hilirkab.go.id/pengaduan"]) {
    assert.equal(isBroken(value), true);
    assert.equal(contactLink(value), null);
  }
});

test("a number with spaces is not broken", () => {
  assert.equal(isBroken("0822 8762 4568"), false);
  assert.equal(contactLink("0822 8762 4568"), "tel:082287624568");
  assert.equal(contactLink("(0767) 23755"), "tel:076723755");
  assert.equal(contactLink("yandu.dpmpstspkaltim@gmail.com"), "mailto:yandu.dpmpstspkaltim@gmail.com");
});

test("a web address is never opened, nor is a channel without a value", () => {
  assert.equal(contactLink("www.lapor.go.id"), null);
  assert.equal(contactLink("javascript:alert(1)"), null);
  assert.equal(contactLink(null), null);
});

test("the same number under two names is one channel", () => {
  const standard = (name) => ({ complaints: { online: [{ channel: name, value: "0851" }], channels: [{ channel: "Kotak", value: null }] } });
  assert.deepEqual(channelsOf([standard("Whatsapp"), standard("Whatsapp Pengaduan"), { complaints: null }]), [
    { channel: "Whatsapp", value: "0851" },
    { channel: "Kotak", value: null },
  ]);
});

test("days in a row with the same hours are one line, and a day without hours is closed", () => {
  const day = ["08:00", "19:00"];
  assert.deepEqual(weekOf({ 1: day, 2: day, 3: day, 4: day, 5: ["08:00", "11:00"] }), [
    { from: 1, to: 4, span: "08.00–19.00" },
    { from: 5, to: 5, span: "08.00–11.00" },
    { from: 6, to: 7, span: null },
  ]);
  assert.equal(zoneName("Asia/Makassar"), "WITA");
  assert.equal(zoneName("Asia/Tokyo"), "Asia/Tokyo");
});

/** A node and a device: what is asked is noted, what is given is kept. */
function house(standards, kept = {}) {
  const asked = [];
  const lastCopy = (path) => (kept[path] ? { body: kept[path], missing: false } : null);
  const getJson = async (path) => {
    asked.push(path);
    const body = standards[path];
    if (body) kept[path] = body;
    return { body: body ?? null, missing: !body };
  };
  return { asked, kept, means: { getJson, lastCopy } };
}

test("what did not change is not fetched again", async () => {
  const tiles = [{ id: "a", digest: "1" }, { id: "b", digest: "2" }];
  const { asked, means } = house({ [pathOf("b")]: { id: "b", digest: "2" } }, { [pathOf("a")]: { id: "a", digest: "1" }, [pathOf("b")]: { id: "b", digest: "old" } });
  assert.equal(await keepAll(tiles, means), 1);
  assert.deepEqual(asked, [pathOf("b")]);
  assert.deepEqual(keptOf(tiles, means.lastCopy).map((one) => one.digest), ["1", "2"]);
});

test("a node that is gone is asked once, not once for each service", async () => {
  const { asked, means } = house({});
  assert.equal(await keepAll([{ id: "a", digest: "1" }, { id: "b", digest: "2" }], means), 0);
  assert.equal(asked.length, 1);
});

test("clips are kept each once, one language before the next, and never more than there is room for", () => {
  const scripts = [{ id: ["a", "b"], en: ["c"] }, undefined, { id: ["b", "d"], en: ["c", "e"] }];
  assert.deepEqual(clipsOf(scripts, 9), ["a", "b", "d", "c", "e"]);
  assert.deepEqual(clipsOf(scripts, 4), ["a", "b", "d", "c"]);
  assert.deepEqual(clipsOf([], 4), []);
});
