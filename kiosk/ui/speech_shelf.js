// The clips that this browser keeps, so that pages are read aloud with the node dead. They lie in Cache Storage, which only
// secure contexts have: on a phone over plain http nothing is kept, and clips play from the network.

export const CACHE = "kiosk-speech";
const MOST_CLIPS = 2000;
const MOST_BYTES = 32_000_000; // about 230 minutes
const RETRY_MS = 30_000;

/**
 * @typedef {object} ShelfParts what the shelf needs of its browser, so that a test can give it less
 * @property {CacheStorage | undefined} caches
 * @property {(url: string) => Promise<Response>} fetch
 * @property {() => Promise<void>} idle resolves when the browser has nothing better to do
 * @property {(ms: number) => Promise<void>} wait
 * @property {() => boolean} busy whether something is being read aloud now
 * @property {number} [mostClips]
 * @property {number} [mostBytes]
 */

/** @param {ShelfParts} parts */
export function createShelf({ caches, fetch, idle, wait, busy, mostClips = MOST_CLIPS, mostBytes = MOST_BYTES }) {
  /** @type {Set<string>} what is still to be fetched */
  const wanted = new Set();
  /** @type {Map<string, number> | undefined} kept clips, oldest first, with their bytes */
  let kept;
  let running = false;

  async function open() {
    if (!caches) return undefined;
    try {
      return await caches.open(CACHE);
    } catch {
      return undefined; // storage refused (private window)
    }
  }

  /** @param {Cache} cache */
  async function count(cache) {
    if (kept) return kept;
    const found = new Map();
    for (const request of await cache.keys()) {
      const answer = await cache.match(request);
      found.set(new URL(request.url).pathname, bytes(answer));
    }
    kept ??= found;
    return kept;
  }

  /** Oldest out until the bounds hold. @param {Cache} cache @param {Map<string, number>} clips */
  async function trim(cache, clips) {
    let total = [...clips.values()].reduce((sum, size) => sum + size, 0);
    for (const [url, size] of [...clips]) {
      if (clips.size <= mostClips && total <= mostBytes) return;
      await cache.delete(url);
      clips.delete(url);
      total -= size;
    }
  }

  /** @param {string} url @returns {Promise<"done" | "later" | "never">} */
  async function keep(url) {
    const cache = await open();
    if (!cache) return "never";
    const clips = await count(cache);
    if (clips.has(url)) return "done";
    let answer;
    try {
      answer = await fetch(url);
    } catch {
      return "later"; // the node is away
    }
    if (answer.status === 503) return (await codeOf(answer)) === "SPEECH-0503" ? "never" : "later";
    if (answer.status === 429) return "later"; // too much at once
    if (!answer.ok) return "done"; // this one cannot be had: go on with the others
    try {
      const size = bytes(answer);
      await cache.put(url, answer);
      clips.set(url, size);
      await trim(cache, clips);
    } catch {
      return "never"; // no room on this device
    }
    return "done";
  }

  async function run() {
    while (wanted.size > 0) {
      await idle();
      if (busy()) {
        await wait(1000);
        continue;
      }
      const [url] = wanted;
      const outcome = await keep(url);
      if (outcome === "later") await wait(RETRY_MS);
      else if (outcome === "never") wanted.clear();
      else wanted.delete(url);
    }
  }

  return {
    /** The kept clip, or undefined. @param {string} url @returns {Promise<Blob | undefined>} */
    async blob(url) {
      try {
        const answer = await (await open())?.match(url, { ignoreVary: true });
        return answer?.ok ? await answer.blob() : undefined;
      } catch {
        return undefined;
      }
    },

    /**
     * Fetch clips that are not here yet, one at a time, in idle time. Resolves when none is left; at once when a call before
     * is still fetching, which then fetches these too.
     * @param {string[]} urls
     */
    async prefetch(urls) {
      for (const url of urls) wanted.add(url);
      if (running) return;
      running = true;
      try {
        await run();
      } finally {
        running = false;
      }
    },
  };
}

/** @param {Response | undefined} answer */
function bytes(answer) {
  return Number(answer?.headers.get("content-length") ?? 0);
}

/** @param {Response} answer @returns {Promise<string | undefined>} */
async function codeOf(answer) {
  try {
    return (await answer.json()).code;
  } catch {
    return undefined;
  }
}
