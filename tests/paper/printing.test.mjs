import assert from "node:assert/strict";
import { test } from "node:test";
import { offersPaper, Printing, READY } from "../../kiosk/ui/printing.js";

const PATH = "/api/v1/tickets/1/slip";
const refused = { ok: false, status: 503, body: { code: "PRINT-0507", message: "Kertas habis." }, failure: "refused" };
const unreachable = { ok: false, status: 0, body: null, failure: "unreachable" };
const printed = { ok: true, status: 200, body: { confirmed: true }, failure: null };

/** A node that answers when it is told to. */
function office() {
  const asked = [];
  const printing = new Printing({ post: (path, body, means) => new Promise((answer) => asked.push({ path, body, means, answer })) });
  const phases = [];
  printing.subscribe(() => phases.push(printing.read().phase));
  return { asked, printing, phases };
}

test("one touch, one slip: printing, then printed; further touches print nothing", async () => {
  const { asked, printing, phases } = office();
  const first = printing.print(PATH, {});
  await printing.print(PATH, {});
  asked[0].answer(printed);
  await first;
  await printing.print(PATH, {});
  assert.equal(asked.length, 1);
  assert.equal(asked[0].path, PATH);
  assert.deepEqual(phases, ["printing", "printed"]);
});

test("a second slip follows a printed one, by a request of its own, and not one that failed", async () => {
  for (const [first, count] of [
    [printed, 2],
    [refused, 1],
  ]) {
    const { asked, printing } = office();
    const done = printing.print(PATH, {}, { path: "/api/v1/survey/slip", body: { code: "7GQ0K2ZD" } });
    asked[0].answer(first);
    await new Promise((turn) => setImmediate(turn));
    asked[1]?.answer(refused); // the number is out all the same
    await done;
    assert.equal(asked.length, count);
    assert.equal(JSON.stringify(asked[0].body).includes("7GQ0K2ZD"), false);
    assert.equal(printing.read().phase, count === 2 ? "printed" : "failed");
  }
});

test("the node is asked once: paper cannot be taken back", async () => {
  const { asked, printing } = office();
  void printing.print(PATH, {});
  assert.equal(asked[0].means.tries, 1);
  assert.ok(asked[0].means.timeout > 20_000);
});

test("a failure says why in the node's words, and may be tried again", async () => {
  const { asked, printing } = office();
  const first = printing.print(PATH, {});
  asked[0].answer(refused);
  await first;
  assert.deepEqual(printing.read(), { phase: "failed", said: "Kertas habis." });
  const second = printing.print(PATH, {});
  assert.equal(printing.read().phase, "printing");
  asked[1].answer(printed);
  await second;
  assert.equal(printing.read().phase, "printed");
});

test("of a node that does not answer there are no words", async () => {
  const { asked, printing } = office();
  const first = printing.print(PATH, {});
  asked[0].answer(unreachable);
  await first;
  assert.deepEqual(printing.read(), { phase: "failed", said: null });
});

test("the next visitor does not see how it ended for the last one", async () => {
  const { asked, printing } = office();
  const first = printing.print(PATH, {});
  printing.leave();
  asked[0].answer(refused);
  await first;
  assert.equal(printing.read(), READY);
});

test("the button stands on visitors' screens of an office with a printer, nowhere else", () => {
  for (const surface of ["kiosk", "tablet"]) assert.ok(offersPaper({ printer: true }, surface));
  for (const surface of ["phone", "staff", "board", undefined]) assert.ok(!offersPaper({ printer: true }, surface));
  assert.ok(!offersPaper({ printer: false }, "kiosk"));
  assert.ok(!offersPaper({}, "kiosk")); // an answer of an older version
  assert.ok(!offersPaper(null, "kiosk"));
});
