import assert from "node:assert/strict";
import { test } from "node:test";
import { attributes, cleaned, DEFAULTS, dress, keptJson, screenOf, surfaceOf } from "../../kiosk/ui/screen_rules.js";

const at = (path, width, height, told) => surfaceOf({ path, width, height, told });

test("a standing panel is a kiosk, a lying one a tablet, anything smaller a phone", () => {
  assert.equal(at("/", 1080, 1920), "kiosk");
  assert.equal(at("/", 800, 1280), "kiosk");
  assert.equal(at("/", 799, 1280), "phone");
  assert.equal(at("/", 1280, 800), "tablet");
  assert.equal(at("/", 844, 390), "phone");
});

test("the board on a lying screen is a TV, on a phone it is a page", () => {
  assert.equal(at("/papan", 1920, 1080), "tv");
  assert.equal(at("/papan/", 1920, 1080, "kiosk"), "tv");
  assert.equal(at("/papan", 390, 844), "phone");
  assert.equal(at("/papanku", 1920, 1080), "tablet");
});

test("staff pages look alike on any screen", () => {
  const pages = ["/masuk", "/loket", "/akun", "/laporan", "/petugas", "/perangkat", "/catatan", "/riwayat", "/dugaan", "/setup"];
  for (const path of pages) assert.equal(at(path, 1366, 768), "staff");
  assert.equal(at("/loketku", 1366, 768), "tablet");
});

test("a device may be told what it is; nonsense is not believed", () => {
  assert.equal(at("/", 1920, 1080, "kiosk"), "kiosk");
  assert.equal(at("/", 1920, 1080, "toaster"), "tablet");
});

test("choices that do not exist become what every visitor finds", () => {
  for (const stored of [null, undefined, 7, "x", [], {}, { language: "fr", text: 200, theme: "<b>", reach: null }]) assert.deepEqual(cleaned(stored), DEFAULTS);
  assert.deepEqual(cleaned({ language: "en", extra: 1 }), { ...DEFAULTS, language: "en" });
});

test("the language is told to who listens, too", () => {
  assert.equal(attributes({ ...DEFAULTS, language: "en" }).lang, "en");
});

test("measures outside of what a screen can be are not used", () => {
  assert.deepEqual(screenOf({ mm: 0, aboveReach: -1, surface: "x" }), { mm: null, aboveReach: null, surface: null });
  assert.deepEqual(screenOf({ mm: 3.2, aboveReach: 191, surface: "kiosk" }), { mm: 3.2, aboveReach: 191, surface: "kiosk" });
  assert.equal(screenOf({ mm: "3" }).mm, null);
});

test("a calibration wins over the guess", () => {
  const said = {};
  const root = { setAttribute: (name, value) => (said[name] = value), style: { setProperty: (name, value) => (said[name] = value) } };
  dress(root, { path: "/", width: 1080, height: 1920 }, { text: "large" }, { mm: 3.1, aboveReach: 200 });
  assert.equal(said["--mm"], "3.1px");
  assert.equal(said["--above-reach"], "200");
  assert.equal(said["data-surface"], "kiosk");
  assert.equal(said["data-text"], "large");
});

test("a store that refuses or holds nonsense gives nothing", () => {
  assert.equal(
    keptJson(() => {
      throw new Error("refused");
    }, "k"),
    null,
  );
  assert.equal(
    keptJson(() => ({ getItem: () => "{" }), "k"),
    null,
  );
});
