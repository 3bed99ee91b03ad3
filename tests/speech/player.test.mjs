// Rules of the player: kiosk/ui/speech_player.js with a fake audio element.
import assert from "node:assert/strict";
import { test } from "node:test";
import { createPlayer } from "../../kiosk/ui/speech_player.js";

const A = "/api/v1/speech/a.ogg";
const B = "/api/v1/speech/b.ogg";
const C = "/api/v1/speech/c.ogg";

/** One element for all clips; a clip plays until the test ends it, or fails at once when it is in `missing`. */
function fake({ missing = [], kept = {}, knowsFormat = true } = {}) {
  const heard = [];
  const released = [];
  const timers = [];
  const element = {
    canPlayType: () => (knowsFormat ? "probably" : ""),
    pause() {
      this.paused = true;
    },
    play() {
      this.paused = false;
      if (missing.includes(this.src)) return Promise.reject(new Error("NotSupportedError"));
      heard.push(this.src);
      return Promise.resolve();
    },
  };
  let made = 0;
  const player = createPlayer({
    audio: () => {
      made += 1;
      return element;
    },
    blob: async (url) => kept[url],
    address: (blob) => `blob:${blob}`,
    release: (address) => released.push(address),
    later: (done) => timers.push(done),
    never: () => {},
  });
  return { player, element, heard, released, timers, elements: () => made };
}

const settled = () => new Promise((done) => setImmediate(done));

async function end(element) {
  await settled();
  element.onended();
  await settled();
}

test("clips are read in order, on one element", async () => {
  const { player, element, heard, elements } = fake();
  const reading = player.speak([A, B]);
  await settled();
  assert.deepEqual(heard, [A]);
  assert.equal(player.read().speaking, true);
  await end(element);
  assert.deepEqual(heard, [A, B]);
  await end(element);
  assert.equal(await reading, "done");
  assert.deepEqual(player.read(), { speaking: false, unavailable: false, hushed: false, script: { id: [], en: [] } });
  assert.equal(elements(), 1);
});

test("silence that somebody asked for is told from an end, and from another script", async () => {
  const { player, element } = fake();
  player.speak([A]);
  await settled();
  player.setScript({ id: [B], en: [B] });
  assert.deepEqual([player.read().speaking, player.read().hushed], [false, false]);
  player.speak([B]);
  await end(element);
  assert.deepEqual([player.read().speaking, player.read().hushed], [false, false]);
  player.speak([B]);
  await settled();
  player.hush();
  assert.deepEqual([player.read().speaking, player.read().hushed], [false, true]);
  player.speak([A]);
  await settled();
  assert.deepEqual([player.read().speaking, player.read().hushed], [true, false]);
});

test("a missing clip is skipped and the rest goes on", async () => {
  const { player, element, heard } = fake({ missing: [B] });
  const reading = player.speak([A, B, C]);
  await end(element);
  assert.deepEqual(heard, [A, C]);
  await end(element);
  assert.equal(await reading, "done");
});

test("when nothing can be played, the dock is told, and the next success takes it back", async () => {
  const { player, element } = fake({ missing: [A, B] });
  assert.equal(await player.speak([A, B]), "silent");
  assert.equal(player.read().unavailable, true);
  assert.equal(player.read().speaking, false);
  const reading = player.speak([C]);
  await settled();
  assert.equal(player.read().unavailable, false);
  await end(element);
  assert.equal(await reading, "done");
});

test("a page without a script and a browser without Opus are silent, and say so", async () => {
  const empty = fake();
  assert.equal(await empty.player.speak([]), "silent");
  const old = fake({ knowsFormat: false });
  assert.equal(await old.player.speak([A]), "silent");
  assert.equal(old.player.read().unavailable, true);
  assert.deepEqual(old.heard, []);
});

test("stop ends the reading at once and nothing more is played", async () => {
  const { player, element, heard } = fake();
  const reading = player.speak([A, B]);
  await settled();
  player.stop();
  assert.equal(player.read().speaking, false);
  assert.equal(await reading, "stopped");
  await settled();
  assert.deepEqual(heard, [A]);
  assert.equal(element.paused, true);
});

test("a second speak replaces the first", async () => {
  const { player, element, heard, elements } = fake();
  const first = player.speak([A, B]);
  await settled();
  const second = player.speak([C]);
  assert.equal(await first, "stopped");
  await end(element);
  assert.equal(await second, "done");
  assert.deepEqual(heard, [A, C]);
  assert.equal(elements(), 1); // a phone lets only the touched element play on
});

test("stop while a clip is being looked up plays nothing", async () => {
  const { player, heard } = fake();
  const reading = player.speak([A]);
  player.stop();
  assert.equal(await reading, "stopped");
  assert.deepEqual(heard, []);
});

test("a kept clip plays from this device, and its address is given back", async () => {
  const { player, element, heard, released } = fake({ kept: { [A]: "kept-a" }, missing: [A] });
  const reading = player.speak([A]);
  await end(element);
  assert.equal(await reading, "done");
  assert.deepEqual(heard, ["blob:kept-a"]);
  assert.deepEqual(released, ["blob:kept-a"]);
});

test("a clip that never begins is skipped by the watch", async () => {
  const { player, element, heard, timers } = fake();
  const reading = player.speak([A, B]);
  await settled();
  timers[0](); // the node went away without a word
  await settled();
  assert.deepEqual(heard, [A, B]);
  await end(element);
  assert.equal(await reading, "done");
});

test("listeners hear every change; state is the same object between changes", async () => {
  const { player, element } = fake();
  const seen = [];
  const leave = player.subscribe(() => seen.push(player.read().speaking));
  const reading = player.speak([A]);
  await settled();
  assert.equal(player.read(), player.read());
  await end(element);
  await reading;
  leave();
  player.setScript({ id: [A], en: [] });
  assert.deepEqual(seen, [true, false]);
});

test("another script ends the reading; the same script does not", async () => {
  const { player } = fake();
  assert.equal(player.setScript({ id: [A], en: [] }), true);
  const reading = player.speak([A]);
  await settled();
  assert.equal(player.setScript({ id: [A], en: [] }), false);
  assert.equal(player.read().speaking, true);
  assert.equal(player.setScript({ id: [B], en: [] }), true);
  assert.equal(await reading, "stopped");
});
