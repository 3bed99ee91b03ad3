// Hand something to the node, once: a timeout, a second try with the SAME body (and so the same id), and then a clear
// failure. Nothing is kept to be sent later: a touch made while the node is gone must not issue a number after the visitor left.
import { doubtLink, seenLink } from "./link.js";
import { deviceEnrolled, deviceRefused } from "./report.js";

/**
 * @typedef {{ ok: boolean, status: number, body: any, failure: null | "unreachable" | "refused" }} Answer
 *   `refused`: the node said no, and `body` is `{code, message, reference}`. `unreachable`: nobody answered, status 0.
 * @typedef {{ timeout?: number, tries?: number, fetch?: typeof fetch, wait?: (ms: number) => Promise<void>, headers?: Record<string, string> }} Means
 */

const AGAIN_MS = [300, 800];
const TRY_AGAIN = new Set([502, 503, 504]);
const NOT_ENROLLED = "DEVICE-0401";
const ENROL = "/api/v1/devices/demo";

const sleep = (/** @type {number} */ ms) => /** @type {Promise<void>} */ (new Promise((resolve) => setTimeout(resolve, ms)));

/** @param {Response} response */
async function bodyOf(response) {
  try {
    return await response.json();
  } catch {
    return null; // an empty body, or a page of something between us and the node
  }
}

/** One try. Null when nobody answered. @param {string} path @param {unknown} body @param {Means} means @returns {Promise<Answer | null>} */
async function once(path, body, means) {
  const request = means.fetch ?? fetch;
  try {
    const response = await request(path, {
      method: "POST",
      headers: { "content-type": "application/json", "accept-language": pageLanguage(), ...means.headers },
      body: JSON.stringify(body),
      credentials: "same-origin",
      cache: "no-store",
      signal: AbortSignal.timeout(means.timeout ?? 3000),
    });
    const found = await bodyOf(response);
    return { ok: response.ok, status: response.status, body: found, failure: response.ok ? null : "refused" };
  } catch {
    return null;
  }
}

function pageLanguage() {
  return typeof document === "undefined" ? "id" : document.documentElement.lang || "id";
}

/**
 * In the demonstration the touchscreen is a browser on the office computer: it is enrolled when its page opens, so that what it
 * reads is counted as a device's from the beginning. Anywhere else nothing is asked.
 * @param {{ hostname: string, surface: string }} page @param {Means} [means] @returns {Promise<boolean>} whether it asked
 */
export async function enrolHere({ hostname, surface }, means = {}) {
  if (!["localhost", "127.0.0.1"].includes(hostname) || !["kiosk", "tablet"].includes(surface)) return false;
  const enrolment = await once(ENROL, {}, means);
  if (enrolment?.ok) deviceEnrolled();
  return true;
}

/**
 * POST `body` as JSON. The same body may be handed in again by the caller: with the same id the node gives the same answer.
 * A browser on the kiosk machine itself is enrolled by itself in demo, once.
 * @param {string} path @param {unknown} body @param {Means} [means] @returns {Promise<Answer>}
 */
export async function post(path, body, means = {}) {
  const tries = means.tries ?? 2;
  let enrolled = false;
  /** @type {Answer | null} */
  let answer = null;
  for (let tried = 0; tried < tries; tried += 1) {
    if (tried > 0) await (means.wait ?? sleep)(AGAIN_MS[Math.min(tried - 1, AGAIN_MS.length - 1)] ?? 800);
    answer = await once(path, body, means);
    if (answer?.status === 401 && answer.body?.code === NOT_ENROLLED && !enrolled) {
      enrolled = true;
      const enrolment = await once(ENROL, {}, means);
      if (enrolment?.ok) {
        deviceEnrolled();
        answer = await once(path, body, means);
      } else if (enrolment) {
        deviceRefused();
      }
    }
    if (answer && !TRY_AGAIN.has(answer.status)) break;
  }
  if (answer === null) {
    void doubtLink();
    return { ok: false, status: 0, body: null, failure: "unreachable" };
  }
  seenLink();
  return answer;
}
