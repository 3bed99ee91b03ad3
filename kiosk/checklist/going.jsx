// One question or paper at a time, and at the end the result.

import { useEffect, useMemo, useRef, useSyncExternalStore } from "react";
import { uuid7 } from "$/public/external/kiosk/queues/uuid7.js";
import { readsOn } from "$/public/external/kiosk/ui/heard.js";
import { Icon } from "$/public/external/kiosk/ui/icons.jsx";
import { useOffice } from "$/public/external/kiosk/ui/office.js";
import { putEntry } from "$/public/external/kiosk/ui/outbox.js";
import { isDevice } from "$/public/external/kiosk/ui/report.js";
import { readSpeech, setScript, speak, subscribeSpeech } from "$/public/external/kiosk/ui/speech.js";
import { usePrefs } from "$/public/external/kiosk/ui/use_prefs.js";
import { Words } from "$/public/external/kiosk/ui/words_both.jsx";
import { Checking, speechOf, stepsOf } from "./check.js";
import { handIn } from "./hand_in.js";
import { useBack } from "./parts.jsx";
import { Picture } from "./pictures.jsx";
import { Result } from "./result.jsx";

/** @typedef {import("../ui/words.js").Texts} Texts */
/** @typedef {import("./check.js").List} List */
/** @typedef {import("./check.js").Step} Step */

const MEANS = {
  now: () => performance.now(),
  newId: () => uuid7(Date.now(), (bytes) => crypto.getRandomValues(bytes)),
  store: () => {
    try {
      return globalThis.sessionStorage;
    } catch {
      return null;
    }
  },
};

/** Whatever was made here is handed in once; a list that was brought is not ours to count. @param {Checking} checking @param {List} list */
function useHandIn(checking, list) {
  const zone = useOffice()?.zone;
  const known = useRef(checking.state.id);
  const { id, made } = checking.state;
  useEffect(() => {
    if (id === null || made === null || id === known.current) return;
    known.current = id;
    void handIn({ id, service: list.id, digest: list.digest, answers: made }, { enrolled: isDevice(), now: new Date(), zone, put: putEntry });
  }, [id, made, list, zone]);
}

/** `brought`: a code from elsewhere; then the result stands there at once. */
export function Going(/** @type {{ texts: Texts, lists: any, list: List, brought?: { id: string, answers: string } }} */ { texts, lists, list, brought }) {
  const checking = useMemo(() => new Checking(list, MEANS, brought), []);
  useSyncExternalStore(checking.subscribe, checking.read);
  useHandIn(checking, list);
  const heard = useHeard();
  useBack(checking.goBack);
  const { step, letters } = checking;
  if (step === null) return <Result texts={texts} lists={lists} list={list} checking={checking} letters={letters ?? ""} />;
  const name = step.kind === "question" ? step.key : String(step.item.order);
  return <Asked texts={texts} lists={lists} list={list} checking={checking} step={step} heard={heard} key={name} />;
}

/** Whether the next step is read by itself. */
function useHeard() {
  const heard = useRef(false);
  useEffect(
    () =>
      subscribeSpeech(() => {
        heard.current = readsOn(heard.current, readSpeech());
      }),
    [],
  );
  return heard;
}

/** Read the step when "Listen" is touched, or by itself. @param {any} lists @param {Step} step @param {{ current: boolean }} heard */
function useSpokenStep(lists, step, heard) {
  const { language } = usePrefs();
  useEffect(() => {
    const script = speechOf(lists, step);
    void setScript(script);
    if (heard.current) void speak(script[language]);
  }, [lists]);
}

function Asked(
  /** @type {{ texts: Texts, lists: any, list: List, checking: Checking, step: Step, heard: { current: boolean } }} */ {
    texts,
    lists,
    list,
    checking,
    step,
    heard,
  },
) {
  useSpokenStep(lists, step, heard);
  const head = useRef(/** @type {HTMLHeadingElement | null} */ (null));
  useEffect(() => {
    head.current?.focus({ preventScroll: true }); // who listens to the page hears the new question
    document.getElementById("main")?.scrollTo({ top: 0 });
    if (document.documentElement.dataset.surface === "phone") window.scrollTo({ top: 0 });
  }, []);
  return (
    <div className="check check-asked" data-step={step.kind === "question" ? step.key : step.item.order}>
      <div className="check-head">
        <Progress texts={texts} list={list} checking={checking} step={step} />
        <Picture name={step.kind === "question" ? "person" : step.item.picture} />
        {step.kind === "question" ? (
          <h1 ref={head} tabIndex={-1}>
            <Words of={lists.questions[step.key].ask} />
          </h1>
        ) : (
          <Paper texts={texts} item={step.item} head={head} />
        )}
      </div>
      <div className="check-answers">
        {step.kind === "question" ? <YesNo asked={lists.questions[step.key]} checking={checking} of={step.key} /> : null}
        {step.kind === "paper" ? <Marks texts={texts} checking={checking} order={step.item.order} /> : null}
        <p className="t2 check-only">
          <Words of={texts.only_help} />
        </p>
      </div>
    </div>
  );
}

