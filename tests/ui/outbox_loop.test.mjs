import assert from "node:assert/strict";
import { test } from "node:test";
import { Outbox } from "../../kiosk/ui/outbox_loop.js";
import { COARSE_MS, fresh } from "../../kiosk/ui/outbox_rules.js";

/** IndexedDB in few words: a transaction is whole or nothing, and begins when the one before has ended; `full` aborts every write. */
class Disk {
  entries = new Map();
  facts = new Map();
  full = false;

  last = Promise.resolve();

  transact = (mode, work) => {
    const mine = this.last.then(() => this.one(mode, work));
    this.last = mine.catch(() => undefined);
    return mine;
  };

  one = async (mode, work) => {
    const copy = { entries: new Map(this.entries), facts: new Map(this.facts) };
    let wrote = false;
    const given = await work({
      get: async (store, key) => structuredClone(copy[store].get(key)),
      all: async (store) => [...copy[store].values()].map((one) => structuredClone(one)),
      put: (store, value) => {
        wrote = true;
        copy[store].set(value.id ?? value.name, structuredClone(value));
      },
      drop: (store, key) => {
        wrote = true;
        copy[store].delete(key);
      },
    });
    if (wrote && (this.full || mode === "readonly")) throw new DOMException("full", "QuotaExceededError");
    if (wrote) Object.assign(this, copy);
    return given;
  };
}

/** A device before a node that gives these answers in turn; null: nobody answers. */
function device(answers = [], disk = new Disk()) {
  const state = { now: 0, asked: [], disk };
  const box = new Outbox({
    transact: disk.transact,
    now: () => state.now,
    random: () => 0.5,
    head: () => null,
    post: async (body) => {
      state.asked.push(body);
      const answer = answers.shift() ?? null;
      return answer === null ? { ok: false, status: 0, body: null } : typeof answer === "function" ? answer(body) : answer;
    },
  });
  return Object.assign(state, { box, answers, states: () => box.entries.map(({ state: now, stamp }) => [now, stamp]) });
}

const give = (box, id = "a", kind = "k") => box.put({ id, kind, body: { id } });
const took = (stamp, durable) => (body) => ({
  ok: true,
  status: 200,
  body: { entries: body.entries.map(({ id }) => ({ id, result: "taken", stamp, told: { seen: id } })), head: null, durable },
});

test("without a centre an entry is gone once the node has taken it", async () => {
  const { box, asked, disk } = device([took([1, 3], null)]);
  await give(box);
  await box.turn();
  assert.deepEqual(asked[0].entries, [{ id: "a", kind: "k", age_ms: 0, body: { id: "a" } }]);
  assert.equal(disk.entries.size, 0);
});

test("with a centre the node's acknowledgement deletes nothing", async () => {
  const { box, states, asked } = device([took([1, 3], [1, 2]), took([1, 3], [1, 3])]);
  await give(box);
  await box.turn();
  assert.deepEqual(states(), [["waiting", [1, 3]]]);
  await box.turn();
  assert.equal(asked.length, 1);
  await box.settle([1, 3]);
  await box.turn(); // asked once more before it is forgotten
  assert.equal(asked.length, 2);
  assert.deepEqual(states(), []);
});

test("a watermark alone deletes nothing: the node may be a restored one, and something else stands under that stamp", async () => {
  const { box, states } = device([took([1, 3], [1, 2]), took([1, 9], [1, 8])]);
  await give(box);
  await box.turn();
  await box.settle([1, 8]);
  await box.turn();
  assert.deepEqual(states(), [["waiting", [1, 9]]]);
});

test("a node that was restored and goes on in a new epoch gets the entry again", async () => {
  const { box, states, asked } = device([took([1, 900], [1, 2]), took([2, 5], [2, 4])]);
  await give(box);
  await box.turn();
  await box.settle([2, 0]);
  await box.turn();
  assert.equal(asked.length, 2);
  assert.deepEqual(states(), [["waiting", [2, 5]]]);
});

