// Registers the service worker, as /register.js, and lets a new build in when nobody is disturbed. It stands apart from the
// application, so that a build that does not start can still be replaced. pwa.py fills in BUILD and puts sw_rules.js in front.

const LOOK_MS = 5 * 60_000; // for a new build
const TICK_MS = 2000;
const MOVE_MS = 4000; // for the new worker to take over
const MOVED = "kiosk.moved"; // in sessionStorage: the build that this page already gave way to

document.documentElement.dataset.build = BUILD; // what this page tells the office computer (report.js)

const opened = Date.now();
let touched = opened;
let moving = false;

/** @param {ServiceWorkerRegistration} registration @param {() => void} then */
function move(registration, then) {
  if (moving || !registration.waiting) return;
  moving = true;
  let done = false;
  const go = () => {
    if (done) return;
    done = true;
    then();
  };
  navigator.serviceWorker.addEventListener("controllerchange", go, { once: true });
  registration.waiting.postMessage({ type: "move" });
  setTimeout(() => {
    moving = false;
    if (!done && registration.waiting === null) go();
  }, MOVE_MS);
}

/** Give way when this page may, once for each build: a build that will not take over must not make the page reload for ever.
 * @param {ServiceWorkerRegistration} registration */
function giveWay(registration) {
  const now = Date.now();
  const { surface = "phone", visit } = document.documentElement.dataset;
  const begins = { start: localStorage.getItem("kiosk.start"), visit: visit === "on" }; // start.js, visitor.js
  const page = { surface, path: location.pathname, untouched: now - touched, open: now - opened, ...begins };
  if (!registration.waiting || !mayMove(page) || sessionStorage.getItem(MOVED) === BUILD) return;
  move(registration, () => {
    sessionStorage.setItem(MOVED, BUILD);
    location.reload();
  });
}

/** A link inside the product becomes a full load while a new build waits. @param {ServiceWorkerRegistration} registration */
function moveWithLinks(registration) {
  addEventListener(
    "click",
    (event) => {
      const link = event.target instanceof Element ? event.target.closest("a[href]") : null;
      if (!registration.waiting || moving || !(link instanceof HTMLAnchorElement) || link.origin !== location.origin) return;
      if (event.ctrlKey || event.metaKey || event.shiftKey || (link.target && link.target !== "_self")) return;
      event.preventDefault();
      event.stopPropagation();
      const go = () => location.assign(link.href);
      const late = setTimeout(go, MOVE_MS / 2); // with or without the new build, the visitor goes on
      move(registration, () => {
        clearTimeout(late);
        go();
      });
    },
    { capture: true },
  );
}

async function register() {
  const registration = await navigator.serviceWorker.register("/sw.js", { updateViaCache: "none" });
  if (!registration) return; // a browser that only pretends (tests block workers)
  const hello = () => navigator.serviceWorker.controller?.postMessage({ type: "hello", build: BUILD });
  hello();
  navigator.serviceWorker.addEventListener("controllerchange", hello);
  moveWithLinks(registration);
  setInterval(() => giveWay(registration), TICK_MS);
  const look = () => registration.update().catch(() => undefined); // the node is gone: later
  setInterval(look, LOOK_MS * (0.8 + 0.4 * Math.random()));
  addEventListener("online", look);
  document.addEventListener("visibilitychange", () => document.visibilityState === "visible" && look());
}

if ("serviceWorker" in navigator) {
  for (const name of ["pointerdown", "keydown"]) addEventListener(name, () => (touched = Date.now()), { capture: true, passive: true });
  const start = () => register().catch((failure) => console.warn("no offline copy:", failure));
  if (document.readyState === "complete") start();
  else addEventListener("load", start);
}
