// How the page for numbers issues by itself: who may, and one page of the device at a time.
import { useEffect, useState, useSyncExternalStore } from "react";
import { lastCopy } from "$/public/external/kiosk/ui/cached.js";
import { loadDevice, readDevice, subscribeDeviceFacts } from "$/public/external/kiosk/ui/device.js";
import { officeNow } from "$/public/external/kiosk/ui/device_rules.js";
import { ownStore, refreshOutbox, whenTaken } from "$/public/external/kiosk/ui/outbox.js";
import { keepSteady, steadyNow } from "$/public/external/kiosk/ui/steady.js";
import { countName, filed, issue, KIND, mayIssue } from "./lane.js";

/** @typedef {(queue: string, id: string) => Promise<any>} Issue */

const LOCK = "kiosk.lane";
const OFFICE = "/api/v1/office";
const EVERY_MS = 5000; // the office closes at a time

// The node says under which day it filed a number: the count of that day goes on from there.
whenTaken(KIND, async (access, entry, told) => {
  const device = await access.get(ownStore.FACTS, "device");
  const count = device ? await access.get(ownStore.FACTS, countName(device.id, entry.body.queue)) : null;
  if (count && entry.body.lane === device.lane && told?.business_date) access.put(ownStore.FACTS, filed(count, told.business_date));
});

/** Whether this page is the one that issues: it holds the lock as long as somebody looks at it. */
function useAlone() {
  const [alone, setAlone] = useState(false);
  useEffect(() => {
    if (!navigator.locks) return undefined; // no secure context: nobody could say who is the only one
    /** @type {AbortController | null} */
    let asked = null;
    /** @type {() => void} */
    let letGo = () => undefined;
    const ask = () => {
      asked = new AbortController();
      const held = () => {
        setAlone(true);
        return /** @type {Promise<void>} */ (new Promise((release) => (letGo = release)));
      };
      navigator.locks.request(LOCK, { signal: asked.signal }, held).catch(() => undefined);
    };
    const give = () => {
      asked?.abort();
      asked = null;
      letGo();
      setAlone(false);
    };
    const look = () => {
      if (document.visibilityState === "hidden") give();
      else if (!asked) ask();
    };
    look();
    document.addEventListener("visibilitychange", look);
    return () => {
      document.removeEventListener("visibilitychange", look);
      give();
    };
  }, []);
  return alone;
}

/** How this device issues a number by itself now; null when it cannot. @param {any[] | null} queues @returns {Issue | null} */
export function useLane(queues) {
  const device = useSyncExternalStore(subscribeDeviceFacts, readDevice, () => null);
  const alone = useAlone();
  const [, look] = useState(0);
  useEffect(() => {
    void loadDevice();
    const timer = setInterval(() => look((count) => count + 1), EVERY_MS);
    return () => clearInterval(timer);
  }, []);
  const able = device !== null && mayIssue(device, alone, lastCopy(OFFICE)?.body, officeNow(device, steadyNow()));
  if (!able || !queues) return null;
  return async (code, id) => {
    const queue = queues.find((one) => one.code === code);
    keepSteady();
    const ticket = await issue({ id, queue }, { store: ownStore, now: steadyNow, officeNow });
    void refreshOutbox().catch(() => undefined);
    return ticket;
  };
}
