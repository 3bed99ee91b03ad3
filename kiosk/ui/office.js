// The office of this node: name and region for the header, hours for the first page. Kept, so that it stands offline too.
import { useEffect, useState } from "react";
import { getJson, lastCopy } from "./cached.js";

const PATH = "/api/v1/office";
const EVERY_MS = 60_000; // open or closed changes by the minute

/** The office as the node told it, or its last copy; null before the first answer ever. @returns {any} */
export function useOffice() {
  const [office, setOffice] = useState(/** @type {any} */ (null));
  useEffect(() => {
    let here = true;
    const read = async () => {
      const copy = await getJson(PATH);
      if (here && !copy.missing) setOffice({ ...copy.body, fresh: copy.fresh, at: copy.at });
    };
    const kept = lastCopy(PATH);
    if (kept) setOffice({ ...kept.body, fresh: false, at: kept.at });
    void read();
    const timer = setInterval(read, EVERY_MS);
    return () => {
      here = false;
      clearInterval(timer);
    };
  }, []);
  return office;
}

/** This moment, renewed at every full minute; null before the page lives. @returns {number | null} */
export function useMinute() {
  const [now, setNow] = useState(/** @type {number | null} */ (null));
  useEffect(() => {
    /** @type {ReturnType<typeof setTimeout>} */
    let timer;
    const tick = () => {
      setNow(Date.now());
      timer = setTimeout(tick, 60_000 - (Date.now() % 60_000) + 20);
    };
    tick();
    return () => clearTimeout(timer);
  }, []);
  return now;
}
