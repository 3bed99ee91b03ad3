// How old something is, in words that a person says.

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** The text's name and its count. @param {number} age ms @returns {{ name: "now" | "minute" | "minutes" | "hour" | "hours" | "day" | "days", count: number }} */
export function ago(age) {
  if (age < MINUTE) return { name: "now", count: 0 };
  if (age < HOUR) return many("minute", Math.floor(age / MINUTE));
  if (age < 2 * DAY) return many("hour", Math.floor(age / HOUR));
  return many("day", Math.floor(age / DAY));
}

/** @param {"minute" | "hour" | "day"} name @param {number} count */
const many = (name, count) => /** @type {ReturnType<typeof ago>} */ ({ name: count === 1 ? name : `${name}s`, count });
