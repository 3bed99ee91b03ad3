// The service worker: the whole front end of one build, so that a page never waits for the node, nor meets half of another
// build. pwa.py fills in FILES (`[address, revision]`) and BUILD, and puts sw_rules.js in front.

const PATIENCE_MS = 2000; // for data, before an older copy is shown
const ARRIVAL_MS = 30_000; // for one file of a new build
const AT_ONCE = 6;
const LIST = "/__files"; // in every app cache: its addresses and revisions
const worker = /** @type {any} */ (self);

/** @param {ArrayBuffer} bytes */
async function digest(bytes) {
  const hash = new Uint8Array(await crypto.subtle.digest("SHA-256", bytes));
  return [...hash].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}

/** Fetch one file and hold it against its revision: a server that was exchanged meanwhile must not mix two builds.
 * @param {string} url @param {string} revision */
async function arrived(url, revision) {
  // A name with a hash may come from the browser's own cache; should that hold something else, it is asked for anew.
  /** @type {RequestCache[]} */
  const ways = url.startsWith("/assets/") ? ["default", "reload"] : ["no-cache"];
  for (const cache of ways) {
    const response = await fetch(url, { cache, signal: AbortSignal.timeout(ARRIVAL_MS) });
    const body = await response.arrayBuffer();
    if (!response.ok || !(await digest(body)).startsWith(revision)) continue;
    const headers = new Headers(response.headers);
    for (const name of ["content-encoding", "content-length"]) headers.delete(name); // the body is already unpacked
    return new Response(body, { status: 200, headers });
  }
  throw new Error(`${url} is not of this build`);
}

/** What older builds hold: address to revision, and where. */
async function olderFiles() {
  const found = [];
  for (const name of (await caches.keys()).filter((name) => name.startsWith(APP) && name !== APP + BUILD)) {
    const cache = await caches.open(name);
    const list = await cache.match(LIST);
    if (list) found.push({ cache, revisions: await list.json() });
  }
  return found;
}

/** All files or none. */
async function install() {
  const cache = await caches.open(APP + BUILD);
  try {
    const older = await olderFiles();
    const queue = [...FILES];
    const take = async () => {
      for (let next = queue.shift(); next; next = queue.shift()) {
        const [url, revision] = next;
        const same = older.find(({ revisions }) => unchanged(url, revision, revisions));
        await cache.put(url, (same && (await same.cache.match(url))) || (await arrived(url, revision)));
      }
    };
    await Promise.all(Array.from({ length: AT_ONCE }, take));
    await cache.put(LIST, new Response(JSON.stringify(Object.fromEntries(FILES))));
  } catch (failure) {
    await caches.delete(APP + BUILD);
    throw failure;
  }
}

/** The build that an open page came from; null when nobody noted it. @param {string} id @returns {Promise<string | null>} */
async function buildOf(id) {
  const noted = await (await caches.open(PAGES)).match(`/page/${id}`);
  return noted ? noted.text() : null;
}

/** @param {string} id @param {string} build */
async function note(id, build) {
  await (await caches.open(PAGES)).put(`/page/${id}`, new Response(build));
}

/** Forget pages that were closed, and front ends that nobody needs. */
async function tidy() {
  const open = await worker.clients.matchAll({ includeUncontrolled: true, type: "window" });
  const ids = open.map((/** @type {{ id: string }} */ page) => page.id);
  const pages = await caches.open(PAGES);
  for (const request of await pages.keys()) {
    if (!ids.includes(new URL(request.url).pathname.slice("/page/".length))) await pages.delete(request);
  }
  const builds = await Promise.all(ids.map(buildOf));
  const { installing, waiting } = worker.registration;
  const gone = outdated({ names: await caches.keys(), own: BUILD, builds, arriving: Boolean(installing || waiting) });
  await Promise.all(gone.map((name) => caches.delete(name)));
}

/** @param {any} event @param {URL} url */
async function page(event, url) {
  const cache = await caches.open(APP + BUILD);
  for (const file of pageFiles(url.pathname)) {
    const found = await cache.match(file, { ignoreVary: true });
    if (!found) continue;
    if (event.resultingClientId) event.waitUntil(note(event.resultingClientId, BUILD));
    return found;
  }
  return fetch(event.request);
}

/** @param {any} event @param {URL} url */
async function file(event, url) {
  const build = event.clientId ? await buildOf(event.clientId) : null;
  for (const name of cachesFor(build, BUILD, await caches.keys())) {
    const found = await (await caches.open(name)).match(url.pathname, { ignoreVary: true });
    if (found) return found;
  }
  return fetch(event.request);
}

/** @param {Cache} cache @param {Request} request @param {Response} response */
async function keep(cache, request, response) {
  const headers = new Headers(response.headers);
  headers.set(KEPT_AT, String(Date.now()));
  for (const name of ["content-encoding", "content-length"]) headers.delete(name);
  const body = await response.arrayBuffer();
  await cache.delete(request, { ignoreVary: true }); // the newest stands last
  await cache.put(request, new Response(body, { status: response.status, headers }));
  const all = await cache.keys();
  for (const old of all.slice(0, Math.max(0, all.length - MOST_DATA))) await cache.delete(old);
}

/** @param {any} event */
async function data(event) {
  const cache = await caches.open(DATA);
  const kept = await cache.match(event.request, { ignoreVary: true });
  const fresh = fetch(event.request);
  // Said now, because an answer may come after the older copy was shown; then it is too late to ask the worker to stay.
  const keeping = fresh.then((response) => (response.ok ? keep(cache, event.request, response.clone()) : undefined));
  event.waitUntil(keeping.catch(() => undefined));
  if (!kept) return fresh;
  const late = new Promise((resolve) => setTimeout(resolve, PATIENCE_MS, null));
  const first = await Promise.race([fresh, late]).catch(() => null);
  const notNow = !first || first.status >= 500 || first.status === 429;
  return notNow ? kept : first;
}

const ANSWERS = { page, file, data };

worker.addEventListener("install", (/** @type {any} */ event) => {
  // What every page asks all the time (is the node there, am I still a device) need not wake a worker. Chromium lets a new worker in when the old one
  // has nothing to do; one that is woken in that moment keeps it out for up to five minutes.
  const asked = event.addRoutes?.([PULSE, DEVICES, ENTRIES_PATH].map((pathname) => ({ condition: { urlPattern: { pathname } }, source: "network" })));
  event.waitUntil(Promise.all([asked, install()]));
});
worker.addEventListener("activate", (/** @type {any} */ event) => event.waitUntil(worker.clients.claim().then(tidy)));
worker.addEventListener("fetch", (/** @type {any} */ event) => {
  const { method, mode } = event.request;
  const url = new URL(event.request.url);
  const way = wayOf({ method, mode, url, home: worker.location.origin });
  if (way !== "pass") event.respondWith(ANSWERS[way](event, url));
});
worker.addEventListener("message", (/** @type {any} */ event) => {
  if (event.data?.type === "move") worker.skipWaiting(); // a page says that nobody is disturbed
  if (event.data?.type === "hello") {
    const { source, data } = event;
    event.waitUntil(
      buildOf(source.id)
        .then(async (known) => known ?? (await note(source.id, data.build)))
        .then(tidy),
    );
  }
});
