// React's side of the catalogue: the last copy at once, the node's answer as soon as it comes.

import { useEffect, useState } from "react";
import { getJson, lastCopy } from "$/public/external/kiosk/ui/cached.js";
import { keepAll, keptOf, LIST, pathOf } from "./keep.js";

/** @typedef {{ body: any, missing: boolean, fresh: boolean, at: number | null } | null} Copy  null: not answered yet */

/** @param {string | null} path @returns {Copy} */
function useCopy(path) {
  const [copy, setCopy] = useState(/** @type {Copy} */ (null));
  useEffect(() => {
    if (path === null) return undefined;
    let here = true;
    setCopy(lastCopy(path));
    getJson(path).then((found) => {
      if (here) setCopy(found);
    });
    return () => {
      here = false;
    };
  }, [path]);
  return copy;
}

/** The list of services. */
export const useServices = () => useCopy(LIST);

/** One standard; `id` null: none was asked for. @param {string | null} id */
export const useStandard = (id) => useCopy(id === null ? null : pathOf(id));

/** All standards of the office, kept ones first. @returns {any[]} */
export function useStandards() {
  const list = useServices();
  const [standards, setStandards] = useState(/** @type {any[]} */ ([]));
  const tiles = list?.body;
  useEffect(() => {
    if (!Array.isArray(tiles)) return undefined;
    let here = true;
    const show = () => here && setStandards(keptOf(tiles, lastCopy));
    show();
    keepAll(tiles, { getJson, lastCopy }).then(show);
    return () => {
      here = false;
    };
  }, [tiles]);
  return standards;
}
