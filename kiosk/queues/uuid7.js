// Ids made on the device: UUIDv7 (RFC 9562, section 5.7). `crypto.randomUUID` is missing on plain http, and makes version 4.

/** A fresh id of 36 characters. @param {number} now ms since 1970 @param {(bytes: Uint8Array) => Uint8Array} fill with random bytes */
export function uuid7(now, fill) {
  const bytes = fill(new Uint8Array(16));
  for (let place = 5, rest = now; place >= 0; place -= 1, rest = Math.floor(rest / 256)) bytes[place] = rest % 256;
  bytes[6] = 0x70 | (Number(bytes[6]) & 0x0f);
  bytes[8] = 0x80 | (Number(bytes[8]) & 0x3f);
  const hex = Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join("-");
}
