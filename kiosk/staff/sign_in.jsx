// /masuk: choose a name, type the PIN on a keypad or a keyboard. /masuk?ganti=1 is the switch of officers at a counter: only who may sit
// there, the last digit signs in, and the counter stays.
import { useEffect, useReducer, useRef } from "react";
import { Icon } from "$/public/external/kiosk/ui/icons.jsx";
import { setPrefs } from "$/public/external/kiosk/ui/prefs.js";
import { usePrefs } from "$/public/external/kiosk/ui/use_prefs.js";
import { Words } from "$/public/external/kiosk/ui/words_both.jsx";
import { ask, COUNTER, canSend, canType, landing, meaning, next, opens, PIN_DIGITS, START, secondsLeft, waitText } from "./sign_in.js";

/** @typedef {import("./sign_in.js").SignIn} SignIn */
/** @typedef {import("./sign_in.js").Place} Place */
/** @typedef {Record<string, { id: string, en: string }>} Texts */

const KEYS = ["1", "2", "3", "4", "5", "6", "7", "8", "9"];

/** The time, read anew at each drawing; while somebody waits, four times a second. @param {boolean} running */
function useNow(running) {
  const [, draw] = useReducer((/** @type {number} */ times) => times + 1, 0);
  useEffect(() => {
    if (!running) return undefined;
    const timer = setInterval(draw, 250);
    return () => clearInterval(timer);
  }, [running]);
  return Date.now();
}

/** @param {Place[]} places @param {boolean} switching */
function useSignIn(places, switching) {
  const [state, tell] = useReducer(next, START);
  const list = async () => {
    const reply = await ask("GET", "/api/v1/staff/accounts");
    const fits = (/** @type {import("./sign_in.js").Person} */ one) => !switching || opens(places, COUNTER, one.roles);
    tell(reply.status === 200 ? { type: "listed", people: reply.body.filter(fits) } : { type: "unlisted", reply });
  };
  const send = async () => {
    const id = state.chosen;
    if (id === null || !canSend(state, Date.now())) return;
    tell({ type: "send" });
    const reply = await ask("POST", "/api/v1/staff/session", { account: id, pin: state.pin, keep_counter: switching });
    tell({ type: "reply", id, reply, at: Date.now() });
    // A whole load, so that the websocket is opened anew with the cookie that just came.
    const roles = state.people?.find((one) => one.id === id)?.roles ?? [];
    if (reply.status === 204) window.location.assign(switching ? COUNTER : landing(places, roles));
  };
  /** @param {string} what */
  const press = (what) => {
    if (what === "send") return void send();
    tell(what === "erase" ? { type: "erase" } : { type: "digit", digit: what, at: Date.now() });
  };
  useEffect(() => void list(), []);
  useEffect(() => {
    if (switching && canSend(state, Date.now())) void send();
  }, [state.pin]);
  return { state, tell, press, list };
}

/** Keys of a keyboard do what the keypad does; Enter on a focused button stays that button's. @param {(what: string) => void} press */
function useKeyboard(press) {
  const latest = useRef(press);
  latest.current = press;
  useEffect(() => {
    const typed = (/** @type {KeyboardEvent} */ event) => {
      const what = meaning(event.key);
      const onButton = event.target instanceof HTMLButtonElement || event.target instanceof HTMLAnchorElement;
      if (what === null || event.ctrlKey || event.altKey || event.metaKey || (what === "send" && onButton)) return;
      event.preventDefault();
      latest.current(what);
    };
    window.addEventListener("keydown", typed);
    return () => window.removeEventListener("keydown", typed);
  }, []);
}

/** @param {{ texts: Texts, roles: Texts, places: Place[] }} given */
export function SignIn({ texts, roles, places }) {
  const switching = new URLSearchParams(window.location.search).has("ganti");
  const { state, tell, press, list } = useSignIn(places, switching);
  const panel = useRef(/** @type {HTMLElement | null} */ (null));
  const choose = (/** @type {string} */ id) => {
    tell({ type: "choose", id });
    panel.current?.focus(); // so that Enter sends the PIN and does not press the name again
  };
  const now = useNow(state.chosen !== null && Object.keys(state.until).length > 0);
  useKeyboard(press);
  return (
    <div className="sign-in">
      <People texts={texts} roles={roles} switching={switching} state={state} onChoose={choose} onAgain={list} />
      <section ref={panel} tabIndex={-1} className="panel pad" aria-labelledby="pin-title">
        <Pin texts={texts} switching={switching} state={state} now={now} />
        <Keypad texts={texts} open={canType(state, now)} ready={canSend(state, now)} onPress={press} />
      </section>
      <div className="row sign-in-foot">
        {switching ? (
          <a className="btn quiet" href={COUNTER} data-do="back">
            <Icon name="arrow-left" />
            <Words of={texts.back} />
          </a>
        ) : null}
        <Language />
      </div>
    </div>
  );
}

/**
 * @typedef {{ texts: Texts, roles: Texts, switching: boolean, state: SignIn, onChoose: (id: string) => void, onAgain: () => void }} PeopleProps
 */
