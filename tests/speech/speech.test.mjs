// Rules of kiosk/ui/speech.js: what a page and the dock call.
import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";

const pieces = {
  signs: { A: "/a", 0: "/0", 1: "/1", 7: "/7", K: "/k", 2: "/2" },
  your_number: ["/yours"],
  go_to: ["/go"],
  counters: { L1: ["/l1"] },
};
const MANIFEST = { version: "1", available: true, pages: { home: { id: ["/h1", "/h2"], en: ["/e1"] } }, pieces: { id: pieces, en: pieces } };

let store;
let fresh = 0;

/** The module anew, as after a reload of the page. */
const load = () => import(`../../kiosk/ui/speech.js?${(fresh += 1)}`);

beforeEach(() => {
  store = new Map();
  globalThis.localStorage = { getItem: (key) => store.get(key) ?? null, setItem: (key, value) => store.set(key, value) };
  delete globalThis.document;
  delete globalThis.location;
  globalThis.fetch = async () => Response.json(MANIFEST);
});

test("a page's script comes from the manifest, and from its copy after a reload with the node dead", async () => {
  const first = await load();
  assert.deepEqual(await first.scriptFor("home", "id"), ["/h1", "/h2"]);
  globalThis.fetch = async () => {
    throw new TypeError("Failed to fetch");
  };
  const second = await load();
  assert.deepEqual(await second.scriptFor("home", "en"), ["/e1"]);
  assert.deepEqual(await second.scriptFor("elsewhere", "en"), []);
});

test("an error page is no manifest, and damaged storage is no manifest", async () => {
  globalThis.fetch = async () => Response.json({ code: "NODE-0503" }, { status: 503 });
  store.set("kiosk.speech", "{damaged");
  const { manifest, scriptFor } = await load();
  assert.equal(await manifest(), undefined);
  assert.deepEqual(await scriptFor("home", "id"), []);
});

test("a number is read sign by sign, with its counter when it is called", async () => {
  const { numberScript } = await load();
  assert.deepEqual(numberScript(MANIFEST, "id", { number: "A-017" }), ["/yours", "/a", "/0", "/1", "/7"]);
  assert.deepEqual(numberScript(MANIFEST, "id", { number: "A-K2-017", counter: "L1" }), ["/yours", "/a", "/k", "/2", "/0", "/1", "/7", "/go", "/l1"]);
  assert.deepEqual(numberScript(MANIFEST, "id", { number: "A-017", counter: "gone" }), ["/yours", "/a", "/0", "/1", "/7"]);
  assert.deepEqual(numberScript(undefined, "id", { number: "A-017" }), []);
});

test("kiosks and tablets keep a page's clips in both languages; phones only when asked", async () => {
  const asked = [];
  const cache = { keys: async () => [], match: async () => undefined, put: async () => {}, delete: async () => true };
  globalThis.caches = { open: async () => cache };
  globalThis.fetch = async (path) => (asked.push(path), new Response("x"));
  globalThis.requestIdleCallback = (done) => done();

  globalThis.document = { documentElement: { dataset: { surface: "phone" } } };
  const phone = await load();
  await phone.setScript({ id: ["/h1"], en: ["/e1"] });
  assert.deepEqual(asked, []);
  await phone.prefetch(["/h1"], { asked: true });
  assert.deepEqual(asked, ["/h1"]);

  asked.length = 0;
  globalThis.document = { documentElement: { dataset: { surface: "kiosk" } } };
  const kiosk = await load();
  await kiosk.setScript({ id: ["/h1"], en: ["/e1"] });
  assert.deepEqual(asked, ["/h1", "/e1"]);
  delete globalThis.caches;
});

test("a page's fixed script follows the address; what an island of the page has set stays", async () => {
  const { setScript, setPageScript, readSpeech } = await load();
  globalThis.location = { pathname: "/", search: "" };
  await setPageScript("home");
  assert.deepEqual(readSpeech().script, MANIFEST.pages.home);
  globalThis.location = { pathname: "/layanan/standar", search: "?id=a" };
  await setScript({ id: ["/s1"], en: [] });
  await setPageScript("service");
  assert.deepEqual(readSpeech().script, { id: ["/s1"], en: [] });
  globalThis.location = { pathname: "/layanan/standar", search: "?id=b" };
  const later = setPageScript("service");
  assert.deepEqual(readSpeech().script, { id: [], en: [] }); // the page before falls silent at once
  await later;
});

test("a script that arrives after the visitor went on is not set", async () => {
  const { setPageScript, readSpeech } = await load();
  globalThis.location = { pathname: "/", search: "" };
  const late = setPageScript("home");
  globalThis.location = { pathname: "/layanan", search: "" };
  await late;
  assert.deepEqual(readSpeech().script, { id: [], en: [] });
});

test("the dock's button reads the page in the visitor's language, and the second press ends it", async () => {
  const heard = [];
  globalThis.Audio = class {
    canPlayType() {
      return "maybe";
    }
    pause() {}
    async play() {
      heard.push(this.src);
    }
  };
  const { setScript, toggle, readSpeech } = await load();
  setScript({ id: ["/h1"], en: ["/e1"] });
  const reading = toggle("en");
  await new Promise((done) => setImmediate(done));
  assert.deepEqual(heard, ["/e1"]);
  assert.equal(readSpeech().speaking, true);
  assert.equal(await toggle("en"), "stopped");
  assert.equal(await reading, "stopped");
  assert.equal(readSpeech().speaking, false);
});
