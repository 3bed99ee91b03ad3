// Enrolling a browser, without a screen: what is typed, what the node answered, where to go then.
// The spelling of codes is that of kiosk/devices/codes.py.

export const ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
export const SIGNS = 8;
const GROUP = 4;
/** @type {Record<string, string>} */
const LOOK_ALIKES = { O: "0", I: "1", L: "1" };
/** @type {Record<string, string>} */
const FIRST_PAGES = { board: "/papan", staff: "/masuk" };

/**
 * @typedef {{ id: string, name: string, kind: string, lane: string, place: string }} Device
 * @typedef {{ ok: boolean, status: number, body: any }} Answer  status 0: nobody answered
 * @typedef {{ message: string | null }} Problem  null: nobody answered
 * @typedef {{ code: string, given: boolean, busy: boolean, problem: Problem | null, device: Device | null }} Enrolling  given: it came with the address
 * @typedef {{ type: "typed", text: string } | { type: "given", text: string } | { type: "erase" } | { type: "clear" } | { type: "send" }
 *   | { type: "reply", answer: Answer }} Event
 */

/** @type {Enrolling} */
export const START = Object.freeze({ code: "", given: false, busy: false, problem: null, device: null });

/** The signs of a code in a text, at most eight; what is no sign is left out, and so is the address before a "#". @param {string} text */
export function signsOf(text) {
  const code = text.slice(text.lastIndexOf("#") + 1);
  const plain = [...code.normalize("NFKC").toUpperCase()].map((sign) => LOOK_ALIKES[sign] ?? sign);
  return plain
    .filter((sign) => ALPHABET.includes(sign))
    .join("")
    .slice(0, SIGNS);
}

/** As people see it: "7GQ0-K2". @param {string} code */
export const shown = (code) => (code.length > GROUP ? `${code.slice(0, GROUP)}-${code.slice(GROUP)}` : code);

/** Whether the code can be sent now. @param {Enrolling} state */
export const canSend = (state) => state.code.length === SIGNS && !state.busy && state.device === null;

/** @param {Enrolling} state @param {Event} event @returns {Enrolling} */
export function next(state, event) {
  if (event.type === "reply") return answered({ ...state, busy: false }, event.answer);
  if (state.busy || state.device) return state;
  switch (event.type) {
    case "typed":
      return { ...state, code: signsOf(state.code + event.text), given: false, problem: null };
    case "given":
      return { ...state, code: signsOf(event.text), given: signsOf(event.text).length === SIGNS, problem: null };
    case "erase":
      return { ...state, code: state.code.slice(0, -1), given: false, problem: null };
    case "clear":
      return START;
    case "send":
      return canSend(state) ? { ...state, busy: true, problem: null } : state;
  }
}

/** @param {Enrolling} state @param {Answer} answer @returns {Enrolling} */
function answered(state, answer) {
  if (answer.ok) return { ...START, device: answer.body };
  // An unanswered code is kept, to be sent again; one that was refused is of no more use.
  if (answer.status === 0) return { ...state, problem: { message: null } };
  return { ...START, problem: { message: answer.body?.message ?? null } };
}

/** The page where a device of this kind begins. @param {string} kind */
export const firstPage = (kind) => FIRST_PAGES[kind] ?? "/";

/**
 * Which key of a keyboard means what: a sign, "erase", "clear", "send", or null. A hand scanner types the whole address of the
 * QR code and Enter: the code begins anew behind its "#". @param {string} key
 */
export function meaning(key) {
  if (key === "#") return "clear";
  if (key === "Backspace" || key === "Delete") return "erase";
  if (key === "Enter") return "send";
  return key.length === 1 && signsOf(key) ? signsOf(key) : null;
}

/** "9:05" of seconds. @param {number} seconds */
export const clock = (seconds) => `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
