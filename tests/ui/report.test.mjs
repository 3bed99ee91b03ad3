import assert from "node:assert/strict";
import { test } from "node:test";
import { Reporter } from "../../kiosk/ui/report.js";

class Store extends Map {
  getItem = (key) => this.get(key) ?? null;
  setItem = (key, value) => void this.set(key, value);
}

const json = (status, body) => new Response(body === undefined ? null : JSON.stringify(body), { status });
const NO_DEVICE = () => json(401, { code: "DEVICE-0401", message: "", reference: "r" });

/** A device whose node gives these answers in turn; an Error is thrown. */
function device({ answers = [], store = new Store([["kiosk.device", "in"]]) } = {}) {
  const asked = [];
  const fetch = async (path, init) => {
    asked.push({ path, body: JSON.parse(init.body) });
    const answer = answers.shift() ?? json(204);
    if (answer instanceof Error) throw answer;
    return answer;
  };
  const reporter = new Reporter({ store: () => store, fetch, build: () => "abc" });
  const heard = [];
  reporter.listeners.add(() => heard.push(reporter.lost()));
  return { asked, reporter, store, heard };
}

test("a visitor's phone says nothing, and is never told that it was revoked", async () => {
  const { asked, reporter, heard } = device({ store: new Store() });
  await reporter.tell();
  reporter.refused();
  assert.deepEqual([asked.length, reporter.lost(), heard.length], [0, false, 0]);
});

test("a device tells its build and what waits in every room", async () => {
  const { asked, reporter } = device();
  reporter.counters.add(() => 2).add(() => 3);
  await reporter.tell();
  assert.deepEqual(asked, [{ path: "/api/v1/devices/me", body: { build: "abc", waiting: 5 } }]);
  assert.equal(reporter.lost(), false);
});

test("a device that the node does not know any more says so, once, and tells no more", async () => {
  const { asked, reporter, heard } = device({ answers: [NO_DEVICE(), json(403, { code: "DEVICE-0403" })] });
  await reporter.tell();
  await reporter.tell();
  assert.deepEqual(heard, [true]);
  assert.deepEqual(
    asked.map(({ path }) => path),
    ["/api/v1/devices/me", "/api/v1/devices/demo"],
  );
});

test("in the demonstration a browser that is unknown to a fresh node enrols itself and goes on", async () => {
  const { reporter, heard } = device({ answers: [NO_DEVICE(), json(204)] });
  await reporter.tell();
  assert.deepEqual([reporter.lost(), heard.length], [false, 0]);
});

test("a node that is gone, that errs, or something else that answers revokes nobody", async () => {
  for (const answer of [new Error("cut"), json(503), json(429, { code: "HTTP-0429" }), json(401, { code: "OTHER" }), new Response("<html>", { status: 401 })]) {
    const { reporter } = device({ answers: [answer] });
    await reporter.tell();
    assert.equal(reporter.lost(), false);
  }
});

test("while one telling is on its way there is no second", async () => {
  const { asked, reporter } = device();
  await Promise.all([reporter.tell(), reporter.tell()]);
  assert.equal(asked.length, 1);
});

test("another tab hears it from the store, and enrolling again ends it", async () => {
  const { reporter, store, heard } = device();
  store.set("kiosk.device", "out");
  await reporter.tell();
  assert.deepEqual(heard, [true]);
  reporter.enrolled();
  assert.deepEqual(heard, [true, false]);
});

test("a store that is refused makes no device and breaks nothing", async () => {
  const broken = {
    getItem() {
      throw new Error("refused");
    },
    setItem() {
      throw new Error("refused");
    },
  };
  const { asked, reporter } = device({ store: broken });
  reporter.enrolled();
  await reporter.tell();
  assert.deepEqual([asked.length, reporter.lost()], [0, false]);
});
