// Draws nothing: keeps every service of the office on this device, so that its page works when the node is gone.
import { getJson, lastCopy } from "$/public/external/kiosk/ui/cached.js";
import { useEffect } from "react";
import { keepAll, LIST } from "./keep.js";

const AFTER_MS = 1500; // the page that the visitor sees comes first
const AGAIN_MS = 10 * 60_000;

export function KeepCatalogue() {
  useEffect(() => {
    const keep = async () => {
      const list = await getJson(LIST);
      if (Array.isArray(list.body)) await keepAll(list.body, { getJson, lastCopy });
    };
    const first = setTimeout(keep, AFTER_MS);
    const again = setInterval(keep, AGAIN_MS);
    return () => {
      clearTimeout(first);
      clearInterval(again);
    };
  }, []);
  return null;
}
