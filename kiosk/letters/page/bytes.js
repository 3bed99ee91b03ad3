// What the verifier does with bytes all the time.

/** @param {Uint8Array} one @param {Uint8Array} other below, equal or above 0 as in a sort, byte by byte, the shorter first */
export function compare(one, other) {
  const shared = Math.min(one.length, other.length);
  for (let at = 0; at < shared; at += 1) {
    const difference = Number(one[at]) - Number(other[at]);
    if (difference !== 0) return difference;
  }
  return one.length - other.length;
}

/** @param {Uint8Array} one @param {Uint8Array} other */
export const equal = (one, other) => compare(one, other) === 0;

/** @param {Uint8Array} bytes */
export const hex = (bytes) => Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");

/** @param {...(Uint8Array | number[])} parts */
export function join(...parts) {
  const whole = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}

/** @param {string} text of Base64 (RFC 4648, section 4); throws a DOMException where it is not */
export const fromBase64 = (text) => Uint8Array.from(atob(text), (sign) => sign.charCodeAt(0));
