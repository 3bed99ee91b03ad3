import assert from "node:assert/strict";
import { test } from "node:test";
import { clockWrong, groups, isHere, meaning, momentText, trusts } from "../../kiosk/tls/setup.js";

const SETUP = {
  https_address: "https://kios.test:8443",
  problem: null,
  fingerprint: "0001 0203",
  name: "Kios",
  not_before: null,
  not_after: null,
  now: "2026-03-11T02:00:00.000000Z",
};
const NODE = Date.parse(SETUP.now);
const HOUR = 3_600_000;

test("what the node told, in one word", () => {
  assert.equal(meaning(undefined), "loading");
  assert.equal(meaning(null), "silent");
  assert.equal(meaning({ ...SETUP, https_address: null }), "off");
  assert.equal(meaning({ ...SETUP, fingerprint: null }), "public");
  assert.equal(meaning({ ...SETUP, problem: "TLS-0410" }), "problem");
  assert.equal(meaning(SETUP), "ready");
});

test("a clock that is years off is told in both directions, one that is minutes off is not", () => {
  for (const off of [-10 * 365 * 24 * HOUR, 10 * 365 * 24 * HOUR, 2 * HOUR, -2 * HOUR]) {
    assert.equal(clockWrong(NODE + off, SETUP)?.getTime(), NODE, String(off));
  }
  for (const off of [0, HOUR / 2, -HOUR / 2]) assert.equal(clockWrong(NODE + off, SETUP), null);
  assert.equal(clockWrong(0, null), null);
  assert.equal(clockWrong(0, { ...SETUP, now: "?" }), null);
});

test("a moment is written with its year", () => {
  assert.match(momentText(NODE, "id"), /2026/);
  assert.match(momentText(0, "en"), /1970/);
});

test("a fingerprint is drawn in its groups", () => {
  assert.deepEqual(groups("0001 0203"), ["0001", "0203"]);
  assert.deepEqual(groups(null), []);
});

test("the office computer knows itself", () => {
  assert.equal(isHere("localhost"), true);
  assert.equal(isHere("kios.test"), false);
});

const fails = () => Promise.reject(new TypeError("no trust"));
const works = () => Promise.resolve();

test("from elsewhere any answer means trust, and none means none", async () => {
  const asked = [];
  const fetch = (url) => works(asked.push(url));
  assert.equal(await trusts("https://kios.test:8443", { origin: "http://kios.test:8000", fetch }), "yes");
  assert.deepEqual(asked, ["https://kios.test:8443/healthz"]);
  assert.equal(await trusts("https://kios.test:8443", { origin: "http://kios.test:8000", fetch: fails }), "no");
});

test("on the secure page itself a warning that was waved aside is no trust", async () => {
  const here = { origin: "https://kios.test:8443", fetch: works };
  assert.equal(await trusts("https://kios.test:8443", { ...here, register: works }), "yes");
  assert.equal(await trusts("https://kios.test:8443", { ...here, register: fails }), "no");
  assert.equal(await trusts("https://kios.test:8443", here), "no");
});
