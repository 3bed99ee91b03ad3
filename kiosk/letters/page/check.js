// The checks themselves: codes in this browser against the kept lists; files and numbers by the office computer.
import { getJson, lastCopy } from "$/public/external/kiosk/ui/cached.js";
import { doubtLink, readLink, seenLink } from "$/public/external/kiosk/ui/link.js";
import { codesIn, isPdf, MOST_BYTES } from "./file.js";
import { bare, buildKnowledge, judge, judgeMessage } from "./judging.js";
import { failed, judged } from "./steps.js";
import { fromText } from "./text.js";

const TRUST = "/api/v1/trust";
const VERIFY = "/api/v1/verify";
const FILE_MS = 30_000;
const TOO_OFTEN = 429;

/** @typedef {import("../../ui/cached.js").Copy} Copy */
/** @typedef {import("./steps.js").State} State */
/** @typedef {import("./steps.js").Judgement} Judgement */
/** @typedef {(state: State) => State} Then */
/** @typedef {(picture: ImageData) => Promise<{ letters: string[], others: string[] }>} Read */

/** The lists as they are kept on this device. */
export const keptTrust = () => lastCopy(TRUST);

/** The lists: from the office computer, else the kept ones; at once where it is known to be gone. @returns {Promise<Copy>} */
export async function trustNow() {
  const kept = keptTrust();
  return kept && readLink().up === false ? kept : getJson(TRUST, { timeout: kept ? 2500 : 8000 });
}

/** What a device that never reached the office computer knows: nobody. */
const NOTHING = { roots: [], lists: [], revocations: [] };

/** @param {Copy} copy */
const knowledgeOf = (copy) => buildKnowledge(copy.body ?? NOTHING);

/**
 * Codes as they were scanned. `brought`: the code came with this page's own address, so the address around it was not the letter's.
 * @param {string[]} texts @param {Copy} copy @param {{ now: number, brought?: boolean }} how `now` in ms @returns {Promise<Then>}
 */
export async function checkTexts(texts, copy, { now, brought = false }) {
  const kept = copy.fresh ? null : copy.at;
  if (texts.length > 1) return (state) => judged(state, { judgement: bare("altered", "several_codes"), kept });
  const text = texts[0] ?? "";
  const judgement = await (brought ? judgeBrought : judge)(text, await knowledgeOf(copy), Math.floor(now / 1000));
  return (state) => judged(state, { judgement, text, kept });
}

/** @type {typeof judge} */
async function judgeBrought(text, knowledge, now) {
  /** @type {Uint8Array} */
  let message;
  try {
    message = fromText(text).message;
  } catch {
    return judge(text, knowledge, now); // it says what is wrong with it
  }
  return judgeMessage(message, null, knowledge, now);
}

/** When the newest list was issued, and whether it should have been renewed. @param {Copy} copy @param {number} now ms @returns {Promise<Trust["known"]>} */
export async function known(copy, now) {
  if (!copy.body) return null;
  const { lists } = await knowledgeOf(copy);
  const newest = [...lists].sort((one, other) => other.issued - one.issued)[0];
  return newest ? { as_of: new Date(newest.issued * 1000).toISOString(), stale: newest.nextUpdate * 1000 < now } : null;
}
/** @typedef {import("./use_check.js").Trust} Trust */

/** @param {string} number @param {string} code @param {{ post: typeof import("../../ui/post.js").post }} means @returns {Promise<Then>} */
export async function checkNumber(number, code, { post }) {
  const answer = await post(VERIFY, { number, code }, { timeout: 8000, tries: 1 });
  if (answer.ok && answer.body?.verdict) return (state) => judged(state, { judgement: answer.body });
  return (state) => failed(state, answer.status === TOO_OFTEN ? "too_often" : "needs_node");
}

/** A file goes to the office computer, which checks a PDF as a whole; a photo can be read here when nobody answers.
 * @param {File} file @param {{ read: Read, trust: () => Promise<Copy>, now: number }} means @returns {Promise<Then>} */
export async function checkFile(file, { read, trust, now }) {
  if (isPdf(file) && file.size > MOST_BYTES) return (state) => judged(state, { judgement: bare("unreadable", "too_large") });
  const answer = file.size > MOST_BYTES || readLink().up === false ? null : await sent(file);
  if (answer === "too_often") return (state) => failed(state, "too_often");
  if (answer && (isPdf(file) || answer.verdict !== "unreadable")) return (state) => judged(state, { judgement: answer });
  if (isPdf(file)) return (state) => failed(state, "pdf_needs_node");
  const { letters, others, opened } = await codesIn(file, read);
  if (letters.length > 0) return checkTexts(letters, await trust(), { now });
  if (others.length > 0) return (state) => judged(state, { judgement: bare("not_ours", "foreign_code") });
  return (state) => judged(state, { judgement: answer ?? bare("unreadable", opened ? "no_code_found" : "broken_picture") });
}

/** What the office computer says of a file; null when it says nothing. @param {File} file @returns {Promise<Judgement | "too_often" | null>} */
async function sent(file) {
  try {
    const response = await fetch(VERIFY, {
      method: "POST",
      headers: { "content-type": file.type || "application/octet-stream" },
      body: file,
      credentials: "same-origin",
      cache: "no-store",
      signal: AbortSignal.timeout(FILE_MS),
    });
    seenLink();
    if (response.status === TOO_OFTEN) return "too_often";
    const body = response.ok ? await response.json() : null;
    return body?.verdict ? body : null;
  } catch {
    void doubtLink();
    return null;
  }
}
