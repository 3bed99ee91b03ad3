import assert from "node:assert/strict";
import { test } from "node:test";
import {
  addressOf,
  Checking,
  groupsOf,
  KEY,
  lettersOf,
  queueFor,
  readLetters,
  SETTLE_MS,
  speechOf,
  speechOfResult,
  stepsOf,
} from "../../kiosk/checklist/check.js";
import { decode, fits } from "../../kiosk/checklist/code.js";

const clip = (name) => ({ id: [`${name}.id`], en: [`${name}.en`] });
const paper = (order, when = null) => ({
  order,
  text: `Berkas ${order}`,
  text_en: null,
  when,
  what: null,
  where: { id: `Di ${order}`, en: `At ${order}` },
  picture: "paper",
  speech: { paper: clip(`p${order}`), notes: clip(`n${order}`), where: clip(`w${order}`) },
});
const LIST = {
  id: "izin-pameran",
  title: "Izin",
  title_en: null,
  office_wide: false,
  digest: "0123456789abcdef".repeat(4),
  items: [paper(1), paper(2), paper(3, { question: "oneself", answer: "no" }), paper(4, { question: "company", answer: "yes" })],
  set_by: null,
  set_by_en: null,
  ministry: null,
  speech: clip("list"),
};
const LISTS = {
  help_queue: "A",
  check_queue: "B",
  questions: { oneself: { speech: clip("oneself") }, company: { speech: clip("company") } },
  speech: Object.fromEntries(["have_you", "answers", "all_ready", "ready", "lacking", "unsure", "take_along"].map((name) => [name, clip(name)])),
};

function begun({ brought, kept = {} } = {}) {
  const store = { ...kept };
  let clock = 0;
  let made = 0;
  const id = () => `0190a5f0-7b3c-7d2e-9a1b-${String((made += 1)).padStart(12, "0")}`;
  const means = { now: () => clock, newId: id, store: () => ({ getItem: (key) => store[key] ?? null, setItem: (key, text) => (store[key] = text) }) };
  const checking = new Checking(LIST, means, brought);
  const wait = (ms) => (clock += ms);
  const say = (...answers) => {
    for (const answer of answers) {
      wait(1000);
      checking.answer(answer);
    }
  };
  return { checking, say, wait, store, made: () => made };
}

test("questions come first, and a paper stands there only when it applies", () => {
  assert.deepEqual(
    stepsOf(LIST, {}).map((step) => step.key ?? step.item.order),
    ["oneself", "company", 1, 2],
  );
  assert.deepEqual(
    stepsOf(LIST, { oneself: "no", company: "no" }).map((step) => step.key ?? step.item.order),
    ["oneself", "company", 1, 2, 3],
  );
  const last = stepsOf(LIST, { oneself: "no", company: "yes" }).at(-1);
  assert.deepEqual([last.item.order, last.place, last.count], [4, 4, 4]);
});

test("one answer at a time leads to the result, with an id of its own", () => {
  const { checking, say } = begun();
  say("yes", "no", "h");
  assert.equal(checking.letters, null);
  say("m");
  assert.equal(checking.step, null);
  assert.equal(checking.letters, "hmxx");
  assert.equal(checking.state.id, "0190a5f0-7b3c-7d2e-9a1b-000000000001");
  const { code } = decode(addressOf("http://kios.lan/checklist", LIST, checking.state.id, checking.letters));
  assert.deepEqual(code, { service: LIST.id, digest: LIST.digest.slice(0, 12), id: checking.state.id, answers: "hmxx" });
  assert.ok(fits(code, LIST));
});

test("the second touch of a trembling hand answers nothing", () => {
  const { checking, say, wait } = begun();
  say("yes");
  assert.ok(SETTLE_MS >= 300 && SETTLE_MS <= 500);
  wait(SETTLE_MS - 1);
  assert.equal(checking.answer("no"), false);
  assert.equal(checking.step.key, "company");
  wait(1);
  assert.equal(checking.answer("no"), true);
});

test("back takes one step, and none from the first", () => {
  const { checking, say } = begun();
  assert.equal(checking.back(), false);
  say("yes", "no", "h", "h");
  assert.equal(checking.back(), true);
  assert.equal(checking.step.item.order, 2);
  for (const _ of [1, 2, 3]) assert.equal(checking.back(), true);
  assert.equal(checking.step.key, "oneself");
  assert.equal(checking.back(), false);
});

