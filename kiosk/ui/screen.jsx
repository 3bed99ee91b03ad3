// What every page does without being seen: dresses <html>, asks whether the node is there, and notices that a visitor left.
import { useEffect, useRef, useState } from "react";
import { useLocation, useNavigate } from "react-router";
import { getJson } from "./cached.js";
import { chime } from "./chime.js";
import { onHeard } from "./device.js";
import { DeviceLost } from "./device_lost.jsx";
import { Icon } from "./icons.jsx";
import { arrived, atRest, next, secondsLeft } from "./idle.js";
import { readLink, startLink } from "./link.js";
import { startOutbox } from "./outbox.js";
import { enrolHere } from "./post.js";
import { DEFAULTS, dressPage, readPrefs, resetPrefs } from "./prefs.js";
import { startReport } from "./report.js";
import { keepStart, readStart } from "./start.js";
import { clockHeld, forgetVisitor, visiting } from "./visitor.js";
import { Words } from "./words_both.jsx";

const BEAT_MS = { kiosk: 4000, tablet: 4000, tv: 5000, staff: 5000, phone: 12_000 };
const QUEUES = "/api/v1/queues";
const TOUCHES = ["pointerdown", "touchmove", "keydown", "wheel", "input"];

const surfaceNow = () => document.documentElement.dataset.surface ?? "phone";
const isPublic = () => ["kiosk", "tablet"].includes(surfaceNow());

/** @typedef {import("./words.js").Texts} Texts */

/** Dress the page, start the heartbeat, watch the clock; draws only the question "Anda masih di sini?", and that this is no device any more. */
export function Screen(/** @type {{ texts: Texts, idle: boolean }} */ { texts, idle }) {
  const { pathname } = useLocation();
  useEffect(() => {
    dressPage(pathname);
    keepStart(window.location);
    window.dispatchEvent(new CustomEvent("kiosk:page", { detail: pathname }));
  }, [pathname]);
  useEffect(() => startLink(/** @type {Record<string, number>} */ (BEAT_MS)[surfaceNow()]), []);
  useEffect(() => void enrolHere({ hostname: location.hostname, surface: surfaceNow() }), []);
  useEffect(() => startReport(() => readLink().up === true), []);
  useEffect(() => startOutbox(), []);
  useEffect(() => keepForLane(), []);
  return (
    <>
      {idle ? <StillHere texts={texts} pathname={pathname} /> : null}
      <DeviceLost texts={texts} pathname={pathname} />
    </>
  );
}

/** What a device needs to give numbers by itself later, also on a page that was never opened while the node was there. */
function keepForLane() {
  const stop = onHeard((told) => {
    if (!told.lane) return;
    stop();
    void getJson(QUEUES);
  });
  return stop;
}

/** The page where this device begins, as every visitor finds it. A full load forgets most; without the node and without a kept copy it would fail. */
function useLeave() {
  const navigate = useNavigate();
  return () => {
    resetPrefs();
    forgetVisitor();
    if (navigator.serviceWorker?.controller || readLink().up) window.location.replace(readStart());
    else navigate(readStart(), { replace: true });
  };
}

/** The idle state of this screen, and how a touch is told. @param {string} pathname */
function useIdle(pathname) {
  const [idle, setIdle] = useState(() => arrived(Date.now()));
  const leave = useLeave();
  const gone = useRef(leave);
  gone.current = leave;
  useEffect(() => {
    /** @param {"touch" | "tick"} type */
    const tell = (type) =>
      setIdle((before) => {
        const after = next(before, { type, at: Date.now() });
        return after === before && after.phase === "warning" ? { ...after } : after; // drawn again: the seconds run down
      });
    const tick = () => {
      const chosen = visiting() || (readPrefs() !== DEFAULTS && JSON.stringify(readPrefs()) !== JSON.stringify(DEFAULTS));
      tell(!isPublic() || clockHeld() || atRest(pathname, chosen, readStart()) ? "touch" : "tick");
    };
    const touch = () => tell("touch");
    const timer = setInterval(tick, 1000);
    for (const name of TOUCHES) window.addEventListener(name, touch, { capture: true, passive: true });
    touch();
    return () => {
      clearInterval(timer);
      for (const name of TOUCHES) window.removeEventListener(name, touch, { capture: true });
    };
  }, [pathname]);
  useEffect(() => {
    if (idle.phase === "warning") chime();
    if (idle.phase === "over") {
      setIdle(arrived(Date.now()));
      gone.current();
    }
  }, [idle.phase]);
  return idle;
}

/** The warning: one touch anywhere gives more time. */
function StillHere(/** @type {{ texts: Texts, pathname: string }} */ { texts, pathname }) {
  const idle = useIdle(pathname);
  const button = useRef(/** @type {HTMLButtonElement | null} */ (null));
  const left = secondsLeft(idle, Date.now());
  useEffect(() => {
    if (idle.phase === "warning") button.current?.focus();
  }, [idle.phase]);
  if (left === null) return null;
  return (
    <div className="still-here" role="alertdialog" aria-modal="true" aria-labelledby="still-here-title" aria-describedby="still-here-text">
      <div className="still-here-card">
        <Icon name="clock-countdown" />
        <h2 id="still-here-title">
          <Words of={texts.still_here} />
        </h2>
        <p id="still-here-text">
          <Words of={texts.going_home} facts={{ seconds: left }} />
        </p>
        <button ref={button} type="button" className="btn primary">
          <Words of={texts.more_time} />
        </button>
      </div>
    </div>
  );
}
