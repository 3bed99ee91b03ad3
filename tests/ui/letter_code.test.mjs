import assert from "node:assert/strict";
import { test } from "node:test";
import { forgetLetter, LETTER_CAME, letterOf, takeLetter } from "../../kiosk/ui/letter_code.js";

const DIGITS = "00123456789012345".repeat(28);

/** A window at an address. */
function at(address, { refuses = false } = {}) {
  const kept = new Map();
  const page = {
    told: [],
    location: new URL(address, "http://kios.test"),
    history: {
      state: { key: "a" },
      replaceState(state, _, path) {
        page.history.state = state;
        page.location = new URL(path, page.location);
      },
    },
    dispatchEvent: (event) => page.told.push(event.type),
    get sessionStorage() {
      if (refuses) throw new Error("refused");
      return { getItem: (key) => kept.get(key) ?? null, setItem: (key, value) => kept.set(key, value), removeItem: (key) => kept.delete(key) };
    },
  };
  takeLetter(page);
  return { page, kept };
}

test("a code leaves the address and waits for the page that checks it", () => {
  for (const refuses of [false, true]) {
    for (const path of ["/V", "/v", "/V/", "/verify", "/verify/"]) {
      const { page, kept } = at(`${path}#${DIGITS}`, { refuses });
      assert.equal(page.location.href, "http://kios.test/verify", path);
      assert.deepEqual(page.history.state, { key: "a" });
      assert.equal(letterOf(page), DIGITS);
      assert.deepEqual(page.told, [LETTER_CAME]);
      for (const key of kept.keys()) assert.ok(key.startsWith("kiosk.visitor."), "it goes with its visitor");
      forgetLetter(page);
      assert.equal(letterOf(page), "");
    }
  }
});

test("what is no code is kept as it stands, for the page to say so; of too much only the beginning", () => {
  assert.equal(letterOf(at("/V#https://elsewhere.test").page), "https://elsewhere.test");
  assert.equal(letterOf(at(`/V#${"1".repeat(9000)}`).page).length, 4300);
});

test("without a code the short address is the page, and the page's own address stays as it is", () => {
  assert.equal(at("/V").page.location.href, "http://kios.test/verify");
  assert.equal(at("/verify?a=1").page.location.href, "http://kios.test/verify?a=1");
  assert.equal(letterOf(at("/V").page), "");
});

test("what stands behind # on other pages is theirs", () => {
  for (const path of ["/", "/vx", "/verifying", "/survey", "/x/v"]) {
    const { page } = at(`${path}#${DIGITS}`);
    assert.equal(page.location.hash, `#${DIGITS}`, path);
    assert.equal(letterOf(page), "");
  }
});
