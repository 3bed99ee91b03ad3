// The answers are kept and gone from this page: thanks, where complaints go, and a clean screen for the next person.

import { useEffect, useState } from "react";
import { useNavigate } from "react-router";
import { Icon } from "$/public/external/kiosk/ui/icons.jsx";
import { resetPrefs } from "$/public/external/kiosk/ui/prefs.js";
import { QrCode } from "$/public/external/kiosk/ui/qr_code.jsx";
import { readStart } from "$/public/external/kiosk/ui/start.js";
import { usePrefs } from "$/public/external/kiosk/ui/use_prefs.js";
import { clockHeld, forgetVisitor } from "$/public/external/kiosk/ui/visitor.js";
import { Words } from "$/public/external/kiosk/ui/words_both.jsx";
import { isHandedOn, secondsLeft } from "./clean.js";
import { useHeading, useSurface, useWhere } from "./use_survey.js";

/** @typedef {import("../ui/words.js").Texts} Texts */

const LAPOR = "https://www.lapor.go.id"; // the national complaint service, PermenPANRB 62/2018
const TICK_MS = 250;

/** How this visitor's part ends: the screen as every visitor finds it. @param {import("./survey.js").Answering} answering */
function useFinish(answering) {
  const navigate = useNavigate();
  return () => {
    const here = readStart() === window.location.pathname.replace(/\/+$/, "");
    forgetVisitor();
    if (isHandedOn(document.documentElement.dataset.surface)) resetPrefs();
    answering.leave();
    if (!here) navigate("/", { replace: true });
  };
}

/** Seconds until the screen is clean; null where nobody waits for it. @param {string} surface @param {() => void} finish */
function useClean(surface, finish) {
  const [left, setLeft] = useState(/** @type {number | null} */ (null));
  useEffect(() => {
    if (!isHandedOn(surface)) return undefined;
    let since = performance.now();
    const touch = () => {
      since = performance.now();
    };
    const tick = () => {
      if (clockHeld()) touch(); // the page is being read aloud
      const now = secondsLeft(since, performance.now());
      setLeft(now);
      if (now === 0) finish();
    };
    tick();
    const timer = setInterval(tick, TICK_MS);
    for (const name of ["pointerdown", "keydown"]) window.addEventListener(name, touch, { capture: true });
    return () => {
      clearInterval(timer);
      for (const name of ["pointerdown", "keydown"]) window.removeEventListener(name, touch, { capture: true });
    };
  }, [surface]);
  return left;
}

export function Thanks(/** @type {{ texts: Texts, answering: import("./survey.js").Answering }} */ { texts, answering }) {
  const head = useHeading();
  const surface = useSurface();
  const { hall, later } = useWhere();
  const finish = useFinish(answering);
  const left = useClean(surface, finish);
  return (
    <div className="ask ask-thanks" data-step="thanks">
      <div className="ask-head">
        <h1 ref={head} tabIndex={-1}>
          <Icon name="check-circle-duo" />
          <span>
            <Words of={texts.thanks} />
          </span>
        </h1>
        <p className="lead">
          <Words of={texts.thanks_help} />{" "}
          {later ? (
            <span data-later>
              <Words of={texts[hall ? "thanks_later" : "thanks_phone"]} />
            </span>
          ) : null}
        </p>
      </div>
      <Lapor texts={texts} hall={hall} />
      <div className="ask-do">
        <button type="button" className="btn primary" data-do="finish" onClick={() => answering.rested && finish()}>
          <Icon name="check" />
          <Words of={texts.finished} />
        </button>
        {left === null ? null : (
          <p className="t2 ask-clean" data-left={left}>
            <Words of={texts.clean} facts={{ seconds: left }} />
          </p>
        )}
      </div>
    </div>
  );
}

/** Where complaints go: a code to be scanned on a screen in the hall, which opens no foreign page; a link on a phone. */
function Lapor(/** @type {{ texts: Texts, hall: boolean }} */ { texts, hall }) {
  const { language } = usePrefs();
  return (
    <section className="panel ask-lapor">
      {hall ? <QrCode text={LAPOR} label={texts.lapor_qr?.[language] ?? ""} /> : null}
      <div>
        <h2>
          <Words of={texts.lapor} />
        </h2>
        {hall ? (
          <p>
            <Words of={texts.lapor_help} />
          </p>
        ) : (
          <a className="btn" href={LAPOR} rel="noreferrer" data-lapor={LAPOR}>
            <Words of={texts.lapor_open} />
          </a>
        )}
      </div>
    </section>
  );
}
