import assert from "node:assert/strict";
import { test } from "node:test";
import { enrolHere, post } from "../../kiosk/ui/post.js";

const json = (status, body) => new Response(body === undefined ? null : JSON.stringify(body), { status });
const NOT_ENROLLED = json.bind(null, 401, { code: "DEVICE-0401", message: "", reference: "r" });

/** A node that gives these answers in turn; an Error is thrown. Keeps what it was asked. */
function node(...answers) {
  const asked = [];
  const fetch = async (path, init) => {
    asked.push({ path, body: init.body, signal: init.signal });
    const answer = answers.shift();
    if (answer instanceof Error) throw answer;
    return answer;
  };
  return { asked, means: { fetch, wait: async () => undefined } };
}

test("an answer is given as it came", async () => {
  const { means } = node(json(201, { number: "A-001" }));
  assert.deepEqual(await post("/api/v1/tickets", { id: "x" }, means), { ok: true, status: 201, body: { number: "A-001" }, failure: null });
});

test("a second try carries the same body, so the same id", async () => {
  const { asked, means } = node(new Error("cut"), json(200, { number: "A-001" }));
  const answer = await post("/api/v1/tickets", { id: "x", queue: "A" }, means);
  assert.equal(answer.ok, true);
  assert.equal(asked.length, 2);
  assert.equal(asked[0].body, asked[1].body);
});

test("a node that is gone is a clear failure after two tries, and nothing is kept to be sent later", async () => {
  const { asked, means } = node(new Error("refused"), new Error("refused"), json(201, { number: "A-001" }));
  assert.deepEqual(await post("/api/v1/tickets", { id: "x" }, means), { ok: false, status: 0, body: null, failure: "unreachable" });
  await new Promise((resolve) => setTimeout(resolve, 20));
  assert.equal(asked.filter(({ path }) => path === "/api/v1/tickets").length, 2);
});

test("a refusal is final: the node knows why", async () => {
  for (const status of [400, 403, 409, 422, 429, 500]) {
    const { asked, means } = node(json(status, { code: "QUEUE-0404", message: "Loket tutup.", reference: "r" }));
    const answer = await post("/x", {}, means);
    assert.equal(answer.failure, "refused");
    assert.equal(answer.body.code, "QUEUE-0404");
    assert.equal(asked.length, 1);
  }
});

test("a node that is busy is asked again", async () => {
  const { asked, means } = node(json(503, { code: "NODE-0503" }), json(201, {}));
  assert.equal((await post("/x", {}, means)).status, 201);
  assert.equal(asked.length, 2);
});

test("a browser that is not enrolled tries the demonstration's enrolment, once", async () => {
  const { asked, means } = node(NOT_ENROLLED(), json(204), json(201, { number: "A-001" }));
  assert.equal((await post("/api/v1/tickets", { id: "x" }, means)).status, 201);
  assert.deepEqual(
    asked.map(({ path }) => path),
    ["/api/v1/tickets", "/api/v1/devices/demo", "/api/v1/tickets"],
  );
});

test("where enrolment is refused, the first answer stands", async () => {
  const { asked, means } = node(NOT_ENROLLED(), json(404, { code: "HTTP-0404" }));
  const answer = await post("/api/v1/tickets", { id: "x" }, means);
  assert.equal(answer.body.code, "DEVICE-0401");
  assert.equal(asked.length, 2);
});

test("enrolment that does not help is not tried for ever", async () => {
  const { asked, means } = node(NOT_ENROLLED(), json(204), NOT_ENROLLED());
  assert.equal((await post("/api/v1/tickets", { id: "x" }, means)).body.code, "DEVICE-0401");
  assert.equal(asked.length, 3);
});

test("an answer that is no JSON is still an answer", async () => {
  const { means } = node(new Response("<html>", { status: 413 }));
  assert.deepEqual(await post("/x", {}, means), { ok: false, status: 413, body: null, failure: "refused" });
});

test("every try has a time limit", async () => {
  const { asked, means } = node(json(201, {}));
  await post("/x", {}, means);
  assert.ok(asked[0].signal instanceof AbortSignal);
});

test("a touchscreen on the office computer enrols itself when its page opens; nothing else asks", async () => {
  const { asked, means } = node(json(204), json(403, { code: "DEVICE-0403" }));
  assert.equal(await enrolHere({ hostname: "localhost", surface: "kiosk" }, means), true);
  assert.equal(await enrolHere({ hostname: "127.0.0.1", surface: "tablet" }, means), true);
  for (const [hostname, surface] of [
    ["192.168.1.5", "kiosk"],
    ["localhost", "phone"],
    ["localhost", "tv"],
  ]) {
    assert.equal(await enrolHere({ hostname, surface }, means), false);
  }
  const paths = asked.map((one) => one.path);
  assert.deepEqual(paths, ["/api/v1/devices/demo", "/api/v1/devices/demo"]);
});
