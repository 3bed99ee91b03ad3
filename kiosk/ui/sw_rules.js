// What the service worker decides, without a browser: which requests it answers and how, which files it still needs.
// The build puts this file in front of sw.src.js, so it imports nothing.

export const APP = "kiosk-app-"; // + build: one whole front end each
export const DATA = "kiosk-data"; // what the node told, for when it is gone
export const PAGES = "kiosk-pages"; // from which build each open page came
export const KEPT_AT = "x-kiosk-kept-at"; // also in cached.js
export const PULSE = "/healthz"; // whether the node is there
export const DEVICES = "/api/v1/devices/*"; // whether this browser is a device still
export const ENTRIES_PATH = "/api/v1/entries"; // what waited on it
export const MOST_DATA = 400; // copies, the oldest go first

const READ = /^\/api\/v1\/(office|notices|speech|trust|checklists|survey(\/index)?|catalogue(\/[^/]+)?)$/; // read-only and the same for everybody
const PICTURE = /^\/api\/v1\/catalogue\/.*\.svg$/; // QR codes of services; that of a ticket is its holder's
const NEVER = /^\/(api|_event|_upload|_health|ping|healthz|readyz|metrics|setup|sw\.js)(\/|$)/;

const LETTER = /^\/v$/i; // the short address in a letter's QR

/** @typedef {"pass" | "page" | "file" | "data"} Way */

/**
 * How a request is answered: `page` from this build's files; `file` from the build of the page that asks; `data` from the
 * node, else its last copy; `pass`: not our business (boards, tickets, staff, writes: an old answer would be a lie).
 * @param {{ method: string, mode: string, url: URL, home: string }} request @returns {Way}
 */
export function wayOf({ method, mode, url, home }) {
  if (method !== "GET" || url.origin !== home) return "pass";
  if (READ.test(url.pathname)) return url.searchParams.has("q") ? "pass" : "data"; // a search is for one visitor
  if (PICTURE.test(url.pathname)) return "data";
  if (NEVER.test(url.pathname)) return "pass";
  return mode === "navigate" ? "page" : "file";
}

/** Files that could be the page of `path`, the best first; any path has at least the shell. @param {string} path @returns {string[]} */
export function pageFiles(path) {
  const named = path.replace(/\/+$/, "");
  const bare = LETTER.test(named) ? "/verify" : named;
  return bare === "" ? ["/index.html"] : [`${bare}/index.html`, `${bare}.html`, "/__spa-fallback.html"];
}

/**
 * Caches to look into for a file, in order: the build of the page that asks, then this build, then any other one: a hashed
 * name has one content. @param {string | null} build of the page @param {string} own @param {string[]} names of all caches
 */
export function cachesFor(build, own, names) {
  const apps = names.filter((name) => name.startsWith(APP));
  const first = [build === null ? "" : APP + build, APP + own].filter((name) => apps.includes(name));
  return [...new Set([...first, ...apps])];
}

/**
 * Old front ends that no open page can still need. A page of unknown build may need any, and a build that is arriving is
 * not judged by the one before it.
 * @param {{ names: string[], own: string, builds: (string | null)[], arriving: boolean }} now @returns {string[]}
 */
export function outdated({ names, own, builds, arriving }) {
  if (arriving || builds.includes(null)) return [];
  const needed = new Set([own, ...builds].map((build) => APP + build));
  return names.filter((name) => name.startsWith(APP) && !needed.has(name));
}

/**
 * Whether a file may be copied from an older front end instead of fetched. Pages are always fetched: their headers hold
 * the rules about scripts. @param {string} url @param {string} revision @param {Record<string, string>} before url to revision
 */
export function unchanged(url, revision, before) {
  return before[url] === revision && !url.endsWith(".html");
}

/**
 * Whether a page may give way to a new build now. A screen in the hall when nobody stands there, a board at once, any other
 * page only just after it was opened; else with the next link that is followed.
 * @param {{ surface: string, path: string, untouched: number, open: number, start?: string | null, visit?: boolean }} page times in ms;
 *   start: where this device begins (start.js), visit: whether a visitor is in the middle of something there
 */
export function mayMove({ surface, path, untouched, open, start, visit = false }) {
  if (surface === "tv") return true;
  const rests = path === "/" || path.replace(/\/+$/, "") === start;
  if (surface === "kiosk" || surface === "tablet") return rests && !visit && untouched >= 15_000;
  return open < 3000 && untouched >= open;
}
