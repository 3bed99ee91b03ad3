// What the office signed, large enough to be compared with a paper, and how old the lists are.
import { useServices } from "$/public/external/kiosk/catalogue/use_catalogue.js";
import { zoneName } from "$/public/external/kiosk/catalogue/week.js";
import { Icon } from "$/public/external/kiosk/ui/icons.jsx";
import { useMinute, useOffice } from "$/public/external/kiosk/ui/office.js";
import { clockText, filled } from "$/public/external/kiosk/ui/words.js";
import { Words } from "$/public/external/kiosk/ui/words_both.jsx";
import { ago } from "./ages.js";

/** @typedef {import("./steps.js").Judgement} Judgement */
/** @typedef {import("../../ui/words.js").Texts} Texts */

const LANGUAGES = /** @type {const} */ (["id", "en"]);

/** "10 Maret 2026". @param {number} moment @param {"id" | "en"} language @param {string} [zone] */
function dayText(moment, language, zone) {
  const locale = language === "en" ? "en-GB" : "id-ID";
  return new Intl.DateTimeFormat(locale, { day: "numeric", month: "long", year: "numeric", timeZone: zone }).format(moment);
}

/** @param {(language: "id" | "en") => string} text @returns {{ id: string, en: string }} */
const inBoth = (text) => ({ id: text(LANGUAGES[0]), en: text(LANGUAGES[1]) });

/** @param {string} iso @param {string} [zone] */
const day = (iso, zone) => inBoth((language) => dayText(Date.parse(iso), language, zone));

/** The last day on which a letter is good: the moment at which it ends may be the midnight after it. @param {string} iso @param {string} [zone] */
const lastDay = (iso, zone) => inBoth((language) => dayText(Date.parse(iso) - 1000, language, zone));

/** "10 Maret 2026, 14.20 WITA" @param {string} iso @param {string} [zone] */
function moment(iso, zone) {
  const at = Date.parse(iso);
  const clock = clockText(at, zone);
  const name = zone ? ` ${zoneName(zone)}` : "";
  return inBoth((language) => `${dayText(at, language, zone)}, ${language === "en" ? clock.replace(".", ":") : clock}${name}`);
}

function Field(/** @type {{ of: any, name: string, children: any }} */ { of, name, children }) {
  return (
    <div data-field={name}>
      <dt>
        <Words of={of} />
      </dt>
      <dd>{children}</dd>
    </div>
  );
}

/** The signed fields, where they can be trusted. */
export function Fields(/** @type {{ texts: any, told: any, judgement: Judgement }} */ { texts, told, judgement }) {
  const office = useOffice();
  const { fields, issuer, revoked, scope, verdict } = judgement;
  if (!fields) return null;
  const looked = scope === "register";
  const zone = office?.zone;
  const until = (
    <Field of={texts.expires_field} name="expires">
      <Words of={fields.expires ? lastDay(fields.expires, zone) : texts.no_end} />
    </Field>
  );
  return (
    <dl className="verify-fields">
      {revoked ? <Revoked texts={texts} told={told} judgement={judgement} zone={zone} /> : null}
      {verdict === "expired" ? until : null}
      <Field of={texts.number_field} name="number">
        <Breaking text={fields.number} />
      </Field>
      {fields.name ? (
        <Field of={looked ? texts.name_masked : texts.name_field} name="name">
          {fields.name}
        </Field>
      ) : null}
      {fields.service ? (
        <Field of={texts.service_field} name="service">
          <Service texts={texts} code={fields.service} />
        </Field>
      ) : null}
      {fields.issued ? (
        <Field of={looked ? texts.issued_registered : texts.issued_field} name="issued">
          <Words of={looked ? day(fields.issued, zone) : moment(fields.issued, zone)} />
        </Field>
      ) : null}
      {verdict === "expired" ? null : until}
      {issuer ? (
        <Field of={texts.issuer_field} name="issuer">
          {issuer}
        </Field>
      ) : null}
    </dl>
  );
}

/** When and why: of a revoked letter nothing is more urgent. */
function Revoked(/** @type {{ texts: any, told: any, judgement: Judgement, zone?: string }} */ { texts, told, judgement, zone }) {
  const { revoked, reasons } = judgement;
  return (
    <Field of={texts.revoked_field} name="revoked">
      {revoked?.at ? <Words of={day(revoked.at, zone)} /> : "–"}
      {reasons.includes("letter_revoked") ? (
        <span className="verify-because">
          <Because texts={texts} of={told.revocations[String(revoked?.reason)]} />
        </span>
      ) : null}
    </Field>
  );
}

/** A number that breaks behind its slashes, so that it can be compared part by part. No look-behind: Safari before 16.4 loads no file that has one. */
function Breaking(/** @type {{ text: string }} */ { text }) {
  return text.split("/").map((part, place) => (
    <span key={`${place}${part}`}>
      {place > 0 ? (
        <>
          /<wbr />
        </>
      ) : null}
      {part}
    </span>
  ));
}

function Because(/** @type {{ texts: any, of: { id: string, en: string } | undefined }} */ { texts, of }) {
  if (!of) return null;
  return <Words of={inBoth((language) => filled(texts.because[language], { reason: of[language] }))} />;
}

/** A service by its name in the catalogue that this screen keeps; a code alone says nothing to anybody. */
function Service(/** @type {{ texts: any, code: string }} */ { texts, code }) {
  const tiles = useServices()?.body;
  const found = Array.isArray(tiles) ? tiles.find((tile) => tile.id === code) : null;
  if (!found) return <Words of={texts.service_unknown} />;
  return <Words of={{ id: found.title, en: found.translation?.en?.name ?? found.title }} />;
}

/** A moment and its age, in the sentence `of` with {time} and {ago}. */
export function Age(/** @type {{ texts: any, of: any, iso: string, zone?: string }} */ { texts, of, iso, zone }) {
  const now = useMinute() ?? Date.now();
  const { name, count } = ago(Math.max(0, now - Date.parse(iso)));
  const time = moment(iso, zone);
  const facts = (/** @type {"id" | "en"} */ language) => ({ time: time[language], ago: filled(texts[name][language], { count }) });
  return (
    <p className="asof">
      <Icon name="clock" />
      <span>
        <Words of={inBoth((language) => filled(of[language], facts(language)))} />
      </span>
    </p>
  );
}

/** How old what was checked against is. `kept`: when this device fetched it, should the office computer not have answered. */
export function Ages(/** @type {{ texts: any, judgement: Judgement, kept: number | null }} */ { texts, judgement, kept }) {
  const office = useOffice();
  const zone = office?.zone;
  const { trust_as_of: trust, revocations_as_of: revocations } = judgement;
  return (
    <div className="verify-ages">
      {trust ? <Age texts={texts} of={texts.as_of} iso={trust} zone={zone} /> : null}
      {revocations ? <Age texts={texts} of={texts.as_of_revoked} iso={revocations} zone={zone} /> : null}
      {kept && trust ? <Age texts={texts} of={texts.kept} iso={new Date(kept).toISOString()} zone={zone} /> : null}
    </div>
  );
}
