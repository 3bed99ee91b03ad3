// Read aloud: one player and one shelf of clips for the whole page. Safe to import where there is no window (prerendering).
import { createPlayer } from "./speech_player.js";
import { createShelf } from "./speech_shelf.js";

/** @typedef {import("./speech_player.js").Script} Script */
/** @typedef {import("./speech_player.js").SpeechState} SpeechState */
/** @typedef {{ signs: Record<string, string>, your_number: string[], go_to: string[], counters: Record<string, string[]> }} Pieces */
/** @typedef {{ version: string, available: boolean, pages: Record<string, Script>, pieces: { id: Pieces, en: Pieces } }} Manifest */

const MANIFEST = "/api/v1/speech";
const KEY = "kiosk.speech";
const MANIFEST_MS = 4000;
const KEEPING = ["kiosk", "tablet"]; // a visitor's phone keeps nothing unless asked

const shelf = createShelf({
  caches: globalThis.caches,
  fetch: (url) => globalThis.fetch(url),
  idle: () =>
    new Promise((done) => {
      if (globalThis.requestIdleCallback) globalThis.requestIdleCallback(() => done(), { timeout: 5000 });
      else setTimeout(done, 300);
    }),
  wait: (ms) => new Promise((done) => setTimeout(done, ms)),
  busy: () => player.read().speaking,
});

const player = createPlayer({
  audio: () => new Audio(),
  blob: shelf.blob,
  address: (blob) => URL.createObjectURL(blob),
  release: (address) => URL.revokeObjectURL(address),
  later: (done, ms) => setTimeout(done, ms),
  never: (timer) => clearTimeout(timer),
});

export const speak = player.speak;
export const stop = player.stop;
export const readSpeech = player.read;
export const subscribeSpeech = player.subscribe;

/** The press of "Dengarkan": reads the page's script, or ends the reading. @param {"id" | "en"} language */
export function toggle(language) {
  if (!player.read().speaking) return player.speak(player.read().script[language]);
  player.hush();
  return Promise.resolve(/** @type {const} */ ("stopped"));
}

/** The address whose script is set: pages change without a reload. @type {string | undefined} */
let shownAt;

function here() {
  const { pathname = "", search = "" } = globalThis.location ?? {};
  return pathname + search;
}

/**
 * What this page shows now. Call it whenever that changes; the same script again does nothing. Nobody needs to wait for the
 * promise: it resolves when the clips are kept.
 * @param {Script} script
 */
export async function setScript(script) {
  shownAt = here();
  if (player.setScript(script)) await prefetch([...script.id, ...script.en]);
}

/**
 * Keep clips for the time without the node. On kiosks and tablets; elsewhere only with `{ asked: true }`.
 * @param {string[]} urls @param {{ asked?: boolean }} [options]
 */
export async function prefetch(urls, { asked = false } = {}) {
  const surface = globalThis.document?.documentElement.dataset.surface ?? "";
  if (asked || KEEPING.includes(surface)) await shelf.prefetch(urls);
}

/** @type {Manifest | undefined} */
let known;

/** The manifest: the node's, else the copy of last time, else undefined. @returns {Promise<Manifest | undefined>} */
export async function manifest() {
  if (known) return known;
  try {
    const answer = await fetch(MANIFEST, { signal: AbortSignal.timeout(MANIFEST_MS) });
    if (!answer.ok) throw new Error(`status ${answer.status}`);
    known = /** @type {Manifest} */ (await answer.json());
    remember(known);
    return known;
  } catch {
    return remembered();
  }
}

/** Addresses of a page's fixed script; none when it has none. @param {string} page @param {"id" | "en"} language */
export async function scriptFor(page, language) {
  return (await manifest())?.pages[page]?.[language] ?? [];
}

/**
 * `setScript` with the fixed script that Python gave the page: `kiosk.speech.scripts.page(name, ...)`. The page before falls
 * silent at once; what an island of this page has set stays.
 * @param {string} page
 */
export async function setPageScript(page) {
  const address = here();
  if (shownAt !== address) player.setScript({ id: [], en: [] });
  const script = { id: await scriptFor(page, "id"), en: await scriptFor(page, "en") };
  if (shownAt !== address && here() === address) await setScript(script);
}

/**
 * Addresses that say "Your queue number is A, zero one seven", and with a counter "please go to Counter 1".
 * @param {Manifest | undefined} manifest @param {"id" | "en"} language @param {{ number: string, counter?: string }} call
 */
export function numberScript(manifest, language, { number, counter }) {
  const pieces = manifest?.pieces[language];
  if (!pieces) return [];
  const signs = [...number.toUpperCase()].flatMap((sign) => pieces.signs[sign] ?? []);
  const where = counter === undefined ? [] : (pieces.counters[counter] ?? []);
  return [...pieces.your_number, ...signs, ...(where.length > 0 ? [...pieces.go_to, ...where] : [])];
}

/** @param {Manifest} manifest */
function remember(manifest) {
  try {
    localStorage.setItem(KEY, JSON.stringify(manifest));
  } catch {
    // not kept: then the next page asks the node again
  }
}

/** @returns {Manifest | undefined} */
function remembered() {
  try {
    return JSON.parse(localStorage.getItem(KEY) ?? "null") ?? undefined;
  } catch {
    return undefined;
  }
}
