// /daftar: this browser becomes a device of the office, by a code that is typed or came with the address.
import { useEffect, useReducer, useRef } from "react";
import { forgetDevice } from "$/public/external/kiosk/ui/device.js";
import { Icon } from "$/public/external/kiosk/ui/icons.jsx";
import { post } from "$/public/external/kiosk/ui/post.js";
import { deviceEnrolled } from "$/public/external/kiosk/ui/report.js";
import { usePrefs } from "$/public/external/kiosk/ui/use_prefs.js";
import { holdClock } from "$/public/external/kiosk/ui/visitor.js";
import { Words } from "$/public/external/kiosk/ui/words_both.jsx";
import { ALPHABET, canSend, firstPage, meaning, next, SIGNS, START, shown } from "./enrol.js";

/** @typedef {import("./enrol.js").Enrolling} Enrolling */
/** @typedef {Record<string, { id: string, en: string }>} Texts */

const PATH = "/api/v1/devices/enrol";
const PATIENCE_MS = 10_000;
const HOLD_MS = 10 * 60_000; // as long as a code lives, a screen in the hall does not go home by itself

function useEnrolling() {
  const [state, tell] = useReducer(next, START);
  const send = async () => {
    if (!canSend(state)) return;
    tell({ type: "send" });
    const answer = await post(PATH, { code: state.code }, { tries: 1, timeout: PATIENCE_MS }); // twice would be a code already used
    if (answer.ok) {
      await forgetDevice();
      deviceEnrolled();
    }
    tell({ type: "reply", answer });
  };
  /** @param {string} what */
  const press = (what) => {
    if (what === "send") return void send();
    tell(what === "erase" || what === "clear" ? { type: what } : { type: "typed", text: what });
  };
  useCodeInAddress((text) => tell({ type: "given", text }));
  useKeyboard(press, (text) => tell({ type: "given", text }));
  return { state, press };
}

/** A code behind the address's "#" is taken and at once removed, so that nobody finds it there. @param {(text: string) => void} take */
function useCodeInAddress(take) {
  const latest = useRef(take);
  latest.current = take;
  useEffect(() => {
    const look = () => {
      const found = window.location.hash.slice(1);
      if (!found) return;
      window.history.replaceState(window.history.state, "", window.location.pathname);
      latest.current(found);
    };
    look();
    window.addEventListener("hashchange", look);
    return () => window.removeEventListener("hashchange", look);
  }, []);
}

/** A keyboard does what the keys on the screen do, and a code can be pasted; Enter on a focused link or key stays its own.
 * @param {(what: string) => void} press @param {(text: string) => void} paste */
function useKeyboard(press, paste) {
  const latest = useRef({ press, paste });
  latest.current = { press, paste };
  useEffect(() => {
    const typed = (/** @type {KeyboardEvent} */ event) => {
      const what = meaning(event.key);
      const own = event.target instanceof Element && event.target.matches("a, button:enabled");
      if (what === null || event.ctrlKey || event.altKey || event.metaKey || (what === "send" && own)) return;
      event.preventDefault();
      latest.current.press(what);
    };
    const pasted = (/** @type {ClipboardEvent} */ event) => latest.current.paste(event.clipboardData?.getData("text") ?? "");
    window.addEventListener("keydown", typed);
    window.addEventListener("paste", pasted);
    return () => {
      window.removeEventListener("keydown", typed);
      window.removeEventListener("paste", pasted);
    };
  }, []);
}

function useHeldClock() {
  useEffect(() => {
    const letGo = holdClock();
    const timer = setTimeout(letGo, HOLD_MS);
    return () => {
      clearTimeout(timer);
      letGo();
    };
  }, []);
}

