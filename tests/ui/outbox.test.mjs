import assert from "node:assert/strict";
import { test } from "node:test";
import { heard, higher, isNews, officeNow } from "../../kiosk/ui/device_rules.js";
import * as rules from "../../kiosk/ui/outbox_rules.js";
import { resumed, Steady } from "../../kiosk/ui/steady.js";

const entry = (more = {}) => ({ ...rules.fresh({ id: "a", kind: "ticket.taken", body: { queue: "A" } }, 1000), ...more });
const taken = (stamp) => ({ id: "a", result: "taken", stamp });

test("an entry waits, is sent under a lease that runs out, and waits again", () => {
  const one = entry();
  assert.deepEqual(rules.due([one], 999), []);
  assert.deepEqual(rules.due([one], 1000), [one]);
  const sent = rules.leased(one, 1000);
  assert.equal(sent.state, "sending");
  assert.deepEqual(rules.due([sent], 1000 + rules.LEASE_MS - 1), []);
  assert.deepEqual(rules.due([sent], 1000 + rules.LEASE_MS), [sent]);
});

test("a node that does not answer is asked again later and later, never at the same moment by all", () => {
  let one = entry();
  const waits = [];
  for (let turn = 0; turn < 8; turn += 1) {
    const next = rules.unanswered(one, 0, 0.5);
    waits.push(next.due);
    one = next;
  }
  assert.deepEqual(waits, [1000, 2000, 4000, 8000, 15_000, 30_000, 30_000, 30_000]);
  assert.notEqual(rules.unanswered(entry(), 0, 0).due, rules.unanswered(entry(), 0, 1).due);
});

test("taken by the node is not durable: it stays until the centre holds it", () => {
  const held = rules.answered(entry({ state: "sending" }), taken([1, 7]), 2000, 0.5);
  assert.equal(rules.atNode(held), true);
  assert.deepEqual(rules.due([held], 10 ** 12), []);
  assert.equal(rules.waitingCount([held, entry()]), 1);
  assert.equal(rules.isRipe(held, [1, 6]), false);
  assert.equal(rules.isRipe(held, [1, 7]), true);
  assert.equal(rules.isRipe(held, null), true); // there is no centre
  assert.equal(rules.isRipe(entry(), [1, 7]), false);
});

test("a newer epoch says nothing of an old stamp: the entry is handed in again for its new one", () => {
  const held = rules.answered(entry(), taken([1, 900]), 2000, 0.5);
  assert.equal(rules.isRipe(held, [2, 3]), true);
  const once_more = rules.again(held, 3000);
  assert.deepEqual(rules.due([once_more], 3000), [once_more]);
  assert.equal(rules.isRipe(rules.answered(once_more, taken([2, 5]), 3100, 0.5), [2, 4]), false);
});

test("an old stamp that is told together with a newer epoch's watermark is held: one answer speaks of one chain", () => {
  assert.equal(rules.isHeld([1, 7], [2, 1]), true);
  assert.equal(rules.isHeld([1, 7], [1, 7]), true);
  assert.equal(rules.isHeld([1, 8], [1, 7]), false);
  assert.equal(rules.isHeld([2, 1], [1, 900]), false);
  assert.equal(rules.isHeld([2, 1], null), true);
});

test("what the node did not take is parked with its reason and tried again, ever more rarely", () => {
  const refused = { id: "a", result: "parked", code: "ENTRY-0404", message: "newer" };
  const first = rules.answered(rules.leased(entry(), 0), refused, 0, 0.5);
  assert.deepEqual([first.state, first.code, first.message, first.due], ["parked", "ENTRY-0404", "newer", 60_000]);
  const second = rules.answered(rules.leased(first, 60_000), refused, 60_000, 0.5);
  assert.equal(second.due, 360_000);
  assert.deepEqual(rules.parkedOnes([first, { ...second, id: "b" }, entry()]), [{ kind: "ticket.taken", code: "ENTRY-0404", count: 2 }]);
  assert.equal(rules.waitingCount([first]), 1);
});

test("a batch is the oldest first, and no larger than the node reads", () => {
  const many = Array.from({ length: 120 }, (_, place) => entry({ id: `n${place}`, made: 120 - place, due: 0, body: { text: "x".repeat(200) } }));
  const batch = rules.due(many, 500);
  assert.equal(batch[0].made, 1);
  assert.equal(batch.length, rules.MOST_ENTRIES);
  const fat = Array.from({ length: 5 }, (_, place) => entry({ id: `f${place}`, due: 0, body: { text: "x".repeat(20_000) } }));
  assert.equal(rules.due(fat, 500).length, 2);
  const huge = [entry({ due: 0, body: { text: "x".repeat(90_000) } })];
  assert.equal(rules.due(huge, 500).length, 1); // alone it is refused, parked, and seen
});

