import assert from "node:assert/strict";
import { test } from "node:test";
import { Link, pause } from "../../kiosk/ui/link.js";

class Store extends Map {
  getItem = (key) => this.get(key) ?? null;
  setItem = (key, value) => void this.set(key, value);
  removeItem = (key) => void this.delete(key);
}

function heart({ answers, store = new Store(), at = [1000] }) {
  const clock = [...at];
  const means = { ask: async () => answers.shift() ?? false, now: () => (clock.length > 1 ? clock.shift() : clock[0]), random: () => 0.5, store, every: 5000 };
  return new Link(means);
}

test("one miss is a hiccup, two are an outage since the first", async () => {
  const link = heart({ answers: [true, false, false], at: [7000, 8000] });
  await link.beat();
  assert.deepEqual(link.state, { up: true, since: null });
  await link.beat();
  assert.equal(link.state.up, true);
  await link.beat();
  assert.deepEqual(link.state, { up: false, since: 7000 });
});

test("a request that fails by itself counts as a miss", async () => {
  const link = heart({ answers: [] });
  link.means.ask = async () => {
    throw new Error("refused");
  };
  await link.beat();
  await link.beat();
  assert.equal(link.state.up, false);
});

test("the first answer ends the outage, also one that came by another way", async () => {
  const link = heart({ answers: [false, false] });
  await link.beat();
  await link.beat();
  link.seen();
  assert.deepEqual(link.state, { up: true, since: null });
});

test("a page that is loaded while the node is gone knows since when", async () => {
  const store = new Store();
  const before = heart({ answers: [false, false], store, at: [5000, 6000] });
  await before.beat();
  await before.beat();
  const since = before.state.since;
  const reloaded = heart({ answers: [false, false], store, at: [60_000, 61_000] });
  assert.deepEqual(reloaded.state, { up: false, since });
  await reloaded.beat();
  await reloaded.beat();
  assert.equal(reloaded.state.since, since);
  reloaded.seen();
  assert.equal(store.size, 0);
});

test("a kept moment in the future, or nonsense, is not believed", () => {
  for (const kept of ["999999999", "{", '"x"']) {
    const store = new Store([["kiosk.link", kept]]);
    assert.deepEqual(heart({ answers: [], store, at: [1000] }).state, { up: null, since: null }, kept);
  }
});

test("listeners hear changes, not beats", async () => {
  const link = heart({ answers: [true, true, false, false, false] });
  let heard = 0;
  link.listeners.add(() => (heard += 1));
  for (let beat = 0; beat < 5; beat += 1) await link.beat();
  assert.equal(heard, 2);
});

test("a store that refuses does not stop the heart", async () => {
  const store = {
    getItem: () => null,
    setItem: () => assert.fail,
    removeItem() {
      throw new Error("no");
    },
  };
  const link = heart({ answers: [true], store });
  await link.beat();
  assert.equal(link.state.up, true);
});

test("it asks sooner while the node is gone, and no two screens at the same moment", () => {
  assert.equal(pause(0, 5000, 0.5), 5000);
  assert.ok(pause(1, 5000, 0.5) < 1000);
  assert.ok(pause(2, 5000, 0.5) < 5000);
  assert.equal(pause(99, 5000, 0.5), 4000);
  assert.notEqual(pause(0, 5000, 0), pause(0, 5000, 1));
  assert.ok(pause(0, 5000, 0) >= 4000 && pause(0, 5000, 1) <= 6000);
});
