import assert from "node:assert/strict";
import { test } from "node:test";
import { CLEAN_MS, isHandedOn, secondsLeft } from "../../kiosk/survey/clean.js";
import { ABOUT, allClips, bodyOf, FRESH, LONGEST, marksOf, placeOf, speechOf, spokenAt, stepsOf } from "../../kiosk/survey/form.js";
import { handIn, KIND, waitingAnswers } from "../../kiosk/survey/hand_in.js";
import { Answering, KEY, SETTLE_MS } from "../../kiosk/survey/survey.js";

const both = (text) => ({ id: text, en: `${text} (en)` });
const KEYS = ["requirements", "procedure", "completion_time", "fee", "product", "competence", "behaviour", "facilities", "complaints"];
const FORM = {
  elements: KEYS.map((key, place) => ({ key, number: place + 1, name: both(key), question: both(`${key}?`), answers: ["a", "b", "c", "d"].map(both) })),
  profile: Object.fromEntries(ABOUT.map((part) => [part, ["x", "y"].map((key) => ({ key, label: both(key) }))])),
};
const SERVICES = [{ id: "izin", name: "Izin" }];

/** One screen: its clock, what it keeps over a reload, what was handed in. */
function screen({ code = "", kept = new Map(), hand = async () => true } = {}) {
  const now = { ms: 0 };
  const handed = [];
  let drawn = 0;
  const store = {
    getItem: (key) => kept.get(key) ?? null,
    setItem: (key, value) => kept.set(key, value),
    removeItem: (key) => kept.delete(key),
  };
  const means = {
    now: () => now.ms,
    newId: () => `id-${++drawn}`,
    store: () => store,
    hand: (answer) => {
      handed.push(structuredClone(answer));
      return hand(answer);
    },
  };
  const answering = new Answering(FORM, means, code);
  answering.offer(SERVICES);
  /** Touch as people do, not twice in a moment. */
  const touch = (what) => {
    now.ms += SETTLE_MS;
    return what(answering);
  };
  return { answering, handed, kept, now, touch };
}

const answerAll = ({ touch }, score = 3) => {
  touch((a) => a.on());
  for (const _ of KEYS) touch((a) => a.score(score));
};

test("one question a screen: the nine, the service, oneself, a suggestion, a code, the end", () => {
  assert.deepEqual(stepsOf(FORM, SERVICES, false), [
    "start",
    ...KEYS.map((key) => `ask:${key}`),
    "service",
    "about:sex",
    "about:age",
    "about:education",
    "about:work",
    "suggestion",
    "code",
    "end",
  ]);
  assert.ok(!stepsOf(FORM, [], true).includes("service"));
  assert.ok(!stepsOf(FORM, [], true).includes("code"));
});

test("who skips everything but one question hands in that one answer, and nothing else", async () => {
  const { answering, touch, handed } = screen();
  touch((a) => a.on());
  touch((a) => a.skip());
  touch((a) => a.score(4));
  while (answering.state.at !== "end")
    assert.equal(
      touch((a) => a.skip()),
      true,
    );
  await touch((a) => a.send());
  assert.deepEqual(handed, [{ id: "id-1", body: { scores: { procedure: 4 } } }]);
  assert.equal(answering.state.phase, "done");
});

test("everything that was said is handed in, in the contract's words", async () => {
  const here = screen();
  answerAll(here, 2);
  here.touch((a) => a.choose("izin"));
  for (const _ of ABOUT) here.touch((a) => a.choose("y"));
  here.answering.write(() => "  Kurang kursi  ");
  here.touch((a) => a.on());
  here.answering.type(() => "7GQ0K2ZD");
  here.touch((a) => a.on());
  await here.touch((a) => a.send());
  assert.deepEqual(here.handed[0]?.body, {
    scores: Object.fromEntries(KEYS.map((key) => [key, 2])),
    service: "izin",
    profile: { sex: "y", age: "y", education: "y", work: "y" },
    suggestion: "Kurang kursi",
    code: "7GQ0K2ZD",
  });
});

test("nothing is sent without an answer", async () => {
  const { answering, touch, handed } = screen();
  touch((a) => a.on());
  touch((a) => a.finish());
  await touch((a) => a.send());
  assert.equal(handed.length, 0);
  assert.equal(bodyOf(answering.state), null);
  touch((a) => a.restart());
  assert.equal(answering.state.at, "ask:requirements");
});