test("the steady clock goes on over a reload and does not follow a clock that is set", () => {
  const year = 365 * 24 * 3600 * 1000;
  assert.equal(resumed(null, 5), 0);
  assert.equal(resumed({ passed: 1000, wall: 50_000 }, 53_000), 4000);
  assert.equal(resumed({ passed: 1000, wall: 50_000 }, 49_000), 1000); // set back
  assert.equal(resumed({ passed: 1000, wall: 50_000 }, 50_000 + 7 * year), 1000); // put right from 2019
  for (const broken of [{}, { passed: "9" }, { passed: -1, wall: 0 }, { passed: Number.NaN, wall: 0 }, 7]) assert.equal(resumed(broken, 10), 0);
});

test("of two pages the one that counted further is believed, and time never runs back", () => {
  const store = new Map();
  const means = (running) => ({
    store: () => ({ getItem: (key) => store.get(key) ?? null, setItem: (key, text) => store.set(key, text) }),
    wall: () => 0,
    running,
  });
  let ran = 0;
  const first = new Steady(means(() => ran));
  ran = 5000;
  first.keep();
  const second = new Steady(means(() => 10));
  assert.equal(second.now(), 5000);
  ran = 9000;
  first.keep();
  second.keep();
  assert.equal(second.now(), 9000);
});

const head = (epoch, seq, office_id = "kaltim") => ({ office_id, epoch, seq, hash: "h", signature: "s" });

test("a device keeps the highest head that it was told, of its own office", () => {
  assert.deepEqual(higher(head(1, 9), head(1, 8)), head(1, 9));
  assert.deepEqual(higher(head(1, 9), head(2, 0)), head(2, 0));
  assert.deepEqual(higher(head(1, 9), { epoch: "9" }), head(1, 9));
  assert.deepEqual(higher(head(1, 9), head(1, 1, "rohil")), head(1, 1, "rohil"));
});

test("a new word must be on the disk before anything else, a new head alone need not", () => {
  const told = { id: "d", lane: "K2", word: "w1", mark: "", date: "2026-03-12", now: "2026-03-12T01:00:00Z", zone: "Asia/Makassar", durable: null, seal: "" };
  const first = heard(null, { ...told, head: head(1, 5) }, 100);
  assert.equal(isNews(null, first), true);
  assert.equal(isNews(first, heard(first, { ...told, head: head(1, 6) }, 2000)), false);
  assert.equal(isNews(first, heard(first, { ...told, word: "w2", head: head(1, 6) }, 2000)), true);
  assert.equal(isNews(first, heard(first, { ...told, head: head(1, 6) }, 40_000)), true);
  assert.equal(new Date(officeNow(first, 60_100)).toISOString(), "2026-03-12T01:01:00.000Z");
});

// -- held by the node, and coarse ------------------------------------------------------------------------------------------

const coarse = (more = {}) => ({ ...rules.fresh({ id: "c", kind: "survey.answered", sealed: {}, coarse: true }, 1_234_567), ...more });
const holds = (again_s = 3600) => ({ id: "c", result: "held", again_s });
const moments = (one) => [one.made, one.due].map((at) => at % rules.COARSE_MS);

test("a coarse entry has no moment nearer than ten minutes, and no pace of its own, whatever happens to it", () => {
  const one = coarse();
  assert.deepEqual([one.made, one.due], [1_200_000, 1_200_000]);
  assert.deepEqual(rules.due([one], 1_234_567), [one]);
  const sent = rules.leased(one, 1_234_567);
  const failed = rules.unanswered(sent, 1_240_000, 0.3);
  for (const next of [sent, failed, rules.hurried(failed, 1_250_001), rules.again(one, 1_260_003)]) assert.deepEqual(moments(next), [0, 0]);
  assert.deepEqual(rules.unanswered(rules.leased(failed, 1_300_001), 1_300_002, 0.9), { ...failed, due: 1_200_000 });
  assert.equal(rules.age(one, 1_234_567), 34_567);
});

test("coarse entries of ten minutes go in the order of their random ids", () => {
  const made = (id, at) => rules.fresh({ id, kind: "k", sealed: {}, coarse: true }, at);
  const later = [made("b", 1_200_003), made("c", 1_200_001), made("a", 1_799_999), made("z", 1_199_999)];
  assert.deepEqual(
    rules.due(later, 2_000_000).map(({ id }) => id),
    ["z", "a", "b", "c"],
  );
});

test("what nobody answered rests together, and other entries do not wait for it", () => {
  const rests = rules.unanswered(rules.leased(coarse(), 1_300_000), 1_300_001, 0.5);
  const other = entry({ id: "t", due: 0 });
  assert.deepEqual(rules.due([rests, other], 1_300_500, 1_301_000), [other]);
  assert.equal(rules.due([rests, other], 1_301_000, 1_301_000).length, 2);
});