test("an answer that is lost sends the same entry again, older", async () => {
  const here = device([null, took([1, 3], null)]);
  await give(here.box);
  await here.box.turn();
  assert.deepEqual(here.states(), [["waiting", null]]);
  await here.box.turn();
  assert.equal(here.asked.length, 1); // not yet
  here.now = 1000;
  await here.box.turn();
  assert.deepEqual(here.asked[1].entries, [{ id: "a", kind: "k", age_ms: 1000, body: { id: "a" } }]);
  assert.equal(here.disk.entries.size, 0);
});

test("a page that dies while it sends leaves the entry to the next one, after its lease", async () => {
  const first = device();
  first.box.means.post = () => new Promise(() => undefined);
  await give(first.box);
  void first.box.turn();
  await new Promise((done) => setImmediate(done));
  const next = device([took([1, 1], null)], first.disk);
  await next.box.turn();
  assert.equal(next.asked.length, 0);
  next.now = 20_000;
  await next.box.turn();
  assert.equal(next.disk.entries.size, 0);
});

test("a batch that is refused as a whole goes one by one, and only the bad one is parked", async () => {
  const bad = { ok: false, status: 422, body: { code: "HTTP-0422", message: "no" } };
  const here = device([bad, bad, took([1, 1], null)]);
  await give(here.box, "a");
  await give(here.box, "b");
  await here.box.turn();
  for (here.now = 2000; here.asked.length < 3; here.now += 2000) await here.box.turn();
  assert.deepEqual(
    here.asked.map(({ entries }) => entries.length),
    [2, 1, 1],
  );
  assert.deepEqual(
    here.box.entries.map(({ id, state, code }) => [id, state, code]),
    [["a", "parked", "HTTP-0422"]],
  );
});

test("a device that is not enrolled any more, or is asked to wait, loses nothing", async () => {
  for (const status of [401, 403, 429, 500, 503]) {
    const here = device([{ ok: false, status, body: { code: "X" } }]);
    await give(here.box);
    await here.box.turn();
    assert.deepEqual(here.states(), [["waiting", null]]);
  }
});

test("a full disk stores nothing and says so", async () => {
  const here = device();
  here.disk.full = true;
  await assert.rejects(give(here.box), { name: "QuotaExceededError" });
  here.disk.full = false;
  await here.box.load();
  assert.deepEqual(here.states(), []);
});

test("a room hears in the same transaction that the node took its entry", async () => {
  const here = device([took([1, 3], [1, 1])]);
  here.box.takers.set("k", async (access, entry, told) => access.put("facts", { name: "heard", id: undefined, of: entry.id, told }));
  await give(here.box);
  await here.box.turn();
  assert.deepEqual(here.disk.facts.get("heard").told, { seen: "a" });
});

test("the same id put twice is one entry, and the first content stays", async () => {
  const here = device();
  await give(here.box);
  await here.box.put({ id: "a", kind: "k", body: { other: true } });
  assert.deepEqual(here.disk.entries.get("a").body, { id: "a" });
});

test("what a restored node took back under its old stamp does not go round for ever", async () => {
  const { box, states, asked } = device([took([1, 3], [1, 2]), took([1, 3], [2, 1])]);
  await give(box);
  await box.turn();
  await box.settle([2, 1]); // an epoch began since: the stamp says nothing any more
  await box.turn();
  assert.equal(asked.length, 2);
  assert.deepEqual(states(), []);
});

// -- held by the node, and coarse ------------------------------------------------------------------------------------------

const hold =
  (durable, epoch = 1, again_s = 3600) =>
  (body) => ({
    ok: true,
    status: 200,
    body: { entries: body.entries.map(({ id }) => ({ id, result: "held", stamp: null, again_s })), head: { epoch, seq: 5 }, durable },
  });
const drop = (box, id) => box.put({ id, kind: "survey.answered", sealed: { id }, coarse: true });

test("without a centre what the node holds is gone from here at once", async () => {
  const { box, disk } = device([hold(null)]);
  await drop(box, "a");
  await box.turn();
  assert.equal(disk.entries.size, 0);
});

