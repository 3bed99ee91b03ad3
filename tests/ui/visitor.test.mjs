import assert from "node:assert/strict";
import { test } from "node:test";
import { clockHeld, forgetVisitor, holdClock, onLeave } from "../../kiosk/ui/visitor.js";

class Store extends Map {
  get length() {
    return this.size;
  }
  key = (index) => [...this.keys()][index] ?? null;
  removeItem = (key) => void this.delete(key);
}

test("everything of the visitor goes, what belongs to the device stays", () => {
  globalThis.localStorage = new Store([
    ["kiosk.visitor.ticket", "A-001"],
    ["kiosk.visitor.x", "1"],
    ["kiosk.screen", "{}"],
    ["kiosk.copy:/api/v1/office", "{}"],
  ]);
  globalThis.sessionStorage = new Store([
    ["anything", "1"],
    ["kiosk.visitor.y", "2"],
  ]);
  let told = 0;
  const stop = onLeave(() => (told += 1));
  forgetVisitor();
  stop();
  forgetVisitor();
  assert.equal(told, 1);
  assert.deepEqual([...globalThis.localStorage.keys()], ["kiosk.screen", "kiosk.copy:/api/v1/office"]);
  assert.equal(globalThis.sessionStorage.size, 0);
});

test("a store that refuses does not keep the visitor here", () => {
  globalThis.localStorage = {
    get length() {
      throw new Error("refused");
    },
  };
  globalThis.sessionStorage = new Store([["a", "1"]]);
  forgetVisitor();
  assert.equal(globalThis.sessionStorage.size, 0);
});

test("the clock is held until everyone let it go; letting go twice counts once", () => {
  const [first, second] = [holdClock(), holdClock()];
  first();
  first();
  assert.equal(clockHeld(), true);
  second();
  assert.equal(clockHeld(), false);
});
