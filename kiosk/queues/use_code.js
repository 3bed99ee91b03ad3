// React's side of codes.js: the survey code of the number that stands on the screen.
import { useEffect, useState } from "react";
import { putEntry } from "$/public/external/kiosk/ui/outbox.js";
import { fillRandom, randomSigns, uuid4 } from "$/public/external/kiosk/ui/random.js";
import { steadyNow } from "$/public/external/kiosk/ui/steady.js";
import { KIND, nextCode } from "./codes.js";

const LOCK = "kiosk.codes";

/** SHA-256 in hex. @param {string} text */
async function hash(text) {
  const found = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(text));
  return Array.from(new Uint8Array(found), (byte) => byte.toString(16).padStart(2, "0")).join("");
}

const MEANS = {
  store: () => localStorage,
  now: steadyNow,
  draw: (/** @type {number} */ length) => randomSigns(length, fillRandom),
  hash,
  give: (/** @type {string} */ hashed) => putEntry(KIND, { hash: hashed }, { id: uuid4(fillRandom), coarse: true, quiet: true }),
};

/** One page of the device at a time takes a code. @returns {Promise<string | null>} */
async function take() {
  return navigator.locks ? await navigator.locks.request(LOCK, () => nextCode(MEANS)) : nextCode(MEANS);
}

/** The code of this number; null while there is none. @param {string} ticket its id: another number gets another code */
export function useCode(ticket) {
  const [code, setCode] = useState(/** @type {string | null} */ (null));
  useEffect(() => {
    let here = true;
    setCode(null);
    take().then((found) => here && setCode(found));
    return () => {
      here = false;
    };
  }, [ticket]);
  return code;
}
