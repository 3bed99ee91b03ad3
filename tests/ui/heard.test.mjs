// Reading by itself: kiosk/checklist/heard.js on the player's own states.
import assert from "node:assert/strict";
import { test } from "node:test";
import { readsOn } from "../../kiosk/ui/heard.js";
import { createPlayer } from "../../kiosk/ui/speech_player.js";

/** A visitor before the player: `on()` says whether the next question would be read by itself. */
function visitor() {
  const element = { canPlayType: () => "probably", pause() {}, play: () => Promise.resolve() };
  const parts = { audio: () => element, blob: async () => undefined, address: String, release() {}, later: () => 0, never() {} };
  const player = createPlayer(parts);
  let heard = false;
  player.subscribe(() => {
    heard = readsOn(heard, player.read());
  });
  const settled = () => new Promise((done) => setImmediate(done));
  return {
    on: () => heard,
    ask: (name) => player.setScript({ id: [name], en: [name] }),
    listen: async (name) => {
      void player.speak([name]);
      await settled();
    },
    end: async () => {
      element.onended();
      await settled();
    },
    stop: player.hush,
  };
}

test("nobody is read to who never asked for it", () => {
  const one = visitor();
  one.ask("a");
  one.ask("b");
  assert.equal(one.on(), false);
});

test("who listened once is read to, also when an answer came before the end", async () => {
  const one = visitor();
  one.ask("a");
  await one.listen("a");
  one.ask("b"); // answered while it was read
  assert.equal(one.on(), true);
  await one.listen("b");
  await one.end();
  one.ask("c");
  assert.equal(one.on(), true);
});

test("Stop ends the reading of the next questions too, until Listen is touched again", async () => {
  const one = visitor();
  one.ask("a");
  await one.listen("a");
  one.stop();
  assert.equal(one.on(), false);
  one.ask("b");
  one.ask("c");
  assert.equal(one.on(), false);
  await one.listen("c");
  one.ask("d");
  assert.equal(one.on(), true);
});