test("a second touch of a trembling hand answers no further question", () => {
  const { answering, touch, now } = screen();
  touch((a) => a.on());
  touch((a) => a.score(1));
  now.ms += SETTLE_MS - 1;
  assert.equal(answering.score(1), false);
  assert.equal(answering.state.at, "ask:procedure");
  assert.deepEqual(answering.state.scores, { requirements: 1 });
});

test("a second touch sends nothing, changes nothing and begins nothing anew: the end was not seen yet", async () => {
  const here = screen();
  answerAll(here);
  here.touch((a) => a.finish());
  here.now.ms += SETTLE_MS - 1;
  await here.answering.send();
  here.answering.change("fee");
  assert.equal(here.handed.length, 0);
  assert.deepEqual([here.answering.state.at, here.answering.state.phase], ["end", "asking"]);
  await here.touch((a) => a.send());
  assert.equal(here.answering.rested, false, "Finished stands where Send was");
  assert.equal(
    here.touch((a) => a.rested),
    true,
  );
  const none = screen();
  none.touch((a) => a.on());
  none.touch((a) => a.finish());
  none.answering.restart();
  assert.equal(none.answering.state.at, "end");
});

test("a score that there is not changes nothing, nor does a group or service", () => {
  const here = screen();
  here.touch((a) => a.on());
  for (const wrong of [0, 5, 2.5, Number.NaN])
    assert.equal(
      here.touch((a) => a.score(wrong)),
      false,
    );
  here.touch((a) => a.finish());
  here.touch((a) => a.back()); // the code
  assert.equal(
    here.touch((a) => a.choose("x")),
    false,
  );
  for (let steps = 0; steps < 5; steps += 1) here.touch((a) => a.back());
  assert.equal(here.answering.state.at, "about:sex");
  assert.equal(
    here.touch((a) => a.choose("zzz")),
    false,
  );
  here.touch((a) => a.back());
  assert.equal(
    here.touch((a) => a.choose("elsewhere")),
    false,
  );
});

test("back goes one step, shows what was said, and lets it be changed or taken back", () => {
  const { answering, touch } = screen();
  touch((a) => a.on());
  touch((a) => a.score(1));
  touch((a) => a.score(2));
  assert.equal(answering.back(), true);
  assert.equal(answering.state.scores.procedure, 2);
  touch((a) => a.score(4));
  assert.equal(answering.state.scores.procedure, 4);
  answering.back();
  touch((a) => a.skip());
  assert.deepEqual(answering.state.scores, { requirements: 1 });
  while (answering.state.at !== "start") assert.equal(answering.back(), true);
  assert.equal(answering.back(), false, "from the beginning the page itself goes back");
});

test("a change at the end leads back to the end", () => {
  const here = screen();
  answerAll(here);
  here.touch((a) => a.finish());
  here.touch((a) => a.change("fee"));
  assert.equal(here.answering.element?.key, "fee");
  here.touch((a) => a.score(1));
  assert.equal(here.answering.state.at, "end");
  assert.equal(here.answering.state.scores.fee, 1);
  here.touch((a) => a.change("fee"));
  here.answering.back();
  assert.equal(here.answering.state.at, "end");
});

test("a page that is loaded again goes on where it was", () => {
  const before = screen();
  answerAll(before, 4);
  before.touch((a) => a.choose("izin"));
  const after = screen({ kept: before.kept });
  assert.equal(after.answering.state.at, "about:sex");
  assert.deepEqual(after.answering.state.scores, before.answering.state.scores);
});

test("whoever stands at the beginning has said nothing, also after a reload", () => {
  const before = screen();
  answerAll(before, 1);
  while (before.answering.state.at !== "start") before.answering.back();
  assert.equal(screen({ kept: before.kept }).answering.state, FRESH);
});

test("what was kept by another build, or is damaged, begins anew", () => {
  for (const broken of ["{", "null", "7", '{"at":"ask:colour"}', '{"at":3}']) {
    assert.equal(screen({ kept: new Map([[KEY, broken]]) }).answering.state, FRESH, broken);
  }
});

test("half of what was kept is better than a page that breaks", () => {
  for (const odd of ['{"at":"ask:fee"}', '{"at":"end","scores":null,"suggestion":7,"phase":"done","id":3}']) {
    const { state } = screen({ kept: new Map([[KEY, odd]]) }).answering;
    assert.deepEqual({ ...state, at: "" }, { ...FRESH, at: "" });
  }
});

