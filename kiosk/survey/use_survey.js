// React's side of the survey: what the office adds to the questionnaire, and one visitor's way through it.

import { useEffect, useMemo, useRef, useState, useSyncExternalStore } from "react";
import { onBack } from "$/public/external/kiosk/ui/back.js";
import { getJson, lastCopy } from "$/public/external/kiosk/ui/cached.js";
import { readsOn } from "$/public/external/kiosk/ui/heard.js";
import { putEntry, readOutbox, subscribeOutbox } from "$/public/external/kiosk/ui/outbox.js";
import { fillRandom, uuid4 } from "$/public/external/kiosk/ui/random.js";
import { isDevice } from "$/public/external/kiosk/ui/report.js";
import { codeOf, forgetCode } from "$/public/external/kiosk/ui/slip_code.js";
import { prefetch, readSpeech, setScript, speak, subscribeSpeech } from "$/public/external/kiosk/ui/speech.js";
import { useLink, usePrefs } from "$/public/external/kiosk/ui/use_prefs.js";
import { holdClock, markVisit, onLeave } from "$/public/external/kiosk/ui/visitor.js";
import { isHandedOn } from "./clean.js";
import { allClips, speechOf, spokenAt } from "./form.js";
import { handIn, waitingAnswers } from "./hand_in.js";
import { Answering } from "./survey.js";
import { postAnswer, putAnswer, startQueue, subscribeQueue, waitingHere } from "./use_phone_queue.js";

/** @typedef {import("./form.js").Form} Form */
/** @typedef {{ services: import("./form.js").Service[], speech?: Record<string, import("./form.js").Clips> }} Told what the node adds */

const SURVEY = "/api/v1/survey";
/** @type {Told} */
const NOTHING = { services: [] };
const OUTBOX_MS = 10_000;

const late = () => /** @type {Promise<never>} */ (new Promise((_, reject) => setTimeout(() => reject(new Error("the outbox hangs")), OUTBOX_MS)));

const MEANS = {
  now: () => performance.now(),
  newId: () => uuid4(fillRandom),
  store: () => {
    try {
      return globalThis.sessionStorage;
    } catch {
      return null;
    }
  },
  hand: (/** @type {{ id: string, body: import("./form.js").Body }} */ answer) =>
    handIn(answer, { enrolled: isDevice(), put: putEntry, keep: putAnswer, post: postAnswer, late }),
};

/**
 * The office's services and clips: the last copy at once, the node's answer as soon as it comes; read again when a visitor begins, for a
 * screen may stand at this page for weeks. @param {boolean} under @returns {Told}
 */
function useTold(under) {
  const [told, setTold] = useState(NOTHING);
  useEffect(() => {
    let here = true;
    const same = (/** @type {Told} */ one, /** @type {Told} */ other) => JSON.stringify(one) === JSON.stringify(other);
    const show = (/** @type {{ body: any, missing: boolean } | null} */ copy) =>
      here && copy && !copy.missing && setTold((before) => (same(before, copy.body) ? before : copy.body));
    show(lastCopy(SURVEY));
    getJson(SURVEY).then(show);
    return () => {
      here = false;
    };
  }, [under]);
  return told;
}

/** On another page of a screen in the hall: the next person may open this one. Whose phone it is may come back. @param {Answering} answering */
function leaveHall(answering) {
  if (isHandedOn(document.documentElement.dataset.surface)) answering.leave();
}

/** One visitor after the other. @param {Form} form */
export function useAnswering(form) {
  const answering = useMemo(() => new Answering(form, MEANS, codeOf(window)), [form]);
  const state = useSyncExternalStore(answering.subscribe, answering.read);
  const under = state.at !== "start" || state.phase !== "asking";
  const told = useTold(under);
  answering.offer(told.services);
  useEffect(() => onLeave(() => answering.leave()), [answering]);
  useEffect(() => () => leaveHall(answering), [answering]);
  useEffect(() => onBack(answering.goBack), [answering]);
  useEffect(() => {
    markVisit(under);
    return () => markVisit(false);
  }, [under]);
  useEffect(() => startQueue(), []); // also on a screen: what was said before it was enrolled
  useEffect(() => onLeave(() => forgetCode(window)), []);
  useEffect(() => (state.phase === "done" ? forgetCode(window) : undefined), [state.phase]);
  useEffect(() => (state.phase === "handing" ? holdClock() : undefined), [state.phase]);
  useSpoken(told, state);
  return { answering, state };
}

/** What stands there is read when "Listen" is touched, and from then on by itself. @param {Told} told @param {import("./form.js").State} state */
function useSpoken({ speech }, state) {
  const { language } = usePrefs();
  const where = useWhere();
  const heard = useRef(false);
  const shown = useRef("");
  useEffect(() => subscribeSpeech(() => (heard.current = readsOn(heard.current, readSpeech()))), []);
  useEffect(() => void prefetch(allClips(speech)), [speech]); // the whole survey is read also when the node is gone
  useEffect(() => {
    if (!speech) return; // who touched "Listen" already is read to when the words are known
    const steps = spokenAt(state, where);
    const script = speechOf(speech, steps);
    const [step = ""] = steps;
    const another = shown.current !== step;
    if (state.at === "start" && another && shown.current !== "") heard.current = false; // another visitor
    shown.current = step;
    const reading = readSpeech().speaking;
    void setScript(script);
    const cut = reading && !readSpeech().speaking; // other words stand there now, as when the line came back
    if (heard.current && (another || cut) && state.phase !== "handing") void speak(script[language]);
  }, [speech, state.at, state.phase, where.hall, where.later]);
}

/** How many answers wait on this device: a count, and nothing of what they say. */
export function useWaiting() {
  return useSyncExternalStore(
    subscribeBoth,
    () => (isDevice() ? waitingAnswers([...readOutbox()]) : 0) + waitingHere(),
    () => 0,
  );
}

/** Whether this is a screen in the hall, and whether the office gets what is handed in only later. A screen's answer waits a moment also
 * when the office is there. */
export function useWhere() {
  const hall = isHandedOn(useSurface());
  const { up } = useLink();
  const waiting = useWaiting();
  return { hall, later: up === false || (!isDevice() && waiting > 0) };
}

/** @param {() => void} listener */
function subscribeBoth(listener) {
  const stops = [subscribeOutbox(listener), subscribeQueue(listener)];
  return () => {
    for (const stop of stops) stop();
  };
}

/** On which surface this page is drawn; "" before the page lives. */
export function useSurface() {
  const [surface, setSurface] = useState("");
  useEffect(() => setSurface(document.documentElement.dataset.surface ?? ""), []);
  return surface;
}

/** The heading of a new step comes into sight, and who listens to the page hears it. */
export function useHeading() {
  const head = useRef(/** @type {HTMLHeadingElement | null} */ (null));
  useEffect(() => {
    head.current?.focus({ preventScroll: true });
    document.getElementById("main")?.scrollTo({ top: 0 });
    document.querySelector(".frame")?.scrollTo({ top: 0 });
    window.scrollTo({ top: 0 });
  }, []);
  return head;
}
