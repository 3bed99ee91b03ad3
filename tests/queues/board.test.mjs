import assert from "node:assert/strict";
import { test } from "node:test";
import { again, BoardFeed, KEY, SILENCE_MS } from "../../kiosk/queues/board_feed.js";
import { atMostEvery, dayAt, isWide, minutesOld, shownCalls } from "../../kiosk/queues/board_rules.js";

/** A clock that goes when it is told to, with timers. */
function clockwork() {
  let now = 1_000_000;
  let timers = [];
  return {
    now: () => now,
    later: (what, ms) => {
      const timer = { at: now + ms, what };
      timers.push(timer);
      return timer;
    },
    never: (timer) => {
      timers = timers.filter((one) => one !== timer);
    },
    pass: (ms) => {
      const end = now + ms;
      for (;;) {
        const next = timers.filter((one) => one.at <= end).sort((a, b) => a.at - b.at)[0];
        if (!next) break;
        timers = timers.filter((one) => one !== next);
        now = next.at;
        next.what();
      }
      now = end;
    },
  };
}

function hall(kept = {}) {
  const clock = clockwork();
  const sources = [];
  const store = { getItem: (key) => kept[key] ?? null, setItem: (key, value) => void (kept[key] = value) };
  const open = () => {
    const heard = {};
    const source = { heard, closed: false, addEventListener: (name, what) => (heard[name] = what), close: () => (source.closed = true) };
    sources.push(source);
    return source;
  };
  const feed = new BoardFeed({ open, store, random: () => 0.5, ...clock });
  return { clock, sources, feed, kept, say: (picture) => sources.at(-1).heard.message({ data: JSON.stringify(picture) }) };
}

const PICTURE = { version: 5, business_date: "2026-03-12", office: { zone: "Asia/Makassar" }, calls: [{ number: "A-001" }], queues: [] };

test("a picture is shown, kept, and still there after a reload, marked as old", () => {
  const first = hall();
  first.feed.start();
  first.say(PICTURE);
  assert.deepEqual([first.feed.read().live, first.feed.read().picture], [true, PICTURE]);
  const second = hall(first.kept);
  assert.deepEqual([second.feed.read().live, second.feed.read().picture], [false, PICTURE]);
});

test("after a cut it comes back by itself, soon, and shows what it missed", () => {
  const { feed, sources, clock, say } = hall();
  feed.start();
  say(PICTURE);
  sources[0].heard.error();
  assert.equal(sources[0].closed, true);
  clock.pass(1000);
  assert.equal(sources.length, 2);
  assert.equal(feed.read().live, true, "a cut that heals at once is not shown");
  say({ ...PICTURE, version: 6, calls: [{ number: "A-002" }] });
  assert.equal(feed.read().picture.calls[0].number, "A-002");
});

test("a longer cut marks the picture as old, with its age, and trying goes on", () => {
  const { feed, sources, clock, say } = hall();
  feed.start();
  say(PICTURE);
  const seen = clock.now();
  for (let minute = 0; minute < 60; minute += 1) {
    sources.at(-1).heard.error();
    clock.pass(3000);
  }
  assert.equal(feed.read().live, false);
  assert.deepEqual(feed.read().picture, PICTURE);
  assert.equal(minutesOld(feed.read().seen, clock.now()), 3);
  assert.equal(feed.read().seen, seen);
  assert.ok(sources.length > 50);
  say({ ...PICTURE, version: 7 });
  assert.equal(feed.read().live, true);
});

test("silence is a cut: a node that lost its power closes nothing", () => {
  const { feed, sources, clock, say } = hall();
  feed.start();
  say(PICTURE);
  for (let beat = 0; beat < 10; beat += 1) {
    clock.pass(15_000);
    sources[0].heard.beat({ data: "5" });
  }
  assert.deepEqual([sources.length, feed.read().live], [1, true]);
  clock.pass(SILENCE_MS + 2000);
  assert.ok(sources.length > 1);
  assert.equal(feed.read().live, false);
});

test("a node started again, whose versions may be lower, is believed", () => {
  const { feed, say } = hall({ [KEY]: JSON.stringify({ picture: { ...PICTURE, version: 99 }, seen: 1 }) });
  feed.start();
  say(PICTURE);
  assert.equal(feed.read().picture.version, 5);
});

test("what an ended stream still says is not heard, and a stopped board opens nothing", () => {
  const { feed, sources, clock, say } = hall();
  const stop = feed.start();
  say(PICTURE);
  const late = sources[0].heard.message;
  sources[0].heard.error();
  late({ data: JSON.stringify({ ...PICTURE, version: 8 }) });
  assert.equal(feed.read().picture.version, 5);
  stop();
  clock.pass(100_000);
  assert.equal(sources.length, 1);
});

test("nonsense in the stream or in the store changes nothing", () => {
  const { feed, sources } = hall({ [KEY]: "{" });
  feed.start();
  sources[0].heard.message({ data: "<html>" });
  assert.deepEqual([feed.read().picture, feed.read().live], [null, false]);
});

test("tries come soon, then slower, never much slower than three seconds", () => {
  assert.ok(again(0, 1) < 300);
  assert.ok(again(100, 1) < 4000);
});

const moment = (text) => Date.parse(text);

test("calls of another business day are not shown, by the office's zone", () => {
  const calls = Array.from({ length: 6 }, (_, n) => ({ number: `A-00${6 - n}` }));
  const picture = { ...PICTURE, calls };
  const evening = shownCalls(picture, moment("2026-03-12T15:59:00Z"));
  assert.equal(evening.newest.number, "A-006");
  assert.equal(evening.recent.length, 4);
  assert.deepEqual(shownCalls(picture, moment("2026-03-12T16:01:00Z")), { newest: null, recent: [] });
  assert.deepEqual(shownCalls(null, 0), { newest: null, recent: [] });
  assert.equal(dayAt(moment("2026-03-12T16:01:00Z"), "Asia/Jakarta"), "2026-03-12");
});

test("news is told at once, then at most every half second, and the last is never lost", () => {
  const clock = clockwork();
  const told = [];
  const tell = atMostEvery(() => told.push(clock.now()), 500, clock);
  for (let n = 0; n < 100; n += 1) {
    tell();
    clock.pass(33);
  }
  tell();
  clock.pass(2000);
  const gaps = told.slice(1).map((at, n) => at - told[n]);
  assert.ok(
    gaps.every((gap) => gap >= 500),
    String(gaps),
  );
  assert.equal(told[0], 1_000_000);
  assert.ok(told.at(-1) >= 1_000_000 + 3300);
});

test("a counter with a long name in either language is written smaller", () => {
  assert.equal(isWide("Loket 12", "Counter 5"), false);
  assert.equal(isWide("Loket 12", "Registration"), true);
  assert.equal(isWide("Loket Pendaftaran", null), true);
});