test("who leaves takes everything along, also what is just being handed in", async () => {
  let done;
  const here = screen({ hand: () => new Promise((resolve) => (done = resolve)) });
  answerAll(here);
  here.touch((a) => a.finish());
  const sending = here.touch((a) => a.send());
  here.answering.leave();
  done(true);
  await sending;
  assert.equal(here.answering.state, FRESH);
  assert.equal(here.kept.size, 0);
});

test("when the answers are kept nothing of them is left on the page", async () => {
  const here = screen();
  answerAll(here);
  here.answering.write(() => "rahasia");
  here.touch((a) => a.finish());
  await here.touch((a) => a.send());
  assert.deepEqual({ ...here.answering.state, at: "", phase: "" }, { ...FRESH, at: "", phase: "" });
  assert.equal(here.kept.size, 0);
});

test("two touches hand in once; a try that failed goes again under the same id", async () => {
  let works = false;
  const here = screen({ hand: async () => works });
  answerAll(here);
  here.touch((a) => a.finish());
  const first = here.touch((a) => a.send());
  const second = here.touch((a) => a.send());
  await Promise.all([first, second]);
  assert.equal(here.handed.length, 1);
  assert.equal(here.answering.state.phase, "failed");
  works = true;
  await here.touch((a) => a.send());
  assert.deepEqual(
    here.handed.map(({ id }) => id),
    ["id-1", "id-1"],
  );
  assert.equal(here.answering.state.phase, "done");
});

test("a page that died while it handed in uses the same id again", async () => {
  const before = screen({ hand: () => new Promise(() => undefined) });
  answerAll(before);
  before.touch((a) => a.finish());
  void before.touch((a) => a.send());
  const after = screen({ kept: before.kept });
  assert.equal(after.answering.state.phase, "asking");
  await after.touch((a) => a.send());
  assert.equal(after.handed[0]?.id, before.handed[0]?.id);
});

test("the next visitor's answers have another id", async () => {
  const here = screen();
  for (const expected of ["id-1", "id-2"]) {
    answerAll(here);
    here.touch((a) => a.finish());
    await here.touch((a) => a.send());
    assert.equal(here.handed.at(-1)?.id, expected);
    here.answering.leave();
  }
});

test("a code that came with the address goes along and is not asked for", async () => {
  const here = screen({ code: "7GQ0K2ZD" });
  answerAll(here);
  assert.ok(!here.answering.steps.includes("code"));
  here.touch((a) => a.finish());
  await here.touch((a) => a.send());
  assert.equal(here.handed[0]?.body.code, "7GQ0K2ZD");
});

test("half a code is no code", () => {
  assert.equal(bodyOf({ ...FRESH, scores: { fee: 1 }, code: "7GQ0" })?.code, undefined);
});

test("a suggestion has at most as many letters as the office takes", () => {
  const { answering } = screen();
  answering.write(() => "x".repeat(100_000));
  assert.equal(answering.state.suggestion.length, LONGEST);
});

test("an office whose services went while somebody chose is not asked about again", () => {
  const here = screen();
  answerAll(here);
  assert.equal(here.answering.state.at, "service");
  here.answering.offer([]);
  here.touch((a) => a.skip());
  assert.equal(here.answering.state.at, "about:sex");
});

test("the marks tell the answered, the skipped and the one that stands there", () => {
  const { answering, touch } = screen();
  touch((a) => a.on());
  touch((a) => a.score(1));
  touch((a) => a.skip());
  const marks = marksOf(FORM, answering.state);
  assert.deepEqual(
    marks.slice(0, 4).map(({ answered, now, passed }) => [answered, now, passed]),
    [
      [true, false, true],
      [false, false, true],
      [false, true, false],
      [false, false, false],
    ],
  );
});

const HALL = { hall: true, later: false };
const AT_END = { ...FRESH, at: "end", scores: { fee: 1 } };

