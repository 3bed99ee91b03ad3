import assert from "node:assert/strict";
import { test } from "node:test";
import { APP, cachesFor, mayMove, outdated, pageFiles, unchanged, wayOf } from "../../kiosk/ui/sw_rules.js";

const HOME = "http://kios.test";
const way = (path, { method = "GET", mode = "cors" } = {}) => wayOf({ method, mode, url: new URL(path, HOME), home: HOME });

test("what an old answer would falsify is never answered from a copy", () => {
  for (const path of [
    "/api/v1/tickets",
    "/api/v1/tickets/x",
    "/api/v1/tickets/x/qr.svg",
    "/api/v1/board",
    "/api/v1/board/stream",
    "/api/v1/queues",
    "/api/v1/staff/accounts",
  ]) {
    assert.equal(way(path), "pass", path);
  }
  for (const path of ["/healthz", "/readyz", "/metrics", "/_event/?token=1", "/ping", "/setup", "/setup/authority.crt", "/sw.js", "/api/v1/openapi.json"]) {
    assert.equal(way(path), "pass", path);
    assert.equal(way(path, { mode: "navigate" }), "pass", path);
  }
});

test("a write is never touched", () => {
  assert.equal(way("/api/v1/tickets", { method: "POST" }), "pass");
  assert.equal(way("/", { method: "POST", mode: "navigate" }), "pass");
});

test("another origin is not our business", () => {
  assert.equal(way("http://elsewhere.test/"), "pass");
});

test("what everybody reads is data: the office, the catalogue, the list of clips, QR codes", () => {
  for (const path of [
    "/api/v1/office",
    "/api/v1/notices",
    "/api/v1/catalogue",
    "/api/v1/catalogue/kaltim-pameran",
    "/api/v1/checklists",
    "/api/v1/survey",
    "/api/v1/speech",
    "/api/v1/trust",
    "/api/v1/catalogue/x/qr.svg",
  ]) {
    assert.equal(way(path), "data", path);
  }
});

test("what one visitor searched for is not kept", () => {
  assert.equal(way("/api/v1/catalogue?q=pameran"), "pass");
});

test("clips are kept by the player's own shelf, not twice", () => {
  assert.equal(way("/api/v1/speech/0123456789abcdef.ogg"), "pass");
});

test("a page is found by its path, with the shell as the last resort", () => {
  assert.equal(way("/layanan/standar?id=1", { mode: "navigate" }), "page");
  assert.deepEqual(pageFiles("/"), ["/index.html"]);
  assert.deepEqual(pageFiles("/layanan/"), ["/layanan/index.html", "/layanan.html", "/__spa-fallback.html"]);
});

test("a file comes from the build of the page that asks, before any other", () => {
  const names = ["kiosk-data", `${APP}new`, `${APP}old`, "kiosk-speech"];
  assert.deepEqual(cachesFor("old", "new", names), [`${APP}old`, `${APP}new`]);
  assert.deepEqual(cachesFor(null, "new", names), [`${APP}new`, `${APP}old`]);
  assert.deepEqual(cachesFor("lost", "new", names), [`${APP}new`, `${APP}old`]);
});

test("a front end goes only when no open page can need it", () => {
  const now = { names: [`${APP}a`, `${APP}b`, `${APP}c`, "kiosk-data", "kiosk-speech"], own: "c", builds: ["b"], arriving: false };
  assert.deepEqual(outdated(now), [`${APP}a`]);
  assert.deepEqual(outdated({ ...now, builds: ["c"] }), [`${APP}a`, `${APP}b`]);
  assert.deepEqual(outdated({ ...now, builds: ["c", null] }), [], "a page of unknown build may need any");
  assert.deepEqual(outdated({ ...now, builds: [], arriving: true }), [], "a build that arrives is not judged by the one before");
});

test("an unchanged file is copied, a page never: its headers hold the rules about scripts", () => {
  const before = { "/fonts/a.woff2": "11", "/index.html": "22" };
  assert.equal(unchanged("/fonts/a.woff2", "11", before), true);
  assert.equal(unchanged("/fonts/a.woff2", "12", before), false);
  assert.equal(unchanged("/new.js", "33", before), false);
  assert.equal(unchanged("/index.html", "22", before), false);
});

test("a screen in the hall gives way at home when nobody touched it for a while", () => {
  for (const surface of ["kiosk", "tablet"]) {
    assert.equal(mayMove({ surface, path: "/", untouched: 15_000, open: 99_000 }), true);
    assert.equal(mayMove({ surface, path: "/", untouched: 14_999, open: 99_000 }), false);
    assert.equal(mayMove({ surface, path: "/antrean", untouched: 99_000, open: 99_000 }), false);
  }
});

test("a board gives way at once; a phone or a counter only just after it was opened and before it was touched", () => {
  assert.equal(mayMove({ surface: "tv", path: "/papan", untouched: 0, open: 0 }), true);
  for (const surface of ["phone", "staff"]) {
    assert.equal(mayMove({ surface, path: "/loket", untouched: 1000, open: 1000 }), true);
    assert.equal(mayMove({ surface, path: "/loket", untouched: 500, open: 1000 }), false);
    assert.equal(mayMove({ surface, path: "/loket", untouched: 3000, open: 3000 }), false);
  }
});
