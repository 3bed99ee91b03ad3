// Small parts of the catalogue's pages. A text of the document is always marked Indonesian, whatever language is chosen.
import { Icon } from "$/public/external/kiosk/ui/icons.jsx";
import { Words } from "$/public/external/kiosk/ui/words_both.jsx";
import { contactLink, isBroken } from "./contacts.js";

/** @typedef {import("../ui/words.js").Texts} Texts */
/** @typedef {import("./facts.js").Said} Said */

/** The document's own words, and below them the office's translation for who chose English. */
export function Source(/** @type {{ of: string | null | undefined, en?: string | null, className?: string }} */ { of, en, className = "" }) {
  if (!of) return null;
  return (
    <span className={`source ${className}`.trim()}>
      <span lang="id">{of}</span>
      {en ? (
        <span className="w unofficial" lang="en">
          {en}
        </span>
      ) : null}
    </span>
  );
}

/** One of the island's texts by what the rules said. */
export function Saying(/** @type {{ texts: Texts, said: Said }} */ { texts, said }) {
  return <Words of={texts[said.text]} facts={said.facts} />;
}

/** Texts of the document as a list. */
export function Lines(/** @type {{ of: string[], en?: string[] }} */ { of, en = [] }) {
  return (
    <ul className="lines">
      {of.map((line, place) => (
        <li key={`${place}${line}`}>
          <Source of={line} en={en[place]} />
        </li>
      ))}
    </ul>
  );
}

/** A folded part: its name, and on request what it says. */
export function Fold(/** @type {{ title: import("react").ReactNode, children: import("react").ReactNode }} */ { title, children }) {
  return (
    <details className="fold">
      <summary>
        <span>{title}</span>
        <Icon name="caret-down" />
      </summary>
      <div className="fold-body">{children}</div>
    </details>
  );
}

/** Ways to complain: name, and the number or address as printed. */
export function Channels(/** @type {{ texts: Texts, of: import("./contacts.js").Channel[] }} */ { texts, of }) {
  const phone = typeof document !== "undefined" && document.documentElement.dataset.surface === "phone";
  return (
    <dl className="channels">
      {of.map(({ channel, value }) => {
        const link = phone ? contactLink(value) : null;
        return (
          <div key={`${channel}${value}`}>
            <dt lang="id">{channel}</dt>
            {value ? <dd lang="id">{link ? <a href={link}>{value}</a> : value}</dd> : null}
            {isBroken(value) ? (
              <dd className="t2">
                <Words of={texts.as_printed} />
              </dd>
            ) : null}
          </div>
        );
      })}
    </dl>
  );
}

/** Something to say instead of a page: still asking, never kept, or no such service. */
export function Instead(/** @type {{ texts: Texts, title: string, text: string }} */ { texts, title, text }) {
  return (
    <div className="note">
      <Icon name="info" />
      <p>
        <b>
          <Words of={texts[title]} />
        </b>
        <br />
        <Words of={texts[text]} />
      </p>
    </div>
  );
}
