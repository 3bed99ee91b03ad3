// What the board shows of a picture: pure rules.

/** The office's day at `now`: "2026-03-12". @param {number} now @param {string} zone */
export function dayAt(now, zone) {
  return new Intl.DateTimeFormat("sv-SE", { timeZone: zone }).format(now);
}

/**
 * The newest call and the four before it. A picture of another day shows no calls: yesterday's numbers would call the wrong people.
 * @param {any} picture @param {number} now
 */
export function shownCalls(picture, now) {
  if (!picture || dayAt(now, picture.office.zone) !== picture.business_date) return { newest: null, recent: [] };
  const [newest, ...recent] = picture.calls;
  return { newest: newest ?? null, recent: recent.slice(0, 4) };
}

/** "Loket 12" stands large on one line; "Loket Pendaftaran" needs a smaller face. @param {(string | null | undefined)[]} names */
export const isWide = (...names) => names.some((name) => (name ?? "").length > 9);

/** Whole minutes since the node last spoke; 0 for less than one. @param {number | null} seen @param {number} now */
export const minutesOld = (seen, now) => (seen === null ? null : Math.max(0, Math.floor((now - seen) / 60_000)));

/**
 * Calls `tell` for the first news at once and then at most every `gap` ms, the last news never lost.
 * @param {() => void} tell @param {number} gap
 * @param {{ now: () => number, later: (what: () => void, ms: number) => any }} clock
 */
export function atMostEvery(tell, gap, clock) {
  let last = -Infinity;
  let waiting = false;
  return () => {
    if (waiting) return;
    const rest = last + gap - clock.now();
    if (rest <= 0) {
      last = clock.now();
      tell();
      return;
    }
    waiting = true;
    clock.later(() => {
      waiting = false;
      last = clock.now();
      tell();
    }, rest);
  };
}
