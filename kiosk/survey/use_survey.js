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
import { usePrefs } from "$/public/external/kiosk/ui/use_prefs.js";
import { holdClock, markVisit, onLeave } from "$/public/external/kiosk/ui/visitor.js";
import { allClips, speechOf } from "./form.js";
import { handIn, waitingAnswers } from "./hand_in.js";
import { postAnswer } from "./post_answer.js";
import { Answering } from "./survey.js";
import { putAnswer, startQueue, subscribeQueue, waitingHere } from "./use_phone_queue.js";

/** @typedef {import("./form.js").Form} Form */
/** @typedef {{ services: import("./form.js").Service[], speech?: Record<string, import("./form.js").Clips> }} Told what the node adds */

const SURVEY = "/api/v1/survey";
/** @type {Told} */
const NOTHING = { services: [] };

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
    handIn(answer, { enrolled: isDevice(), put: putEntry, keep: putAnswer, post: postAnswer }),
};

/** The office's services and clips: the last copy at once, the node's answer as soon as it comes. @returns {Told} */
function useTold() {
  const [told, setTold] = useState(NOTHING);
  useEffect(() => {
    let here = true;
    const show = (/** @type {{ body: any, missing: boolean } | null} */ copy) => here && copy && !copy.missing && setTold(copy.body);
    show(lastCopy(SURVEY));
    getJson(SURVEY).then(show);
    return () => {
      here = false;
    };
  }, []);
  return told;
}

/** One visitor after the other. @param {Form} form */
export function useAnswering(form) {
  const told = useTold();
  const answering = useMemo(() => new Answering(form, MEANS, codeOf(window)), [form]);
  const state = useSyncExternalStore(answering.subscribe, answering.read);
  const under = state.at !== "start" || state.phase !== "asking";
  useEffect(() => answering.offer(told.services), [answering, told]);
  useEffect(() => onLeave(() => answering.leave()), [answering]);
  useEffect(() => () => answering.leave(), [answering]); // another page of this screen: the next person may open this one
  useEffect(() => onBack(answering.goBack), [answering]);
  useEffect(() => {
    markVisit(under);
    return () => markVisit(false);
  }, [under]);
  useEffect(() => (isDevice() ? undefined : startQueue()), []);
  useEffect(() => onLeave(() => forgetCode(window)), []);
  useEffect(() => (state.phase === "done" ? forgetCode(window) : undefined), [state.phase]);
  useEffect(() => (state.phase === "handing" ? holdClock() : undefined), [state.phase]);
  useSpoken(told, state);
  return { answering, state };
}

/** What stands there is read when "Listen" is touched, and from then on by itself. @param {Told} told @param {import("./form.js").State} state */
function useSpoken({ speech }, state) {
  const { language } = usePrefs();
  const heard = useRef(false);
  const shown = useRef("");
  useEffect(() => subscribeSpeech(() => (heard.current = readsOn(heard.current, readSpeech()))), []);
  useEffect(() => void prefetch(allClips(speech)), [speech]); // the whole survey is read also when the node is gone
  useEffect(() => {
    const script = speechOf(speech, state);
    const step = `${state.at} ${state.phase === "done"}`;
    const another = shown.current !== step;
    shown.current = step;
    if (state.at === "start" && another) heard.current = false; // another visitor
    if (speech) void setScript(script); // before, the page's own script stands
    if (heard.current && another) void speak(script[language]);
  }, [speech, state.at, state.phase]);
}

/** How many answers wait on this device: a count, and nothing of what they say. */
export function useWaiting() {
  return useSyncExternalStore(
    subscribeBoth,
    () => (isDevice() ? waitingAnswers([...readOutbox()]) : waitingHere()),
    () => 0,
  );
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
