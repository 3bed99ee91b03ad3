// Words of an island: `texts` comes from Python (kiosk.core.i18n.texts), `{name: {id: "...", en: "..."}}`.

/** @typedef {Record<string, { id: string, en: string }>} Texts */

/** Put `facts` into the places in braces; a place without a fact stays, so that a mistake shows. */
export function filled(/** @type {string} */ sentence, /** @type {Record<string, unknown>} */ facts = {}) {
  return sentence.replace(/\{(\w+)\}/g, (place, name) => (name in facts ? String(facts[name]) : place));
}

/**
 * One text in one language. An unknown name gives the name itself; a missing language falls back to Indonesian.
 * @param {Texts} texts @param {string} name @param {"id" | "en"} language @param {Record<string, unknown>} [facts]
 */
export function pick(texts, name, language, facts = {}) {
  const text = texts[name];
  return text ? filled(text[language] ?? text.id, facts) : name;
}

/** Hours and minutes as the office writes them: "09.42". @param {number | Date} moment @param {string} [zone] */
export function clockText(moment, zone) {
  return new Intl.DateTimeFormat("id-ID", { hour: "2-digit", minute: "2-digit", hourCycle: "h23", timeZone: zone }).format(moment).replace(":", ".");
}

/** "Kamis, 12 Maret 2026" or "Thursday, 12 March 2026". @param {number | Date} moment @param {"id" | "en"} language @param {string} [zone] */
export function dateText(moment, language, zone) {
  const locale = language === "en" ? "en-GB" : "id-ID";
  return new Intl.DateTimeFormat(locale, { weekday: "long", day: "numeric", month: "long", year: "numeric", timeZone: zone }).format(moment);
}

/** Hours and minutes of the node's local ISO text, its own clock and not this screen's. @param {string} local @param {"id" | "en"} language */
export function localClock(local, language) {
  const clock = local.slice(11, 16);
  return language === "en" ? clock : clock.replace(":", ".");
}

/**
 * Weekday, date and time of an opening, from the node's local ISO text: its own clock, not this screen's.
 * @param {string} local "2026-03-16T08:00:00+08:00" @param {"id" | "en"} language
 */
export function openingText(local, language) {
  const moment = new Date(`${local.slice(0, 19)}Z`);
  const day = new Intl.DateTimeFormat(language === "en" ? "en-GB" : "id-ID", { weekday: "long", day: "numeric", month: "long", timeZone: "UTC" });
  return `${day.format(moment)}, ${localClock(local, language)}`;
}
