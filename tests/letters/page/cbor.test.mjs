import assert from "node:assert/strict";
import { test } from "node:test";
import { decode } from "../../../kiosk/letters/page/cbor.js";
import { fromText } from "../../../kiosk/letters/page/text.js";

const bytes = (hex) => Uint8Array.from(Buffer.from(hex, "hex"));
const reason = (read) => {
  try {
    read();
  } catch (fault) {
    return fault.reason ?? fault.constructor.name;
  }
  return null;
};

test("integers are exact at every width, as numbers where a number can be and as bigint beyond", () => {
  const whole = { 17: 23, 1818: 24, "18ff": 255, 190100: 256, "1a00010000": 65_536, "1b0000000100000000": 2 ** 32, 20: -1, "3a00010000": -65_537 };
  for (const [hex, value] of Object.entries(whole)) assert.equal(decode(bytes(hex)), value);
  assert.equal(decode(bytes("1b001fffffffffffff")), Number.MAX_SAFE_INTEGER);
  assert.equal(decode(bytes("1b0020000000000000")), 2n ** 53n);
  assert.equal(decode(bytes("3bffffffffffffffff")), -(2n ** 64n));
});

test("text keeps every sign, a byte order mark at its beginning too", () => {
  assert.equal(decode(bytes("64efbbbf41")), "\ufeffA");
});

test("everything else than the one spelling is refused, with the first fault from the left", () => {
  const faults = {
    malformed: ["", "18", "42", "42ff", "1c", "f7", "f818", "fb0000000000000000", "62c0af", "63eda080", "a1", "a18000", "a1f500", "9bffffffffffffffff"],
    not_deterministic: ["1817", "1900ff", "1a0000ffff", "1b00000000ffffffff", "5800", "a202000100"],
    duplicate_keys: ["a201000100", "a3010002000100"],
    indefinite_length: ["5fff", "7fff", "9fff", "bfff", "ff", "1f"],
    wrong_tag: ["c100", "d28000"],
    trailing_bytes: ["0000", "80f6"],
  };
  for (const [fault, spellings] of Object.entries(faults)) {
    for (const hex of spellings)
      assert.equal(
        reason(() => decode(bytes(hex))),
        fault,
        hex,
      );
  }
  assert.equal(
    reason(() => decode(bytes(`${"81".repeat(7)}80`))),
    null,
  );
  assert.equal(
    reason(() => decode(bytes(`${"81".repeat(8)}80`))),
    "malformed",
  );
});

test("promises of huge lengths cost nothing, and neither do many small items", () => {
  assert.equal(
    reason(() => decode(bytes("9affffffff"))),
    "malformed",
  );
  assert.equal(
    reason(() => decode(bytes("baffffffff"))),
    "malformed",
  );
  const many = Buffer.concat([bytes("9a00030d41"), Buffer.alloc(200_001, 0x80)]);
  assert.equal(
    reason(() => decode(Uint8Array.from(many))),
    "too_large",
  );
});

test("a text is read as the office prints it and as phones change it; everything else is foreign", () => {
  for (const text of ["HTTPS://CEK.GO.ID/V#001", "https://cek.go.id/v/#001", " \r\n\thttp://Cek.go.id/V#001\n"]) {
    assert.deepEqual(fromText(text), { host: "cek.go.id", message: bytes("01") });
  }
  assert.equal(fromText("HTTPS://CEK.GO.ID:8443/V#001").host, "cek.go.id:8443");
  for (const text of [
    "",
    "001",
    "ftp://a/v#001",
    "https://a@b/v#001",
    "https://a/v?x#001",
    "https://-a/v#001",
    "http\u017f://a/v#001",
    "https://a/v#00\u0661",
  ]) {
    assert.equal(
      reason(() => fromText(text)),
      "Foreign",
      text,
    );
  }
  assert.equal(
    reason(() => fromText("https://a/v#0011")),
    "malformed",
  );
  assert.equal(
    reason(() => fromText("https://a/v#256")),
    "group_too_large",
  );
  assert.equal(
    reason(() => fromText("0".repeat(4297))),
    "too_long",
  );
  assert.equal(
    reason(() => fromText("𐐷".repeat(4296))),
    "Foreign",
    "signs beyond 16 bits count as one",
  );
});