export function EnrolDevice(/** @type {{ texts: Texts }} */ { texts }) {
  const { state, press } = useEnrolling();
  useHeldClock();
  if (state.device) return <Done texts={texts} device={state.device} />;
  return (
    <div className="enrol" data-full={state.code.length === SIGNS}>
      <section className="panel enrol-code" aria-labelledby="enrol-title">
        <h2 id="enrol-title">
          <Words of={texts.code} />
        </h2>
        <Typed texts={texts} code={state.code} />
        <div className="said" role="status">
          <Said texts={texts} state={state} />
        </div>
      </section>
      <Keys texts={texts} state={state} onPress={press} />
      <div className="enrol-do">
        <button type="button" className="btn" data-key="erase" disabled={state.busy || state.code === ""} onClick={() => press("erase")}>
          <Icon name="backspace" />
          <Words of={texts.erase} />
        </button>
        <button type="button" className="btn start" data-key="send" disabled={!canSend(state)} onClick={() => press("send")}>
          <Icon name="check" />
          <Words of={texts.send} />
        </button>
      </div>
    </div>
  );
}

/** Eight places, in two groups. */
function Typed(/** @type {{ texts: Texts, code: string }} */ { texts, code }) {
  const { language } = usePrefs();
  const said = texts.typed[language === "en" ? "en" : "id"].replace("{count}", String(code.length)).replace("{signs}", String(SIGNS));
  return (
    <p className="enrol-signs" role="img" aria-label={`${said} ${shown(code)}`} data-typed={code}>
      {Array.from({ length: SIGNS }, (_, place) => (
        <b key={place} className={place < code.length ? "on" : ""}>
          {code[place] ?? ""}
        </b>
      ))}
    </p>
  );
}

/** What to do, or what went wrong and what to do then. */
function Said(/** @type {{ texts: Texts, state: Enrolling }} */ { texts, state }) {
  if (state.problem) {
    const gone = state.problem.message === null;
    return (
      <div className={`note ${gone ? "warn" : "bad"}`}>
        <Icon name={gone ? "wifi-slash" : "warning-circle"} />
        <p>{state.problem.message ?? <Words of={texts.unreachable} />}</p>
      </div>
    );
  }
  return (
    <p className="t2">
      <Words of={state.busy ? texts.checking : state.given ? texts.from_address : texts.type_it} />
    </p>
  );
}

function Keys(/** @type {{ texts: Texts, state: Enrolling, onPress: (what: string) => void }} */ { texts, state, onPress }) {
  const { language } = usePrefs();
  const full = state.code.length === SIGNS || state.busy;
  return (
    <fieldset className="enrol-keys" aria-label={texts.keys[language === "en" ? "en" : "id"]}>
      {[...ALPHABET].map((sign) => (
        <button key={sign} type="button" className="key" data-key={sign} disabled={full} onClick={() => onPress(sign)}>
          {sign}
        </button>
      ))}
    </fieldset>
  );
}

/** What this browser is now called, its lane, and the way to its first page: a whole load, with the cookie that just came. */
function Done(/** @type {{ texts: Texts, device: import("./enrol.js").Device }} */ { texts, device }) {
  const go = useRef(/** @type {HTMLAnchorElement | null} */ (null));
  useEffect(() => void go.current?.focus({ preventScroll: true }), []);
  return (
    <section className="panel enrol-done" data-enrolled={device.lane} role="status">
      <div className="note ok">
        <Icon name="check-circle" />
        <h2>
          <Words of={texts.done} />
        </h2>
      </div>
      <a ref={go} className="btn start" href={firstPage(device.kind)} data-go={firstPage(device.kind)}>
        <Words of={texts.go} />
        <Icon name="arrow-right" />
      </a>
      <dl className="enrol-facts">
        <Fact of={texts.name} value={device.name} />
        <Fact of={texts.kind} value={<Words of={texts[device.kind] ?? texts.kiosk} />} />
        {device.place ? <Fact of={texts.place} value={device.place} /> : null}
        <Fact of={texts.lane} value={<span className="num">{device.lane}</span>} />
      </dl>
    </section>
  );
}

function Fact(/** @type {{ of: { id: string, en: string }, value: any }} */ { of, value }) {
  return (
    <div>
      <dt>
        <Words of={of} />
      </dt>
      <dd>{value}</dd>
    </div>
  );
}
