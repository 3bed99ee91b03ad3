// The page where this device begins and comes back to when a visitor has left: the first page, or the survey on a tablet that stands
// there for nothing else. Opening an address with `?awal` ("beginning") makes its page the one; it belongs to the device and stays.

const KEY = "kiosk.start"; // also read by register.src.js
const WORD = "awal";
const PAGES = ["/", "/survey"];

/** A page where a device may begin, from anything that was stored. @param {unknown} stored */
export const startOf = (stored) => (typeof stored === "string" && PAGES.includes(stored) ? stored : "/");

/** The page that an address makes the beginning; null: none. @param {string} path @param {string} search */
export function asked(path, search) {
  const bare = path.replace(/\/+$/, "") || "/";
  return new URLSearchParams(search).has(WORD) && PAGES.includes(bare) ? bare : null;
}

/** Where this device begins. */
export function readStart() {
  try {
    return startOf(globalThis.localStorage.getItem(KEY));
  } catch {
    return "/";
  }
}

/** Make the page of this address the beginning, when it asks for that. @param {{ pathname: string, search: string }} address */
export function keepStart({ pathname, search }) {
  const page = asked(pathname, search);
  if (page === null) return;
  try {
    globalThis.localStorage.setItem(KEY, page);
  } catch {
    // not kept: this device begins at the first page
  }
}
