import assert from "node:assert/strict";
import { test } from "node:test";
import { getJson, KEPT_AT, lastCopy } from "../../kiosk/ui/cached.js";

class Store extends Map {
  getItem = (key) => this.get(key) ?? null;
  setItem = (key, value) => void this.set(key, value);
}
const gone = async () => {
  throw new Error("refused");
};
const says =
  (status, body, headers = {}) =>
  async () =>
    new Response(JSON.stringify(body), { status, headers });

test("what the node says is fresh, and kept", async () => {
  const store = new Store();
  assert.deepEqual(await getJson("/a", { fetch: says(200, { n: 1 }), store, now: () => 50 }), {
    body: { n: 1 },
    at: 50,
    fresh: true,
    missing: false,
    status: 200,
  });
  assert.deepEqual(lastCopy("/a", { store }), { body: { n: 1 }, at: 50, fresh: false, missing: false, status: 0 });
});

test("without the node the last copy stands, with its age", async () => {
  const store = new Store();
  await getJson("/a", { fetch: says(200, { n: 1 }), store, now: () => 50 });
  assert.deepEqual(await getJson("/a", { fetch: gone, store, now: () => 9000 }), { body: { n: 1 }, at: 50, fresh: false, missing: false, status: 0 });
});

test("a node that stumbles does not take the copy away", async () => {
  const store = new Store();
  await getJson("/a", { fetch: says(200, { n: 1 }), store, now: () => 50 });
  for (const notNow of [503, 429]) assert.equal((await getJson("/a", { fetch: says(notNow, {}), store })).body.n, 1);
});

test("a refusal is the node's answer: no copy speaks against it", async () => {
  const store = new Store();
  await getJson("/a", { fetch: says(200, { n: 1 }), store });
  const answer = await getJson("/a", { fetch: says(404, { code: "CATALOGUE-0404" }), store });
  assert.equal(answer.missing, true);
  assert.equal(answer.status, 404);
  assert.equal(answer.body.code, "CATALOGUE-0404");
});

test("a copy from the service worker tells its own age and is not taken for fresh", async () => {
  const store = new Store();
  const answer = await getJson("/a", { fetch: says(200, { n: 2 }, { [KEPT_AT]: "77" }), store, now: () => 9000 });
  assert.deepEqual(answer, { body: { n: 2 }, at: 77, fresh: false, missing: false, status: 0 });
  assert.equal(lastCopy("/a", { store }), null);
});

test("nothing kept and nobody there: missing, said so", async () => {
  assert.equal((await getJson("/a", { fetch: gone, store: new Store() })).missing, true);
  assert.equal((await getJson("/a", { fetch: gone, store: null })).missing, true);
});

test("a damaged copy is no copy", () => {
  assert.equal(lastCopy("/a", { store: new Store([["kiosk.copy:/a", "{"]]) }), null);
});
