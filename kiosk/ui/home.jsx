// The line of the first page that tells whether the office is open.
import { Icon } from "./icons.jsx";
import { useOffice } from "./office.js";
import { filled, localClock, openingText } from "./words.js";
import { Words } from "./words_both.jsx";

/** @typedef {import("./words.js").Texts} Texts */

/** Whether the office is open, and until or from when. @param {Texts} texts @param {any} office @param {"id" | "en"} language */
function openText(texts, office, language) {
  if (office.demo) return texts.demo[language];
  const which = office.open ? (office.open_until ? texts.open_until : texts.open_now) : office.opens_at ? texts.opens_at : texts.closed_now;
  const time = office.open_until ? localClock(office.open_until, language) : office.opens_at ? openingText(office.opens_at, language) : "";
  return filled(which[language], { time, zone: office.zone_name });
}

/** "Buka sampai 19.00 WITA", or when it opens; the usual hours behind it. From a copy only the usual hours. */
export function OpenLine(/** @type {{ texts: Texts }} */ { texts }) {
  const office = useOffice();
  if (!office) return <p className="open-line" aria-hidden="true" />;
  const known = office.fresh && typeof office.open === "boolean";
  return (
    <p className="open-line">
      <Icon name="clock" />
      <span>
        {known ? (
          <b>
            <Words of={{ id: openText(texts, office, "id"), en: openText(texts, office, "en") }} />
          </b>
        ) : null}
        {known && office.hours_text ? <span aria-hidden="true"> · </span> : null}
        {office.hours_text ? (
          <span className="t2" lang="id">
            {office.hours_text}
          </span>
        ) : null}
      </span>
    </p>
  );
}