test("what is read is what stands there", () => {
  assert.deepEqual(spokenAt({ ...FRESH, at: "ask:fee" }, HALL), ["ask:fee"]);
  assert.deepEqual(spokenAt(AT_END, HALL), ["end"]);
  assert.deepEqual(spokenAt({ ...AT_END, scores: {} }, HALL), ["nothing"]);
  assert.deepEqual(spokenAt({ ...AT_END, phase: "failed" }, HALL), ["failed"]);
  const done = { ...FRESH, at: "end", phase: "done" };
  assert.deepEqual(spokenAt(done, HALL), ["thanks", "lapor"]);
  assert.deepEqual(spokenAt(done, { hall: true, later: true }), ["thanks", "later", "lapor"]);
  assert.deepEqual(spokenAt(done, { hall: false, later: true }), ["thanks", "later_phone", "lapor_phone"]);
  assert.deepEqual(spokenAt(done, { hall: false, later: false }), ["thanks", "lapor_phone"]);
});

test("clips go one after the other; every clip is kept once, Indonesian first", () => {
  const clip = (name) => ({ id: [`${name}.id`], en: [`${name}.en`] });
  const speech = { "ask:fee": clip("fee"), thanks: clip("thanks"), again: clip("fee") };
  assert.deepEqual(speechOf(speech, ["ask:fee"]), clip("fee"));
  assert.deepEqual(speechOf(speech, ["thanks", "unknown", "ask:fee"]), { id: ["thanks.id", "fee.id"], en: ["thanks.en", "fee.en"] });
  assert.deepEqual(speechOf(undefined, ["start"]), { id: [], en: [] });
  assert.deepEqual(allClips(speech), ["fee.id", "thanks.id", "fee.en", "thanks.en"]);
});

test("what follows the questions says how much of it there is", () => {
  const all = stepsOf(FORM, SERVICES, false);
  assert.deepEqual(placeOf(all, "service"), { place: 1, count: 7 });
  assert.deepEqual(placeOf(all, "code"), { place: 7, count: 7 });
  assert.deepEqual(placeOf(stepsOf(FORM, [], true), "suggestion"), { place: 5, count: 5 });
});

const ANSWER = { id: "id-1", body: { scores: { fee: 4 } } };

const NOT_HERE = () => assert.fail("not this way");
const late = () => new Promise(() => undefined);

test("an enrolled screen puts the answer into its outbox, sealed and without a moment", async () => {
  const put = [];
  const means = { enrolled: true, put: async (...words) => put.push(words), keep: NOT_HERE, post: NOT_HERE, late };
  assert.equal(await handIn(ANSWER, means), true);
  assert.deepEqual(put, [[KIND, ANSWER.body, { id: "id-1", sealed: true, coarse: true }]]);
});

test("a screen whose outbox refuses keeps nothing unsealed: the office takes it now, or the visitor is told", async () => {
  for (const taken of [true, false]) {
    const means = { enrolled: true, put: async () => Promise.reject(new Error("full")), keep: NOT_HERE, post: async () => taken, late };
    assert.equal(await handIn(ANSWER, means), taken);
  }
});

test("a store that hangs holds no screen: what it puts after all is the same answer", async () => {
  const posted = [];
  const put = () => new Promise(() => undefined);
  const post = async (id, body) => posted.push([id, body]) > 0;
  assert.equal(await handIn(ANSWER, { enrolled: true, put, keep: NOT_HERE, post, late: async () => Promise.reject(new Error("late")) }), true);
  assert.deepEqual(posted, [["id-1", ANSWER.body]]);
});

test("a phone keeps its answer itself, unless the office refuses it for good", async () => {
  for (const [result, kept] of [
    ["taken", true],
    ["waits", true],
    ["refused", false],
  ]) {
    assert.equal(await handIn(ANSWER, { enrolled: false, put: NOT_HERE, keep: async () => ({ result }), post: NOT_HERE, late }), kept);
  }
});

test("the tablet counts answers that wait, not what the office holds nor what else waits", () => {
  const entry = (kind, more = {}) => ({ kind, stamp: null, ...more });
  const entries = [entry(KIND), entry(KIND), entry(KIND, { held: 1 }), entry(KIND, { stamp: [1, 2] }), entry("ticket.taken"), entry("survey.code")];
  assert.equal(waitingAnswers(entries), 2);
});

test("a screen in the hall is clean after fifteen seconds, a phone is its owner's", () => {
  assert.equal(CLEAN_MS, 15_000);
  assert.deepEqual(["kiosk", "tablet", "phone", undefined].map(isHandedOn), [true, true, false, false]);
  assert.deepEqual(
    [0, 1, 14_999, 15_000, 99_000].map((now) => secondsLeft(0, now)),
    [15, 15, 1, 0, 0],
  );
});
