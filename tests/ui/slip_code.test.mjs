import assert from "node:assert/strict";
import { test } from "node:test";
import { codeOf, forgetCode, takeCode } from "../../kiosk/ui/slip_code.js";

/** A window at an address. */
function at(address, { refuses = false } = {}) {
  const kept = new Map();
  const page = {
    location: new URL(address, "http://kios.test"),
    history: {
      state: { key: "a" },
      replaceState(state, _, path) {
        page.history.state = state;
        page.location = new URL(path, page.location);
      },
    },
    get sessionStorage() {
      if (refuses) throw new Error("refused");
      return { getItem: (key) => kept.get(key) ?? null, setItem: (key, value) => kept.set(key, value), removeItem: (key) => kept.delete(key) };
    },
  };
  takeCode(page);
  return { page, kept };
}

test("a code leaves the address, which says nothing of it to anybody, and waits for the survey", () => {
  for (const refuses of [false, true]) {
    const { page, kept } = at("/tiket?id=1#7gq0k2zd", { refuses });
    assert.equal(page.location.href, "http://kios.test/tiket?id=1");
    assert.deepEqual(page.history.state, { key: "a" });
    assert.equal(codeOf(page), "7GQ0K2ZD");
    for (const key of kept.keys()) assert.ok(key.startsWith("kiosk.visitor."), "it goes with its visitor");
    forgetCode(page);
    assert.equal(codeOf(page), "");
  }
  assert.equal(codeOf(at("/survey/?awal#7GQ0K2ZD").page), "7GQ0K2ZD");
});

test("what is no code leaves the address of a number, too, and is not kept", () => {
  for (const odd of ["", "#", "#7GQ0K2Z", "#7GQ0K2ZDX", "#7GQ0K2ZU", "#7GQ0-K2ZD"]) {
    const { page } = at(`/tiket/?id=1${odd}`);
    assert.equal(page.location.hash, "", odd);
    assert.equal(codeOf(page), "", odd);
  }
});

test("what stands behind # on other pages is theirs", () => {
  for (const path of ["/", "/tiketku", "/perangkat", "/surveyor"]) {
    const { page } = at(`${path}#7GQ0K2ZD`);
    assert.equal(page.location.hash, "#7GQ0K2ZD");
    assert.equal(codeOf(page), "");
  }
});