function People(/** @type {PeopleProps} */ { texts, roles, switching, state, onChoose, onAgain }) {
  const { people, chosen, problem } = state;
  return (
    <section className="people" aria-labelledby="people-title">
      <h2 id="people-title">
        <Words of={switching ? texts.who_now : texts.who} />
      </h2>
      {people?.length ? (
        <ul>
          {people.map((one) => (
            <li key={one.id}>
              <button
                type="button"
                className={`opt ${one.id === chosen ? "on" : ""}`.trim()}
                aria-pressed={one.id === chosen}
                data-account={one.name}
                onClick={() => onChoose(one.id)}
              >
                <Icon name="user" />
                <span>
                  <b>{one.name}</b>
                  <span className="t2 roles">
                    {one.roles.map((role) => (
                      <span key={role} className="role">
                        <Words of={roles[role]} />
                      </span>
                    ))}
                  </span>
                </span>
              </button>
            </li>
          ))}
        </ul>
      ) : null}
      {people?.length === 0 ? (
        <div className="note warn" role="status">
          <Icon name="warning" />
          <div>
            <p>{problem?.message ?? <Words of={problem ? texts.unreachable : texts.nobody} />}</p>
            <button type="button" className="btn quiet" onClick={onAgain}>
              <Icon name="arrow-clockwise" />
              <Words of={texts.again} />
            </button>
          </div>
        </div>
      ) : null}
    </section>
  );
}

function Pin(/** @type {{ texts: Texts, switching: boolean, state: SignIn, now: number }} */ { texts, switching, state, now }) {
  const { language } = usePrefs();
  const person = state.people?.find((one) => one.id === state.chosen);
  const typed = texts.typed[language === "en" ? "en" : "id"].replace("{count}", String(state.pin.length)).replace("{digits}", String(PIN_DIGITS));
  return (
    <>
      <h2 id="pin-title">{person ? person.name : <Words of={texts.pin} />}</h2>
      <p className="dots" role="img" aria-label={typed}>
        {Array.from({ length: PIN_DIGITS }, (_, place) => (
          <i key={place} className={place < state.pin.length ? "on" : ""} />
        ))}
      </p>
      <div className="said" role="status">
        <Said texts={texts} switching={switching} state={state} now={now} />
      </div>
    </>
  );
}

/** The one sentence below the dots: what to do, or what went wrong and what to do then. */
function Said(/** @type {{ texts: Texts, switching: boolean, state: SignIn, now: number }} */ { texts, switching, state, now }) {
  const seconds = secondsLeft(state, now);
  const { problem, chosen } = state;
  if (chosen === null)
    return (
      <p className="t2">
        <Words of={texts.choose_first} />
      </p>
    );
  if (state.locked.includes(chosen)) return <Fault icon="lock-key" kind="bad" of={texts.locked} />;
  if (seconds > 0) {
    const { name, facts } = waitText(seconds);
    return (
      <Fault icon="clock-countdown" kind="warn" of={texts.too_many}>
        {/* Read out once, not each second: the seconds are hidden from who listens. */}
        <span className="left" aria-hidden="true" data-wait={seconds}>
          <Words of={texts[name]} facts={facts} />
        </span>
      </Fault>
    );
  }
  if (problem?.kind === "wrong") return <Fault icon="warning-circle" kind="bad" of={texts.wrong} />;
  if (problem?.kind === "unreachable") return <Fault icon="wifi-slash" kind="warn" of={texts.unreachable} />;
  if (problem)
    return (
      <div className="note bad">
        <Icon name="warning-circle" />
        <p>{problem.message ?? <Words of={texts.unreachable} />}</p>
      </div>
    );
  return (
    <p className="t2">
      <Words of={state.busy || state.done ? texts.checking : switching ? texts.type_it_through : texts.type_it} />
    </p>
  );
}

function Fault(/** @type {{ icon: string, kind: string, of: { id: string, en: string }, children?: any }} */ { icon, kind, of, children }) {
  return (
    <div className={`note ${kind}`}>
      <Icon name={icon} />
      <p>
        <Words of={of} /> {children}
      </p>
    </div>
  );
}

/** A key pressed by hand takes no focus: Enter after it sends. @param {{ preventDefault(): void }} event */
const unfocused = (event) => event.preventDefault();

function Keypad(/** @type {{ texts: Texts, open: boolean, ready: boolean, onPress: (what: string) => void }} */ { texts, open, ready, onPress }) {
  const { language } = usePrefs();
  const lang = language === "en" ? "en" : "id";
  const digit = (/** @type {string} */ key) => (
    <button key={key} type="button" className="btn pin-key num" disabled={!open} data-key={key} onMouseDown={unfocused} onClick={() => onPress(key)}>
      {key}
    </button>
  );
  return (
    <fieldset className="pin-keys" aria-label={texts.keypad[lang]}>
      {KEYS.map(digit)}
      <button
        type="button"
        className="btn pin-key"
        disabled={!open}
        data-key="erase"
        aria-label={texts.erase[lang]}
        onMouseDown={unfocused}
        onClick={() => onPress("erase")}
      >
        <Icon name="backspace" />
      </button>
      {digit("0")}
      <button type="button" className="btn start pin-key" disabled={!ready} data-key="send" onMouseDown={unfocused} onClick={() => onPress("send")}>
        <Words of={texts.enter} />
      </button>
    </fieldset>
  );
}

function Language() {
  const { language } = usePrefs();
  const other = language === "en" ? "id" : "en";
  return (
    <button type="button" className="btn quiet language" lang={other} data-tool="language" onClick={() => setPrefs({ language: other })}>
      <Icon name="translate" />
      {other === "en" ? "English" : "Indonesia"}
    </button>
  );
}
