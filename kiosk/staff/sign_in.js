// Signing in, without a screen: what is chosen, what is typed, what the node answered, and how long to wait.
// The PIN lives here alone, and only until it was sent.

export const PIN_DIGITS = 6;
const PATIENCE_MS = 15_000; // the node checks PINs one after the other
const LONGEST_WAIT_S = 24 * 3600;

/**
 * @typedef {{ id: string, name: string, roles: string[] }} Person
 * @typedef {{ path: string, roles: string[] }} Place
 * @typedef {{ status: number, code: string | null, message: string | null, wait: number }} Reply  status 0: nobody answered; wait in seconds
 * @typedef {"wrong" | "locked" | "unreachable" | "other"} Kind
 * @typedef {{ kind: Kind, message: string | null }} Problem
 * @typedef {{ people: Person[] | null, chosen: string | null, pin: string, busy: boolean, done: boolean,
 *   problem: Problem | null, until: Record<string, number>, locked: string[] }} SignIn  until: ms, by account
 * @typedef {{ type: "listed", people: Person[] } | { type: "unlisted", reply: Reply } | { type: "choose", id: string }
 *   | { type: "digit", digit: string, at: number } | { type: "erase" } | { type: "send" } | { type: "reply", id: string, reply: Reply, at: number }} Event
 */

/** @type {SignIn} */
export const START = Object.freeze({ people: null, chosen: null, pin: "", busy: false, done: false, problem: null, until: {}, locked: [] });

/** Whole seconds that this account still has to wait. @param {SignIn} state @param {number} at */
export function secondsLeft(state, at) {
  const until = state.chosen ? (state.until[state.chosen] ?? 0) : 0;
  return Math.max(0, Math.ceil((until - at) / 1000));
}

/** Whether digits can be typed now. @param {SignIn} state @param {number} at */
export function canType(state, at) {
  return state.chosen !== null && !state.busy && !state.done && !state.locked.includes(state.chosen) && secondsLeft(state, at) === 0;
}

/** Whether the PIN can be sent now. @param {SignIn} state @param {number} at */
export const canSend = (state, at) => canType(state, at) && state.pin.length === PIN_DIGITS;

/** @param {SignIn} state @param {Event} event @returns {SignIn} */
export function next(state, event) {
  switch (event.type) {
    case "listed":
      return { ...state, people: event.people, problem: null };
    case "unlisted":
      return { ...state, people: state.people ?? [], problem: problemOf(event.reply) };
    case "choose":
      return state.busy || state.done || event.id === state.chosen ? state : { ...state, chosen: event.id, pin: "", problem: null };
    case "digit":
      if (!canType(state, event.at) || !/^[0-9]$/.test(event.digit) || state.pin.length >= PIN_DIGITS) return state;
      return { ...state, pin: state.pin + event.digit, problem: null };
    case "erase":
      return state.busy ? state : { ...state, pin: state.pin.slice(0, -1) };
    case "send":
      return { ...state, busy: true, problem: null };
    case "reply":
      return answered({ ...state, busy: false, pin: "" }, event.id, event.reply, event.at);
  }
}

/** @param {SignIn} state @param {string} id @param {Reply} reply @param {number} at @returns {SignIn} */
function answered(state, id, reply, at) {
  if (reply.status === 204) return { ...state, done: true };
  const locked = reply.status === 423 ? [...state.locked, id] : state.locked;
  const until = reply.wait > 0 ? { ...state.until, [id]: at + reply.wait * 1000 } : state.until;
  return { ...state, locked, until, problem: problemOf(reply) };
}

/** @param {Reply} reply @returns {Problem | null} */
function problemOf(reply) {
  if (reply.status === 429 && reply.code === "STAFF-0429") return null; // the waiting time says it
  if (reply.status === 423) return { kind: "locked", message: reply.message };
  if (reply.code === "STAFF-0401") return { kind: "wrong", message: reply.message };
  return { kind: reply.status === 0 ? "unreachable" : "other", message: reply.message };
}

const OWN = "/akun";
export const COUNTER = "/loket";

/** Whether these roles open the place at `path`. @param {Place[]} places @param {string} path @param {string[]} roles */
export const opens = (places, path, roles) => places.some((place) => place.path === path && place.roles.some((role) => roles.includes(role)));

/** Where somebody with these roles comes to: the first place that they open, else the own account. @param {Place[]} places @param {string[]} roles */
export const landing = (places, roles) => places.find((place) => opens([place], place.path, roles))?.path ?? OWN;

/** A wait in words: which text, and what to fill in. @param {number} seconds */
export function waitText(seconds) {
  if (seconds < 60) return { name: "wait_seconds", facts: { seconds } };
  if (seconds < 3600) return { name: "wait_minutes", facts: { minutes: Math.floor(seconds / 60), seconds: seconds % 60 } };
  return { name: "wait_hours", facts: { hours: Math.floor(seconds / 3600), minutes: Math.floor((seconds % 3600) / 60) } };
}

/** Which key of a keyboard means what: a digit, "erase", "send", or null. @param {string} key */
export function meaning(key) {
  if (/^[0-9]$/.test(key)) return key;
  if (key === "Backspace" || key === "Delete") return "erase";
  return key === "Enter" ? "send" : null;
}

/**
 * Ask the node once. A sign-in is never sent twice by itself: each one costs a try.
 * @param {string} method @param {string} path @param {unknown} [body] @param {typeof fetch} [request]
 * @returns {Promise<Reply & { body: any }>}
 */
export async function ask(method, path, body, request = fetch) {
  try {
    const response = await request(path, {
      method,
      headers: { "content-type": "application/json", "accept-language": globalThis.document?.documentElement.lang || "id" },
      body: body === undefined ? undefined : JSON.stringify(body),
      credentials: "same-origin",
      cache: "no-store",
      signal: AbortSignal.timeout(PATIENCE_MS),
    });
    const found = await response.json().catch(() => null);
    return { status: response.status, code: found?.code ?? null, message: found?.message ?? null, wait: waitOf(response), body: found };
  } catch {
    return { status: 0, code: null, message: null, wait: 0, body: null };
  }
}

/** Retry-After in seconds (RFC 9110, section 10.2.3); 0 without one. @param {Response} response */
function waitOf(response) {
  const told = Number(response.headers.get("retry-after") ?? "0");
  return Number.isFinite(told) && told > 0 ? Math.min(told, LONGEST_WAIT_S) : 0;
}