test("what the node holds waits for nobody's eyes, and the node is asked again when it said so", () => {
  const held = rules.answered(rules.leased(coarse(), 1_234_567), holds(7200), 1_240_000, 0.5, 3);
  assert.deepEqual([held.state, held.held, held.stamp, rules.atNode(held), rules.waitingCount([held])], ["held", 3, null, true, 0]);
  assert.equal(rules.due([held], 1_240_000 + 7_199_000).length, 0);
  assert.equal(rules.due([held], 1_240_000 + 7_200_000 + 2 * rules.COARSE_MS).length, 1);
  assert.equal(rules.hurried(held, 1_250_000, true), held);
});

test("asked again without an answer it is still held, told of it has a stamp, refused it is parked and seen", () => {
  const asked = rules.leased(rules.answered(coarse(), holds(), 0, 0, 1), 9_000_000);
  const silent = rules.unanswered(asked, 9_100_000, 0.5);
  assert.deepEqual([silent.state, silent.held, rules.waitingCount([silent])], ["held", 1, 0]);
  const told = rules.answered(asked, { id: "c", result: "taken", stamp: [1, 9] }, 9_100_000, 0.5);
  assert.deepEqual([told.state, told.stamp, "held" in told], ["waiting", [1, 9], false]);
  const refused = rules.answered(asked, { id: "c", result: "parked", code: "ENTRY-0409" }, 9_100_000, 0.5);
  assert.deepEqual([refused.state, "held" in refused, rules.waitingCount([refused])], ["parked", false, 1]);
});

test("a newer epoch, and no centre any more, let a held entry be handed in again; nothing else does", () => {
  const held = rules.answered(coarse(), holds(), 0, 0, 2);
  assert.equal(rules.isRipe(held, [2, 10 ** 6], 2), false);
  assert.equal(rules.isRipe(held, [3, 1], 3), true); // the node was restored: it may have forgotten
  assert.equal(rules.isRipe(held, null, 2), true);
  const once_more = rules.again(held, 700_000);
  assert.deepEqual([once_more.state, "held" in once_more, rules.due([once_more], 700_000).length], ["waiting", false, 1]);
});

test("it is forgotten at once where there is no centre, and else only behind the watermark", () => {
  const held = rules.answered(coarse(), holds(), 0, 0, 1);
  assert.deepEqual([rules.isSafe(held, null), rules.isSafe(held, [1, 10 ** 6]), rules.isSafe(coarse(), null)], [true, false, false]);
  const told = rules.answered(held, { id: "c", result: "taken", stamp: [1, 9] }, 0, 0);
  assert.deepEqual([rules.isSafe(told, [1, 8]), rules.isSafe(told, [1, 9]), rules.isSafe(told, null)], [false, true, true]);
});

test("a new page does not wait for the coarse lease of one that is gone", () => {
  const sent = rules.leased(coarse(), 1_234_567);
  assert.equal(rules.due([sent], 1_300_000).length, 0);
  assert.equal(rules.hurried(sent, 1_300_000), sent);
  assert.equal(rules.due([rules.hurried(sent, 1_300_000, true)], 1_300_000).length, 1);
  const exact = rules.leased(entry(), 1000);
  assert.equal(rules.hurried(exact, 2000, true), exact);
});

test("what nobody waits for is handed in like everything else, and not counted", () => {
  const quiet = rules.fresh({ id: "q", kind: "survey.code", body: { hash: "0" }, coarse: true, quiet: true }, 1000);
  assert.equal(rules.waitingCount([quiet, entry()]), 1);
  assert.deepEqual(rules.due([quiet], 1000), [quiet]);
  const coarse = rules.fresh({ id: "a", kind: "survey.answered", sealed: "x", coarse: true }, 1000);
  assert.equal(rules.waitingCount([coarse, entry()]), 2);
  const told = (/** @type {number} */ now) => rules.toldCount([coarse, entry()], now);
  assert.deepEqual([told(1000), told(2 * rules.COARSE_MS - 1)], [1, 1], "the office hears no moment of it");
  assert.equal(told(2 * rules.COARSE_MS), 2, "nobody revokes a tablet on which answers wait without knowing it");
  const answer = rules.fresh({ id: "a", kind: "survey.answered", sealed: "x", coarse: true }, 1000);
  assert.deepEqual(rules.due([answer, quiet], 1000), [quiet, answer], "a code is known before the answer that it comes with");
  const before = rules.fresh({ id: "z", kind: "survey.answered", sealed: "x", coarse: true }, 1000);
  const later = rules.fresh({ id: "b", kind: "survey.code", body: { hash: "1" }, coarse: true, quiet: true }, 1000 + rules.COARSE_MS);
  assert.deepEqual(rules.due([later, before], 2_000_000), [before, later]);
  assert.equal(rules.fresh({ id: "a", kind: "ticket.taken" }, 1000).quiet, undefined);
});
