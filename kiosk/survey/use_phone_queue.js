// The phone's queue with this browser's storage and line.
import { post } from "$/public/external/kiosk/ui/post.js";
import { outcome, PhoneQueue } from "./phone_queue.js";

const PATH = "/api/v1/survey/answers";
const PATIENCE_MS = 8000;

/** @param {any} body */
const hand = (body) => post(PATH, body, { tries: 1, timeout: PATIENCE_MS });

const queue = new PhoneQueue({
  store: () => localStorage,
  post: hand,
  sleep: (ms) => /** @type {Promise<void>} */ (new Promise((resolve) => setTimeout(resolve, ms))),
  random: Math.random,
});

/** Keep an answer on this phone and send it: see `PhoneQueue.put`. @param {string} id @param {any} body */
export const putAnswer = (id, body) => queue.put(id, body);

/**
 * Whether the office took an answer that is kept nowhere: of a screen whose outbox refuses. The id makes a second try the same answer.
 * @param {string} id @param {import("./form.js").Body} body
 */
export const postAnswer = async (id, body) => outcome(await hand({ id, ...body })).result === "taken";

/** How many answers wait on this phone. */
export const waitingHere = () => queue.read().length;

/** Call `listener` after every change. Returns how to stop. @param {() => void} listener */
export function subscribeQueue(listener) {
  queue.listeners.add(listener);
  return () => {
    queue.listeners.delete(listener);
  };
}

/** Send what waited on this phone since an earlier visit, now and when the network is back. Returns how to stop. */
export function startQueue() {
  const go = () => void queue.go();
  go();
  addEventListener("online", go);
  return () => removeEventListener("online", go);
}