function Paper(
  /** @type {{ texts: Texts, item: import("./check.js").Item, head: import("react").RefObject<HTMLHeadingElement | null> }} */ { texts, item, head },
) {
  return (
    <>
      <p className="check-ask">
        <Words of={texts.have_you} />
      </p>
      <h1 ref={head} tabIndex={-1}>
        <span lang="id">{item.text}</span>
        {item.text_en ? (
          <span className="w unofficial" lang="en">
            {item.text_en}
          </span>
        ) : null}
      </h1>
      {item.what || item.where ? (
        <p className="check-notes">
          {item.what ? <Words of={item.what} /> : null}
          {item.where ? (
            <span className="check-where">
              <Icon name="map-pin-line" />
              <span>
                <Words of={item.where} />
              </span>
            </span>
          ) : null}
        </p>
      ) : null}
    </>
  );
}

/** Service, "paper 2 of 7", and a box for each. Only to be read: back is in the dock, and the result lets every answer be changed. */
function Progress(/** @type {{ texts: Texts, list: List, checking: Checking, step: Step }} */ { texts, list, checking, step }) {
  const steps = stepsOf(list, checking.state.facts);
  return (
    <div className="check-progress">
      <p className="b">
        <span className="check-service">
          <span className="w" lang="id">
            {list.title}
          </span>
          <span className="w" lang="en">
            {list.title_en ?? list.title}
          </span>
        </span>
        <span className="nw">
          {step.kind === "question" ? <Words of={texts.first} /> : <Words of={texts.paper_of} facts={{ place: step.place, count: step.count }} />}
        </span>
      </p>
      <ol className="check-dots" aria-hidden="true">
        {steps.map((one, at) => {
          const answered = one.kind === "question" ? checking.state.facts[one.key] : checking.state.marks[one.item.order];
          const now = at === checking.state.at;
          return (
            <li key={one.kind === "question" ? one.key : one.item.order} className={now ? "is-now" : answered ? "is-done" : ""}>
              {answered && !now ? <Icon name="check" /> : one.kind === "question" ? "?" : one.place}
            </li>
          );
        })}
      </ol>
    </div>
  );
}

function Answer(
  /** @type {{ checking: Checking, said: string, on: boolean, icon: string, look: string, of: any, help?: any, mirror?: boolean }} */ {
    checking,
    said,
    on,
    icon,
    look,
    of,
    help,
    mirror,
  },
) {
  return (
    <button
      type="button"
      className={`opt check-answer ${look}${mirror ? " mirror" : ""}`}
      data-answer={said}
      aria-pressed={on}
      onClick={() => checking.answer(said)}
    >
      <Icon name={icon} />
      <span>
        <b>
          <Words of={of} />
        </b>
        {help ? (
          <span className="check-help">
            <Words of={help} />
          </span>
        ) : null}
      </span>
    </button>
  );
}

function YesNo(/** @type {{ asked: any, checking: Checking, of: string }} */ { asked, checking, of }) {
  const said = checking.state.facts[of];
  return (
    <>
      <Answer checking={checking} said="yes" on={said === "yes"} icon="user" look="" of={asked.yes} />
      <Answer checking={checking} said="no" on={said === "no"} icon="users" look="" of={asked.no} mirror />
    </>
  );
}

function Marks(/** @type {{ texts: Texts, checking: Checking, order: number }} */ { texts, checking, order }) {
  const said = checking.state.marks[order];
  return (
    <>
      <Answer checking={checking} said="h" on={said === "h"} icon="check-circle-duo" look="ok" of={texts.yes_have} help={texts.yes_help} />
      <Answer checking={checking} said="m" on={said === "m"} icon="hourglass-duo" look="warn" of={texts.no_lack} help={texts.no_help} mirror />
      <Answer checking={checking} said="u" on={said === "u"} icon="question-duo" look="ask" of={texts.not_sure} help={texts.not_sure_help} />
    </>
  );
}
