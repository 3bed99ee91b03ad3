// A letter's code on its way to the page that checks it: behind "#" of the address in its QR, HTTPS://HOST/V#<digits>. No browser
// sends that part when it loads a page, but the page's own scripts would: every event names the whole address. So it is taken out
// of the address, and so out of the history, before any other script runs. The build puts this file in front of early.src.js; it
// imports nothing.

const LETTER_KEY = "kiosk.visitor.letter";
const LETTER_ASIDE = "kioskLetter"; // on the window, for a browser that refuses storage
const LETTER_PAGES = /^\/(v|verify)\/?$/i;
const LETTER_PAGE = "/verify";
const LETTER_MOST = 4300; // signs; more than any code has, and a verifier says so
export const LETTER_CAME = "kiosk:letter"; // event on the window: another code came to a page that is open

/**
 * @typedef {{ location: Pick<Location, "pathname" | "hash">, history: Pick<History, "state" | "replaceState">,
 *   readonly sessionStorage: Pick<Storage, "getItem" | "setItem" | "removeItem">, dispatchEvent: (event: Event) => unknown,
 *   kioskLetter?: string }} LetterPage  a window, as far as it is needed
 */

/** Give the short address of the QR its page's name, and keep what stands behind "#" for this visitor. @param {LetterPage} page */
export function takeLetter(page) {
  const { pathname, hash } = page.location;
  if (!LETTER_PAGES.test(pathname) || (hash.length < 2 && pathname.startsWith(LETTER_PAGE))) return;
  page.history.replaceState(page.history.state, "", LETTER_PAGE);
  if (hash.length < 2) return;
  const code = hash.slice(1, 1 + LETTER_MOST);
  try {
    page.sessionStorage.setItem(LETTER_KEY, code);
  } catch {
    page[LETTER_ASIDE] = code;
  }
  page.dispatchEvent(new Event(LETTER_CAME));
}

/** What stood behind "#" when this visitor came; "" without. @param {LetterPage} page */
export function letterOf(page) {
  try {
    return page.sessionStorage.getItem(LETTER_KEY) ?? page[LETTER_ASIDE] ?? "";
  } catch {
    return page[LETTER_ASIDE] ?? "";
  }
}

/** The visitor is done with it, or left. @param {LetterPage} page */
export function forgetLetter(page) {
  page[LETTER_ASIDE] = "";
  try {
    page.sessionStorage.removeItem(LETTER_KEY);
  } catch {
    // nothing was kept there
  }
}
