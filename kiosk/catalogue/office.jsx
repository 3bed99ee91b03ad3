// When the office is open, which desk does what, where to complain.

import { useEffect, useState } from "react";
import { useLocation } from "react-router";
import { getJson, lastCopy } from "$/public/external/kiosk/ui/cached.js";
import { Icon } from "$/public/external/kiosk/ui/icons.jsx";
import { LaneSign } from "$/public/external/kiosk/ui/lanes.jsx";
import { useOffice } from "$/public/external/kiosk/ui/office.js";
import { Words } from "$/public/external/kiosk/ui/words_both.jsx";
import { channelsOf } from "./contacts.js";
import { Channels, Instead, Lines } from "./parts.jsx";
import { useStandards } from "./use_catalogue.js";
import { weekOf, zoneName } from "./week.js";

const QUEUES = "/api/v1/queues";

/** @typedef {import("../ui/words.js").Texts} Texts */

export function OfficePage(/** @type {{ texts: Texts }} */ { texts }) {
  const office = useOffice();
  const standards = useStandards();
  const { hash } = useLocation();
  const ready = office !== null && standards.length > 0;
  useEffect(() => {
    if (ready && hash) document.getElementById(hash.slice(1))?.scrollIntoView();
  }, [ready, hash]);
  return (
    <div className="office">
      <section className="part" id="jam">
        <h2>
          <Words of={texts.hours} />
        </h2>
        {office === null ? (
          <p className="t2">
            <Words of={texts.loading} />
          </p>
        ) : (
          <Hours texts={texts} office={office} />
        )}
      </section>
      <section className="part" id="loket">
        <h2>
          <Words of={texts.desks} />
        </h2>
        <Desks texts={texts} />
      </section>
      <section className="part" id="pengaduan">
        <h2>
          <Words of={texts.complaints} />
        </h2>
        <Complain texts={texts} standards={standards} />
      </section>
      {office ? (
        <p className="t2 office-name" lang="id">
          {[office.name, office.motto].filter(Boolean).join(" · ")}
        </p>
      ) : null}
    </div>
  );
}

function Hours(/** @type {{ texts: Texts, office: any }} */ { texts, office }) {
  if (!office.hours) return <Instead texts={texts} title="no_hours" text="ask_desk" />;
  return (
    <>
      <dl className="week">
        {weekOf(office.hours).map(({ from, to, span }) => (
          <div key={from}>
            <dt>
              <Words of={texts[`day_${from}`]} />
              {to === from ? null : (
                <>
                  {" "}
                  – <Words of={texts[`day_${to}`]} />
                </>
              )}
            </dt>
            <dd>{span ? `${span} ${zoneName(office.zone)}` : <Words of={texts.closed} />}</dd>
          </div>
        ))}
      </dl>
      {office.hours_text ? (
        <p className="t2" lang="id">
          {office.hours_text}
        </p>
      ) : null}
    </>
  );
}

function Desks(/** @type {{ texts: Texts }} */ { texts }) {
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
  return (
    <ul className="desks">
      {queues.map((queue) => (
        <li className="panel" key={queue.code}>
          <LaneSign code={queue.code} />
          <div>
            <h3>
              <Words of={{ id: queue.name, en: queue.name_en }} />
            </h3>
            <p>
              <Words of={{ id: queue.purpose, en: queue.purpose_en }} />
            </p>
            {queue.bring ? (
              <p className="badge warn">
                <Icon name="hand-palm" />
                <span>
                  <Words of={{ id: queue.bring, en: queue.bring_en }} />
                </span>
              </p>
            ) : null}
            {queue.by_transfer ? (
              <p className="t2">
                <Words of={texts.by_transfer} />
              </p>
            ) : null}
          </div>
        </li>
      ))}
    </ul>
  );
}

/** Every channel that the office's documents print, once. Ways in words stand with the service that prints them. */
function Complain(/** @type {{ texts: Texts, standards: any[] }} */ { texts, standards }) {
  const hours = [...new Set(standards.map((one) => one.complaints?.hours).filter(Boolean))];
  const ways = [...new Set(standards.flatMap((one) => [...(one.complaints?.face_to_face ?? []), ...(one.complaints?.ways ?? [])]))];
  return (
    <>
      <Channels texts={texts} of={channelsOf(standards)} />
      <Lines of={ways} />
      {hours.map((text) => (
        <p className="t2" lang="id" key={text}>
          {text}
        </p>
      ))}
    </>
  );
}
