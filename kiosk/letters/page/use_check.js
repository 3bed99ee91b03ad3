// React's side of a check: where the visitor is, the lists to check against, and everything that takes a moment.
import { useCallback, useEffect, useRef, useState } from "react";
import { onBack } from "$/public/external/kiosk/ui/back.js";
import { forgetLetter, LETTER_CAME, letterOf } from "$/public/external/kiosk/ui/letter_code.js";
import { post } from "$/public/external/kiosk/ui/post.js";
import { takesFilesHere } from "$/public/external/kiosk/ui/screen_rules.js";
import { scriptFor, setScript } from "$/public/external/kiosk/ui/speech.js";
import { holdClock, onLeave } from "$/public/external/kiosk/ui/visitor.js";
import { checkFile, checkNumber, checkTexts, keptTrust, known, trustNow } from "./check.js";
import { prepareReader, readCodes } from "./reader.js";
import { listenTo } from "./scanner.js";
import * as steps from "./steps.js";

const READER_AFTER_MS = 1500; // the page first, then what it may need with the office computer gone

const NOTHING_TYPED = /** @type {{ number: string, code: string }} */ ({ number: "", code: "" });
const HALL = ["kiosk", "tablet"]; // handed on to the next visitor

/** @typedef {{ copy: import("../../ui/cached.js").Copy, known: { as_of: string, stale: boolean } | null }} Trust */
/** @typedef {ReturnType<typeof useCheck>} Checking */

/** The lists as they were told last, and their age. @returns {Trust | null} */
function useTrust() {
  const [trust, setTrust] = useState(/** @type {Trust | null} */ (null));
  useEffect(() => {
    let here = true;
    const show = async (/** @type {import("../../ui/cached.js").Copy | null} */ copy) => {
      const told = copy ? { copy, known: await known(copy, Date.now()) } : null;
      if (here && told) setTrust(told);
    };
    void show(keptTrust()).then(trustNow).then(show);
    return () => {
      here = false;
    };
  }, []);
  return trust;
}

/** Whether a visitor has files here: not on a screen of the hall, which opens no dialog (early.src.js). */
function useTakesFiles() {
  const [takes, setTakes] = useState(false);
  useEffect(() => setTakes(takesFilesHere(document.documentElement, () => localStorage)), []);
  return takes;
}

let said = ""; // the page of whoever spoke last: the one before may be answered later

/** Make the dock's "Listen" read this. @param {string} page */
const say = (page) => {
  said = page;
  void Promise.all([scriptFor(page, "id"), scriptFor(page, "en")]).then(([id, en]) => (said === page ? setScript({ id, en }) : undefined));
};

export function useCheck() {
  const [state, setState] = useState(steps.BEGIN);
  const trust = useTrust();
  const takesFiles = useTakesFiles();
  const stepBack = useRef(/** @type {(() => boolean) | null} */ (null)); // within a step
  const typed = useRef(NOTHING_TYPED); // so that one wrong sign does not cost all the others
  const asked = useRef(0); // only the newest check may show its result

  const during = useCallback(async (/** @type {() => Promise<(state: steps.State) => steps.State>} */ work) => {
    asked.current += 1;
    const mine = asked.current;
    setState(steps.checking);
    const release = holdClock();
    const then = await work().finally(release);
    if (mine === asked.current) setState(then);
  }, []);

  const scanned = useCallback(
    (/** @type {string[]} */ texts, brought = false) => during(async () => checkTexts(texts, await trustNow(), { now: Date.now(), brought })),
    [during],
  );
  const go = useCallback((/** @type {steps.Step} */ step) => setState((before) => ({ ...before, step })), []);
  const start = useCallback((/** @type {"choose" | "camera" | "type"} */ way) => {
    asked.current += 1;
    forgetLetter(window);
    if (way !== "type") typed.current = NOTHING_TYPED;
    setState(steps.at(way));
  }, []);

  useBrought(scanned, start);
  useScanner(scanned);
  useEffect(() => {
    const timer = setTimeout(() => void prepareReader().catch(() => undefined), READER_AFTER_MS);
    return () => clearTimeout(timer);
  }, []);
  useEffect(() => {
    if (state.step === "choose") say("verify");
    if (state.step !== "type") stepBack.current = null;
  }, [state.step]);
  useEffect(
    () =>
      onBack(() => {
        if (stepBack.current?.()) return true;
        const before = steps.back(state);
        if (before?.step === "choose") start("choose");
        else if (before) setState(before);
        return before !== null;
      }),
    [state, start],
  );

  return {
    state,
    trust,
    takesFiles,
    stepBack,
    typed,
    say,
    go,
    scanned,
    begin: useCallback(() => start("choose"), [start]),
    scan: useCallback(() => start("camera"), [start]),
    type: useCallback(() => start("type"), [start]),
    again: useCallback(() => start(state.way === "camera" || state.way === "type" ? state.way : "choose"), [start, state.way]),
    lookUp: (/** @type {string} */ number, /** @type {string} */ code) => {
      typed.current = { number, code };
      return during(() => checkNumber(number, code, { post }));
    },
    takeFile: (/** @type {File} */ file) => during(async () => checkFile(file, { read: readCodes, trust: trustNow, now: Date.now() })),
  };
}

/** A code that came with the address is checked at once; it goes with the visitor. @param {(texts: string[], brought: boolean) => void} scanned @param {(way: "choose") => void} start */
function useBrought(scanned, start) {
  useEffect(() => {
    const take = () => {
      const code = letterOf(window);
      if (HALL.includes(document.documentElement.dataset.surface ?? "")) forgetLetter(window); // a phone may load its page again
      if (code) scanned([`${location.origin}/V#${code}`], true);
    };
    take();
    window.addEventListener(LETTER_CAME, take);
    const stop = onLeave(() => start("choose"));
    return () => {
      window.removeEventListener(LETTER_CAME, take);
      stop();
      forgetLetter(window); // another page of the product: the next visitor finds this one empty
    };
  }, [scanned, start]);
}

/** What a hand-held scanner types, wherever one is on the page. @param {(texts: string[]) => void} scanned */
function useScanner(scanned) {
  useEffect(() => {
    const hear = listenTo();
    const key = (/** @type {KeyboardEvent} */ event) => {
      const text = hear(event.key, event.timeStamp);
      if (text === null) return;
      event.preventDefault();
      event.stopPropagation();
      scanned([text]);
    };
    window.addEventListener("keydown", key, { capture: true });
    return () => window.removeEventListener("keydown", key, { capture: true });
  }, [scanned]);
}
