// The week's hours as few lines as they need: days in a row with the same hours are one line.

/** @typedef {{ from: number, to: number, span: string | null }} Days  ISO weekdays; null: closed */

const NAMES = { "Asia/Jakarta": "WIB", "Asia/Makassar": "WITA", "Asia/Jayapura": "WIT" };

/** @param {Record<string, string[]>} hours ISO weekday to [opens, closes] @returns {Days[]} */
export function weekOf(hours) {
  /** @type {Days[]} */
  const lines = [];
  for (let day = 1; day <= 7; day++) {
    const span = hours[day] ? hours[day].join("–").replaceAll(":", ".") : null;
    const last = lines.at(-1);
    if (last && last.span === span) last.to = day;
    else lines.push({ from: day, to: day, span });
  }
  return lines;
}

/** What people call the zone. @param {string} zone */
export const zoneName = (zone) => /** @type {Record<string, string>} */ (NAMES)[zone] ?? zone;