test("with a centre it stays until its event is there: held, told of, asked once more, gone", async () => {
  const here = device([hold([1, 2]), took([1, 9], [1, 7]), took([1, 9], [1, 9])]);
  await drop(here.box, "a");
  await here.box.turn();
  assert.deepEqual(here.states(), [["held", null]]);
  here.now = 3_000_000;
  await here.box.turn();
  assert.equal(here.asked.length, 1);
  here.now = 3_600_000 + 2 * COARSE_MS;
  await here.box.turn();
  assert.deepEqual(here.states(), [["waiting", [1, 9]]]);
  await here.box.settle([1, 9], 1);
  await here.box.turn();
  assert.equal(here.asked.length, 3);
  assert.equal(here.disk.entries.size, 0);
});

test("a node that was restored, and so speaks in a newer epoch, gets what it held again, soon", async () => {
  const here = device([hold([1, 2]), hold([2, 1], 2)]);
  await drop(here.box, "a");
  await here.box.turn();
  await here.box.settle([1, 2], 1);
  await here.box.turn();
  assert.equal(here.asked.length, 1);
  await here.box.settle([1, 2], 2);
  await here.box.turn();
  assert.equal(here.asked.length, 2);
  assert.equal(here.disk.entries.get("a").held, 2);
});

test("the disk and the wire know of a coarse entry ten minutes and an id, also when nobody answers for long", async () => {
  const here = device([null, null, null]);
  here.now = 1_234_567;
  await drop(here.box, "a");
  for (let turn = 0; turn < 60; turn += 1) {
    await here.box.turn();
    here.now += 1000;
    const { made, due, tries } = here.disk.entries.get("a");
    assert.deepEqual([made % COARSE_MS, due % COARSE_MS, tries], [0, 0, 0]);
  }
  assert.ok(here.asked.length > 3 && here.asked.length < 10, `${here.asked.length} tries in a minute`);
  assert.equal(here.asked[0].entries[0].age_ms, 34_567); // since the ten minutes began
  await here.box.hurry(); // the line is back
  const before = here.asked.length;
  await here.box.turn();
  assert.equal(here.asked.length, before + 1);
});

test("something that says 200 to anything is not asked without a pause, and takes nothing away", async () => {
  for (const body of [null, "<html>", {}, { entries: [] }, { entries: [null, { id: "x", result: "taken", stamp: [1, 1] }], durable: null }]) {
    const here = device(Array.from({ length: 50 }, () => ({ ok: true, status: 200, body })));
    await drop(here.box, "a");
    await give(here.box, "b");
    await here.box.drain();
    assert.equal(here.asked.length, 1, JSON.stringify(body));
    assert.deepEqual(here.states(), [
      ["waiting", null],
      ["waiting", null],
    ]);
  }
});

test("what another page stored is sent too, at once when it is told, and else soon", async () => {
  const disk = new Disk();
  const here = device([took([1, 1], null), took([1, 2], null)], disk);
  await here.box.turn();
  const other = device([], disk);
  await give(other.box, "b");
  await here.box.turn();
  assert.equal(here.asked.length, 0);
  here.box.doubt();
  await here.box.turn();
  assert.deepEqual(
    here.asked[0].entries.map(({ id }) => id),
    ["b"],
  );
  await give(other.box, "c");
  here.now += 15_000;
  await here.box.turn();
  assert.deepEqual(
    here.asked[1].entries.map(({ id }) => id),
    ["c"],
  );
});

test("five thousand that wait go up in batches, each once, and a new one is stored between them without reading them all", async () => {
  const disk = new Disk();
  for (let n = 0; n < 5000; n += 1) disk.entries.set(`n${n}`, fresh({ id: `n${n}`, kind: "survey.answered", sealed: { n }, coarse: true }, 0));
  const here = device(
    Array.from({ length: 120 }, () => hold(null)),
    disk,
  );
  let reads = 0;
  const { transact } = disk;
  here.box.means.transact = (mode, work) => transact(mode, (access) => work({ ...access, all: (store) => ((reads += 1), access.all(store)) }));
  const going = here.box.drain();
  await drop(here.box, "new");
  await going;
  await here.box.drain();
  assert.equal(disk.entries.size, 0);
  const sent = here.asked.flatMap(({ entries }) => entries.map(({ id }) => id));
  assert.deepEqual([sent.length, new Set(sent).size], [5001, 5001]);
  assert.ok(reads < 5, `${reads} times everything was read`);
});
