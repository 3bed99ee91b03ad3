// React's side of the lists: the last copy at once, the node's answer as soon as it comes.

import { useEffect, useState } from "react";
import { getJson, lastCopy } from "$/public/external/kiosk/ui/cached.js";

export const LISTS = "/api/v1/checklists";

/** Everything that `GET /api/v1/checklists` tells; null: not answered yet. @returns {{ body: any, missing: boolean } | null} */
export function useLists() {
  const [copy, setCopy] = useState(/** @type {{ body: any, missing: boolean } | null} */ (null));
  useEffect(() => {
    let here = true;
    setCopy(lastCopy(LISTS));
    getJson(LISTS).then((found) => {
      // The same list again must not begin the visitor's way anew.
      if (here) setCopy((known) => (known && JSON.stringify(known.body) === JSON.stringify(found.body) ? known : found));
    });
    return () => {
      here = false;
    };
  }, []);
  return copy;
}
