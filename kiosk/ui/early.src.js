// Runs before the first paint and before any other script, as /early.js: the build puts screen_rules.js, slip_code.js and letter_code.js in front.
// First it takes a survey code or a letter's out of the address, then it dresses <html>, then it keeps visitors of a public screen inside the product.

function takeBoth() {
  takeCode(window);
  takeLetter(window);
}

takeBoth();
addEventListener("popstate", takeBoth); // an address that differs in "#" alone loads no page; heard before the page's router

const root = document.documentElement;

function dressNow() {
  const page = { path: location.pathname, width: innerWidth, height: innerHeight };
  const kept = (/** @type {string} */ key) => keptJson(() => localStorage, key);
  dress(root, page, kept(KEY), kept(SCREEN_KEY));
}

dressNow();
addEventListener("resize", dressNow);

/** Whether this is a screen that stands in the hall. */
const inPublic = () => ["kiosk", "tablet", "tv"].includes(root.dataset.surface ?? "");

/** @param {globalThis.Event} event */
const refuse = (event) => {
  if (inPublic()) event.preventDefault();
};
for (const name of ["contextmenu", "selectstart", "dragstart", "drop", "gesturestart", "gesturechange", "beforeprint"]) {
  addEventListener(name, refuse, { capture: true, passive: false });
}
addEventListener("dragover", refuse, { capture: true, passive: false });

// Zoom by pinch, wheel and keys; print, save, open, find, source, history, bookmark, reload, new and closed tabs, tools by keys.
addEventListener("wheel", (event) => event.ctrlKey && refuse(event), { capture: true, passive: false });
addEventListener("touchmove", (event) => event.touches.length > 1 && refuse(event), { capture: true, passive: false });
const KEYS = new Set([..."psofgujhdrntwilk", "+", "-", "=", "0"]);
const FUNCTION_KEYS = new Set(["F1", "F3", "F5", "F6", "F7", "F11", "F12"]);
addEventListener(
  "keydown",
  (event) => {
    if (((event.ctrlKey || event.metaKey) && KEYS.has(event.key.toLowerCase())) || FUNCTION_KEYS.has(event.key)) refuse(event);
    if (event.altKey && ["ArrowLeft", "ArrowRight", "Home"].includes(event.key)) refuse(event);
  },
  { capture: true },
);

// Links that leave the product, windows, print and file dialogs.
addEventListener(
  "click",
  (event) => {
    const target = event.target instanceof Element ? event.target : null;
    const link = target?.closest("a[href]");
    const leaves =
      link instanceof HTMLAnchorElement && (link.origin !== location.origin || (link.target && link.target !== "_self") || link.hasAttribute("download"));
    const file = target?.closest("input[type=file]") && !takesFilesHere(root, () => localStorage);
    if (leaves || file || event.ctrlKey || event.metaKey || event.shiftKey) refuse(event);
  },
  { capture: true },
);
addEventListener("auxclick", refuse, { capture: true });
for (const name of ["open", "print", "showOpenFilePicker", "showSaveFilePicker", "showDirectoryPicker"]) {
  const usual = /** @type {any} */ (window)[name];
  if (typeof usual !== "function") continue;
  /** @type {any} */ (window)[name] = (/** @type {any[]} */ ...given) => (inPublic() ? null : usual.apply(window, given));
}
