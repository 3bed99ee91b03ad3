// Around the officer's page: tells the page when the queue changed, takes F2 for "call next", and locks every button while the
// node is not there. Events that are fired while the connection is cut are kept and run later: so none may be fired.
import { useEffect, useMemo, useRef } from "react";
import { useLink } from "$/public/external/kiosk/ui/use_prefs.js";
import { browserFeed } from "./board_feed.js";
import { atMostEvery } from "./board_rules.js";

const GAP_MS = 500;
const ANYWAY_MS = 30_000; // minutes waited go on without any news
const KEY_NEXT = "F2";

/** `<Watch onChange cut>...</Watch>`: `cut` is whether Reflex has lost its connection. */
export function Watch(/** @type {any} */ { onChange, cut, children }) {
  const locked = useLink().up === false || cut;
  const lock = useRef(locked);
  const tell = useRef(onChange);
  lock.current = locked;
  tell.current = onChange;
  const feed = useMemo(browserFeed, []);
  useEffect(() => {
    const say = atMostEvery(
      () => {
        if (!lock.current) tell.current();
      },
      GAP_MS,
      { now: Date.now, later: (what, ms) => setTimeout(what, ms) },
    );
    let version = -1;
    const forget = feed.subscribe(() => {
      const { picture, live } = feed.read();
      if (!live || !picture || picture.version === version) return;
      version = picture.version;
      say();
    });
    const timer = setInterval(say, ANYWAY_MS);
    const stop = feed.start();
    return () => {
      clearInterval(timer);
      forget();
      stop();
    };
  }, [feed]);
  useEffect(() => {
    if (!locked) tell.current();
  }, [locked]);
  useEffect(() => {
    const pressed = (/** @type {KeyboardEvent} */ event) => {
      if (event.key !== KEY_NEXT || event.repeat) return;
      event.preventDefault();
      /** @type {HTMLButtonElement | null} */ (document.querySelector("[data-do=call-next]:enabled"))?.click();
    };
    window.addEventListener("keydown", pressed);
    return () => window.removeEventListener("keydown", pressed);
  }, []);
  return (
    <fieldset className="desk" disabled={locked} data-locked={locked}>
      {children}
    </fieldset>
  );
}
