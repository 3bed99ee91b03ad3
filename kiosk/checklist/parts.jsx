// Small parts of the checklist's pages.

import { useEffect, useState } from "react";
import { Link, useNavigate } from "react-router";
import { onBack } from "$/public/external/kiosk/ui/back.js";
import { getJson, lastCopy } from "$/public/external/kiosk/ui/cached.js";
import { Icon } from "$/public/external/kiosk/ui/icons.jsx";
import { Words } from "$/public/external/kiosk/ui/words_both.jsx";

const QUEUES = "/api/v1/queues";

/** @typedef {import("../ui/words.js").Texts} Texts */

export const HERE = "/checklist";
const NO_STEP = () => false;

/** "Back" takes a step of this page, and from the first one leads to the list of services. @param {() => boolean} [step] */
export function useBack(step = NO_STEP) {
  const navigate = useNavigate();
  useEffect(
    () =>
      onBack(() => {
        if (!step()) navigate(HERE);
        return true;
      }),
    [step, navigate],
  );
}

export function Title(/** @type {{ of: { id: string, en: string } }} */ { of }) {
  return (
    <p className="lead" role="status">
      <Words of={of} />
    </p>
  );
}

export function Note(/** @type {{ texts: Texts, kind: string, title: string, help?: string }} */ { texts, kind, title, help }) {
  return (
    <div className={`note ${kind}`.trim()} role={kind ? "alert" : undefined}>
      <Icon name={kind ? "warning" : "info"} />
      <p>
        <b>
          <Words of={texts[title]} />
        </b>
        {help ? (
          <>
            <br />
            <Words of={texts[help]} />
          </>
        ) : null}
      </p>
    </div>
  );
}

/** The queues as they were told last. @returns {any[]} */
function useQueues() {
  const [queues, setQueues] = useState(/** @type {any[]} */ ([]));
  useEffect(() => {
    let here = true;
    const show = (/** @type {{ body: any } | null} */ copy) => here && Array.isArray(copy?.body) && setQueues(copy.body);
    show(lastCopy(QUEUES));
    getJson(QUEUES).then(show);
    return () => {
      here = false;
    };
  }, []);
  return queues;
}

/** "Take a number: Information desk", where the office has that queue. */
export function NumberButton(/** @type {{ texts: Texts, queue: string | null }} */ { texts, queue }) {
  const found = useQueues().find(({ code }) => code === queue);
  if (!found) return null;
  const of = {
    id: texts.number.id.replace("{queue}", found.name),
    en: texts.number.en.replace("{queue}", found.name_en),
  };
  return (
    <Link className="btn start" to={`/antrean?untuk=${found.code}`} data-number={found.code}>
      <Icon name="ticket" />
      <span>
        <Words of={of} />
      </span>
    </Link>
  );
}
