// Around the admin's list of devices: asks for news by itself, and locks every button while the node is not there, because
// events that are fired while the connection is cut are kept and run later. And how long a code is still good.
import { useEffect, useRef, useState } from "react";
import { useLink } from "$/public/external/kiosk/ui/use_prefs.js";
import { Words } from "$/public/external/kiosk/ui/words_both.jsx";
import { clock } from "./enrol.js";

/** @typedef {Record<string, { id: string, en: string }>} Texts */

/** `<Live cut every onLook>...</Live>`: `cut` is whether Reflex has lost its connection, `every` seconds between looks. */
export function Live(/** @type {any} */ { cut, every, onLook, children }) {
  const locked = useLink().up === false || cut;
  const look = useRef(onLook);
  look.current = onLook;
  useEffect(() => {
    if (locked) return undefined;
    look.current();
    const timer = setInterval(() => look.current(), every * 1000);
    return () => clearInterval(timer);
  }, [locked, every]);
  return (
    <fieldset className="devices" disabled={locked} data-locked={locked}>
      {children}
    </fieldset>
  );
}

/** `<Countdown texts seconds code />`: counts by a clock that cannot be set; a new code begins anew. */
export function Countdown(/** @type {{ texts: Texts, seconds: number, code: string }} */ { texts, seconds, code }) {
  const [left, setLeft] = useState(seconds);
  useEffect(() => {
    const end = performance.now() + seconds * 1000;
    const tick = () => setLeft(Math.max(0, Math.ceil((end - performance.now()) / 1000)));
    tick();
    const timer = setInterval(tick, 250);
    return () => clearInterval(timer);
  }, [seconds, code]);
  if (left === 0)
    return (
      <p className="badge bad" role="status">
        <Words of={texts.over} />
      </p>
    );
  return (
    <p className="devices-left" data-left={left}>
      <Words of={texts.left} facts={{ time: clock(left) }} />
    </p>
  );
}
