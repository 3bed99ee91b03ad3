// A ticket's survey code on its way to a phone: behind "#" of an address. No browser sends that part when it loads a page, but the
// page's own scripts would: every event names the whole address, also the ticket in it, and the office must never see the two together.
// So the code is taken out of the address before any other script runs. The build puts this file in front of early.src.js; it imports nothing.

const CODE_KEY = "kiosk.visitor.code";
const ASIDE = "kioskCode"; // on the window, for a browser that refuses storage
const PAGES = /^\/(tiket|survey)\/?$/;
const CODE = /^#([0-9A-HJKMNP-TV-Z]{8})$/i;

/**
 * @typedef {{ location: Pick<Location, "pathname" | "search" | "hash">, history: Pick<History, "state" | "replaceState">,
 *   readonly sessionStorage: Pick<Storage, "getItem" | "setItem" | "removeItem">, kioskCode?: string }} Page  a window, as far as it is needed
 */

/** Take what stands behind "#" out of the address of a number or of the survey; a code is kept for this visitor. @param {Page} page */
export function takeCode(page) {
  const { pathname, search, hash } = page.location;
  if (!PAGES.test(pathname) || hash.length < 2) return;
  page.history.replaceState(page.history.state, "", pathname + search);
  const code = CODE.exec(hash)?.[1]?.toUpperCase();
  if (!code) return;
  try {
    page.sessionStorage.setItem(CODE_KEY, code);
  } catch {
    page[ASIDE] = code;
  }
}

/** The code that this visitor came with; "" without one. @param {Page} page */
export function codeOf(page) {
  try {
    return page.sessionStorage.getItem(CODE_KEY) ?? page[ASIDE] ?? "";
  } catch {
    return page[ASIDE] ?? "";
  }
}

/** It was used, or its visitor left. @param {Page} page */
export function forgetCode(page) {
  page[ASIDE] = "";
  try {
    page.sessionStorage.removeItem(CODE_KEY);
  } catch {
    // nothing was kept there
  }
}
