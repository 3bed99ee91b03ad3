// One service: what it takes, how it goes, how long, what it costs, what one gets, where to complain; then the other parts.

import { useEffect, useState } from "react";
import { Link, useSearchParams } from "react-router";
import { Icon } from "$/public/external/kiosk/ui/icons.jsx";
import { setScript } from "$/public/external/kiosk/ui/speech.js";
import { Words } from "$/public/external/kiosk/ui/words_both.jsx";
import { Delivery } from "./delivery.jsx";
import { feeFact, isLong, timeFact } from "./facts.js";
import { Management } from "./management.jsx";
import { Instead, Saying, Source } from "./parts.jsx";
import { useStandard } from "./use_catalogue.js";

/** @typedef {import("../ui/words.js").Texts} Texts */
/** @typedef {{ texts: Texts, standard: any }} Props */

export function ServicePage(/** @type {{ texts: Texts }} */ { texts }) {
  const [asked] = useSearchParams();
  const copy = useStandard(asked.get("id"));
  if (copy === null)
    return (
      <h1 className="lead">
        <Words of={texts.loading} />
      </h1>
    );
  if (copy.missing) return <Missing texts={texts} unknown={copy.body !== null} />;
  return <Standard texts={texts} standard={copy.body} key={copy.body.id} />;
}

function Missing(/** @type {{ texts: Texts, unknown: boolean }} */ { texts, unknown }) {
  return (
    <div className="service">
      <h1>
        <Words of={texts[unknown ? "unknown_service" : "not_kept"]} />
      </h1>
      <Instead texts={texts} title="other_way" text="ask_desk" />
      <Link className="btn" to="/layanan">
        <Words of={texts.all_services} />
      </Link>
    </div>
  );
}

function Standard(/** @type {Props} */ { texts, standard }) {
  const translation = standard.translation?.en;
  useEffect(() => {
    if (standard.speech) void setScript(standard.speech);
  }, [standard.speech]);
  return (
    <article className="service">
      <p className="eyebrow">
        <Icon name="files" />
        <span>
          <Words of={texts.standard} />
          {standard.document.number ? <span lang="id"> · {standard.document.number}</span> : null}
        </span>
      </p>
      <h1>{standard.office_wide ? <Words of={texts.office_wide} /> : <Source of={standard.title} en={translation?.name} />}</h1>
      <Language texts={texts} translated={Boolean(translation)} />
      {standard.office_wide ? <Instead texts={texts} title="nameless" text="nameless_next" /> : null}
      <Facts texts={texts} standard={standard} />
      <Delivery texts={texts} standard={standard}>
        <Next texts={texts} standard={standard} />
      </Delivery>
      <h2>
        <Words of={texts.more_parts} />
      </h2>
      <Management texts={texts} standard={standard} />
    </article>
  );
}

/** Said in English only: which words are the document's, and that a translation is not official. */
function Language(/** @type {{ texts: Texts, translated: boolean }} */ { texts, translated }) {
  return (
    <p className="w" lang="en">
      <span className="badge warn">
        <Icon name="translate" />
        <span>{(translated ? texts.unofficial : texts.indonesian_only).en}</span>
      </span>
    </p>
  );
}

/** Three answers at a glance; a document that gives no number speaks in its own words. */
function Facts(/** @type {Props} */ { texts, standard }) {
  const { time_limit: time, fee, product, translation } = standard;
  const en = translation?.en;
  const facts = [
    { key: "time", icon: "clock", said: timeFact(time), of: time?.text, en: en?.time_limit },
    { key: "fee", icon: "wallet", said: feeFact(fee), of: fee?.text, en: en?.fee },
    { key: "validity", icon: "calendar-check", said: null, of: product?.validity, en: en?.validity },
  ].filter((fact) => fact.of);
  if (!facts.length) return null;
  return (
    <dl className="facts">
      {facts.map(({ key, icon, said, of, en: translated }) => (
        <div key={key}>
          <dt>
            <Icon name={icon} />
            <Words of={texts[key]} />
          </dt>
          <dd className={!said && isLong(of) ? "long" : ""}>
            {said ? <Saying texts={texts} said={said} /> : <Source of={of} en={translated} />}
            {said ? (
              <small>
                <Source of={of} en={translated} />
              </small>
            ) : null}
          </dd>
        </div>
      ))}
    </dl>
  );
}

/** What to do next: take a number, or take the page along. */
function Next(/** @type {Props} */ { texts, standard }) {
  const [open, setOpen] = useState(false);
  const { qr, share_url: address } = standard;
  return (
    <div className="service-next">
      <Link className="btn start" to="/antrean">
        <Icon name="ticket" />
        <Words of={texts.take_number} />
      </Link>
      <Link className="btn mirror" to={`/checklist?id=${encodeURIComponent(standard.id)}`} data-do="check">
        <Icon name="check-circle" />
        <Words of={texts.check_papers} />
      </Link>
      <button type="button" className="btn mirror to-phone" aria-expanded={open} aria-controls="to-phone" onClick={() => setOpen(!open)}>
        <Icon name="device-mobile" />
        <Words of={texts.to_phone} />
      </button>
      <div id="to-phone" className="panel" hidden={!open}>
        <svg viewBox={`0 0 ${qr.side} ${qr.side}`} role="img" aria-label={address} shapeRendering="crispEdges">
          <path fill="#fff" d={`M0 0h${qr.side}v${qr.side}H0z`} />
          <path fill="#000" d={qr.path} />
        </svg>
        <p>
          <b>
            <Words of={texts.point_camera} />
          </b>
          <span className="t2 address">{address}</span>
        </p>
      </div>
    </div>
  );
}
