// What belongs to the visitor who stands here, and how it goes. Rooms keep such things only under `kiosk.visitor.` in
// localStorage or anywhere in sessionStorage, or say here what else they must forget.

export const VISITOR = "kiosk.visitor.";

/** @type {Set<() => void>} */
const forgetters = new Set();
let holders = 0;

/** Call `forget` when a visitor leaves. Returns how to stop. @param {() => void} forget */
export function onLeave(forget) {
  forgetters.add(forget);
  return () => {
    forgetters.delete(forget);
  };
}

/** Take everything of this visitor off the device. */
export function forgetVisitor() {
  for (const forget of forgetters) forget();
  for (const store of [globalThis.localStorage, globalThis.sessionStorage]) {
    try {
      const mine = Array.from({ length: store.length }, (_, index) => store.key(index)).filter((key) => key !== null);
      for (const key of mine) if (store === globalThis.sessionStorage || key.startsWith(VISITOR)) store.removeItem(key);
    } catch {
      // a store that cannot be read keeps nothing either
    }
  }
}

/** Hold the idle clock, as long as the screen speaks or works. Returns how to let it go. */
export function holdClock() {
  holders += 1;
  let holding = true;
  return () => {
    if (holding) holders -= 1;
    holding = false;
  };
}

/** Whether something holds the clock. */
export const clockHeld = () => holders > 0;

/** Say on `<html>` whether a visitor is in the middle of something on the page where this device begins: then nothing interrupts. @param {boolean} on */
export function markVisit(on) {
  document.documentElement.dataset.visit = on ? "on" : "off";
}

/** Whether a visitor is in the middle of something. */
export const visiting = () => document.documentElement.dataset.visit === "on";