test("a changed answer makes another list, the same answer again does not", () => {
  const { checking, say } = begun();
  say("yes", "no", "h", "m");
  const first = checking.state.id;
  checking.change(2);
  assert.equal(checking.step.item.order, 2);
  say("m");
  assert.equal(checking.state.id, first);
  checking.change(2);
  say("h");
  assert.notEqual(checking.state.id, first);
  assert.equal(checking.letters, "hhxx");
});

test("another answer to a plain question brings the paper that applies now, and keeps the rest", () => {
  const { checking, say } = begun();
  say("yes", "no", "h", "m");
  checking.change("oneself");
  say("no");
  assert.equal(checking.step.item.order, 3);
  say("u");
  assert.equal(checking.letters, "hmux");
});

test("a list that was brought stands there as it was made, under its own id", () => {
  const id = "0190a5f0-7b3c-7d2e-9a1b-0c2d3e4f5a6b";
  for (const answers of ["hmux", "hhxh", "uuxx"]) {
    const { checking, made } = begun({ brought: { id, answers } });
    assert.equal(checking.letters, answers);
    assert.equal(checking.state.id, id);
    assert.equal(made(), 0);
  }
});

test("what letters say and what answers led to them are the same", () => {
  for (const letters of ["hhhh", "mmxx", "uhxm", "hmux"]) assert.equal(lettersOf(LIST, readLetters(LIST, letters)), letters);
});

test("a page that is loaded again goes on where it was; another list or rubbish begins anew", () => {
  const { say, store } = begun();
  say("yes", "no", "h");
  assert.equal(begun({ kept: store }).checking.step.item.order, 2);
  const other = { ...JSON.parse(store[KEY]), digest: "f".repeat(64) };
  for (const rubbish of [JSON.stringify(other), "{", "null", "[]", '"x"', JSON.stringify({ ...JSON.parse(store[KEY]), marks: null })]) {
    assert.equal(begun({ kept: { [KEY]: rubbish } }).checking.step.key, "oneself", rubbish);
  }
  const far = begun({ kept: { [KEY]: JSON.stringify({ ...JSON.parse(store[KEY]), at: 99 }) } });
  assert.equal(far.checking.step.item.order, 2);
});

test("what is kept holds no more than answers", () => {
  const { say, store } = begun();
  say("yes", "no", "h", "m");
  assert.deepEqual(Object.keys(JSON.parse(store[KEY])).sort(), ["at", "digest", "facts", "id", "made", "marks", "service"]);
  assert.ok(KEY.startsWith("kiosk.visitor."));
});

test("a store that is full or refused costs only the reload", () => {
  const refusing = { getItem: () => null, setItem: () => assert.fail };
  const checking = new Checking(LIST, {
    now: () => 0,
    newId: () => "x",
    store: () => ({
      ...refusing,
      setItem: () => {
        throw new Error("full");
      },
    }),
  });
  assert.equal(checking.answer("yes"), true);
  assert.equal(new Checking(LIST, { now: () => 0, newId: () => "x", store: () => null }).step.key, "oneself");
});

test("papers stand in their groups, and the queue follows from them", () => {
  const { ready, lacking, unsure, notNeeded } = groupsOf(LIST, "hmux");
  assert.deepEqual(
    [ready, lacking, unsure, notNeeded].map(([one]) => one.order),
    [1, 2, 3, 4],
  );
  assert.equal(queueFor(LISTS, "hhxx"), "B");
  assert.equal(queueFor(LISTS, "hhux"), "A");
});

test("what is read is what is shown: the question with its answers, the result with where to get what is missing", () => {
  const { checking, say } = begun();
  assert.deepEqual(speechOf(LISTS, checking.step).id, ["oneself.id"]);
  say("yes", "no");
  assert.deepEqual(speechOf(LISTS, checking.step).en, ["have_you.en", "p1.en", "n1.en", "answers.en"]);
  assert.deepEqual(speechOfResult(LISTS, LIST, "hmxx").id, ["lacking.id", "p2.id", "w2.id", "ready.id", "p1.id", "take_along.id"]);
  assert.deepEqual(speechOfResult(LISTS, LIST, "hhxx").id, ["all_ready.id", "ready.id", "p1.id", "p2.id", "take_along.id"]);
});
