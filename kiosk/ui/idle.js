// Has the visitor left? A pure state machine: who calls it tells the time. After a minute without a touch it warns with
// twenty seconds to answer; one touch gives more time; then everything of this visitor goes. Speech holds the clock.

/**
 * @typedef {{ phase: "quiet" | "warning" | "over", touched: number, warned: number | null, held: boolean }} Idle  times in ms
 * @typedef {{ type: "touch" | "tick" | "hold" | "release", at: number }} Event
 */

export const QUIET_MS = 60_000;
export const ANSWER_MS = 20_000;

/** A visitor who was just here. @param {number} at @returns {Idle} */
export function arrived(at) {
  return { phase: "quiet", touched: at, warned: null, held: false };
}

/**
 * The next state. `hold` while the screen speaks: the clock stands still, and starts anew at `release`.
 * @param {Idle} idle @param {Event} event @returns {Idle}
 */
export function next(idle, event) {
  if (idle.phase === "over") return idle;
  if (event.type === "touch") return { ...arrived(event.at), held: idle.held };
  if (event.type === "hold") return { ...arrived(event.at), held: true };
  if (event.type === "release") return arrived(event.at);
  if (idle.held) return idle;
  if (idle.warned !== null) return event.at - idle.warned >= ANSWER_MS ? { ...idle, phase: "over" } : idle;
  // The warning starts at this tick, not at the due time: a screen that slept still gives the full twenty seconds.
  return event.at - idle.touched >= QUIET_MS ? { ...idle, phase: "warning", warned: event.at } : idle;
}

/** Whole seconds left to answer, or null when nothing is asked. @param {Idle} idle @param {number} at @returns {number | null} */
export function secondsLeft(idle, at) {
  if (idle.phase !== "warning" || idle.warned === null) return null;
  return Math.max(0, Math.ceil((ANSWER_MS - (at - idle.warned)) / 1000));
}

/**
 * Whether there is anything to take back: elsewhere than where this device begins, or something was chosen or begun there.
 * @param {string} path @param {boolean} chosen @param {string} [start]
 */
export function atRest(path, chosen, start = "/") {
  return (path.replace(/\/+$/, "") || "/") === start && !chosen;
}
