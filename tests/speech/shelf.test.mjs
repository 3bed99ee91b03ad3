// Rules of the shelf: kiosk/ui/speech_shelf.js with a fake Cache Storage and a fake node.
import assert from "node:assert/strict";
import { test } from "node:test";
import { CACHE, createShelf } from "../../kiosk/ui/speech_shelf.js";

const url = (number) => `/api/v1/speech/${number}.ogg`;
const sound = (size = 10) => new Response(new Uint8Array(size), { headers: { "content-length": String(size) } });
const missing = () => new Response(JSON.stringify({ code: "SPEECH-0503" }), { status: 503 });
const busyNode = () => new Response(JSON.stringify({ code: "NODE-0503" }), { status: 503 });

function storage(entries = []) {
  const kept = new Map(entries);
  const cache = {
    keys: async () => [...kept.keys()].map((path) => ({ url: `http://localhost${path}` })),
    match: async (request) => kept.get(typeof request === "string" ? request : new URL(request.url).pathname)?.clone(),
    put: async (path, answer) => {
      kept.set(path, answer);
    },
    delete: async (path) => kept.delete(path),
  };
  const opened = [];
  return { kept, opened, caches: { open: async (name) => (opened.push(name), cache) } };
}

function shelf(parts) {
  return createShelf({ idle: async () => {}, wait: async () => {}, busy: () => false, ...parts });
}

test("clips are fetched one at a time, and each once", async () => {
  const { caches, kept, opened } = storage();
  let under = 0;
  let most = 0;
  const asked = [];
  const fetch = async (path) => {
    asked.push(path);
    most = Math.max(most, ++under);
    await new Promise((done) => setImmediate(done));
    under -= 1;
    return sound();
  };
  const it = shelf({ caches, fetch });
  await Promise.all([it.prefetch([url(1), url(2)]), it.prefetch([url(2), url(3)])]);
  await it.prefetch([url(1)]);
  assert.deepEqual(asked, [url(1), url(2), url(3)]);
  assert.equal(most, 1);
  assert.deepEqual([...kept.keys()], [url(1), url(2), url(3)]);
  assert.equal(new Set(opened).size, 1);
  assert.equal(opened[0], CACHE);
});

test("a clip that is here from last time is not fetched", async () => {
  const { caches } = storage([[url(1), sound()]]);
  const it = shelf({ caches, fetch: () => assert.fail("fetched") });
  await it.prefetch([url(1)]);
});

test("the oldest go when there are too many", async () => {
  const { caches, kept } = storage([
    [url(1), sound()],
    [url(2), sound()],
  ]);
  await shelf({ caches, fetch: async () => sound(), mostClips: 2 }).prefetch([url(3)]);
  assert.deepEqual([...kept.keys()], [url(2), url(3)]);
});

test("the oldest go when they are too large", async () => {
  const { caches, kept } = storage([
    [url(1), sound(60)],
    [url(2), sound(30)],
  ]);
  await shelf({ caches, fetch: async () => sound(40), mostBytes: 100 }).prefetch([url(3)]);
  assert.deepEqual([...kept.keys()], [url(2), url(3)]);
});

test("with the node away the shelf waits and asks again", async () => {
  const { caches, kept } = storage();
  const waits = [];
  let calls = 0;
  const fetch = async () => {
    calls += 1;
    if (calls === 1) throw new TypeError("Failed to fetch");
    return calls === 2 ? busyNode() : sound();
  };
  await shelf({ caches, fetch, wait: async (ms) => waits.push(ms) }).prefetch([url(1)]);
  assert.equal(waits.length, 2);
  assert.ok(waits.every((ms) => ms >= 10_000));
  assert.deepEqual([...kept.keys()], [url(1)]);
});

test("a clip that does not exist is left, the others come; an error is never kept", async () => {
  const { caches, kept } = storage();
  const fetch = async (path) => (path === url(1) ? new Response("", { status: 404 }) : sound());
  await shelf({ caches, fetch }).prefetch([url(1), url(2)]);
  assert.deepEqual([...kept.keys()], [url(2)]);
});

test("a node without espeak-ng is not asked for the rest", async () => {
  const { caches } = storage();
  let calls = 0;
  await shelf({ caches, fetch: async () => (calls++, missing()) }).prefetch([url(1), url(2), url(3)]);
  assert.equal(calls, 1);
});

test("nothing is fetched while something is read aloud", async () => {
  const { caches, kept } = storage();
  let speaking = 3;
  const order = [];
  const it = shelf({
    caches,
    busy: () => speaking > 0,
    wait: async () => {
      speaking -= 1;
      order.push("wait");
    },
    fetch: async () => (order.push("fetch"), sound()),
  });
  await it.prefetch([url(1)]);
  assert.deepEqual(order, ["wait", "wait", "wait", "fetch"]);
  assert.equal(kept.size, 1);
});

test("without Cache Storage (a phone over plain http) nothing is fetched ahead and nothing fails", async () => {
  const it = shelf({ caches: undefined, fetch: () => assert.fail("fetched") });
  await it.prefetch([url(1)]);
  assert.equal(await it.blob(url(1)), undefined);
});

test("a kept clip is given as a blob; a full disk ends the fetching quietly", async () => {
  const { caches } = storage([[url(1), sound(7)]]);
  assert.equal((await shelf({ caches, fetch: async () => sound() }).blob(url(1))).size, 7);
  const full = storage();
  const cache = await full.caches.open("x");
  cache.put = async () => {
    throw new DOMException("full", "QuotaExceededError");
  };
  let calls = 0;
  await shelf({ caches: full.caches, fetch: async () => (calls++, sound()) }).prefetch([url(1), url(2)]);
  assert.equal(calls, 1);
});
