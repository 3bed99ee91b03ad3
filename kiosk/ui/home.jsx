// The line of the first page that tells whether the office is open.
import { Icon } from "./icons.jsx";
import { useOffice } from "./office.js";
import { Words } from "./words_both.jsx";

/** @typedef {import("./words.js").Texts} Texts */

/** "Buka sampai 19.00 WITA", or when it opens; the usual hours behind it. From a copy only the usual hours. */
export function OpenLine(/** @type {{ texts: Texts }} */ { texts }) {
  const office = useOffice();
  if (!office) return <p className="open-line" aria-hidden="true" />;
  const known = office.fresh && typeof office.open === "boolean";
  const which = office.open ? (office.until ? texts.open_until : texts.open_now) : office.opens_at ? texts.opens_at : texts.closed_now;
  return (
    <p className="open-line">
      <Icon name="clock" />
      <span>
        {known ? (
          <b>
            <Words of={which} facts={{ time: office.until ?? office.opens_at ?? "", zone: office.zone_name ?? "" }} />
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
